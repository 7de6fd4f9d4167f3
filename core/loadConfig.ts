import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { load } from 'js-yaml';
import { DEFAULT_SLOTS, defaultConfig, type Config, type PluginChoice } from './config.js';
import { UsageError } from './pipeline/usageError.js';
import type { Slot } from './plugin/contract.js';

const DEFAULT_NAME = 'legenda.config.yaml';
/** Slots whose plugins are tried in order. */
const SEVERAL: readonly string[] = ['article-reader', 'source'] satisfies Slot[];
const KEYS = ['packs', 'builtin', 'normalise', 'slots', 'fetch'];

/**
 * Reads a config file; without a name, `legenda.config.yaml` of the working folder, or the defaults where there is none.
 * @throws UsageError naming the key that is wrong
 */
export async function loadConfig(named: string | undefined): Promise<Config> {
  const file = resolve(named ?? DEFAULT_NAME);
  if (!existsSync(file)) {
    if (named !== undefined) throw new UsageError(`no such config file: ${named}`);
    return defaultConfig(process.cwd());
  }
  const fail = (what: string): never => {
    throw new UsageError(`${named ?? DEFAULT_NAME}: ${what}`);
  };
  let value: unknown;
  try {
    const text = readFileSync(file, 'utf8');
    value = text.trim() === '' ? {} : load(text, { filename: file });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(value)) return fail('a config is a map of keys to values');
  for (const key of Object.keys(value))
    if (!KEYS.includes(key)) fail(`there is no key '${key}'; keys: ${KEYS.join(', ')}`);
  const { packs = [], builtin = true, normalise, slots = {}, fetch } = value;
  if (!Array.isArray(packs) || !packs.every((p) => typeof p === 'string'))
    return fail("'packs' is a list of folders or packages");
  if (typeof builtin !== 'boolean') return fail("'builtin' is true or false");
  if (normalise !== undefined && typeof normalise !== 'string') return fail("'normalise' is the name of a map");
  if (!isRecord(slots)) return fail("'slots' is a map of slots to plugins");
  if (fetch !== undefined && !isRecord(fetch)) return fail("'fetch' is a map of settings");
  return {
    packs: packs.map((p: string) => packAt(p, dirname(file))),
    builtin,
    normalise,
    slots: Object.fromEntries(Object.entries(slots).map(([slot, choice]) => [slot, choicesOf(slot, choice, fail)])),
    ...(fetch === undefined ? {} : { fetch }),
    base: dirname(file),
  };
}

/** A pack as `loadPacks` takes it: a folder as an absolute path, else the name of a package or built-in pack. */
export const packAt = (name: string, base: string): string => {
  const path = resolve(base, name);
  return name.startsWith('.') || isAbsolute(name) || existsSync(path) ? path : name;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function choicesOf(slot: string, choice: unknown, fail: (what: string) => never): readonly PluginChoice[] {
  if (!(slot in DEFAULT_SLOTS)) fail(`there is no slot '${slot}'; slots: ${Object.keys(DEFAULT_SLOTS).join(', ')}`);
  const list = Array.isArray(choice) ? choice : [choice];
  if (list.length > 1 && !SEVERAL.includes(slot)) fail(`only one plugin can fill '${slot}'`);
  return list.map((one: unknown): PluginChoice => {
    if (typeof one === 'string') return { plugin: one };
    if (isRecord(one) && typeof one.plugin === 'string') {
      const { plugin, options } = one;
      if (options === undefined || isRecord(options)) return { plugin, options };
    }
    return fail(`'slots.${slot}' is the name of a plugin, or {plugin: NAME, options: {…}}`);
  });
}
