import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readText } from '../source/read.js';
import { isFile, isFolder } from './glob.js';

/** Where a pack lies. `base` is what the file names in its model are relative to. */
export interface PackPlace {
  /** Absolute. */
  readonly folder: string;
  readonly base: string;
  readonly builtin: boolean;
}

/**
 * Finds a pack by what a user or an `extends` calls it: a path (with `/` or `.`), the id of a built-in pack, or an
 * installed npm package, looked for from `from` upwards. A package may say `"legenda": { "pack": "folder" }` in its
 * package.json. Undefined where there is none.
 */
export function locatePack(name: string, from: string, packageRoot: string): PackPlace | undefined {
  const path = resolve(from, name);
  if (!isPath(name)) {
    const folder = join(packageRoot, 'dictionaries', name);
    if (holdsPack(folder)) return { folder, base: packageRoot, builtin: true };
    const installed = packageFolder(name, from) ?? packageFolder(name, process.cwd());
    if (installed) return { folder: installed, base: installed, builtin: false };
  }
  if (path.endsWith('pack.yaml') && isFile(path)) return placeOf(dirname(path), packageRoot);
  return holdsPack(path) ? placeOf(path, packageRoot) : undefined;
}

const isPath = (name: string): boolean => name.startsWith('.') || name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name);

function placeOf(folder: string, packageRoot: string): PackPlace {
  const builtin = dirname(folder) === join(packageRoot, 'dictionaries');
  return { folder, base: builtin ? packageRoot : folder, builtin };
}

export const holdsPack = (folder: string): boolean => isFile(join(folder, 'pack.yaml'));

/** Ids of the packs that come with the engine. */
export function builtinPacks(packageRoot: string): string[] {
  const folder = join(packageRoot, 'dictionaries');
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .filter((name) => holdsPack(join(folder, name)))
    .sort();
}

function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const root = join(folder, 'node_modules', name);
    if (isFolder(root)) {
      const inside = join(root, packEntry(root));
      if (holdsPack(inside)) return inside;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function packEntry(root: string): string {
  const read = readText(join(root, 'package.json'));
  if (!('text' in read)) return '.';
  try {
    const manifest = JSON.parse(read.text) as { legenda?: { pack?: unknown } };
    return typeof manifest.legenda?.pack === 'string' ? manifest.legenda.pack : '.';
  } catch {
    return '.';
  }
}
