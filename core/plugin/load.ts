import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Slot } from './contract.js';
import { PluginError } from './pluginError.js';

/** The folder of the built-in plugins: `plugins/<slot>-<name>/`, beside `core/` in the sources and in the build. */
const BUILTIN = fileURLToPath(new URL('../../plugins/', import.meta.url));

/**
 * Loads the module that a config names: a path, a built-in name, or an npm package seen from `base`.
 * @returns the module's default export, unchecked
 * @throws PluginError `not-found`, or `setup-failed` where the module itself throws
 */
export async function loadPluginModule(name: string, slot: Slot, base: string): Promise<unknown> {
  const { href } = pathToFileURL(pluginFile(name, slot, base));
  try {
    const module = (await import(href)) as { readonly default?: unknown };
    return module.default;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new PluginError('setup-failed', name, slot, `its module does not load: ${detail}`, { cause: error });
  }
}

/** Whether a config's name means one of the built-in plugins: a path or a package is somebody else's. */
export const isBuiltin = (name: string, slot: Slot): boolean => builtinFile(name, slot) !== undefined;

/** The module that a config's name means. @throws PluginError `not-found` */
export function pluginFile(name: string, slot: Slot, base: string): string {
  if (isPath(name)) {
    const path = resolve(base, name);
    if (!existsSync(path)) throw new PluginError('not-found', name, slot, `there is no file ${path}`);
    return path;
  }
  const builtin = builtinFile(name, slot);
  if (builtin !== undefined) return builtin;
  try {
    return createRequire(join(base, 'package.json')).resolve(name);
  } catch {
    throw new PluginError(
      'not-found',
      name,
      slot,
      `it is neither a built-in plugin nor a package installed in ${base} (try: npm install ${name})`,
    );
  }
}

const isPath = (name: string): boolean => name.startsWith('.') || isAbsolute(name);

function builtinFile(name: string, slot: Slot): string | undefined {
  if (isPath(name)) return undefined;
  return ['index.js', 'index.ts']
    .map((entry) => join(BUILTIN, `${slot}-${name}`, entry))
    .find((path) => existsSync(path));
}
