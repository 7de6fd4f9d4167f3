import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../pipeline/usageError.js';
import type { Scaffold } from './scaffold.js';

/**
 * Writes a scaffold. Nothing is written where any of its files is there already.
 * @returns the paths that were written, relative to `cwd`
 * @throws UsageError naming the first file that would be overwritten
 */
export function writeScaffold({ folder, files }: Scaffold, cwd: string): string[] {
  const paths = files.map(({ path }) => join(folder, path));
  const taken = paths.find((path) => existsSync(join(cwd, path)));
  if (taken !== undefined) throw new UsageError(`${taken} is there already; nothing was written`);
  files.forEach(({ content }, i) => {
    mkdirSync(dirname(join(cwd, paths[i])), { recursive: true });
    writeFileSync(join(cwd, paths[i]), content);
  });
  return paths;
}
