import type { ColumnRequest, TableSource } from './tableSource.js';
import type { RowTest } from './tests.js';

/** Rows of a table that are still in, group by group, ascending. */
export class RowSet {
  private constructor(
    readonly table: TableSource,
    private readonly rows: readonly (readonly number[] | undefined)[],
  ) {}

  /** All rows of a table. */
  static all(table: TableSource): RowSet {
    return new RowSet(
      table,
      table.groups.map(() => undefined),
    );
  }

  get count(): number {
    return this.rows.reduce((sum, rows, group) => sum + (rows?.length ?? this.table.groups[group]), 0);
  }

  /** The rows of a group; undefined for all of them. */
  of(group: number): readonly number[] | undefined {
    return this.rows[group];
  }

  /** Those rows that pass all tests. */
  async passing(tests: readonly RowTest[]): Promise<RowSet> {
    let set = this as RowSet;
    for (const { column, test } of [...tests].sort((a, b) => a.cost - b.cost))
      set = await set.where([column], (value) => test(value));
    return set;
  }

  /** Those rows whose values in these columns pass. */
  async where(columns: readonly ColumnRequest[], passes: (...values: unknown[]) => boolean): Promise<RowSet> {
    const kept: number[][] = [];
    for (let group = 0; group < this.rows.length; group++) {
      const rows = this.rows[group];
      const values = await this.table.read(group, rows, columns);
      const left: number[] = [];
      const count = rows?.length ?? this.table.groups[group];
      for (let i = 0; i < count; i++) {
        if (columns.length === 1 ? passes(values[0][i]) : passes(...values.map((column) => column[i])))
          left.push(rows ? rows[i] : i);
      }
      kept.push(left);
    }
    return new RowSet(this.table, kept);
  }

  /** Walks over the values of these columns. */
  async each(columns: readonly ColumnRequest[], visit: (...values: unknown[]) => void): Promise<void> {
    await this.where(columns, (...values) => {
      visit(...values);
      return false;
    });
  }

  /**
   * Whole rows in their order, as objects.
   *
   * @param batch rows in memory at once: few for running texts; many where columns have dictionaries, which are decoded by the group
   */
  async *objects<Row extends object>(
    columns: readonly (keyof Row & string)[] = this.table.columns as readonly (keyof Row & string)[],
    batch = BATCH,
  ): AsyncGenerator<Row> {
    for (let group = 0; group < this.rows.length; group++) {
      const all = this.rows[group] ?? Array.from({ length: this.table.groups[group] }, (_, i) => i);
      for (let at = 0; at < all.length; at += batch) {
        const rows = all.slice(at, at + batch);
        const values = await this.table.read(group, rows, columns);
        for (let i = 0; i < rows.length; i++)
          yield Object.fromEntries(columns.map((name, c) => [name, values[c][i]])) as Row;
      }
    }
  }
}

const BATCH = 1_000;
/** As many as a group has, as `build` writes them. */
export const WHOLE_GROUP = 5_000;
