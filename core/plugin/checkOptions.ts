import type { Plugin, Slot } from './contract.js';
import { PluginError } from './pluginError.js';

/** The options of a plugin with its defaults filled in. @throws PluginError `bad-options` naming each fault */
export async function checkOptions<S extends Slot>(plugin: Plugin<S>, options: unknown): Promise<unknown> {
  const given: unknown = structuredClone(options ?? {});
  if (plugin.options === undefined) {
    const keys = Object.keys(given as object);
    if (keys.length > 0) throw bad(plugin, `it takes no options, but was given: ${keys.join(', ')}`);
    return given;
  }
  // Most configs give no options: the defaults are filled in without ajv, which takes longer to load than to run.
  if (Object.keys(given as object).length === 0) return defaultsOf(plugin.options as OptionsSchema);
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, allErrors: true, useDefaults: true });
  const validate = ajv.compile(plugin.options);
  if (validate(given)) return given;
  const faults = (validate.errors ?? []).map((e) => {
    const detail = e.keyword === 'additionalProperties' ? `: ${String(e.params.additionalProperty)}` : '';
    return `options${e.instancePath} ${e.message ?? 'is wrong'}${detail}`;
  });
  throw bad(plugin, faults.join('; '));
}

const bad = (plugin: Plugin<Slot> | Plugin<never>, detail: string): PluginError => {
  const { name, slot } = plugin as Plugin<Slot>;
  return new PluginError('bad-options', name, slot, detail);
};

interface OptionsSchema {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, OptionsSchema>>;
}

/** What ajv's `useDefaults` makes of an empty object. */
function defaultsOf(schema: OptionsSchema): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default !== undefined) filled[name] = structuredClone(property.default);
  }
  return filled;
}
