import type { Beacon } from '../plugin/beacon.js';
import { PluginError } from '../plugin/pluginError.js';
import type { AsyncLineProcessor, Batch, BatchResult, LineProcessor, Reject } from './batch.js';

const strict = new TextDecoder('utf-8', { fatal: true });
const lossy = new TextDecoder('utf-8');
const NEWLINE = 10;

/** How a batch is looked after from outside. */
export interface BatchWatch {
  /** Where the thread says which line it works on. */
  readonly beacon?: Beacon;
  /** Lines that are not to be tried (again), each with the reason. */
  readonly refused?: ReadonlyMap<number, string>;
}

/** Runs `process` over the lines of a batch. A line that is not JSON, or that `process` refuses, becomes a reject. */
export function processBatch(batch: Batch, process: LineProcessor, watch?: BatchWatch): BatchResult {
  const gathered = new Gathered(batch, watch);
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

/**
 * The same for a processor that has to wait.
 * @param atOnce how many lines are under way: above 1 the processor works on while a file is read or unpacked for it. A watch
 *   knows one line at a time, so it needs 1
 */
export async function processBatchAsync(
  batch: Batch,
  process: AsyncLineProcessor,
  watch?: BatchWatch,
  atOnce = 1,
): Promise<BatchResult> {
  const gathered = new Gathered(batch, watch);
  const underWay: (() => Promise<void>)[] = [];
  for (const raw of linesOf(batch.bytes)) {
    if (!gathered.begin(raw)) continue;
    const { line } = gathered;
    const result = read(raw, process);
    // A failure is heard when it is this line's turn.
    result.catch(() => undefined);
    underWay.push(async () => {
      try {
        const { record, json } = await result;
        gathered.add(json, record, line);
      } catch (error) {
        gathered.refuse(raw, error, line);
      }
    });
    if (underWay.length >= atOnce) await underWay.shift()!();
  }
  for (const settle of underWay) await settle();
  return gathered.result();
}

async function read(raw: RawLine, process: AsyncLineProcessor) {
  const record = recordOf(raw);
  return { record, json: await process(record) };
}

/** The results of a batch as they come in. */
class Gathered {
  /** The line that was begun last. */
  line: number;
  private readonly rejects: Reject[] = [];
  private readonly ids: number[] = [];
  private readonly lines: number[] = [];
  private readonly records = new RecordBytes();

  constructor(
    private readonly batch: Batch,
    private readonly watch: BatchWatch = {},
  ) {
    this.line = batch.firstLine - 1;
  }

  /** Counts the line. Returns whether it is to be processed: blank ones and refused ones are not. */
  begin(raw: RawLine): boolean {
    const { beacon, refused } = this.watch;
    this.line++;
    beacon?.line(this.line);
    const why = refused?.get(this.line);
    if (why !== undefined) this.refuse(raw, why);
    return why === undefined && (raw.text.length >= 8 || raw.text.trim() !== '');
  }

  add(json: string | Uint8Array, record: Readonly<Record<string, unknown>>, line = this.line): void {
    this.records.push(json);
    this.ids.push(idHash(record.id));
    this.lines.push(line);
  }

  refuse({ text }: RawLine, error: unknown, line = this.line): void {
    this.rejects.push({ line, error: reasonOf(error, text), raw: text });
  }

  result(): BatchResult {
    this.watch.beacon?.line(0);
    const { bytes, ends } = this.records.take();
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
  for (let from = 0; from < text.length;) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    yield { text: text.slice(from, text.charCodeAt(to - 1) === 13 ? to - 1 : to), valid: true };
    from = to + 1;
  }
}

/** Line by line, so that one bad byte costs one line. */
function* linesOfBroken(bytes: Uint8Array): Generator<RawLine> {
  for (let from = 0; from < bytes.length;) {
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

/** Records one after the other as UTF-8, a newline after each, and where each ends. */
class RecordBytes {
  /** What the last batch needed: the next one rarely has to be copied to a wider place. */
  private static usual = 1 << 18;
  private bytes = Buffer.allocUnsafe(RecordBytes.usual);
  private at = 0;
  private readonly ends: number[] = [];

  push(json: string | Uint8Array): void {
    const text = typeof json === 'string';
    // A UTF-16 unit takes at most three bytes.
    this.reserve((text ? json.length * 3 : json.length) + 1);
    if (text) this.at += this.bytes.write(json, this.at);
    else {
      this.bytes.set(json, this.at);
      this.at += json.length;
    }
    this.bytes[this.at++] = NEWLINE;
    this.ends.push(this.at);
  }

  take(): { bytes: Uint8Array; ends: Int32Array } {
    RecordBytes.usual = Math.max(1 << 18, this.at + (this.at >> 3));
    return { bytes: this.bytes.subarray(0, this.at), ends: Int32Array.from(this.ends) };
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + more));
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
  }
}

/** The message of an error; what a plugin did names the record too. */
function reasonOf(error: unknown, raw: string): string {
  const message = typeof error === 'string' ? error : messageOf(error);
  if (typeof error !== 'string' && !(error instanceof PluginError)) return message;
  const id = idOf(raw);
  return id === undefined ? message : `${message} (record ${id})`;
}

/** The id of a line, or the file that a line without one is about. */
function idOf(raw: string): string | undefined {
  try {
    const { id, file } = JSON.parse(raw) as { readonly id?: unknown; readonly file?: unknown };
    const name = id ?? file;
    return typeof name === 'string' || typeof name === 'number' ? JSON.stringify(name) : undefined;
  } catch {
    return undefined;
  }
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
