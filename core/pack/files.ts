import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { emptyGlob, missingFile, unknownKind, unreadable, yamlSyntax } from '../diagnostics/files.js';
import { isSource, parseYaml, pointerOf, readText, type Source } from '../source/index.js';
import type { PackFile } from './format.js';
import { filesOf, isFile, isGlob } from './glob.js';
import type { PackPlace } from './locate.js';
import { salvage } from './salvage.js';
import { kindOf, type FileKind } from './schemas/index.js';
import { TOPICS } from './topics.js';

/** A file of a pack that was read: valid by its schema, or made so by leaving out what was not. */
export interface PackSource {
  readonly kind: FileKind;
  /** Absolute. */
  readonly path: string;
  /** As in the model: relative to the pack's base. */
  readonly file: string;
  readonly source: Source;
}

export const slashed = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));

/** How a file is named in diagnostics: from the working folder, or in full where it lies elsewhere. */
export function shown(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return slashed(short.startsWith('..' + sep + '..' + sep + '..') ? path : short);
}

/** Reads and checks one YAML file; undefined where nothing of it can be used. `kind` is told by its keys unless given. */
export function readPackFile(
  path: string,
  place: Pick<PackPlace, 'base'>,
  cwd: string,
  diagnostics: Diagnostic[],
  kind?: FileKind,
): PackSource | undefined {
  const name = shown(path, cwd);
  const read = readText(path);
  if ('problem' in read) {
    diagnostics.push(unreadable(name, read.problem, kind ? TOPICS[kind] : ['ids']));
    return undefined;
  }
  const source = parseYaml(name, read.text);
  if (!isSource(source)) {
    diagnostics.push(yamlSyntax(name, source, TOPICS[kind ?? guessKind(read.text)]));
    return undefined;
  }
  const told = kind ?? (isMap(source.value) ? kindOf(source.value) : undefined);
  if (!told) {
    diagnostics.push(unknownKind(name));
    return undefined;
  }
  const { usable, faults } = salvage(told, source);
  diagnostics.push(...faults);
  return usable ? { kind: told, path, file: slashed(relative(place.base, path)), source } : undefined;
}

/** All files that a manifest names: dictionaries, rules, taxonomy, each once. */
export function readPackFiles(
  manifest: PackSource,
  place: PackPlace,
  cwd: string,
  diagnostics: Diagnostic[],
): PackSource[] {
  const pack = manifest.source.value as PackFile;
  const paths = new Map<string, FileKind | undefined>();
  const collect = (pattern: string, pointer: string, key: string, kind?: FileKind): void => {
    const where = (): { file: string; range: ReturnType<Source['rangeOf']> } => ({
      file: manifest.source.file,
      range: manifest.source.rangeOf(pointer),
    });
    const found = filesOf(place.folder, pattern).filter(isKnowledge);
    if (found.length === 0) {
      if (isGlob(pattern)) diagnostics.push(emptyGlob(where(), key, pattern));
      else {
        const topics = kind === 'taxonomy' ? TOPICS.taxonomy : TOPICS.dictionary;
        diagnostics.push(
          missingFile(
            where(),
            key,
            pattern,
            siblingsOf(place.folder, pattern).filter((name) => !pack.dictionaries?.includes(name)),
            topics,
          ),
        );
      }
    }
    for (const path of found) paths.set(path, paths.get(path) ?? kind);
  };
  if (pack.taxonomy !== undefined) collect(pack.taxonomy, '/taxonomy', 'taxonomy', 'taxonomy');
  if (pack.dictionaries) {
    pack.dictionaries.forEach((glob, i) => collect(glob, pointerOf('dictionaries', i), 'dictionaries'));
  } else for (const path of filesOf(place.folder, '*.yaml').filter(isKnowledge)) paths.set(path, paths.get(path));
  pack.rules?.forEach((glob, i) => collect(glob, pointerOf('rules', i), 'rules'));
  return [...paths]
    .map(([path, kind]) => readPackFile(path, place, cwd, diagnostics, kind))
    .filter((file) => file !== undefined);
}

/** The test files that lie beside the pack's files, sorted. */
export function testFilesOf(manifest: PackSource, files: readonly PackSource[]): string[] {
  const folders = new Set([dirname(manifest.path), ...files.map((file) => dirname(file.path))]);
  return [...folders].flatMap((folder) => filesOf(folder, '*.test.yaml')).sort();
}

const isKnowledge = (path: string): boolean => basename(path) !== 'pack.yaml' && !path.endsWith('.test.yaml');

function siblingsOf(folder: string, name: string): string[] {
  try {
    return readdirSync(join(folder, dirname(name)))
      .filter((sibling) => isFile(join(folder, dirname(name), sibling)))
      .map((sibling) => slashed(join(dirname(name), sibling)));
  } catch {
    return [];
  }
}

/** The kind of a file that is no YAML, by the first top key that tells. */
function guessKind(text: string): FileKind {
  const keys = [...text.matchAll(/^([a-z_]+):/gm)].map(([, key]) => [key, true] as const);
  return kindOf(Object.fromEntries(keys)) ?? 'dictionary';
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
