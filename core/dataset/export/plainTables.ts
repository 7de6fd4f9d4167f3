import { TABLE_NAMES, type TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { exportCard, languagesOf } from './card.js';
import type { ExportJob, ExportResult } from './exportDataset.js';

type Row = Readonly<Record<string, unknown>>;

/** Tables as JSON Lines, every column in every row, and the pictures. */
export const exportJsonl = (job: ExportJob): Promise<ExportResult> =>
  exportTables(job, 'jsonl', async (columns) => ({
    head: '',
    line: (row) => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))}\n`,
    use: 'A line is a row, with every column.',
  }));

/** Tables as CSV (RFC 4180, UTF-8): lists and structs as JSON text, nothing for null. */
export const exportCsv = (job: ExportJob): Promise<ExportResult> =>
  exportTables(job, 'csv', async (columns) => {
    const { stringify } = await import('csv-stringify/sync');
    return {
      head: stringify([columns]),
      line: (row) => stringify([columns.map((name) => cell(row[name]))]),
      use: 'CSV as RFC 4180 has it, UTF-8, with a header. Lists and structs are JSON text; an empty cell is null.',
    };
  });

interface Form {
  readonly head: string;
  readonly line: (row: Row) => string;
  readonly use: string;
}

async function exportTables(
  job: ExportJob,
  ending: string,
  formOf: (columns: readonly string[]) => Promise<Form>,
): Promise<ExportResult> {
  const { source, out, options, description, licenses, progress } = job;
  const split = source.splits.names.length > 0;
  const counts: Record<TableName | 'pictures', number> = { articles: 0, cases: 0, figures: 0, images: 0, pictures: 0 };
  let use = '';
  for (const table of TABLE_NAMES) {
    const form = await formOf([...SCHEMA[table].map(({ name }) => name), ...(split ? ['split'] : [])]);
    use = form.use;
    const file = out.file(`${table}.${ending}`);
    file.write(form.head);
    for await (const row of source.rows(table)) {
      file.write(form.line(split ? { ...row, split: source.splits.of(row.article_id) } : (row as unknown as Row)));
      counts[table]++;
      progress(1);
    }
    file.close();
  }
  if (options.pictures ?? true) counts.pictures = await copyPictures(job);
  const notes =
    (options.pictures ?? true)
      ? []
      : ['pictures are left out; images.file are paths in the dataset that this was made of'];
  out.text(
    'README.md',
    exportCard(description, licenses, counts.images, {
      counts,
      notes,
      languages: await languagesOf(source),
      use: `${use} \`images.file\` is the path of the picture in this folder.`,
    }),
  );
  return { counts, notes };
}

/** Copies all pictures under the names that they have. */
export async function copyPictures(
  { source, out }: ExportJob,
  nameOf: (file: string) => string = (file) => file,
): Promise<number> {
  let copied = 0;
  for await (const row of source.columns('images', ['image_id', 'file'])) {
    if (row.file === null) continue;
    await source.copyPicture(row, out, nameOf(row.file));
    copied++;
  }
  return copied;
}

export const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
