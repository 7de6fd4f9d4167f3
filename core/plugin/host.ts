import { checkOptions } from './checkOptions.js';
import { PLUGIN_API, SLOTS, type Plugin, type PluginContext, type Slot, type Slots } from './contract.js';
import { guard, type GuardOptions } from './guard.js';
import { PluginError } from './pluginError.js';

/** A plugin that was looked at and set up: its processor, wrapped so that what it returns is checked. */
export interface Mounted<S extends Slot> {
  readonly plugin: Plugin<S>;
  readonly processor: Slots[S];
}

/**
 * Checks a loaded module's plugin and sets it up. The interface number is looked at first: what a plugin of another
 * number says of itself cannot be relied on.
 *
 * @throws PluginError `wrong-api`, `not-a-plugin`, `wrong-slot`, `bad-options`, `setup-failed`
 */
export async function mount<S extends Slot>(
  candidate: unknown,
  named: string,
  slot: S,
  options: unknown,
  context: PluginContext,
  guarding: GuardOptions = {},
): Promise<Mounted<S>> {
  const plugin = asPlugin(candidate, named, slot);
  const checked = await checkOptions(plugin, options);
  let processor: Slots[S];
  try {
    processor = plugin.setup(context, checked);
  } catch (error) {
    throw new PluginError('setup-failed', plugin.name, slot, `setup failed: ${messageOf(error)}`, { cause: error });
  }
  return { plugin, processor: guard(plugin.name, slot, processor, guarding) };
}

function asPlugin<S extends Slot>(candidate: unknown, named: string, slot: S): Plugin<S> {
  const fail = (fault: 'wrong-api' | 'not-a-plugin' | 'wrong-slot', detail: string): never => {
    throw new PluginError(fault, named, slot, detail);
  };
  if (typeof candidate !== 'object' || candidate === null)
    return fail('not-a-plugin', 'the module has no default export that is a plugin');
  const plugin = candidate as Partial<Plugin<S>>;
  if (plugin.api !== PLUGIN_API) {
    return fail('wrong-api', `it was made for plugin interface ${String(plugin.api)}; this engine has ${PLUGIN_API}`);
  }
  if (
    typeof plugin.name !== 'string' ||
    plugin.name === '' ||
    typeof plugin.version !== 'string' ||
    typeof plugin.setup !== 'function'
  ) {
    return fail('not-a-plugin', 'it lacks one of: name, version, setup');
  }
  if (!SLOTS.includes(plugin.slot as Slot))
    return fail('wrong-slot', `there is no slot '${String(plugin.slot)}'; slots: ${SLOTS.join(', ')}`);
  if (plugin.slot !== slot) return fail('wrong-slot', `it fills '${plugin.slot}', not '${slot}'`);
  return plugin as Plugin<S>;
}

/** Two plugins of one name in one engine cannot be told apart in provenance. @throws PluginError `duplicate-name` */
export function assertDistinct(mounted: readonly Mounted<Slot>[]): void {
  const names = new Map<string, Slot>();
  for (const { plugin } of mounted) {
    const other = names.get(plugin.name);
    if (other !== undefined) {
      throw new PluginError('duplicate-name', plugin.name, plugin.slot, `another plugin (${other}) has the same name`);
    }
    names.set(plugin.name, plugin.slot);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
