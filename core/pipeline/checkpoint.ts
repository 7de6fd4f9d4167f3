import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** How far a pass has come: everything before these positions is on disk. */
export interface Checkpoint {
  /** What the pass is: a resumed one must be the same, else it starts anew. */
  readonly fingerprint: string;
  /** Index of the input file, and the position in it (see `Batch.position`). */
  readonly file: number;
  readonly position: number;
  /** Number of the next line of that file. */
  readonly line: number;
  readonly records: number;
  readonly outputBytes: number;
  readonly rejectBytes: number;
  readonly rejects: number;
  /** Entries of the log of ids. */
  readonly ids: number;
}

export const checkpointName = (output: string): string => `${output}.checkpoint.json`;

/** Writes the checkpoint in one step, so that a kill leaves the old one or the new one. */
export function saveCheckpoint(output: string, checkpoint: Checkpoint): void {
  const name = checkpointName(output);
  const fd = openSync(`${name}.tmp`, 'w');
  try {
    writeSync(fd, JSON.stringify(checkpoint));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${name}.tmp`, name);
}

/**
 * The checkpoint of an interrupted pass, or null where there is none that fits `fingerprint`.
 * @param grown files that must have grown at least to the size that the checkpoint says
 */
export function loadCheckpoint(
  output: string,
  fingerprint: string,
  grown: (checkpoint: Checkpoint) => readonly (readonly [path: string, bytes: number])[],
): Checkpoint | null {
  try {
    const checkpoint = JSON.parse(readFileSync(checkpointName(output), 'utf8')) as Checkpoint;
    if (checkpoint.fingerprint !== fingerprint) return null;
    return grown(checkpoint).every(([path, bytes]) => bytes === 0 || statSync(path).size >= bytes) ? checkpoint : null;
  } catch {
    return null;
  }
}

export function dropCheckpoint(output: string): void {
  for (const end of ['', '.tmp']) rmSync(checkpointName(output) + end, { force: true });
}

/** Size and time of a file: enough to tell that the input has not changed between two runs. */
export function fileStamp(path: string): string {
  if (path === '-') return '-';
  // A source that is no file (a list of images) is told by its name alone.
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${path}:${stat.size}:${stat.mtimeMs}` : path;
}
