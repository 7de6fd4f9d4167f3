import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chosenPlugins, type Config } from '../config.js';
import type { Slot } from '../plugin/contract.js';
import { isBuiltin, pluginFile } from '../plugin/load.js';

/** A plugin from outside, by the name that the config gives it. */
export interface PluginDigest {
  readonly plugin: string;
  /** Of its module, and of the package.json above it, which has the version of an installed one. */
  readonly sha256: string;
}

/** What the plugins of a config that are not built in are. @throws PluginError `not-found` */
export function pluginDigests(config: Config, slots: readonly Slot[]): PluginDigest[] {
  return chosenPlugins(config, slots).flatMap(({ plugin, slot }) => {
    if (isBuiltin(plugin, slot)) return [];
    const file = pluginFile(plugin, slot, config.base);
    const hash = createHash('sha256').update(readFileSync(file));
    const manifest = manifestAbove(file);
    if (manifest !== undefined) hash.update(readFileSync(manifest));
    return [{ plugin, sha256: hash.digest('hex') }];
  });
}

/** The nearest package.json. */
function manifestAbove(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}
