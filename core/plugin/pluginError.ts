import type { Slot } from './contract.js';

export type PluginFault =
  | 'wrong-api'
  | 'not-a-plugin'
  | 'wrong-slot'
  | 'bad-options'
  | 'duplicate-name'
  | 'not-found'
  | 'setup-failed'
  | 'threw'
  | 'bad-result'
  | 'changed-input'
  | 'crashed'
  | 'timed-out'
  | 'empty-slot';

/** A plugin that cannot be used, or that failed on a record. The message names it and its slot. */
export class PluginError extends Error {
  constructor(
    readonly fault: PluginFault,
    readonly plugin: string,
    readonly slot: Slot,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`plugin '${plugin}' (${slot}): ${detail}`, options);
    this.name = 'PluginError';
  }
}
