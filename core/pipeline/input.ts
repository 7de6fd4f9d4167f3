import { createReadStream, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Batch } from './batch.js';
import { UsageError } from './usageError.js';

/** How many bytes of lines travel together. Below about 16 lines a batch, a worker costs more than it gives. */
const BATCH_BYTES = 256 * 1024;
const READ_BYTES = 1024 * 1024;
const ROWS_PER_BATCH = 1024;

/** How much of an input travels together at most. */
export interface BatchSize {
  /** Of JSON Lines; a batch ends with the line that reaches it. */
  readonly bytes: number;
  /** Lines or rows. */
  readonly records: number;
}
const BATCH: BatchSize = { bytes: BATCH_BYTES, records: Infinity };
const NEWLINE = 10;

export const RECORD_EXTENSIONS = ['.jsonl', '.ndjson', '.csv', '.parquet'] as const;

/**
 * The record files that a path names: itself, or the files with a known extension in a folder, by name.
 * @throws UsageError where there is nothing of that name or no such file in the folder
 */
export function recordFiles(path: string): string[] {
  if (path === '-') return ['-'];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`no such file: ${path}`);
  if (!stat.isDirectory()) return [path];
  const files = readdirSync(path).filter((f) => RECORD_EXTENSIONS.some((e) => e === extname(f).toLowerCase()));
  if (files.length === 0) throw new UsageError(`the folder ${path} holds no ${RECORD_EXTENSIONS.join(', ')} file`);
  return files.sort().map((f) => join(path, f));
}

/**
 * The records of a file as batches of JSON lines, in constant memory. `from` is the `position` of an earlier batch to
 * go on after, `line` the number of the first line there.
 */
export async function* readBatches(file: string, from = 0, line = 1, size: BatchSize = BATCH): AsyncGenerator<Batch> {
  const kind = file === '-' ? '.jsonl' : extname(file).toLowerCase();
  if (kind === '.csv') yield* rowBatches(csvRows(file), from, 2, size);
  else if (kind === '.parquet') yield* rowBatches(parquetRows(file), from, 1, size);
  else yield* lineBatches(file, from, line, size);
}

async function* lineBatches(file: string, from: number, line: number, size: BatchSize): AsyncGenerator<Batch> {
  const stream: AsyncIterable<Buffer> =
    file === '-' ? process.stdin : createReadStream(file, { start: from, highWaterMark: READ_BYTES });
  let rest: Buffer[] = [];
  let held = 0;
  let index = 0;
  let position = from;
  const cut = function* (bytes: Buffer): Generator<Batch> {
    for (let at = 0; at < bytes.length;) {
      const to = batchEnd(bytes, at, size);
      // A copy of its own, so that it can be given away to a worker.
      const slice = Uint8Array.prototype.slice.call(bytes, at, to);
      position += slice.length;
      yield { index: index++, firstLine: line, bytes: slice, position };
      line += countLines(slice);
      at = to;
    }
  };
  for await (const chunk of stream) {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last < 0) {
      rest.push(chunk);
      held += chunk.length;
      if (held > MAX_LINE_BYTES) throw new UsageError(`line ${line} of ${file} is longer than ${MAX_LINE_BYTES} bytes`);
      continue;
    }
    let bytes = rest.length > 0 ? Buffer.concat([...rest, chunk.subarray(0, last + 1)]) : chunk.subarray(0, last + 1);
    if (position === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      bytes = bytes.subarray(3);
      position = 3;
    }
    yield* cut(bytes);
    rest = last + 1 < chunk.length ? [Buffer.from(chunk.subarray(last + 1))] : [];
    held = rest[0]?.length ?? 0;
  }
  if (held > 0) yield* cut(Buffer.concat(rest));
}

/** Where a batch that begins at `at` ends: after the line that fills it. */
function batchEnd(bytes: Buffer, at: number, { bytes: most, records }: BatchSize): number {
  if (records !== Infinity) {
    let end = at;
    for (let i = 0; i < records && end < at + most && end < bytes.length; i++) end = lineEnd(bytes, end);
    return end;
  }
  return at + most >= bytes.length ? bytes.length : lineEnd(bytes, at + most);
}

function lineEnd(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(NEWLINE, from);
  return newline < 0 ? bytes.length : newline + 1;
}

/** A line beyond this is no record; it would have to be held whole. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

function countLines(bytes: Uint8Array): number {
  let n = 0;
  for (let i = bytes.indexOf(NEWLINE); i >= 0; i = bytes.indexOf(NEWLINE, i + 1)) n++;
  return n;
}

type Row = Record<string, unknown>;

async function* rowBatches(
  rows: AsyncIterable<Row>,
  skip: number,
  firstLine: number,
  size: BatchSize,
): AsyncGenerator<Batch> {
  const encoder = new TextEncoder();
  const most = Math.min(ROWS_PER_BATCH, size.records);
  let index = 0;
  let read = 0;
  let lines: string[] = [];
  const batch = (): Batch => {
    const bytes = encoder.encode(lines.join('\n'));
    const made = { index: index++, firstLine: firstLine + read - lines.length, bytes, position: read };
    lines = [];
    return made;
  };
  for await (const row of rows) {
    if (++read <= skip) continue;
    lines.push(JSON.stringify(row, jsonValue));
    if (lines.length === most) yield batch();
  }
  if (lines.length > 0) yield batch();
}

/** Parquet's 64-bit integers come as BigInt, which JSON does not know. */
const jsonValue = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

async function* csvRows(file: string): AsyncGenerator<Row> {
  const { parse } = await import('csv-parse');
  const source = createReadStream(file);
  const parser = source.pipe(parse({ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true }));
  source.on('error', (error) => parser.destroy(error));
  yield* parser as AsyncIterable<Row>;
}

async function* parquetRows(file: string): AsyncGenerator<Row> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer);
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    yield* await parquetReadObjects({ file: buffer, metadata, rowStart: start, rowEnd: end });
    start = end;
  }
}
