import { existsSync } from 'node:fs';
import { UsageError } from './usageError.js';

/** @throws UsageError naming the first path that is not there; `-` always is */
export function assertReadable(paths: readonly string[]): void {
  for (const path of paths)
    if (path !== '-' && !existsSync(path)) throw new UsageError(`no such file or folder: ${path}`);
}
