/** Lines of input that travel together: to a worker and back, or through this thread. */
export interface Batch {
  /** Counts from 0; results are written in this order. */
  readonly index: number;
  /** Number of the first line, counted from 1 in its file. */
  readonly firstLine: number;
  /** Whole lines, UTF-8, one JSON object each. */
  readonly bytes: Uint8Array;
  /** Where the input stands after this batch, in bytes of a JSON Lines file or in records of another: for resume. */
  readonly position: number;
}

/** A line that could not be processed, or a file that could not be read. */
export interface Reject {
  /** Counted from 1; left out where a whole file is meant. */
  readonly line?: number;
  readonly file?: string;
  readonly error: string;
  /** The line as it was; left out where a whole file is meant. */
  readonly raw?: string;
}

export interface BatchResult {
  readonly index: number;
  /** The output records, one a line, UTF-8. */
  readonly bytes: Uint8Array;
  /** Per record: where it ends in `bytes`, a hash of its id, and its input line. */
  readonly ends: Int32Array;
  readonly ids: Float64Array;
  readonly lines: Int32Array;
  readonly rejects: readonly Reject[];
}

/**
 * Turns one input record into the JSON of one output record, as text or as UTF-8 bytes that stand until the next call.
 * Throws an `Error` whose message is for the user.
 */
export type LineProcessor = (record: Readonly<Record<string, unknown>>) => string | Uint8Array;

/** A processor that has to wait, as for the decoding of a picture. */
export type AsyncLineProcessor = (record: Readonly<Record<string, unknown>>) => Promise<string>;
