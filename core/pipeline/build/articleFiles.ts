import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { naturalOrder } from '../../dataset/naturalOrder.js';
import { UsageError } from '../usageError.js';

/** An article file of a build. */
export interface ArticleFile {
  /** To be opened. */
  readonly path: string;
  /** What rows call it: relative to the folder that was given. Unique in a build. */
  readonly file: string;
  readonly size: number;
  /** Size and times, which tell without reading that it is the same as before. */
  readonly stamp: string;
}

const KNOWN = /\.(?:xml|nxml|json|txt)(?:\.gz)?$/i;

/**
 * The article files of the given files and folders, in natural order of their names whatever the order they are given in.
 * A file that is reached twice counts once; the dataset's own folder is left out.
 *
 * @throws UsageError where a path is missing or there is no article file at all
 */
export function articleFiles(paths: readonly string[], dataset: string): ArticleFile[] {
  const found = new Map<string, { path: string; inside: string; root: string }>();
  const own = realpathOr(dataset);
  for (const root of paths) {
    if (root === '-') throw new UsageError('build reads files and folders, not standard input');
    const stat = statSync(root, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`no such file or folder: ${root}`);
    const add = (path: string, inside: string): void => {
      const real = realpathOr(path);
      const before = found.get(real);
      // The same file through two folders: the shorter name, so that the order of the folders does not matter.
      if (
        before &&
        (before.inside.length < inside.length || (before.inside.length === inside.length && before.inside <= inside))
      )
        return;
      found.set(real, { path, inside, root });
    };
    if (stat.isDirectory()) walk(root, root, own, add);
    else add(root, basename(root));
  }
  if (found.size === 0)
    throw new UsageError(`there is no article file in ${paths.join(', ')} (.xml, .nxml, .json, .txt, also .gz)`);
  return named([...found.values()])
    .map(({ path, file }) => {
      const { size, mtimeMs, ctimeMs } = statSync(path);
      return { path, file, size, stamp: `${size}:${mtimeMs}:${ctimeMs}` };
    })
    .sort((a, b) => naturalOrder(a.file, b.file));
}

/** Files of one name in different folders get the folder's name before theirs, else their whole path. */
function named(files: readonly { path: string; inside: string; root: string }[]): { path: string; file: string }[] {
  const candidates = files.map(({ path, inside, root }) => [
    inside,
    `${basename(resolve(root))}/${inside}`,
    relative(process.cwd(), path).replaceAll('\\', '/'),
  ]);
  const times = (level: number): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const names of candidates) counts.set(names[level], (counts.get(names[level]) ?? 0) + 1);
    return counts;
  };
  const counts = [times(0), times(1)];
  return files.map(({ path }, i) => {
    const level = counts.findIndex((count, k) => count.get(candidates[i][k]) === 1);
    return { path, file: candidates[i][level < 0 ? 2 : level] };
  });
}

function walk(folder: string, root: string, skip: string, add: (path: string, inside: string) => void): void {
  if (realpathOr(folder) === skip) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const stat = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
    if (stat?.isDirectory()) walk(path, root, skip, add);
    else if (stat?.isFile() && KNOWN.test(entry.name)) add(path, relative(root, path).replaceAll('\\', '/'));
  }
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
