import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ArticleRow, CaseRow, FigureRow, ImageRow, Rows, TableName } from '../../core/dataset/index.js';
import { SCHEMA, TABLE_NAMES, TableWriter } from '../../core/dataset/index.js';
import { article, figure, image, patient } from '../dataset/rows.js';

export type Dataset = { readonly [T in TableName]: readonly Rows[T][] };

export const TAXONOMY = {
  classes: {
    radiology: { name: 'Radiology', parents: [] },
    ct: { name: 'CT', parents: ['radiology'] },
    cone_beam: { name: 'Cone beam', parents: ['ct'] },
    mri: { name: 'MRI', parents: ['radiology'] },
    t1: { name: 'T1', parents: ['mri'] },
    x_ray: { name: 'X-ray', parents: ['radiology'] },
    head: { name: 'Head', parents: ['radiology'], group: 'region' },
    breast: { name: 'Breast', parents: ['radiology'], group: 'region' },
    mammography: { name: 'Mammography', parents: ['radiology'], of: ['breast', 'x_ray'] },
    pathology: { name: 'Pathology', parents: [] },
  },
} as const;

/** Writes a dataset, its pictures too: each holds its own path. */
export async function writeDataset(
  folder: string,
  rows: Dataset,
  format: 'parquet' | 'jsonl' = 'parquet',
  groupRows = 7,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const table of TABLE_NAMES) {
    const path = join(folder, `${table}.${format}`);
    if (format === 'jsonl') writeFileSync(path, rows[table].map((row) => `${JSON.stringify(row)}\n`).join(''));
    else {
      const writer = await TableWriter.open<object>(path, SCHEMA[table], { groupRows });
      for (const row of rows[table]) await writer.write(row);
      await writer.close();
    }
  }
  writeFileSync(join(folder, 'taxonomy.json'), JSON.stringify(TAXONOMY));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      format: 1,
      legenda: '0.1.0',
      packs: [],
      plugins: [],
      config: {},
      options: {},
      tables: {},
      licenses: {},
      images: 0,
    }),
  );
  for (const { file } of rows.images) {
    if (file === null || file.startsWith('..')) continue;
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `picture ${file}`);
  }
  return folder;
}

export const anArticle = (change: Partial<ArticleRow>): ArticleRow => ({ ...article, ...change });
export const aCase = (change: Partial<CaseRow>): CaseRow => ({ ...patient, ...change });
export const aFigure = (change: Partial<FigureRow>): FigureRow => ({ ...figure, ...change });
export const anImage = (change: Partial<ImageRow>): ImageRow => ({ ...image, ...change });
