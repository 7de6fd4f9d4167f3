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
  const url = locate(name, slot, base);
  try {
    const module = (await import(url)) as { readonly default?: unknown };
    return module.default;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new PluginError('setup-failed', name, slot, `its module does not load: ${detail}`, { cause: error });
  }
}

function locate(name: string, slot: Slot, base: string): string {
  if (name.startsWith('.') || isAbsolute(name)) {
    const path = resolve(base, name);
    if (!existsSync(path)) throw new PluginError('not-found', name, slot, `there is no file ${path}`);
    return pathToFileURL(path).href;
  }
  for (const entry of ['index.js', 'index.ts']) {
    const path = join(BUILTIN, `${slot}-${name}`, entry);
    if (existsSync(path)) return pathToFileURL(path).href;
  }
  try {
    return pathToFileURL(createRequire(join(base, 'package.json')).resolve(name)).href;
  } catch {
    throw new PluginError(
      'not-found',
      name,
      slot,
      `it is neither a built-in plugin nor a package installed in ${base} (try: npm install ${name})`,
    );
  }
}
