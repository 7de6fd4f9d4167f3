import { orStopped } from './orStopped.js';
import { fileOutput, RejectLog, standardOutput } from './output.js';

/** What a stream of files gives: a record, or why there is none. */
export type StreamItem =
  { readonly json: string } | { readonly reject: { readonly file: string; readonly error: string } };

export interface StreamSummary {
  readonly records: number;
  readonly rejects: number;
  readonly rejectsFile: string | null;
  readonly interrupted: boolean;
}
export interface StreamOptions {
  readonly onProgress?: (records: number, rejects: number) => void;
  /** Stops the pass; what was written so far is removed. */
  readonly signal?: AbortSignal;
}

/** Records between two writes. */
const WRITE_EVERY = 64;

/** Writes records that come from files one after the other, with rejects beside; atomic as a pass over lines is. */
export async function writeStream(
  items: AsyncIterable<StreamItem>,
  output: string,
  { onProgress = () => undefined, signal }: StreamOptions = {},
): Promise<StreamSummary> {
  const toFile = output !== '-';
  const sink = toFile ? fileOutput(output) : standardOutput();
  const rejectsFile = toFile ? `${output}.rejects.jsonl` : null;
  const rejects = new RejectLog(rejectsFile);
  const encoder = new TextEncoder();
  let records = 0;
  let held: string[] = [];
  const flush = async (): Promise<void> => {
    if (held.length > 0) await sink.write(encoder.encode(`${held.join('\n')}\n`));
    held = [];
  };
  const discard = (): void => {
    sink.discard();
    rejects.discard();
  };
  try {
    for await (const item of orStopped(items, signal)) {
      if ('json' in item) {
        records++;
        if (held.push(item.json) >= WRITE_EVERY) await flush();
      } else rejects.write([item.reject]);
      onProgress(records, rejects.count);
    }
    await flush();
  } catch (error) {
    discard();
    throw error;
  }
  if (signal?.aborted) {
    discard();
    return { records, rejects: rejects.count, rejectsFile, interrupted: true };
  }
  await sink.commit();
  rejects.commit();
  return { records, rejects: rejects.count, rejectsFile, interrupted: false };
}
