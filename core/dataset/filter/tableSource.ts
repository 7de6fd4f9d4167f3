import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { tableFile } from '../schema.js';

/** A column, or some fields of a column that is a list of structs. */
export type ColumnRequest = string | { readonly name: string; readonly fields: readonly string[] };
export const columnName = (request: ColumnRequest): string => (typeof request === 'string' ? request : request.name);

/** A table of a dataset, read by columns, group by group, and only the rows that are asked for. */
export interface TableSource {
  readonly file: string;
  readonly format: 'parquet' | 'jsonl';
  /** Rows of each group. */
  readonly groups: readonly number[];
  readonly columns: readonly string[];
  /**
   * Values of some columns for some rows of a group.
   *
   * @param rows places in the group, ascending; all where undefined
   * @returns for each column, one value for each row asked for: numbers, texts, arrays, objects, null
   */
  read(group: number, rows: readonly number[] | undefined, columns: readonly ColumnRequest[]): Promise<readonly (readonly unknown[])[]>;
  close(): void;
}

export type DatasetTables = Readonly<Record<TableName, TableSource>>;

/**
 * The tables of a dataset, Parquet or JSON Lines.
 * @throws UsageError where the folder is none
 */
export async function openTables(folder: string): Promise<DatasetTables> {
  if (!existsSync(folder)) throw new UsageError(`no such dataset: ${folder}`);
  if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is no folder; a dataset is the folder that \`legenda build\` writes`);
  const opened = await Promise.allSettled(TABLE_NAMES.map((table) => openTable(folder, table)));
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    for (const one of opened) if (one.status === 'fulfilled') one.value.close();
    throw failed.reason;
  }
  return Object.fromEntries(opened.map((one, i) => [TABLE_NAMES[i], (one as PromiseFulfilledResult<TableSource>).value])) as DatasetTables;
}

async function openTable(folder: string, table: TableName): Promise<TableSource> {
  const parquet = join(folder, tableFile(table, 'parquet'));
  const jsonl = join(folder, tableFile(table, 'jsonl'));
  if (existsSync(parquet)) {
    const { openParquet } = await import('./parquetSource.js');
    try {
      return await openParquet(parquet);
    } catch (error) {
      throw new UsageError(`${parquet} is no Parquet table: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (existsSync(jsonl)) return (await import('./jsonlSource.js')).openJsonl(jsonl, table);
  throw new UsageError(`${folder} is no dataset: it has no table ${tableFile(table)} (or .jsonl)`);
}

export function closeTables(tables: DatasetTables): void {
  for (const table of TABLE_NAMES) tables[table].close();
}
