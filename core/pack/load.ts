import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import {
  badEngineRange,
  cyclicExtends,
  engineTooNew,
  engineTooOld,
  twoPacks,
  unknownPack,
} from '../diagnostics/packs.js';
import { unreadable, yamlSyntax } from '../diagnostics/files.js';
import { tidy } from '../diagnostics/tidy.js';
import { isSource, parseYaml, pointerOf, readText, type Source } from '../source/index.js';
import { layPacks } from './effective.js';
import { readPackFiles, shown, slashed, type PackSource } from './files.js';
import type { PackFile } from './format.js';
import { isFile } from './glob.js';
import { builtinPacks, locatePack, type PackPlace } from './locate.js';
import type { EffectivePack } from './model.js';
import { salvage } from './salvage.js';
import { TOPICS } from './topics.js';

/** A pack with its files as they were read. */
export interface LoadedPack {
  readonly id: string;
  readonly version: string;
  /** `id@version`, as in origins. */
  readonly ref: string;
  readonly place: PackPlace;
  readonly manifest: PackSource;
  readonly files: readonly PackSource[];
  /** Ids of the packs that it extends. */
  readonly extends: readonly string[];
}

export interface LoadOptions {
  /** Put the built-in packs before the roots. Default true. */
  readonly builtin?: boolean;
  /** Roots and the files in diagnostics are relative to it. Default: the working folder. */
  readonly cwd?: string;
  /** The folder of the engine's package.json and built-in packs. */
  readonly packageRoot?: string;
  readonly engineVersion?: string;
}

export interface LoadResult {
  /** In order: what a pack extends stands before it. */
  readonly packs: readonly LoadedPack[];
  /** Tidied; what is in error is left out of `effective`. */
  readonly diagnostics: readonly Diagnostic[];
  readonly effective: EffectivePack;
}

/**
 * Reads packs, what they extend, and all their files. Roots are paths of folders, ids of built-in packs or names of
 * installed npm packages. Never throws for what is in the files: that is in `diagnostics`.
 */
export function loadPacks(roots: readonly string[], options: LoadOptions = {}): LoadResult {
  const cwd = options.cwd ?? process.cwd();
  const packageRoot = options.packageRoot ?? ownRoot();
  const engine = options.engineVersion ?? versionOf(packageRoot);
  const diagnostics: Diagnostic[] = [];
  const packs: LoadedPack[] = [];
  /** By folder: loaded, refused (undefined), or still being loaded. */
  const known = new Map<string, LoadedPack | undefined>();
  const path: { readonly folder: string; readonly id: string }[] = [];

  function load(
    name: string,
    from: string,
    where?: { file: string; range: ReturnType<Source['rangeOf']> },
  ): LoadedPack | undefined {
    const place = locatePack(name, from, packageRoot);
    if (!place) {
      diagnostics.push(unknownPack(where, name, builtinPacks(packageRoot)));
      return undefined;
    }
    const open = path.findIndex((pack) => pack.folder === place.folder);
    if (open >= 0 && where) {
      diagnostics.push(
        cyclicExtends(
          where,
          [...path.slice(open), path[open]].map((pack) => pack.id),
        ),
      );
      return undefined;
    }
    if (known.has(place.folder)) return known.get(place.folder);
    const pack = loadFrom(place);
    known.set(place.folder, pack);
    return pack;
  }

  function loadFrom(place: PackPlace): LoadedPack | undefined {
    const manifest = readManifest(place, engine, cwd, diagnostics);
    if (!manifest) return undefined;
    const { id, version, extends: bases = [] } = manifest.source.value as PackFile;
    path.push({ folder: place.folder, id });
    const loaded = bases.map((base, i) =>
      load(base, place.folder, { file: manifest.source.file, range: manifest.source.rangeOf(pointerOf('extends', i)) }),
    );
    path.pop();
    const twin = packs.find((pack) => pack.id === id);
    if (twin) {
      const where = { file: manifest.source.file, range: manifest.source.rangeOf('/id') };
      diagnostics.push(twoPacks(where, id, twin.manifest.source.file));
      return undefined;
    }
    const files = readPackFiles(manifest, place, cwd, diagnostics);
    const names = loaded.flatMap((pack) => (pack ? [pack.id] : []));
    const pack: LoadedPack = { id, version, ref: `${id}@${version}`, place, manifest, files, extends: names };
    packs.push(pack);
    return pack;
  }

  if (options.builtin ?? true) for (const id of builtinPacks(packageRoot)) load(id, packageRoot);
  for (const root of roots) load(root, cwd);
  const effective = layPacks(packs, diagnostics);
  return { packs, diagnostics: tidy(diagnostics), effective };
}

/** The engine range is read before the schema: a pack for a newer engine may have keys that this one does not know. */
function readManifest(
  place: PackPlace,
  engine: string,
  cwd: string,
  diagnostics: Diagnostic[],
): PackSource | undefined {
  const path = join(place.folder, 'pack.yaml');
  const name = shown(path, cwd);
  const read = readText(path);
  if ('problem' in read) {
    diagnostics.push(unreadable(name, read.problem, TOPICS.pack));
    return undefined;
  }
  const source = parseYaml(name, read.text);
  if (!isSource(source)) {
    diagnostics.push(yamlSyntax(name, source, TOPICS.pack));
    return undefined;
  }
  if (!engineFits(source, engine, diagnostics)) return undefined;
  const { usable, faults } = salvage('pack', source);
  diagnostics.push(...faults);
  const file = slashed(place.builtin ? `dictionaries/${place.folder.split(/[\\/]/).at(-1)}/pack.yaml` : 'pack.yaml');
  return usable ? { kind: 'pack', path, file, source } : undefined;
}

function engineFits(source: Source, engine: string, diagnostics: Diagnostic[]): boolean {
  const {
    id,
    engine: range,
    taxonomy,
  } = (source.value ?? {}) as { id?: unknown; engine?: unknown; taxonomy?: unknown };
  if (typeof range !== 'string') return true; // the schema says so
  const where = { file: source.file, range: source.rangeOf('/engine') };
  if (semver.validRange(range) === null) {
    diagnostics.push(badEngineRange(where, range));
    return true;
  }
  if (semver.satisfies(engine, range, { includePrerelease: true })) return true;
  const name = typeof id === 'string' ? id : source.file;
  const breaks = TOPICS.pack.filter((topic) => topic !== 'tests' && (topic !== 'labels' || taxonomy !== undefined));
  const fault = semver.gtr(engine, range, { includePrerelease: true }) ? engineTooNew : engineTooOld;
  diagnostics.push(fault(where, name, range, engine, breaks));
  return false;
}

/** The folder of the package that this file belongs to, compiled or not. */
export function ownRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (isFile(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  }
}

function versionOf(packageRoot: string): string {
  const read = readText(join(packageRoot, 'package.json'));
  return 'text' in read ? (JSON.parse(read.text) as { version: string }).version : '0.0.0';
}
