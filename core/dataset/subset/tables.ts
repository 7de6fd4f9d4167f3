import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fileOutput } from '../../pipeline/output.js';
import type { Column } from '../column.js';
import type { ManifestTable } from '../manifest.js';
import { SCHEMA, tableFile } from '../schema.js';
import { TABLE_NAMES, type Rows, type TableName } from '../rows.js';
import { TableWriter } from '../tableWriter.js';

export type TableFormat = 'parquet' | 'jsonl';

const SPLIT: Column = {
  name: 'split',
  type: 'string',
  about: 'Part of the split: no patient is in two.',
  example: 'train',
};

/** Writes the tables of a subset. */
export class SubsetTables {
  private readonly counts = new Map<TableName, number>();

  private constructor(
    private readonly folder: string,
    private readonly format: TableFormat,
    private readonly writers: ReadonlyMap<
      TableName,
      { write(row: object): Promise<void> | void; close(): Promise<void> | void }
    >,
    private readonly partOf: ((article: string) => string) | undefined,
  ) {}

  /** @param partOf where given, every table has a column `split` */
  static async open(folder: string, format: TableFormat, partOf?: (article: string) => string): Promise<SubsetTables> {
    const writers = new Map<TableName, { write(row: object): Promise<void> | void; close(): Promise<void> | void }>();
    for (const table of TABLE_NAMES) {
      const path = join(folder, tableFile(table, format));
      const columns: readonly Column[] = partOf
        ? [...SCHEMA[table].filter((c) => (c as Column).name !== 'split'), SPLIT]
        : SCHEMA[table];
      writers.set(
        table,
        format === 'parquet' ? await TableWriter.open<object>(path, columns) : linesWriter(path, columns),
      );
    }
    return new SubsetTables(folder, format, writers, partOf);
  }

  async write<T extends TableName>(table: T, row: Rows[T]): Promise<void> {
    this.counts.set(table, (this.counts.get(table) ?? 0) + 1);
    await this.writers.get(table)!.write(this.partOf ? { ...row, split: this.partOf(row.article_id) } : row);
  }

  /** Ends the files; what was written, with hashes. */
  async close(): Promise<Record<TableName, ManifestTable>> {
    const written: [TableName, ManifestTable][] = [];
    for (const [table, writer] of this.writers) {
      await writer.close();
      const file = tableFile(table, this.format);
      written.push([
        table,
        { file, rows: this.counts.get(table) ?? 0, sha256: await hashFile(join(this.folder, file)) },
      ]);
    }
    return Object.fromEntries(written) as Record<TableName, ManifestTable>;
  }
}

/** JSON Lines with the columns in their order. */
function linesWriter(
  path: string,
  columns: readonly Column[],
): { write(row: object): void; close(): Promise<void> | void } {
  const file = fileOutput(path);
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length > 0) void file.write(new TextEncoder().encode(waiting.join('')));
    waiting = [];
  };
  return {
    write(row) {
      const cells = row as Readonly<Record<string, unknown>>;
      waiting.push(JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, cells[name] ?? null]))) + '\n');
      if (waiting.length >= 500) flush();
    },
    close() {
      flush();
      return file.commit();
    },
  };
}

/** SHA-256 of a file, streamed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
