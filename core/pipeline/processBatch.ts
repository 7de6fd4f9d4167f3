import type { Batch, BatchResult, LineProcessor, Reject } from './batch.js';

const strict = new TextDecoder('utf-8', { fatal: true });
const lossy = new TextDecoder('utf-8');
const encoder = new TextEncoder();
const NEWLINE = 10;

/** Runs `process` over the lines of a batch. A line that is not JSON, or that `process` refuses, becomes a reject. */
export function processBatch(batch: Batch, process: LineProcessor): BatchResult {
  const rejects: Reject[] = [];
  const ids: number[] = [];
  const lines: number[] = [];
  const records: string[] = [];
  let line = batch.firstLine - 1;
  for (const raw of linesOf(batch.bytes)) {
    line++;
    if (raw.text.length === 0 || (raw.text.length < 8 && raw.text.trim() === '')) continue;
    try {
      if (!raw.valid) throw new Error('the line is not valid UTF-8');
      const record = parseRecord(raw.text);
      records.push(process(record));
      ids.push(idHash(record.id));
      lines.push(line);
    } catch (error) {
      rejects.push({ line, error: messageOf(error), raw: raw.text });
    }
  }
  const { bytes, ends } = encodeLines(records);
  return { index: batch.index, bytes, ends, ids: Float64Array.from(ids), lines: Int32Array.from(lines), rejects };
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
    let end = 0;
    for (let i = 0; i < records.length; i++) ends[i] = end = bytes.indexOf(NEWLINE, end) + 1;
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
