import type { Plugin, Slot } from './contract.js';

/** Types a plugin where it is written. It returns its argument: a plugin is a plain object. */
export const definePlugin = <S extends Slot, O = Record<string, never>>(plugin: Plugin<S, O>): Plugin<S, O> => plugin;
