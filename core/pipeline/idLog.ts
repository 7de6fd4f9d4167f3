import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** Bytes of an entry: a hash of 8 and a line of 4. */
export const ID_ENTRY_BYTES = 12;
const ENTRY = ID_ENTRY_BYTES;
const HELD = 4096;

export const idLogName = (output: string): string => `${output}.ids.partial`;

/** The ids that a pass has met, in the order in which it met them, in a file beside its partial output. */
export class IdLog {
  private readonly fd: number;
  private readonly held = Buffer.allocUnsafe(HELD * ENTRY);
  private holds = 0;
  private written: number;

  /** @param keep entries of an earlier, interrupted pass that stand */
  constructor(
    private readonly path: string,
    keep = 0,
  ) {
    this.fd = openSync(path, keep > 0 ? 'r+' : 'w+');
    ftruncateSync(this.fd, keep * ENTRY);
    this.written = keep;
  }

  /** Entries so far. */
  get count(): number {
    return this.written + this.holds;
  }

  add(hash: number, line: number): void {
    this.held.writeDoubleLE(hash, this.holds * ENTRY);
    this.held.writeUInt32LE(line >>> 0, this.holds * ENTRY + 8);
    if (++this.holds === HELD) this.flush();
  }

  /** Visits entries from `from` to before `to`, as far as there are such. */
  read(from: number, to: number, visit: (hash: number, line: number) => void): void {
    this.flush();
    const block = Buffer.allocUnsafe(HELD * ENTRY);
    for (let at = Math.max(0, from); at < to;) {
      const got = readSync(this.fd, block, 0, Math.min(HELD, to - at) * ENTRY, at * ENTRY);
      const entries = Math.floor(got / ENTRY);
      if (entries === 0) return;
      for (let i = 0; i < entries; i++) visit(block.readDoubleLE(i * ENTRY), block.readUInt32LE(i * ENTRY + 8));
      at += entries;
    }
  }

  /** Writes what is held back. Returns the number of entries in the file. */
  flush(): number {
    const length = this.holds * ENTRY;
    for (let done = 0; done < length;)
      done += writeSync(this.fd, this.held, done, length - done, this.written * ENTRY + done);
    this.written += this.holds;
    this.holds = 0;
    return this.written;
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
  }

  /** Leaves no trace. */
  discard(): void {
    closeSync(this.fd);
    rmSync(this.path, { force: true });
  }
}
