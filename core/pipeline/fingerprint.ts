import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chosenPlugins, type Config } from '../config.js';
import type { Engine } from '../engine.js';
import type { Slot } from '../plugin/contract.js';
import { isBuiltin, pluginFile } from '../plugin/load.js';
import type { WorkerReady } from './seat.js';

/**
 * What the results of an engine depend on: its version, the config, all that the packs say (not only their versions: an
 * author changes a dictionary before the number), and the plugins with the files of those that are not built in.
 */
export function engineFingerprint(engine: Engine, config: Config, slots: readonly Slot[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([engine.version, config, slots, engine.plugins]));
  hash.update(JSON.stringify(engine.pack.packs.map(({ id, digest }) => [id, digest])));
  for (const { plugin, slot } of chosenPlugins(config, slots)) {
    if (isBuiltin(plugin, slot)) continue;
    const file = pluginFile(plugin, slot, config.base);
    hash.update(readFileSync(file));
    const manifest = manifestAbove(file);
    if (manifest !== undefined) hash.update(readFileSync(manifest));
  }
  return hash.digest('hex');
}

/** What a worker says when it has built its engine. */
export function readyReply(engine: Engine, config: Config, slots: readonly Slot[]): WorkerReady {
  const plugins = chosenPlugins(config, slots).map(({ slot }, i) => ({
    slot,
    name: engine.plugins[i].replace(/@[^@]*$/, ''),
  }));
  return { kind: 'ready', fingerprint: engineFingerprint(engine, config, slots), plugins };
}

/** The nearest package.json: the version of an installed plugin. */
function manifestAbove(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}
