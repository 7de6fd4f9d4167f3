import type { AsyncLineProcessor, Batch, BatchResult, LineProcessor, Reject } from './batch.js';

const strict = new TextDecoder('utf-8', { fatal: true });
const lossy = new TextDecoder('utf-8');
const encoder = new TextEncoder();
const NEWLINE = 10;

/** Runs `process` over the lines of a batch. A line that is not JSON, or that `process` refuses, becomes a reject. */
export function processBatch(batch: Batch, process: LineProcessor): BatchResult {
  const gathered = new Gathered(batch);
  for (const raw of linesOf(batch.bytes)) {
    if (!gathered.begin(raw)) continue;
    try {
      const record = recordOf(raw);
      gathered.add(process(record), record);
    } catch (error) {
      gathered.refuse(raw, error);
    }
  }
  return gathered.result();
}

/** The same for a processor that has to wait; one line after the other. */
export async function processBatchAsync(batch: Batch, process: AsyncLineProcessor): Promise<BatchResult> {
  const gathered = new Gathered(batch);
  for (const raw of linesOf(batch.bytes)) {
    if (!gathered.begin(raw)) continue;
    try {
      const record = recordOf(raw);
      gathered.add(await process(record), record);
    } catch (error) {
      gathered.refuse(raw, error);
    }
  }
  return gathered.result();
}

/** The results of a batch as they come in. */
class Gathered {
  private line: number;
  private readonly rejects: Reject[] = [];
  private readonly ids: number[] = [];
  private readonly lines: number[] = [];
  private readonly records: string[] = [];

  constructor(private readonly batch: Batch) {
    this.line = batch.firstLine - 1;
  }

  /** Counts the line. Returns whether there is anything on it. */
  begin({ text }: RawLine): boolean {
    this.line++;
    return text.length >= 8 || text.trim() !== '';
  }

  add(json: string, record: Readonly<Record<string, unknown>>): void {
    this.records.push(json);
    this.ids.push(idHash(record.id));
    this.lines.push(this.line);
  }

  refuse({ text }: RawLine, error: unknown): void {
    this.rejects.push({ line: this.line, error: messageOf(error), raw: text });
  }

  result(): BatchResult {
    const { bytes, ends } = encodeLines(this.records);
    return {
      index: this.batch.index,
      bytes,
      ends,
      ids: Float64Array.from(this.ids),
      lines: Int32Array.from(this.lines),
      rejects: this.rejects,
    };
  }
}

function recordOf({ text, valid }: RawLine): Record<string, unknown> {
  if (!valid) throw new Error('the line is not valid UTF-8');
  return parseRecord(text);
}

function parseRecord(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`the line is not JSON: ${messageOf(error)}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the line is JSON but not an object');
  }
  return value as Record<string, unknown>;
}

interface RawLine {
  readonly text: string;
  readonly valid: boolean;
}

function* linesOf(bytes: Uint8Array): Generator<RawLine> {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    yield* linesOfBroken(bytes);
    return;
  }
  for (let from = 0; from < text.length; ) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    yield { text: text.slice(from, text.charCodeAt(to - 1) === 13 ? to - 1 : to), valid: true };
    from = to + 1;
  }
}

/** Line by line, so that one bad byte costs one line. */
function* linesOfBroken(bytes: Uint8Array): Generator<RawLine> {
  for (let from = 0; from < bytes.length; ) {
    let to = bytes.indexOf(NEWLINE, from);
    if (to < 0) to = bytes.length;
    const slice = bytes.subarray(from, bytes[to - 1] === 13 ? to - 1 : to);
    try {
      yield { text: strict.decode(slice), valid: true };
    } catch {
      yield { text: lossy.decode(slice), valid: false };
    }
    from = to + 1;
  }
}

/** Joins the records with newlines and notes where each ends, in bytes. */
function encodeLines(records: readonly string[]): { bytes: Uint8Array; ends: Int32Array } {
  const text = records.length > 0 ? `${records.join('\n')}\n` : '';
  const bytes = encoder.encode(text);
  const ends = new Int32Array(records.length);
  if (bytes.length === text.length) {
    let end = 0;
    for (let i = 0; i < records.length; i++) ends[i] = end += records[i].length + 1;
  } else {
    // Buffer's indexOf runs many times as fast as that of a plain array of bytes.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = 0;
    for (let i = 0; i < records.length; i++) ends[i] = end = buffer.indexOf(NEWLINE, end) + 1;
  }
  return { bytes, ends };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A 53-bit hash of an id, from two 32-bit ones; 0 stands for no id. */
export function idHash(id: unknown): number {
  if (id === undefined) return 0;
  const text = typeof id === 'string' ? id : `#${String(id)}`;
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 11) * 0x1_0000_0000 + (b >>> 0) + 1;
}
