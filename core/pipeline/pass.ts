import type { Batch, BatchResult } from './batch.js';
import { dropCheckpoint, fileStamp, loadCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.js';
import { readBatches, recordFiles } from './input.js';
import { fileOutput, RejectLog, standardOutput, type Output } from './output.js';
import { SeenIds } from './seenIds.js';

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
  /** Makes the output of a format other than JSON Lines. */
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
  const { source, output } = options;
  const { files } = source;
  const toFile = output !== '-';
  const fingerprint = JSON.stringify([options.fingerprint, ...files.map(fileStamp)]);
  const checkpoints = toFile && !files.includes('-') && options.openOutput === undefined;
  const earlier = options.resume && checkpoints ? loadCheckpoint(output, fingerprint) : null;
  const rejectsFile = toFile ? `${output}.rejects.jsonl` : null;
  const sink = options.openOutput
    ? await options.openOutput(output)
    : toFile
      ? fileOutput(output, earlier?.outputBytes)
      : standardOutput();
  const rejects = new RejectLog(rejectsFile, earlier?.rejectBytes);
  rejects.count = earlier?.rejects ?? 0;
  const seen = new SeenIds();
  let records = earlier?.records ?? 0;
  let saved = Date.now();
  let doneBytes = earlier?.position ?? 0;

  const settle = async (batch: Batch, result: BatchResult, file: number): Promise<void> => {
    const unique = dropDuplicates(result, batch, seen);
    await sink.write(unique.bytes);
    rejects.write(unique.rejects, files.length > 1 ? files[file] : undefined);
    records += unique.ends.length;
    doneBytes += batch.bytes.length;
    const done = options.totalBytes ? Math.min(1, doneBytes / options.totalBytes) : undefined;
    options.onProgress?.({ records, rejects: rejects.count, done });
    if (checkpoints && Date.now() - saved > CHECKPOINT_SECONDS * 1000) {
      saved = Date.now();
      const line = batch.firstLine + lineCount(batch);
      const outputBytes = sink.sync();
      const checkpoint: Checkpoint = {
        fingerprint,
        file,
        position: batch.position,
        line,
        records,
        outputBytes,
        rejectBytes: rejects.sync(),
        rejects: rejects.count,
      };
      saveCheckpoint(output, checkpoint);
    }
  };

  try {
    for (let file = earlier?.file ?? 0; file < files.length; file++) {
      const here = file === earlier?.file ? earlier : undefined;
      await inOrder(source.read(files[file], here?.position, here?.line), runner, options.signal, (batch, result) =>
        settle(batch, result, file),
      );
      if (options.signal?.aborted) break;
    }
  } catch (error) {
    if (!checkpoints) sink.discard();
    throw error;
  }
  const interrupted = options.signal?.aborted ?? false;
  if (interrupted) return { records, rejects: rejects.count, resumed: earlier !== null, interrupted, rejectsFile };
  await sink.commit();
  rejects.commit();
  if (checkpoints) dropCheckpoint(output);
  return { records, rejects: rejects.count, resumed: earlier !== null, interrupted, rejectsFile };
}

/** Keeps `runner.width` batches under way and hands the results on in the order of the batches. */
async function inOrder(
  batches: AsyncIterable<Batch>,
  runner: BatchRunner,
  signal: AbortSignal | undefined,
  settle: (batch: Batch, result: BatchResult) => Promise<void>,
): Promise<void> {
  const underWay: { batch: Batch; result: Promise<BatchResult> | BatchResult }[] = [];
  const next = async (): Promise<void> => {
    const { batch, result } = underWay.shift()!;
    await settle(batch, await result);
  };
  for await (const batch of batches) {
    if (signal?.aborted) break;
    const result = runner.run(batch);
    if (result instanceof Promise) result.catch(() => undefined);
    underWay.push({ batch, result });
    if (underWay.length >= runner.width) await next();
  }
  while (underWay.length > 0) await next();
}

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
