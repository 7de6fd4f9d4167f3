import { join } from 'node:path';
import { hashOfFile } from './cache.js';
import type { Manifest } from './manifest.js';
import { PLACES } from './workplace.js';

export interface Damage {
  readonly id: string;
  readonly file: string;
  readonly what: 'gone' | 'changed';
}
export interface Verified {
  readonly articles: number;
  readonly files: number;
  readonly damaged: readonly Damage[];
}

/**
 * Hashes every file that the manifest names. Articles with one that is gone or changed are marked as failed, so that
 * the next pass fetches what is wrong and nothing else.
 */
export async function verify(
  folder: string,
  manifest: Manifest,
  now: Date,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Verified> {
  const ids = [...manifest.ids(({ status }) => status === 'done' || status === 'incomplete')];
  const damaged: Damage[] = [];
  let files = 0;
  for (const [at, id] of ids.entries()) {
    signal.throwIfAborted();
    const row = manifest.get(id)!;
    const bad: Damage[] = [];
    for (const file of row.files) {
      files++;
      const found = await hashOfFile(join(PLACES.article(folder, row.pmcid!), file.name)).catch(() => null);
      if (found?.sha256 !== file.sha256) bad.push({ id, file: file.name, what: found === null ? 'gone' : 'changed' });
    }
    if (bad.length > 0) {
      damaged.push(...bad);
      const names = new Set(bad.map(({ file }) => file));
      const detail = bad.map(({ file, what }) => `${file} is ${what}`).join(', ');
      manifest.append([
        {
          ...row,
          files: row.files.filter(({ name }) => !names.has(name)),
          status: 'failed',
          reason: 'damaged',
          detail,
          time: now.toISOString(),
        },
      ]);
    }
    onProgress?.(at + 1, ids.length);
  }
  manifest.sync();
  return { articles: ids.length, files, damaged };
}
