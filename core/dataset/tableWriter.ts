import { renameSync, rmSync } from 'node:fs';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Column } from './column.js';
import { parquetSchema } from './parquetSchema.js';

export interface TableWriterOptions {
  /** Rows of a row group: small ones filter well, large ones compress well. Default 5,000. */
  readonly groupRows?: number;
  /** Key-value metadata of the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Default rows of a row group. */
const GROUP_ROWS = 5_000;
/** Bytes of a page: small ones, so that a few rows can be read by the offset index without unpacking their whole group. */
const PAGE_BYTES = 16_384;

/**
 * Writes rows as a Parquet file of declared columns, group by group, so that memory does not grow. The file has a
 * temporary name until `close`. Equal rows give equal bytes.
 */
export class TableWriter<Row extends object> {
  private rows: Row[] = [];
  private written = 0;

  private constructor(
    private readonly path: string,
    private readonly columns: readonly Column[],
    private readonly writer: ParquetWriter,
    private readonly groupRows: number,
  ) {}

  /** @param columns the columns, in their order; fields of a row that are no column are left out */
  static async open<Row extends object>(
    path: string,
    columns: readonly Column[],
    options: TableWriterOptions = {},
  ): Promise<TableWriter<Row>> {
    const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
    const kvMetadata = Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value }));
    const bytes: ByteWriter | Awaited<ReturnType<typeof fileWriter>> = await fileWriter(partial(path));
    const writer = new ParquetWriter({
      writer: bytes,
      schema: parquetSchema(columns),
      createdBy: 'legenda',
      ...(kvMetadata.length > 0 && { kvMetadata }),
    });
    return new TableWriter<Row>(path, columns, writer, options.groupRows ?? GROUP_ROWS);
  }

  get count(): number {
    return this.written + this.rows.length;
  }

  async write(row: Row): Promise<void> {
    this.rows.push(row);
    if (this.rows.length >= this.groupRows) await this.flush();
  }

  /** Ends the file and gives it its name. */
  async close(): Promise<void> {
    if (this.rows.length > 0 || this.written === 0) await this.flush();
    await this.writer.finish();
    renameSync(partial(this.path), this.path);
  }

  /** Throws away what was written. */
  discard(): void {
    rmSync(partial(this.path), { force: true });
  }

  private async flush(): Promise<void> {
    const rows = this.rows as readonly Record<string, unknown>[];
    this.rows = [];
    this.written += rows.length;
    if (rows.length === 0) return;
    await this.writer.write({
      columnData: this.columns.map(({ name }) => ({ name, data: rows.map((row) => row[name] ?? null) })),
      rowGroupSize: rows.length,
      pageSize: PAGE_BYTES,
    });
  }
}

const partial = (path: string): string => `${path}.partial`;
