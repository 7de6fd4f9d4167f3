import type { AsyncBuffer, FileMetaData } from 'hyparquet';

/** Reads a Parquet table, row group by row group. */
export class TableReader<Row extends object> {
  private constructor(
    private readonly file: AsyncBuffer,
    private readonly metadata: FileMetaData,
  ) {}

  /** @throws Error where the file is missing or is no Parquet file */
  static async open<Row extends object>(path: string): Promise<TableReader<Row>> {
    const { asyncBufferFromFile, parquetMetadataAsync } = await import('hyparquet');
    const file = await asyncBufferFromFile(path);
    return new TableReader<Row>(file, await parquetMetadataAsync(file));
  }

  get rowCount(): number {
    return Number(this.metadata.num_rows);
  }

  /** Rows of each group. */
  get groups(): readonly number[] {
    return this.metadata.row_groups.map((group) => Number(group.num_rows));
  }

  /** Names of the columns, in their order. */
  get columns(): readonly string[] {
    const [root, ...rest] = this.metadata.schema;
    const names: string[] = [];
    for (let i = 0, left = root.num_children ?? 0; left > 0; left--) {
      names.push(rest[i].name);
      for (let open = 1; open > 0; i++) open += (rest[i].num_children ?? 0) - 1;
    }
    return names;
  }

  /**
   * All rows in their order, or their chosen columns. Integers come as numbers, lists as arrays, structs as objects, what is
   * missing as null.
   */
  async *rows<C extends keyof Row & string = keyof Row & string>(columns?: readonly C[]): AsyncGenerator<Pick<Row, C>> {
    for (const [group] of this.groups.entries()) yield* await this.group(group, columns);
  }

  /** The rows of one group. */
  async group<C extends keyof Row & string = keyof Row & string>(
    index: number,
    columns?: readonly C[],
  ): Promise<Pick<Row, C>[]> {
    const { parquetReadObjects } = await import('hyparquet');
    const rowStart = this.groups.slice(0, index).reduce((sum, n) => sum + n, 0);
    const names = columns ?? (this.columns as readonly C[]);
    const rows = (await parquetReadObjects({
      file: this.file,
      metadata: this.metadata,
      columns: [...names],
      rowStart,
      rowEnd: rowStart + this.groups[index],
    })) as Record<string, unknown>[];
    for (const row of rows) for (const name of names) row[name] = row[name] ?? null;
    return rows as Pick<Row, C>[];
  }
}
