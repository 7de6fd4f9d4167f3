import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Classes of the images of a classification subset. */
export interface Classes {
  /** Names, sorted. */
  readonly names: readonly string[];
  of(imageId: string): string | undefined;
}

/** What `legenda subset` writes for the type `classification`. */
const SHEET = 'classification.csv';

/** The classes of a dataset; undefined where it is no classification. */
export async function readClasses(folder: string): Promise<Classes | undefined> {
  const path = join(folder, SHEET);
  if (!existsSync(path)) return undefined;
  const { parse } = await import('csv-parse/sync');
  const rows = parse(await readFile(path), { columns: true }) as { file_id: string; class: string }[];
  const classes = new Map(rows.map((row) => [row.file_id, row.class]));
  return { names: [...new Set(classes.values())].sort(), of: (imageId) => classes.get(imageId) };
}
