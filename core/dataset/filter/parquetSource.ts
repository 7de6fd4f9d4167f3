import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { AsyncBuffer, ColumnChunk, FileMetaData, SchemaTree } from 'hyparquet';
import { UsageError } from '../../pipeline/usageError.js';
import { columnName, type ColumnRequest } from './columnRequest.js';
import type { TableSource } from './tableSource.js';

type Hyparquet = typeof import('hyparquet');
/** A page of a column chunk: its first row in the group, and where its bytes are, header included. */
interface Page {
  readonly row: number;
  readonly offset: bigint;
  readonly size: number;
}
/** Neighbouring pages that are read at once: rows `from` to `to` of the group, and which of them are asked for. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly picked: readonly number[] | undefined;
  readonly chunk: ColumnChunk;
}

/** A leaf's values for the rows that were asked for, nested as its path says: one array level for each step that is not required. */
type Leaf = { readonly node: SchemaTree; readonly values: readonly unknown[] };

/**
 * Opens a Parquet file. Columns are decoded to leaves, and only the rows that are asked for are put together: putting a
 * nested column together for all rows costs ten times what decoding costs. Where few rows are asked for, only the pages
 * that hold them are read, by the offset index.
 */
export async function openParquet(path: string): Promise<TableSource> {
  const hyparquet = await import('hyparquet');
  const fd = openSync(path, 'r');
  try {
    const file = bufferOf(fd);
    const metadata = await hyparquet.parquetMetadataAsync(file);
    return new ParquetSource(path, fd, file, metadata, hyparquet);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Reads at places, without a stream for each. */
function bufferOf(fd: number): AsyncBuffer {
  const { size } = fstatSync(fd);
  return {
    byteLength: size,
    slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length;) {
        const read = readSync(fd, bytes, at, bytes.length - at, start + at);
        if (read === 0) throw new Error('the file ends too early');
        at += read;
      }
      return bytes.buffer;
    },
  };
}

class ParquetSource implements TableSource {
  readonly format = 'parquet';
  readonly groups: readonly number[];
  private readonly tree: SchemaTree;
  /** The pages of a column chunk; undefined where it has no offset index. */
  private readonly pages = new Map<ColumnChunk, readonly Page[] | undefined>();

  constructor(
    readonly file: string,
    private readonly fd: number,
    private readonly buffer: AsyncBuffer,
    private readonly metadata: FileMetaData,
    private readonly hyparquet: Hyparquet,
  ) {
    this.groups = metadata.row_groups.map((group) => Number(group.num_rows));
    this.tree = hyparquet.parquetSchema(metadata);
  }

  get columns(): readonly string[] {
    return this.tree.children.map((child) => child.element.name);
  }

  close(): void {
    closeSync(this.fd);
  }

  async read(
    group: number,
    rows: readonly number[] | undefined,
    columns: readonly ColumnRequest[],
  ): Promise<unknown[][]> {
    const count = rows?.length ?? this.groups[group];
    if (count === 0) return columns.map(() => []);
    const results: unknown[][] = [];
    try {
      await this.readInto(results, group, rows, count, columns);
    } catch (error) {
      throw new UsageError(`${this.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    return results;
  }

  private async readInto(
    results: unknown[][],
    group: number,
    rows: readonly number[] | undefined,
    count: number,
    columns: readonly ColumnRequest[],
  ): Promise<void> {
    for (const request of columns) {
      const node = this.tree.children.find((child) => child.element.name === columnName(request));
      if (!node) results.push(new Array<unknown>(count).fill(null));
      else results.push(await this.column(group, rows, node, typeof request === 'string' ? undefined : request.fields));
    }
  }

  private async column(
    group: number,
    rows: readonly number[] | undefined,
    node: SchemaTree,
    fields: readonly string[] | undefined,
  ): Promise<unknown[]> {
    const leaves: Leaf[] = [];
    for (const leaf of leavesOf(node)) {
      if (fields && !leaf.path.some((step) => fields.includes(step))) continue;
      leaves.push({ node: leaf, values: await this.leaf(group, rows, leaf) });
    }
    if (node.children.length === 0) return leaves[0].values.map((value) => value ?? null);
    const simple = simpleList(node);
    if (simple) return leaves[0].values.map(simple);
    return leaves[0].values.map((_, row) =>
      assemble(
        node,
        leaves.map((leaf) => ({ node: leaf.node, value: leaf.values[row] })),
        1,
      ),
    );
  }

  /** Leaf by leaf, so that what is decoded and not asked for is garbage at once. */
  private async leaf(group: number, rows: readonly number[] | undefined, { path }: SchemaTree): Promise<unknown[]> {
    const name = path.join('.');
    const whole = this.metadata.row_groups[group];
    const chunk = whole.columns.find((one) => one.meta_data?.path_in_schema.join('.') === name);
    if (!chunk) throw new Error(`${this.file} has no column ${name} in group ${group}`);
    const values: unknown[] = [];
    for (const { from, to, picked, chunk: pages } of await this.stretches(group, rows, chunk)) {
      const parts: { start: number; values: ArrayLike<unknown> }[] = [];
      // The stretch as if it were a group of one column: what is not in the metadata is not read.
      const num_rows = BigInt(to - from);
      await this.hyparquet.parquetRead({
        file: this.buffer,
        metadata: { ...this.metadata, num_rows, row_groups: [{ ...whole, columns: [pages], num_rows }] },
        columns: [path[0]],
        onPage: ({ columnData, rowStart }) => parts.push({ start: from + rowStart, values: columnData }),
      });
      collect(values, parts, from, to, picked);
    }
    return values;
  }

  /** What is read of a chunk: runs of pages where few rows are asked for and there is no dictionary, else all of it. */
  private async stretches(group: number, rows: readonly number[] | undefined, chunk: ColumnChunk): Promise<Stretch[]> {
    const end = this.groups[group];
    const all: Stretch = { from: 0, to: end, picked: rows, chunk };
    if (!rows || rows.length * 2 > end) return [all];
    const pages = await this.pagesOf(chunk);
    if (!pages || pages.length < 2) return [all];
    const runs: { first: number; last: number; picked: number[] }[] = [];
    let page = 0;
    for (const row of rows) {
      while (page + 1 < pages.length && pages[page + 1].row <= row) page++;
      const run = runs.at(-1);
      if (run && page <= run.last + 1) {
        run.last = page;
        run.picked.push(row);
      } else runs.push({ first: page, last: page, picked: [row] });
    }
    return runs.map(({ first, last, picked }) => ({
      from: pages[first].row,
      to: pages[last + 1]?.row ?? end,
      picked,
      chunk: partOf(chunk, pages[first], pages[last]),
    }));
  }

  private async pagesOf(chunk: ColumnChunk): Promise<readonly Page[] | undefined> {
    if (this.pages.has(chunk)) return this.pages.get(chunk);
    const { offset_index_offset: offset, offset_index_length: length, meta_data } = chunk;
    let pages: readonly Page[] | undefined;
    if (offset !== undefined && length !== undefined && meta_data?.dictionary_page_offset === undefined) {
      const bytes = await this.buffer.slice(Number(offset), Number(offset) + length);
      const { page_locations } = this.hyparquet.readOffsetIndex({ view: new DataView(bytes), offset: 0 });
      // Some writers do not tell of a dictionary, but it is there: before the first page.
      const bare = meta_data !== undefined && page_locations[0]?.offset === meta_data.data_page_offset;
      if (bare)
        pages = page_locations.map((page) => ({
          row: Number(page.first_row_index),
          offset: page.offset,
          size: page.compressed_page_size,
        }));
    }
    this.pages.set(chunk, pages);
    return pages;
  }
}

/** A run of pages as a chunk of its own. */
function partOf(chunk: ColumnChunk, first: Page, last: Page): ColumnChunk {
  return {
    ...chunk,
    offset_index_offset: undefined,
    column_index_offset: undefined,
    meta_data: {
      ...chunk.meta_data!,
      data_page_offset: first.offset,
      total_compressed_size: last.offset + BigInt(last.size) - first.offset,
    },
  };
}

/** How a row of a list of plain values is read from its leaf, for a column that is one. */
function simpleList(node: SchemaTree): ((value: unknown) => unknown) | undefined {
  if (node.element.converted_type !== 'LIST' || node.children[0].children[0]?.children.length !== 0) return undefined;
  if (node.element.repetition_type !== 'OPTIONAL') return (value) => (Array.isArray(value) ? value : []);
  return (value) => (Array.isArray(value) && value.length > 0 ? (value[0] as unknown) : null);
}

function leavesOf(node: SchemaTree): SchemaTree[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);
}

/** Takes the rows asked for (all from `from` to `to` where `picked` is undefined) out of the pages that were read. */
function collect(
  into: unknown[],
  parts: readonly { start: number; values: ArrayLike<unknown> }[],
  from: number,
  to: number,
  picked: readonly number[] | undefined,
): void {
  let part = 0;
  const count = picked?.length ?? to - from;
  for (let i = 0; i < count; i++) {
    const row = picked ? picked[i] : from + i;
    while (part + 1 < parts.length && parts[part + 1].start <= row) part++;
    into.push(parts[part].values[row - parts[part].start]);
  }
}

/** Puts the leaves of one row together. `depth` is the length of the path to `node`. */
function assemble(node: SchemaTree, leaves: readonly { node: SchemaTree; value: unknown }[], depth: number): unknown {
  const optional = node.element.repetition_type === 'OPTIONAL';
  if (node.children.length === 0) return leaves[0].value ?? null; // the last step of a path has no level of its own
  const inner = optional
    ? leaves.map(({ node: leaf, value }) => ({ node: leaf, value: (value as unknown[] | undefined)?.[0] }))
    : leaves;
  // Null: no leaf goes further than this level.
  if (optional && leaves.every(({ value }) => !Array.isArray(value) || value.length === 0)) return null;
  if (node.element.converted_type === 'LIST') {
    const item = node.children[0].children[0];
    const items = inner.map(({ value }) => (Array.isArray(value) ? (value as unknown[]) : []));
    const length = Math.max(0, ...items.map((one) => one.length));
    return Array.from({ length }, (_, i) =>
      assemble(
        item,
        inner.map(({ node: leaf }, k) => ({ node: leaf, value: items[k][i] })),
        depth + 2,
      ),
    );
  }
  const fields: Record<string, unknown> = {};
  for (const child of node.children) {
    const below = inner.filter(({ node: leaf }) => leaf.path[depth] === child.element.name);
    if (below.length > 0) fields[child.element.name] = assemble(child, below, depth + 1);
  }
  return fields;
}
