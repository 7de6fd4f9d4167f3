import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isPending, type ManifestRow, type Reason, type Status } from './row.js';

/** What is held in memory of a row: where it stands, and what decides whether it is to be done. */
interface Place {
  offset: number;
  length: number;
  status: Status;
  reason: Reason | null;
  pending: boolean;
}

const PIECE = 1 << 20;
const NEWLINE = 0x0a;
/** A manifest is tidied when it has this many times the lines that it needs. */
const UNTIDY = 2;

/**
 * The state of a folder of articles: JSON Lines, one row an article. Rows are only ever appended while a pass runs, so
 * that a kill leaves at worst a torn last line, which the next pass cuts off; of several rows of one id the last
 * stands. In memory is one small record an article.
 */
export class Manifest {
  /** Lines that could not be read, and were left out. */
  damaged = 0;
  private readonly places = new Map<string, Place>();
  private readonly aliases = new Map<string, string>();
  private lines = 0;
  private unsynced = false;

  private constructor(
    readonly path: string,
    private fd: number,
    private size: number,
    private readonly writable: boolean,
  ) {}

  /** Opens a manifest; `read` only for one that is not to be changed. Makes it where there is none and it may be changed. */
  static open(path: string, mode: 'write' | 'read' = 'write'): Manifest {
    if (mode === 'read') {
      const manifest = new Manifest(path, existsSync(path) ? openSync(path, 'r') : -1, 0, false);
      manifest.load();
      return manifest;
    }
    const manifest = new Manifest(path, openSync(path, existsSync(path) ? 'r+' : 'w+'), 0, true);
    manifest.load();
    return manifest;
  }

  /** Number of articles. */
  get articles(): number {
    return this.places.size;
  }

  has(id: string): boolean {
    return this.places.has(id) || this.aliases.has(id);
  }

  get(id: string): ManifestRow | null {
    const place = this.places.get(id) ?? this.places.get(this.aliases.get(id) ?? '');
    if (!place) return null;
    const bytes = Buffer.alloc(place.length);
    readSync(this.fd, bytes, 0, place.length, place.offset);
    return JSON.parse(bytes.toString('utf8')) as ManifestRow;
  }

  /** Ids of the rows that fit, in the order in which they were first written. Rows that change meanwhile are seen as they are then. */
  *ids(
    fits: (row: { readonly status: Status; readonly reason: Reason | null; readonly pending: boolean }) => boolean,
  ): Generator<string> {
    for (const [id, place] of this.places) if (fits(place)) yield id;
  }

  /** How many rows have each status and reason. */
  tally(): { readonly status: Map<Status, number>; readonly reasons: Map<string, number> } {
    const status = new Map<Status, number>();
    const reasons = new Map<string, number>();
    for (const place of this.places.values()) {
      status.set(place.status, (status.get(place.status) ?? 0) + 1);
      if (place.reason === null) continue;
      const key = `${place.status} ${place.reason}`;
      reasons.set(key, (reasons.get(key) ?? 0) + 1);
    }
    return { status, reasons };
  }

  /** Appends rows in one write. They survive the end of the process; `sync` makes them survive the machine's. */
  append(rows: readonly ManifestRow[]): void {
    if (rows.length === 0) return;
    let at = this.size;
    const pieces: Buffer[] = [];
    for (const row of rows) {
      const piece = Buffer.from(`${JSON.stringify(row)}\n`);
      pieces.push(piece);
      this.note(row, at, piece.length - 1);
      at += piece.length;
    }
    const bytes = Buffer.concat(pieces);
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.fd, bytes, done, bytes.length - done, this.size + done);
    this.size = at;
    this.unsynced = true;
  }

  sync(): void {
    if (!this.unsynced) return;
    fsyncSync(this.fd);
    this.unsynced = false;
  }

  /** Rewrites the manifest with one line an article, in a file of its own that then takes its place. */
  tidy(always = false): void {
    if (!always && this.lines <= this.places.size * UNTIDY && this.damaged === 0) return;
    const name = `${this.path}.partial`;
    const fd = openSync(name, 'w+');
    const old = this.fd;
    let at = 0;
    let held: Buffer[] = [];
    let heldBytes = 0;
    const flush = (): void => {
      const bytes = Buffer.concat(held);
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done);
      held = [];
      heldBytes = 0;
    };
    for (const place of this.places.values()) {
      const line = Buffer.alloc(place.length + 1, NEWLINE);
      readSync(old, line, 0, place.length, place.offset);
      place.offset = at;
      at += line.length;
      held.push(line);
      if ((heldBytes += line.length) > PIECE) flush();
    }
    flush();
    fsyncSync(fd);
    renameSync(name, this.path);
    syncFolder(dirname(this.path));
    closeSync(old);
    this.fd = fd;
    this.size = at;
    this.lines = this.places.size;
    this.damaged = 0;
    this.unsynced = false;
  }

  close(): void {
    if (this.fd < 0) return;
    if (this.writable) this.sync();
    closeSync(this.fd);
    this.fd = -1;
  }

  private load(): void {
    if (this.fd < 0) return;
    const piece = Buffer.alloc(PIECE);
    let carry: Buffer = Buffer.alloc(0);
    let start = 0;
    for (let at = 0; ;) {
      const read = readSync(this.fd, piece, 0, piece.length, at);
      if (read === 0) break;
      at += read;
      const bytes = Buffer.concat([carry, piece.subarray(0, read)]);
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        this.line(bytes.subarray(from, end), start + from);
        from = end + 1;
      }
      carry = Buffer.from(bytes.subarray(from));
      start += from;
    }
    this.size = start;
    // A line without its end was torn by a kill: what it says is done again.
    if (carry.length > 0 && this.writable) ftruncateSync(this.fd, start);
  }

  private line(bytes: Buffer, offset: number): void {
    if (bytes.length === 0) return;
    try {
      const row = JSON.parse(bytes.toString('utf8')) as ManifestRow;
      if (typeof row.id !== 'string' || !Array.isArray(row.files)) throw new TypeError('no row');
      this.note(row, offset, bytes.length);
    } catch {
      this.lines++;
      this.damaged++;
    }
  }

  private note(row: ManifestRow, offset: number, length: number): void {
    this.lines++;
    if (row.became !== undefined) {
      this.places.delete(row.id);
      this.aliases.set(row.id, row.became);
      return;
    }
    for (const name of row.asked ?? []) this.aliases.set(name, row.id);
    const place = this.places.get(row.id);
    const { status, reason } = row;
    const pending = isPending(row);
    if (place) Object.assign(place, { offset, length, status, reason, pending });
    else this.places.set(row.id, { offset, length, status, reason, pending });
  }
}

/** Makes a rename in a folder last. Some file systems cannot; then nothing is lost but this. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r');
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    // Windows and some network file systems refuse to open a folder.
  }
}
