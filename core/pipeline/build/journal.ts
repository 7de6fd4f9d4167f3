import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import type { License } from '../../article/types.js';
import type { ArticleHead, ArticleRows, FileHead, JournalHead } from './journalEntry.js';
import { DiskError } from './writeImage.js';

/** An article in the journal: where its line is, and what is needed to put it in order. */
export interface KnownArticle {
  readonly file: string;
  readonly nth: number;
  readonly sha256: string;
  readonly article_id: string;
  readonly license: License | null;
  readonly hasRows: boolean;
  readonly hasRejects: boolean;
  readonly at: number;
  readonly length: number;
  /** Bytes before the rows. */
  readonly headLength: number;
}
interface Header {
  readonly kind: 'header';
  readonly journal: typeof FORMAT;
  readonly fingerprint: string;
}

const FORMAT = 1;
const NEWLINE = 10;
const TAB = 9;
/** Hexadecimal digits of the checksum, and the blank after it. */
const PREFIX = 9;
/** At most so much is lost when the machine (not the program) dies. */
const SYNC_BYTES = 16 << 20;
const SYNC_MS = 2_000;

/**
 * What a build has done so far: one line for each article, with all its rows, in the order of doing. Lines are only added, each
 * with a checksum, so that a kill loses at most the line that was being written; of two lines for an article the later one
 * stands. One process writes it.
 */
export class Journal {
  readonly files = new Map<string, FileHead>();
  /** Lines that were damaged and left out. */
  damaged = 0;
  private readonly known = new Map<string, KnownArticle>();
  private end = 0;
  private live = 0;
  private unsynced = 0;
  private synced = Date.now();

  private constructor(
    private readonly path: string,
    private fd: number,
    private readonly fingerprint: string,
  ) {}

  /**
   * Opens a journal. One of another fingerprint is begun anew: its rows would not be those that are made now.
   * @param mode `read` leaves everything as it is, for a dry run
   * @throws DiskError
   */
  static open(path: string, fingerprint: string, mode: 'write' | 'read' = 'write'): Journal | null {
    if (mode === 'read' && !existsSync(path)) return null;
    const fd = attempt(path, () => openSync(path, mode === 'read' ? 'r' : existsSync(path) ? 'r+' : 'w+'));
    const journal = new Journal(path, fd, fingerprint);
    const fits = journal.load();
    if (mode === 'read') return fits ? journal : null;
    if (!fits) journal.begin();
    else attempt(path, () => ftruncateSync(fd, journal.end));
    return journal;
  }

  article(file: string, nth: number): KnownArticle | undefined {
    return this.known.get(`${file}\n${nth}`);
  }

  /** Files of which something is known. */
  get fileNames(): ReadonlySet<string> {
    return new Set([...this.files.keys(), ...[...this.known.values()].map((k) => k.file)]);
  }

  head({ at, headLength }: KnownArticle): ArticleHead {
    return JSON.parse(this.read(at, headLength).toString('utf8', PREFIX)) as ArticleHead;
  }

  /** The rows of an article, or null where it has none. */
  rows({ at, length }: KnownArticle): ArticleRows | null {
    const { rows } = this.line(at, length);
    return rows === '' ? null : (JSON.parse(rows) as ArticleRows);
  }

  /** @throws DiskError; the journal is then as it was before */
  append(head: JournalHead, rows = ''): void {
    const bytes = lineOf(head, rows);
    this.write(bytes);
    this.note(head, this.end - bytes.length, bytes.length, bytes.indexOf(TAB));
    this.unsynced += bytes.length;
    if (this.unsynced > SYNC_BYTES || Date.now() - this.synced > SYNC_MS) this.sync();
  }

  sync(): void {
    if (this.unsynced === 0) return;
    attempt(this.path, () => fsyncSync(this.fd));
    this.unsynced = 0;
    this.synced = Date.now();
  }

  /** Leaves out what no longer stands, once that is more than half; in one step, so that a kill leaves one or the other. */
  compact(files: ReadonlySet<string>): void {
    for (const [key, { file, length }] of this.known) {
      if (files.has(file)) continue;
      this.known.delete(key);
      this.live -= length;
    }
    for (const file of this.files.keys()) if (!files.has(file)) this.files.delete(file);
    if (this.end < 2 * this.live || this.end < 1 << 16) return;
    const temporary = `${this.path}.new`;
    rmSync(temporary, { force: true });
    const fresh = new Journal(
      temporary,
      attempt(temporary, () => openSync(temporary, 'w+')),
      this.fingerprint,
    );
    fresh.begin();
    for (const known of this.known.values()) {
      const { head, rows } = this.line(known.at, known.length);
      fresh.append(head, rows);
    }
    for (const head of this.files.values()) fresh.append(head);
    attempt(temporary, () => fsyncSync(fresh.fd));
    closeSync(fresh.fd);
    attempt(this.path, () => renameSync(temporary, this.path));
  }

  close(): void {
    closeSync(this.fd);
  }

  private begin(): void {
    this.files.clear();
    this.known.clear();
    attempt(this.path, () => ftruncateSync(this.fd, 0));
    this.end = 0;
    this.write(lineOf({ kind: 'header', journal: FORMAT, fingerprint: this.fingerprint }, ''));
  }

  private write(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;)
        done += writeSync(this.fd, bytes, done, bytes.length - done, this.end + done);
    } catch (error) {
      try {
        ftruncateSync(this.fd, this.end);
      } catch {
        // The next run cuts the torn line off.
      }
      throw new DiskError((error as NodeJS.ErrnoException).code ?? 'EIO', this.path, error);
    }
    this.end += bytes.length;
  }

  private note(head: JournalHead, at: number, length: number, headLength: number): void {
    if (head.kind === 'file') {
      this.files.set(head.file, head);
      return;
    }
    const { file, nth, sha256, article_id, license } = head;
    const key = `${file}\n${nth}`;
    this.live += length - (this.known.get(key)?.length ?? 0);
    this.known.set(key, {
      file,
      nth,
      sha256,
      article_id,
      license,
      // A tab and the end of the line.
      hasRows: length > headLength + 2,
      hasRejects: head.rejects.length > 0,
      at,
      length,
      headLength,
    });
  }

  private read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const read = readSync(this.fd, bytes, done, length - done, at + done);
      if (read === 0) throw new Error('the journal has become shorter while it was read');
      done += read;
    }
    return bytes;
  }

  private line(at: number, length: number): { head: JournalHead; rows: string } {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const read = readSync(this.fd, bytes, done, length - done, at + done);
      if (read === 0) throw new Error('the journal has become shorter while it was read');
      done += read;
    }
    const tab = bytes.indexOf(TAB);
    return {
      head: JSON.parse(bytes.toString('utf8', PREFIX, tab)) as JournalHead,
      rows: bytes.toString('utf8', tab + 1, length - 1),
    };
  }

  /** Reads all lines. Returns whether there is a header that fits. */
  private load(): boolean {
    const { size } = fstatSync(this.fd);
    let first = true;
    for (const { bytes, at } of linesIn(this.fd, size)) {
      const tab = bytes.indexOf(TAB);
      const sound = tab > PREFIX && checksum(bytes.subarray(PREFIX)) === bytes.toString('latin1', 0, PREFIX - 1);
      let head: JournalHead | Header | undefined;
      try {
        if (sound) head = JSON.parse(bytes.toString('utf8', PREFIX, tab)) as JournalHead | Header;
      } catch {
        // Counted below.
      }
      if (first) {
        if (head?.kind !== 'header' || head.journal !== FORMAT || head.fingerprint !== this.fingerprint) return false;
        first = false;
      } else if (head === undefined) this.damaged++;
      else if (head.kind !== 'header') this.note(head, at, bytes.length + 1, tab);
      this.end = at + bytes.length + 1;
    }
    return !first;
  }
}

function lineOf(head: JournalHead | Header, rows: string): Buffer {
  const body = Buffer.from(`${JSON.stringify(head)}\t${rows}`);
  return Buffer.concat([Buffer.from(`${checksum(body)} `), body, Buffer.of(NEWLINE)]);
}

const checksum = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0');

/** The whole lines of a file, without their ends; what follows the last end is no line. */
function* linesIn(fd: number, size: number): Generator<{ readonly bytes: Buffer; readonly at: number }> {
  let held: Buffer[] = [];
  let start = 0;
  const chunk = Buffer.allocUnsafe(1 << 20);
  for (let at = 0; at < size;) {
    const read = readSync(fd, chunk, 0, chunk.length, at);
    if (read === 0) return;
    let from = 0;
    for (
      let end = chunk.subarray(0, read).indexOf(NEWLINE);
      end >= 0;
      end = chunk.subarray(0, read).indexOf(NEWLINE, from)
    ) {
      const bytes = Buffer.concat([...held, chunk.subarray(from, end)]);
      yield { bytes, at: start };
      held = [];
      from = end + 1;
      start = at + from;
    }
    if (from < read) held.push(Buffer.from(chunk.subarray(from, read)));
    at += read;
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new DiskError((error as NodeJS.ErrnoException).code ?? 'EIO', path, error);
  }
}
