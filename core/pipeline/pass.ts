import { createHash } from 'node:crypto';
import type { Batch, BatchResult } from './batch.js';
import { dropCheckpoint, fileStamp, loadCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.js';
import { readBatches, recordFiles } from './input.js';
import { IdLog, ID_ENTRY_BYTES, idLogName } from './idLog.js';
import { backgroundOutput, partialName, RejectLog, standardOutput, type Output } from './output.js';
import { SeenIds } from './seenIds.js';
import { linesName, tableOutput } from './tableOutput.js';

/** Runs batches, here or in workers. Results may come in any order. */
export interface BatchRunner {
  /** How many batches it works on at once. */
  readonly width: number;
  run(batch: Batch): Promise<BatchResult> | BatchResult;
  close(): Promise<void>;
}

/** Where the records of a pass come from. */
export interface RecordSource {
  readonly files: readonly string[];
  /** What the files are, for a resumed pass to tell that they have changed. Default: name, size and time of each. */
  readonly stamp?: () => string;
  /** The records of a file; `from` and `line` as in a checkpoint. */
  read(file: string, from?: number, line?: number): AsyncIterable<Batch>;
}

/** The records of a file, of the record files in a folder, or of standard input (`-`). */
export const recordSource = (path: string): RecordSource => ({ files: recordFiles(path), read: readBatches });

export interface PassOptions {
  readonly source: RecordSource;
  /** A file or `-`. */
  readonly output: string;
  readonly resume?: boolean;
  /** What the results depend on beside the input: engine, packs, options. */
  readonly fingerprint: string;
  readonly onProgress?: (progress: PassProgress) => void;
  /** Bytes of the input where they are known: for the share that is done. */
  readonly totalBytes?: number;
  /** Stops the pass at the next batch; the partial output and its checkpoint stay. */
  readonly signal?: AbortSignal;
  /** Opens an output of a format other than JSON Lines. */
  readonly openOutput?: (path: string) => Promise<Output>;
}
export interface PassProgress {
  readonly records: number;
  readonly rejects: number;
  /** Share of the input that is done, 0 to 1, where its size is known. */
  readonly done?: number;
}
export interface PassSummary extends PassProgress {
  readonly resumed: boolean;
  readonly interrupted: boolean;
  readonly rejectsFile: string | null;
}

/** Seconds between two checkpoints. */
const CHECKPOINT_SECONDS = 2;

/**
 * Reads records, runs them, writes the results in the order of the input. Memory does not grow with the input.
 * @throws UsageError where the input or the output cannot be opened
 */
export async function runPass(options: PassOptions, runner: BatchRunner): Promise<PassSummary> {
  const { source, output, openOutput, signal } = options;
  const { files } = source;
  const toFile = output !== '-';
  const fingerprint = hashOf([options.fingerprint, source.stamp?.() ?? files.map(fileStamp).join('\n')]);
  // Standard input cannot be read again.
  const resumable = toFile && !files.includes('-');
  const grows = partialName(openOutput ? linesName(output) : output);
  const rejectsFile = toFile ? `${output}.rejects.jsonl` : null;
  const earlier =
    options.resume && resumable
      ? loadCheckpoint(output, fingerprint, (c) => [
          [grows, c.outputBytes],
          [partialName(`${output}.rejects.jsonl`), c.rejectBytes],
          [idLogName(output), c.ids * ID_ENTRY_BYTES],
        ])
      : null;
  if (toFile && !earlier) dropCheckpoint(output);
  const sink = !toFile
    ? standardOutput()
    : openOutput
      ? tableOutput(output, openOutput, earlier?.outputBytes)
      : backgroundOutput(output, earlier?.outputBytes);
  const rejects = new RejectLog(rejectsFile, earlier?.rejectBytes);
  rejects.count = earlier?.rejects ?? 0;
  const ids = resumable ? new IdLog(idLogName(output), earlier?.ids) : undefined;
  const seen = new SeenIds(ids);
  let records = earlier?.records ?? 0;
  let doneBytes = earlier?.position ?? 0;
  /** What is settled: where a resumed pass goes on. */
  let settled: Pick<Checkpoint, 'file' | 'position' | 'line'> | undefined;
  let saved = Date.now();
  let saving: Promise<void> | undefined;
  let unsaved: unknown;

  /** The positions are taken now; the disk is waited for while the pass goes on. */
  const checkpoint = async (): Promise<void> => {
    if (settled === undefined || ids === undefined) return;
    const now: Checkpoint = {
      fingerprint,
      ...settled,
      records,
      outputBytes: sink.bytes,
      rejectBytes: rejects.bytes,
      rejects: rejects.count,
      ids: ids.flush(),
    };
    await Promise.all([sink.sync(), rejects.sync()]);
    saveCheckpoint(output, now);
  };
  const settle = async (batch: Batch, result: BatchResult, file: number): Promise<void> => {
    const unique = dropDuplicates(result, batch, seen);
    await sink.write(unique.bytes);
    rejects.write(unique.rejects, files.length > 1 ? files[file] : undefined);
    records += unique.ends.length;
    doneBytes += batch.bytes.length;
    settled = { file, position: batch.position, line: batch.firstLine + lineCount(batch) };
    const done = options.totalBytes ? Math.min(1, doneBytes / options.totalBytes) : undefined;
    options.onProgress?.({ records, rejects: rejects.count, done });
    if (unsaved !== undefined) throw unsaved;
    if (resumable && saving === undefined && Date.now() - saved > CHECKPOINT_SECONDS * 1000) {
      saved = Date.now();
      saving = checkpoint()
        .catch((error: unknown) => (unsaved = error))
        .then(() => (saving = undefined));
    }
  };
  const discard = (): void => {
    sink.discard();
    rejects.discard();
  };

  try {
    for (let file = earlier?.file ?? 0; file < files.length; file++) {
      const here = file === earlier?.file ? earlier : undefined;
      const batches = source.read(files[file], here?.position, here?.line);
      await inOrder(batches, runner, signal, (batch, result) => settle(batch, result, file));
      if (signal?.aborted) break;
    }
  } catch (error) {
    await saving;
    if (!resumable) discard();
    throw error;
  }
  await saving;
  const interrupted = signal?.aborted ?? false;
  const summary = { records, rejects: rejects.count, resumed: earlier !== null, interrupted, rejectsFile };
  if (interrupted) {
    if (resumable) await checkpoint();
    else discard();
    ids?.close();
    return summary;
  }
  await sink.commit();
  rejects.commit();
  ids?.discard();
  if (toFile) dropCheckpoint(output);
  return summary;
}

const STOPPED = Symbol('stopped');

/** Keeps `runner.width` batches under way and hands the results on in the order of the batches. Stops at once on a signal. */
async function inOrder(
  batches: AsyncIterable<Batch>,
  runner: BatchRunner,
  signal: AbortSignal | undefined,
  settle: (batch: Batch, result: BatchResult) => Promise<void>,
): Promise<void> {
  let stop: () => void = () => undefined;
  const onAbort = (): void => stop();
  signal?.addEventListener('abort', onAbort);
  /** What is waited for, or the signal, whichever comes first: a reader or a plugin may take its time. */
  const orStopped = <T>(value: PromiseLike<T>): Promise<T | typeof STOPPED> =>
    new Promise((resolve, reject) => {
      stop = () => resolve(STOPPED);
      if (signal?.aborted) stop();
      else value.then(resolve, reject);
    });
  const iterator = batches[Symbol.asyncIterator]();
  const underWay: { batch: Batch; result: Promise<BatchResult> | BatchResult }[] = [];
  const next = async (): Promise<boolean> => {
    const { batch, result } = underWay.shift()!;
    const got = result instanceof Promise ? await orStopped(result) : result;
    if (got === STOPPED) return false;
    await settle(batch, got);
    return true;
  };
  try {
    for (;;) {
      const read = await orStopped(iterator.next());
      if (read === STOPPED) return;
      if (read.done) break;
      const result = runner.run(read.value);
      if (result instanceof Promise) result.catch(() => undefined);
      underWay.push({ batch: read.value, result });
      if (underWay.length >= runner.width && !(await next())) return;
    }
    while (underWay.length > 0) if (!(await next())) return;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not waited for: a reader of standard input ends when something comes.
    void iterator.return?.()?.catch(() => undefined);
  }
}

const hashOf = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Takes out records whose id was seen before; the first stays. */
function dropDuplicates(result: BatchResult, batch: Batch, seen: SeenIds): BatchResult {
  let twice: Map<number, number> | undefined;
  for (let i = 0; i < result.ids.length; i++) {
    const before = seen.meet(result.ids[i], result.lines[i]);
    if (before !== 0) (twice ??= new Map()).set(i, before);
  }
  if (twice === undefined) return result;
  const raw = new TextDecoder().decode(batch.bytes).split('\n');
  const kept: Uint8Array[] = [];
  const ends: number[] = [];
  const rejects = [...result.rejects];
  for (let i = 0; i < result.ends.length; i++) {
    const before = twice.get(i);
    const line = result.lines[i];
    if (before === undefined) {
      kept.push(result.bytes.subarray(i === 0 ? 0 : result.ends[i - 1], result.ends[i]));
      ends.push(result.ends[i]);
    } else {
      const error = `the id stands on line ${before} already`;
      rejects.push({ line, error, raw: raw[line - batch.firstLine].replace(/\r$/, '') });
    }
  }
  rejects.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...result, bytes: Buffer.concat(kept), ends: Int32Array.from(ends), rejects };
}

function lineCount({ bytes }: Batch): number {
  let n = 0;
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) n++;
  return n;
}
