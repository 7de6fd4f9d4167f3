import type { Column } from '../column.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { SCHEMA, tableFile } from '../schema.js';
import { TableWriter } from '../tableWriter.js';
import type { OutputFolder } from './outputFolder.js';
import type { ExportSource } from './source.js';
import type { ExportedFile } from './types.js';

export const SPLIT: Column = {
  name: 'split',
  type: 'string',
  about: 'Part of the split: no patient is in two.',
  example: 'train',
};

/** The tables as Parquet: copied where they are that, with a column `split` where the dataset is split. */
export async function writeParquetTables(
  source: ExportSource,
  out: OutputFolder,
  done: (rows: number) => void,
): Promise<Record<TableName, ExportedFile>> {
  const written: [TableName, ExportedFile][] = [];
  const split = source.splits.names.length > 0;
  for (const table of TABLE_NAMES) {
    const name = tableFile(table);
    const from = await source.parquetFile(table);
    if (from !== undefined && (!split || (await source.hasColumn(table, SPLIT.name)))) {
      written.push([table, await out.copy(from, name)]);
      done(await source.count(table));
      continue;
    }
    const writer = await TableWriter.open<object>(out.at(name), split ? [...SCHEMA[table], SPLIT] : SCHEMA[table]);
    for await (const row of source.rows(table)) {
      await writer.write(split ? { ...row, split: source.splits.of(row.article_id) } : row);
      done(1);
    }
    await writer.close();
    written.push([table, await out.adopt(name)]);
  }
  return Object.fromEntries(written) as Record<TableName, ExportedFile>;
}
