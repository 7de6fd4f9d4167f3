import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  write,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Reject } from './batch.js';
import { UsageError } from './usageError.js';

/** Where records go. Whole records only; `commit` gives the output its final name. */
export interface Output {
  write(bytes: Uint8Array): void | Promise<void>;
  /** Bytes written so far. */
  readonly bytes: number;
  /** Puts what was written until now on the disk for certain: what a checkpoint can rely on. Does not stop the thread. */
  sync(): Promise<void>;
  commit(): void | Promise<void>;
  /** Leaves no trace. */
  discard(): void;
}

/** The name under which an output grows until it is complete. */
export const partialName = (path: string): string => `${path}.partial`;

const writeLater = promisify(write);

/** A file that grows as `NAME.partial`. `keep` is how many bytes of an earlier partial file stand. */
export function fileOutput(path: string, keep = 0): Output & { append(bytes: Uint8Array): Promise<void> } {
  const partial = partialName(path);
  const fd = openOrExplain(path, partial, keep > 0 ? 'r+' : 'w');
  ftruncateSync(fd, keep);
  let at = keep;
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
      at += bytes.length;
    },
    async append(bytes) {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await writeLater(fd, bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
      at += bytes.length;
    },
    get bytes() {
      return at;
    },
    sync: () => new Promise((resolve, reject) => fsync(fd, (error) => (error ? reject(error) : resolve()))),
    commit() {
      fsyncSync(fd);
      closeSync(fd);
      renameSync(partial, path);
    },
    discard() {
      closeSync(fd);
      rmSync(partial, { force: true });
    },
  };
}

/**
 * The same for much at once: what is written is on its way when `write` returns, so that a slow disk holds up the next write
 * but not the thread. Nobody may change the bytes after that.
 */
export function backgroundOutput(path: string, keep = 0): Output & { flush(): Promise<void> } {
  const file = fileOutput(path, keep);
  let at = keep;
  let underWay: Promise<void> = Promise.resolve();
  return {
    write(bytes) {
      const before = underWay;
      underWay = before.then(() => file.append(bytes));
      // Heard by the next call that waits.
      underWay.catch(() => undefined);
      at += bytes.length;
      return before;
    },
    get bytes() {
      return at;
    },
    flush: () => underWay,
    async sync() {
      await underWay;
      await file.sync();
    },
    async commit() {
      await underWay;
      await file.commit();
    },
    discard() {
      const discard = (): void => file.discard();
      void underWay.then(discard, discard);
    },
  };
}

function openOrExplain(path: string, partial: string, flags: string): number {
  if (existsSync(path) && statSync(path).isDirectory()) throw new UsageError(`the output ${path} is a folder`);
  try {
    return openSync(partial, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`the folder ${dirname(path)} of the output does not exist`);
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
      throw new UsageError(`the output ${path} cannot be written: ${dirname(path)} is read-only`);
    }
    throw error;
  }
}

/** Standard output. A reader that went away (`| head`) ends the pass without an error. */
export function standardOutput(): Output {
  let written = 0;
  return {
    write(bytes) {
      written += bytes.length;
      if (process.stdout.write(bytes)) return undefined;
      return new Promise((resolve) => process.stdout.once('drain', resolve));
    },
    get bytes() {
      return written;
    },
    sync: () => Promise.resolve(),
    commit: () => undefined,
    discard: () => undefined,
  };
}

/** Rejects, one JSON object a line, in a file that only exists when there are any; on standard error beside `-`. */
export class RejectLog {
  count = 0;
  private output: Output | undefined;

  /** @param keep bytes of an interrupted pass that stand */
  constructor(
    private readonly path: string | null,
    keep = 0,
  ) {
    if (path === null) return;
    if (keep > 0) this.output = fileOutput(path, keep);
    else rmSync(partialName(path), { force: true });
  }

  write(rejects: readonly Reject[], file?: string): void {
    if (rejects.length === 0) return;
    this.count += rejects.length;
    const text = rejects.map((r) => `${JSON.stringify(file === undefined ? r : { ...r, file })}\n`).join('');
    if (this.path === null) process.stderr.write(text);
    else {
      this.output ??= fileOutput(this.path);
      void this.output.write(new TextEncoder().encode(text));
    }
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.output?.bytes ?? 0;
  }

  sync(): Promise<void> {
    return this.output?.sync() ?? Promise.resolve();
  }

  commit(): void {
    if (this.path === null) return;
    if (this.output) void this.output.commit();
    // An earlier run's rejects would be taken for this one's.
    else rmSync(this.path, { force: true });
  }

  discard(): void {
    this.output?.discard();
  }
}
