import { renameSync } from 'node:fs';
import type { ParquetWriter } from 'hyparquet-writer';
import type { Column } from '../column.js';
import { parquetSchema } from '../parquetSchema.js';
import type { OutputFolder } from './outputFolder.js';

export interface ShardOptions {
  /** Path of the shards in the export, without number and ending. */
  readonly prefix: string;
  readonly columns: readonly Column[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Bytes after which a file is full. */
  readonly shardBytes: number;
  /** Rows of a row group. */
  readonly groupRows: number;
}

/** Bytes of pictures that are held until they are written. */
const GROUP_BYTES = 32_000_000;
const PAGE_BYTES = 1 << 20;

/** Writes rows to as many Parquet files as needed: `PREFIX-00000-of-00003.parquet`. There is at least one. */
export class ParquetShards {
  private rows: Readonly<Record<string, unknown>>[] = [];
  private held = 0;
  private writer: ParquetWriter | undefined;
  private shards = 0;
  count = 0;

  constructor(
    private readonly out: OutputFolder,
    private readonly options: ShardOptions,
  ) {}

  /** @param bytes size of what is large in the row */
  async write(row: Readonly<Record<string, unknown>>, bytes = 0): Promise<void> {
    this.rows.push(row);
    this.held += bytes;
    this.count++;
    if (this.rows.length >= this.options.groupRows || this.held >= GROUP_BYTES) await this.flush();
  }

  /** Ends the last file and gives all of them their names. @returns number of files */
  async close(): Promise<number> {
    await this.flush();
    await this.next();
    for (let i = 0; i < this.shards; i++) {
      const name = `${this.options.prefix}-${five(i)}-of-${five(this.shards)}.parquet`;
      renameSync(this.out.at(this.nameOf(i)), this.out.at(name));
      await this.out.adopt(name);
    }
    return this.shards;
  }

  private nameOf(shard: number): string {
    return `${this.options.prefix}-${five(shard)}.parquet`;
  }

  private async flush(): Promise<void> {
    const rows = this.rows;
    this.rows = [];
    this.held = 0;
    this.writer ??= await this.open();
    if (rows.length === 0) return;
    const columnData = this.options.columns.map(({ name, type }) => ({
      name,
      data: rows.map((row) => row[name] ?? null),
      // Pictures are compressed already, and the least of two pictures is no news.
      ...(typeof type === 'object' && 'struct' in type && type.struct.some((field) => field.type === 'binary')
        ? { codec: 'UNCOMPRESSED' as const, statistics: false, encoding: 'PLAIN' as const }
        : {}),
    }));
    await this.writer.write({ columnData, rowGroupSize: rows.length, pageSize: PAGE_BYTES });
    if (this.writer.writer.offset >= this.options.shardBytes) await this.next();
  }

  private async open(): Promise<ParquetWriter> {
    const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
    const writer = await fileWriter(this.out.at(this.nameOf(this.shards++)));
    return new ParquetWriter({
      writer,
      schema: parquetSchema(this.options.columns),
      createdBy: 'legenda',
      kvMetadata: Object.entries(this.options.metadata).map(([key, value]) => ({ key, value })),
    });
  }

  private async next(): Promise<void> {
    await this.writer?.finish();
    this.writer = undefined;
  }
}

const five = (n: number): string => String(n).padStart(5, '0');
