import type { Beacon } from './beacon.js';
import type { PluginContext, Slot } from './contract.js';
import { assertDistinct, mount, type Mounted } from './host.js';
import { isBuiltin, loadPluginModule } from './load.js';
import { PluginError } from './pluginError.js';

/** A plugin that a config chooses for a slot. */
export interface Choice {
  readonly slot: Slot;
  readonly plugin: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * Loads, checks and sets up plugins, in order; their place in the list is their index on the beacon.
 * @param base folder from which they are looked up
 * @throws PluginError as `loadPluginModule` and `mount` do; `duplicate-name`
 */
export async function mountAll(
  choices: readonly Choice[],
  base: string,
  context: PluginContext,
  beacon?: Beacon,
): Promise<Mounted<Slot>[]> {
  const mounted: Mounted<Slot>[] = [];
  for (const [index, { slot, plugin: named, options }] of choices.entries()) {
    const foreign = !isBuiltin(named, slot);
    // A module that never finishes loading stands still like any other call.
    beacon?.plugin(index);
    const module = await loadPluginModule(named, slot, base);
    const one = await mount(module, named, slot, options, context, { foreign, watched: beacon && { beacon, index } });
    beacon?.plugin(-1);
    if (foreign && isBuiltin(one.plugin.name, slot)) {
      throw new PluginError('duplicate-name', one.plugin.name, slot, 'a built-in plugin has the same name');
    }
    mounted.push(one);
  }
  assertDistinct(mounted);
  return mounted;
}
