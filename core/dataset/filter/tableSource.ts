import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import type { ColumnRequest } from './columnRequest.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { tableFile } from '../schema.js';

export type { ColumnRequest };

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
  read(
    group: number,
    rows: readonly number[] | undefined,
    columns: readonly ColumnRequest[],
  ): Promise<readonly (readonly unknown[])[]>;
  close(): void;
}

/** The tables of a dataset, Parquet or JSON Lines, opened when they are first asked for. */
export class DatasetTables {
  private readonly opened = new Map<TableName, Promise<TableSource>>();

  private constructor(readonly folder: string) {}

  /** @throws UsageError where the folder is no dataset */
  static at(folder: string): DatasetTables {
    if (!existsSync(folder)) throw new UsageError(`no such dataset: ${folder}`);
    if (!statSync(folder).isDirectory())
      throw new UsageError(`${folder} is no folder; a dataset is the folder that \`legenda build\` writes`);
    for (const table of TABLE_NAMES) fileOf(folder, table);
    return new DatasetTables(folder);
  }

  /** Whether the tables are Parquet or JSON Lines. */
  get format(): 'parquet' | 'jsonl' {
    return fileOf(this.folder, 'images').format;
  }

  /** @throws UsageError where the file is no table */
  open(table: TableName): Promise<TableSource> {
    let source = this.opened.get(table);
    if (!source) this.opened.set(table, (source = openTable(this.folder, table)));
    return source;
  }

  async close(): Promise<void> {
    for (const source of await Promise.allSettled(this.opened.values()))
      if (source.status === 'fulfilled') source.value.close();
    this.opened.clear();
  }
}

async function openTable(folder: string, table: TableName): Promise<TableSource> {
  const { path, format } = fileOf(folder, table);
  if (format === 'jsonl') return (await import('./jsonlSource.js')).openJsonl(path, table);
  const { openParquet } = await import('./parquetSource.js');
  try {
    return await openParquet(path);
  } catch (error) {
    throw new UsageError(`${path} is no Parquet table: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fileOf(folder: string, table: TableName): { path: string; format: 'parquet' | 'jsonl' } {
  for (const format of ['parquet', 'jsonl'] as const) {
    const path = join(folder, tableFile(table, format));
    if (existsSync(path)) return { path, format };
  }
  throw new UsageError(`${folder} is no dataset: it has no table ${tableFile(table)} (or .jsonl)`);
}
