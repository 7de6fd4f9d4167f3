import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UsageError } from '../../pipeline/usageError.js';
import { RowSet } from '../filter/rowSet.js';
import type { DatasetTables } from '../filter/tableSource.js';

/** Parts of a dataset. No patient is in two, so the article decides. */
export interface Splits {
  /** Names in their order; empty where the dataset is not split. */
  readonly names: readonly string[];
  of(articleId: string): string;
}

/** The one part of a dataset that is not split: loaders want a name. */
export const WHOLE = 'train';
const USUAL = ['train', 'validation', 'val', 'dev', 'test'];
const FILE = 'splits.jsonl';

/**
 * The split of a dataset: the column `split` of its articles, as `legenda subset` writes it, else `splits.jsonl` with lines
 * `{"article_id": "PMC1", "split": "train"}`.
 *
 * @throws UsageError for a split that leaves articles out
 */
export async function readSplits(tables: DatasetTables, folder: string): Promise<Splits> {
  const articles = await tables.open('articles');
  const parts = new Map<string, string>();
  const ids: string[] = [];
  await RowSet.all(articles).each(['article_id', 'split'], (id, split) => {
    ids.push(id as string);
    if (typeof split === 'string' && split !== '') parts.set(id as string, split);
  });
  const path = join(folder, FILE);
  if (parts.size === 0 && existsSync(path)) await readFile(path, parts);
  if (parts.size === 0) return { names: [], of: () => WHOLE };
  const left = ids.find((id) => !parts.has(id));
  if (left !== undefined) throw new UsageError(`the split of ${folder} says nothing of the article ${left}`);
  const names = [...new Set(parts.values())].sort(byUse);
  const bad = names.find((name) => !/^\w+$/.test(name));
  if (bad !== undefined) throw new UsageError(`'${bad}' cannot be the name of a split: letters, digits and _`);
  return {
    names,
    of(id) {
      const part = parts.get(id);
      if (part === undefined) throw new UsageError(`the split of ${folder} says nothing of the article ${id}`);
      return part;
    },
  };
}

/** train, validation, test; then the others by name. */
function byUse(a: string, b: string): number {
  const rank = (name: string): number => (USUAL.indexOf(name) + USUAL.length + 1) % (USUAL.length + 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

async function readFile(path: string, parts: Map<string, string>): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    let row = null as { article_id?: unknown; split?: unknown } | null;
    try {
      row = JSON.parse(line) as typeof row;
    } catch {
      // told below
    }
    if (typeof row?.article_id !== 'string' || typeof row.split !== 'string') {
      throw new UsageError(`${path}:${number} is not {"article_id": ..., "split": ...}`);
    }
    parts.set(row.article_id, row.split);
  }
}
