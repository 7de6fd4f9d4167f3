import { createHash } from 'node:crypto';
import { chosenPlugins, type Config } from '../config.js';
import type { Engine } from '../engine.js';
import type { Slot } from '../plugin/contract.js';
import { pluginDigests } from './pluginDigests.js';
import type { WorkerReady } from './seat.js';

/**
 * What the results of an engine depend on: its version, the config, all that the packs say (not only their versions: an
 * author changes a dictionary before the number), and the plugins with the files of those that are not built in.
 */
export function engineFingerprint(engine: Engine, config: Config, slots: readonly Slot[]): string {
  const packs = engine.pack.packs.map(({ id, digest }) => [id, digest]);
  const all = [engine.version, config, slots, engine.plugins, packs, pluginDigests(config, slots)];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** What a worker says when it has built its engine. */
export function readyReply(engine: Engine, config: Config, slots: readonly Slot[]): WorkerReady {
  const plugins = chosenPlugins(config, slots).map(({ slot }, i) => ({
    slot,
    name: engine.plugins[i].replace(/@[^@]*$/, ''),
  }));
  return { kind: 'ready', fingerprint: engineFingerprint(engine, config, slots), plugins };
}
