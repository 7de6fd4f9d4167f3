import { join, parse, relative, resolve, sep } from 'node:path';
import type { RecordSource } from './pass.js';
import { idHash } from './processBatch.js';

/**
 * What figures cannot be called by their file's stem alone, because another figure of the pass has the same one. Plain
 * data, for workers: hashes of names without regard to case, as some file systems have none.
 */
export interface SharedNames {
  /** Stems that several figures have; `all` where the figures are not known beforehand. */
  readonly stems: readonly number[] | 'all';
  /** Paths without their extension that several figures have: `a/fig1.jpg` and `a/fig1.png`. */
  readonly paths: readonly number[];
}

/** How the files made of a figure are called. */
export interface FigureName {
  /** Below the folder of the crops; empty for most. */
  readonly folder: string;
  readonly name: string;
}

/**
 * Looks through the figures of a pass for names that would fall together.
 * @param base folder to which relative paths are relative
 */
export async function sharedNames(source: RecordSource, base: string): Promise<SharedNames> {
  if (source.files.includes('-')) return { stems: 'all', paths: [] };
  const stems = new Repeated();
  const paths = new Repeated();
  const decoder = new TextDecoder();
  for (const list of source.files) {
    for await (const { bytes } of source.read(list)) {
      for (const line of decoder.decode(bytes).split('\n')) {
        const file = fileOf(line);
        if (file === undefined) continue;
        const path = resolve(base, file);
        const one = idHash(path);
        stems.add(keyOf(parse(path).name), one);
        paths.add(keyOf(withoutExtension(path)), one);
      }
    }
  }
  return { stems: stems.found(), paths: paths.found() };
}

/**
 * Gives figures the names of their files: the stem; with the folders in which the figure lies where another figure has that
 * stem; with its extension too where that is all that tells two figures apart.
 */
export function figureNamer(
  base: string,
  shared: SharedNames = { stems: [], paths: [] },
): (file: string) => FigureName {
  const all = shared.stems === 'all';
  const stems = new Set(all ? [] : shared.stems);
  const paths = new Set(shared.paths);
  return (file) => {
    const path = resolve(base, file);
    const { name, base: whole, dir } = parse(path);
    if (!all && !stems.has(keyOf(name))) return { folder: '', name };
    const below = relative(base, dir);
    // What lies elsewhere keeps its whole path, without what stands for the root or a drive.
    const folder = below.startsWith('..') ? dir.slice(parse(dir).root.length) : below;
    const twins = all || paths.has(keyOf(withoutExtension(path)));
    return { folder: folder.split(sep).filter(Boolean).join('/'), name: twins ? whole : name };
  };
}

function withoutExtension(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, name);
}

const keyOf = (name: string): number => idHash(name.toLowerCase());

function fileOf(line: string): string | undefined {
  try {
    const { file } = JSON.parse(line) as { readonly file?: unknown };
    return typeof file === 'string' ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Finds keys under which different things come. */
class Repeated {
  private readonly first = new Map<number, number>();
  private readonly repeated = new Set<number>();

  add(key: number, thing: number): void {
    const known = this.first.get(key);
    if (known === undefined) this.first.set(key, thing);
    else if (known !== thing) this.repeated.add(key);
  }

  found(): number[] {
    return [...this.repeated];
  }
}
