import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { safeName } from '../../dataset/layout.js';
import { naturalOrder } from '../../dataset/naturalOrder.js';
import { UsageError } from '../usageError.js';
import type { FigureQuery } from './journalEntry.js';

/** Formats of pictures that can be read, the best first: what loses nothing before what does. */
const FORMATS: readonly string[] = ['tif', 'tiff', 'png', 'jpg', 'jpeg', 'webp', 'avif', 'gif'];
/** Endings that are no part of a name; `journal.g001` has none. */
const ENDING = /\.(?:tiff?|png|jpe?g|webp|avif|gif|bmp|eps|svg|pdf|pptx?|html?)$/i;

/** Where a file lies, the surest first. */
const OWN = 0;
const BESIDE = 1;
const NOBODYS = 2;

/** What an article is called, and where it lies: how its figures' files are told from those of others. */
export interface FigureOwner {
  readonly article_id: string;
  readonly pmcid: string | null;
  readonly pmid: string | null;
  readonly doi: string | null;
  /** Path of the article's file. */
  readonly file: string;
}
/** A file that was found for a figure. */
export interface FigureFile {
  readonly path: string;
  /** Others that would have fitted as well, by a name in another folder. */
  readonly rivals: readonly string[];
}

interface Picture {
  readonly path: string;
  /** Folders between the root and the file. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly root: number;
}

/**
 * The picture files of the given folders, looked up by name with or without its ending. Read once; files beside an article
 * are looked up in its own folder.
 */
export class FigureFiles {
  private readonly pictures = new Map<string, Picture[]>();
  private readonly beside = new Map<string, Map<string, Picture[]>>();
  size = 0;

  /**
   * @param roots folders, flat or with a folder for each article
   * @param others names of all articles' files, without endings: a folder of such a name belongs to that article alone
   * @throws UsageError where a folder is missing
   */
  constructor(
    roots: readonly string[],
    private readonly others: ReadonlySet<string> = new Set(),
  ) {
    for (const [i, root] of roots.entries()) {
      const stat = statSync(root, { throwIfNoEntry: false });
      if (!stat) throw new UsageError(`no such folder of images: ${root}`);
      if (!stat.isDirectory()) throw new UsageError(`--images takes a folder; ${root} is a file`);
      this.walk(root, [], i);
    }
  }

  /**
   * The file of a figure, or null. Chosen by where it lies (the article's own folder, beside the article, a folder of nobody),
   * then by how its name fits, then by format, depth and path: the same files give the same choice. Where the article names no
   * file, one called like the figure's id will do in the article's own folder: elsewhere it may be anyone's.
   */
  find(owner: FigureOwner, { names, figure_id }: FigureQuery): FigureFile | null {
    const aliases = aliasesOf(owner);
    const wanted = names.map((name) => name.split(/[\\/]/).pop()!).filter((name) => name !== '');
    for (const name of wanted) {
      const found = this.choose(owner, aliases, name, NOBODYS);
      if (found) return found;
    }
    if (wanted.length === 0) {
      const found = this.choose(owner, aliases, figure_id, OWN);
      if (found) return found;
    }
    // Archives of several articles carry the article's id in the name.
    for (const alias of aliases) {
      const found = this.choose(owner, aliases, `${alias}_${wanted[0] ?? figure_id}`, NOBODYS);
      if (found) return found;
    }
    return null;
  }

  private choose(owner: FigureOwner, aliases: ReadonlySet<string>, name: string, most: number): FigureFile | null {
    const key = stem(name);
    const pool = [...(this.pictures.get(key) ?? []), ...(this.near(owner.file).get(key) ?? [])];
    const ranked = pool.flatMap((picture) => {
      const scope = this.scopeOf(picture, owner, aliases);
      return scope === null || scope > most ? [] : [{ picture, scope, fit: fitOf(picture.name, name) }];
    });
    ranked.sort(
      (a, b) =>
        a.scope - b.scope ||
        a.fit - b.fit ||
        formatOf(a.picture.name) - formatOf(b.picture.name) ||
        a.picture.root - b.picture.root ||
        a.picture.folders.length - b.picture.folders.length ||
        naturalOrder(a.picture.path, b.picture.path),
    );
    if (ranked.length === 0) return null;
    const [best] = ranked;
    const folder = dirname(resolve(best.picture.path));
    const rivals = ranked.filter((r) => r.scope === best.scope && dirname(resolve(r.picture.path)) !== folder);
    return { path: best.picture.path, rivals: [...new Set(rivals.map((r) => r.picture.path))] };
  }

  /** Null in the folder of another article. */
  private scopeOf(picture: Picture, owner: FigureOwner, aliases: ReadonlySet<string>): number | null {
    const folders = picture.folders.map((name) => name.toLowerCase());
    if (folders.some((name) => aliases.has(name))) return OWN;
    if (dirname(resolve(picture.path)) === dirname(resolve(owner.file))) return BESIDE;
    return folders.some((name) => this.others.has(name) || /^pmc\d{4,}$/.test(name)) ? null : NOBODYS;
  }

  private walk(folder: string, folders: readonly string[], root: number): void {
    for (const { name, path, isFolder } of entriesOf(folder)) {
      if (isFolder) this.walk(path, [...folders, name], root);
      else if (isPicture(name)) {
        this.size++;
        push(this.pictures, stem(name), { path, folders, name, root });
      }
    }
  }

  /** Pictures in the folder of an article's file, and in a folder beside it that has its name. */
  private near(file: string): ReadonlyMap<string, readonly Picture[]> {
    const folder = dirname(file);
    let found = this.beside.get(folder);
    if (found === undefined) {
      found = new Map();
      const own = [basename(resolve(folder))];
      for (const { name, path, isFolder } of entriesOf(folder)) {
        if (isPicture(name)) push(found, stem(name), { path, folders: own, name, root: -1 });
        else if (isFolder && (this.others.has(name.toLowerCase()) || /^pmc\d+$/i.test(name))) {
          for (const inner of entriesOf(path)) {
            if (isPicture(inner.name))
              push(found, stem(inner.name), { path: inner.path, folders: [...own, name], name: inner.name, root: -1 });
          }
        }
      }
      // One folder of a million articles is kept; of many folders only the last ones.
      if (this.beside.size > 64) this.beside.clear();
      this.beside.set(folder, found);
    }
    return found;
  }
}

/** The names, lower case, that a folder of this article may have. */
function aliasesOf({ article_id, pmcid, pmid, doi, file }: FigureOwner): ReadonlySet<string> {
  const doiNames =
    doi === null ? [] : [doi.replace(/[/:]/g, '_'), doi.replace(/[/:]/g, '-'), doi.split('/').slice(1).join('_')];
  const names = [article_id, safeName(article_id), articleStem(file), pmcid, pmid, ...doiNames];
  return new Set(names.flatMap((name) => (name ? [name.toLowerCase()] : [])));
}

/** Name of an article's file without its endings, lower case. */
export const articleStem = (file: string): string =>
  basename(file)
    .replace(/\.gz$/i, '')
    .replace(/\.(?:xml|nxml|json|txt)$/i, '')
    .toLowerCase();

const stem = (name: string): string => name.replace(ENDING, '').toLowerCase();
const isPicture = (name: string): boolean => FORMATS.includes(extensionOf(name));
const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
const formatOf = (name: string): number => FORMATS.indexOf(extensionOf(name));

/** 0 the very name, 1 but for case, 2 but for its ending. */
const fitOf = (name: string, wanted: string): number =>
  name === wanted ? 0 : name.toLowerCase() === wanted.toLowerCase() ? 1 : 2;

function entriesOf(folder: string): { name: string; path: string; isFolder: boolean }[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => {
      const path = folder.endsWith(sep) ? folder + entry.name : join(folder, entry.name);
      const isFolder =
        entry.isDirectory() ||
        (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
      return { name: entry.name, path, isFolder };
    });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
