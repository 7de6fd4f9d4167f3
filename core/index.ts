import { defaultConfig, type Config } from './config.js';
import { buildEngine } from './container.js';
import type { Engine } from './engine.js';
import { loadConfig, packAt } from './loadConfig.js';
import type { Slot } from './plugin/contract.js';

export type { Config, PluginChoice } from './config.js';
export { MAX_CAPTION, type Engine } from './engine.js';
export type { Explanation, RuleVerdict } from './explain/explanation.js';
export type { PrintOptions } from './label/print.js';
export type { Conflict, Entity, LabelledSubcaption, LabelRecord, Origin } from './label/record.js';
export type * from './plugin/contract.js';
export { PluginError } from './plugin/pluginError.js';
export { PackError } from './pack/packError.js';
export { UsageError } from './pipeline/usageError.js';
export { VERSION } from './version.js';

export interface OpenOptions {
  /** Packs beside the built-in ones: folders or installed packages. */
  readonly packs?: readonly string[];
  /** A config, or the path of a config file. Default: the defaults; no file is looked for. */
  readonly config?: string | Partial<Config>;
  /** Slots whose processors will be asked for, beside those that labelling needs. */
  readonly slots?: readonly Slot[];
}

const LABEL_SLOTS: readonly Slot[] = ['caption-splitter', 'assertion'];

/**
 * An engine that labels captions: `(await openEngine()).label('Axial CT of the chest …')`. Loading takes a few hundred
 * milliseconds, so keep it; it serves one thread.
 *
 * @throws PackError, PluginError, UsageError: each with a message for people
 */
export async function openEngine({ packs = [], config = {}, slots = [] }: OpenOptions = {}): Promise<Engine> {
  const base = process.cwd();
  const read: Config = typeof config === 'string' ? await loadConfig(config) : { ...defaultConfig(base), ...config };
  const all = { ...read, packs: [...read.packs, ...packs.map((p) => packAt(p, base))] };
  return buildEngine(all, [...new Set([...LABEL_SLOTS, ...slots])]);
}
