import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { AsyncBuffer, ColumnChunk, FileMetaData, SchemaTree } from 'hyparquet';
import { columnName, type ColumnRequest, type TableSource } from './tableSource.js';

type Hyparquet = typeof import('hyparquet');
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
      for (let at = 0; at < bytes.length; ) {
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
  /** First rows of the pages of a column chunk; undefined where it has no offset index. */
  private readonly pages = new Map<ColumnChunk, readonly number[] | undefined>();

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

  async read(group: number, rows: readonly number[] | undefined, columns: readonly ColumnRequest[]): Promise<unknown[][]> {
    const count = rows?.length ?? this.groups[group];
    if (count === 0) return columns.map(() => []);
    const results: unknown[][] = [];
    for (const request of columns) {
      const node = this.tree.children.find((child) => child.element.name === columnName(request));
      if (!node) results.push(new Array<unknown>(count).fill(null));
      else results.push(await this.column(group, rows, node, typeof request === 'string' ? undefined : request.fields));
    }
    return results;
  }

  private async column(group: number, rows: readonly number[] | undefined, node: SchemaTree, fields: readonly string[] | undefined): Promise<unknown[]> {
    const leaves: Leaf[] = [];
    for (const leaf of leavesOf(node)) {
      if (fields && !leaf.path.some((step) => fields.includes(step))) continue;
      leaves.push({ node: leaf, values: await this.leaf(group, rows, leaf) });
    }
    if (node.children.length === 0) return leaves[0].values.map((value) => value ?? null);
    const simple = simpleList(node);
    if (simple) return leaves[0].values.map(simple);
    return leaves[0].values.map((_, row) => assemble(node, leaves.map((leaf) => ({ node: leaf.node, value: leaf.values[row] })), 1));
  }

  /** Leaf by leaf, so that what is decoded and not asked for is garbage at once. */
  private async leaf(group: number, rows: readonly number[] | undefined, { path }: SchemaTree): Promise<unknown[]> {
    const name = path.join('.');
    const whole = this.metadata.row_groups[group];
    const chunks = whole.columns.filter((chunk) => chunk.meta_data?.path_in_schema.join('.') === name);
    // What has no chunk in this metadata is not read.
    const metadata: FileMetaData = { ...this.metadata, row_groups: [{ ...whole, columns: chunks }] };
    const values: unknown[] = [];
    for (const [rowStart, rowEnd, picked] of await this.ranges(group, rows, chunks)) {
      const parts: { start: number; values: ArrayLike<unknown> }[] = [];
      await this.hyparquet.parquetRead({
        file: this.buffer,
        metadata,
        columns: [path[0]],
        rowStart,
        rowEnd,
        useOffsetIndex: rowStart > 0 || rowEnd < this.groups[group],
        onPage: ({ columnData, rowStart: start }) => parts.push({ start, values: columnData }),
      });
      collect(values, parts, rowStart, rowEnd, picked);
    }
    return values;
  }

  /** The stretches of rows that are read at once: by runs of neighbouring pages where few rows are asked for. */
  private async ranges(group: number, rows: readonly number[] | undefined, chunks: readonly ColumnChunk[]): Promise<[number, number, readonly number[] | undefined][]> {
    const whole = this.groups[group];
    if (!rows || rows.length * 2 > whole) return [[0, whole, rows]];
    let finest: readonly number[] | undefined;
    for (const chunk of chunks) {
      const pages = await this.pagesOf(chunk);
      if (pages && pages.length > (finest?.length ?? 1)) finest = pages;
    }
    if (!finest) return [[0, whole, rows]];
    const ranges: [number, number, number[]][] = [];
    let page = 0;
    for (const row of rows) {
      while (page + 1 < finest.length && finest[page + 1] <= row) page++;
      const [from, to] = [finest[page], finest[page + 1] ?? whole];
      const last = ranges.at(-1);
      if (last && from <= last[1]) {
        last[1] = to;
        last[2].push(row);
      } else ranges.push([from, to, [row]]);
    }
    return ranges;
  }

  private async pagesOf(chunk: ColumnChunk): Promise<readonly number[] | undefined> {
    if (this.pages.has(chunk)) return this.pages.get(chunk);
    const { offset_index_offset: offset, offset_index_length: length } = chunk;
    let pages: readonly number[] | undefined;
    if (offset !== undefined && length !== undefined) {
      const bytes = await this.buffer.slice(Number(offset), Number(offset) + length);
      const index = this.hyparquet.readOffsetIndex({ view: new DataView(bytes), offset: 0 });
      pages = index.page_locations.map((page) => Number(page.first_row_index));
    }
    this.pages.set(chunk, pages);
    return pages;
  }
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
function collect(into: unknown[], parts: readonly { start: number; values: ArrayLike<unknown> }[], from: number, to: number, picked: readonly number[] | undefined): void {
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
  const inner = optional ? leaves.map(({ node: leaf, value }) => ({ node: leaf, value: (value as unknown[] | undefined)?.[0] })) : leaves;
  // Null: no leaf goes further than this level.
  if (optional && leaves.every(({ value }) => !Array.isArray(value) || value.length === 0)) return null;
  if (node.element.converted_type === 'LIST') {
    const item = node.children[0].children[0];
    const items = inner.map(({ value }) => (Array.isArray(value) ? (value as unknown[]) : []));
    const length = Math.max(0, ...items.map((one) => one.length));
    return Array.from({ length }, (_, i) => assemble(item, inner.map(({ node: leaf }, k) => ({ node: leaf, value: items[k][i] })), depth + 2));
  }
  const fields: Record<string, unknown> = {};
  for (const child of node.children) {
    const below = inner.filter(({ node: leaf }) => leaf.path[depth] === child.element.name);
    if (below.length > 0) fields[child.element.name] = assemble(child, below, depth + 1);
  }
  return fields;
}
