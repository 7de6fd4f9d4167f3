import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { makeFolder } from '../makeFolder.js';
import type { ExportedFile } from './types.js';

/** List of what an export holds; a folder that has it may be replaced by `--force`. */
export const EXPORT_MANIFEST = 'export.json';
/** Who writes a folder that is not complete. */
const WRITING = '.writing';
const BUFFER = 1 << 18;

/**
 * A folder that grows under a temporary name and gets its own when it is complete, so that nobody meets half an export.
 * Keeps size and hash of every file.
 */
export class OutputFolder {
  readonly partial: string;
  private readonly files: ExportedFile[] = [];

  private constructor(readonly path: string) {
    this.partial = `${path}.partial`;
  }

  /** @throws UsageError where the folder is there and may not be replaced, or cannot be made */
  static create(path: string, force: boolean): OutputFolder {
    const folder = new OutputFolder(resolve(path));
    if (existsSync(folder.path)) assertReplaceable(path, force);
    const writer = writerOf(folder.partial);
    if (writer !== undefined) throw new UsageError(`another export (process ${writer}) is writing to ${path}`);
    try {
      rmSync(folder.partial, { recursive: true, force: true });
      makeFolder(folder.partial);
      writeFileSync(join(folder.partial, WRITING), String(process.pid));
    } catch (error) {
      throw new UsageError(`the output ${path} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
    return folder;
  }

  /** Absolute path of a file of the export, its folder made. */
  at(path: string): string {
    const full = join(this.partial, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  }

  /** A file that is written piece by piece. */
  file(path: string): GrowingFile {
    return new GrowingFile(this.at(path), (bytes, sha256) => this.add({ path, bytes, sha256 }));
  }

  /** Text that waits beside the export for its place in another file. */
  scratch(path: string): Scratch {
    return new Scratch(this.at(`${path}.scratch`));
  }

  /** A file that is written at once. */
  text(path: string, content: string): void {
    const file = this.file(path);
    file.write(content);
    file.close();
  }

  /** Takes a file into account that something else has written at `at(path)`. */
  async adopt(path: string): Promise<ExportedFile> {
    const full = join(this.partial, path);
    const file = { path, bytes: (await stat(full)).size, sha256: await hashOf(full) };
    this.add(file);
    return file;
  }

  /** Copies a file; where the file system can, without using space. */
  async copy(from: string, path: string): Promise<ExportedFile> {
    await copyFile(from, this.at(path), constants.COPYFILE_FICLONE);
    return this.adopt(path);
  }

  get written(): readonly ExportedFile[] {
    return this.files;
  }

  /** Writes the list of files and gives the folder its name. */
  commit(about: Readonly<Record<string, unknown>>): void {
    const files = [...this.files].sort((a, b) => (a.path < b.path ? -1 : 1));
    const list = files.map((file) => `    ${JSON.stringify(file)}`).join(',\n');
    const head = JSON.stringify({ format: 1, ...about }, null, 2).slice(0, -2);
    this.text(EXPORT_MANIFEST, `${head},\n  "files": [\n${list}\n  ]\n}\n`);
    rmSync(join(this.partial, WRITING));
    if (existsSync(this.path)) {
      const old = `${this.path}.old`;
      rmSync(old, { recursive: true, force: true });
      renameSync(this.path, old);
      renameSync(this.partial, this.path);
      rmSync(old, { recursive: true, force: true });
    } else renameSync(this.partial, this.path);
  }

  /** Leaves no trace. */
  discard(): void {
    rmSync(this.partial, { recursive: true, force: true });
  }

  private add(file: ExportedFile): void {
    this.files.push(file);
  }
}

/** A text or binary file that grows; nothing but a small buffer is held in memory. */
export class GrowingFile {
  private readonly fd: number;
  private readonly hash: Hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private held = 0;
  private size = 0;

  constructor(
    path: string,
    private readonly closed: (bytes: number, sha256: string) => void,
  ) {
    this.fd = openSync(path, 'w');
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.size;
  }

  write(piece: string | Uint8Array): void {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    this.size += bytes.length;
    this.held += bytes.length;
    this.waiting.push(bytes);
    if (this.held >= BUFFER) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
    this.closed(this.size, this.hash.digest('hex'));
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    this.held = 0;
    this.hash.update(bytes);
    for (let done = 0; done < bytes.length;) done += writeSync(this.fd, bytes, done, bytes.length - done);
  }
}

/** Text on the disk that is read back once, and is gone then. */
export class Scratch {
  private readonly file: GrowingFile;

  constructor(private readonly path: string) {
    this.file = new GrowingFile(path, () => undefined);
  }

  write(piece: string): void {
    this.file.write(piece);
  }

  /** Gives back all that was written, piece by piece. */
  drain(take: (piece: Uint8Array) => void): void {
    this.file.close();
    const fd = openSync(this.path, 'r');
    try {
      for (;;) {
        const piece = Buffer.alloc(BUFFER);
        const read = readSync(fd, piece, 0, BUFFER, null);
        if (read === 0) break;
        take(piece.subarray(0, read));
      }
    } finally {
      closeSync(fd);
      rmSync(this.path);
    }
  }
}

/** The process that is writing a folder; undefined where none is, or where it is gone. */
function writerOf(partial: string): number | undefined {
  const path = join(partial, WRITING);
  const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // One that belongs to somebody else cannot be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}

function assertReplaceable(path: string, force: boolean): void {
  if (!statSync(path).isDirectory()) throw new UsageError(`the output ${path} is a file; an export is a folder`);
  const entries = readdirSync(path);
  if (entries.length === 0) return;
  if (!force) throw new UsageError(`the output ${path} is there already; --force replaces it`);
  // A mistyped path must not cost anybody their files.
  if (!entries.includes(EXPORT_MANIFEST))
    throw new UsageError(`${path} is no export (it has no ${EXPORT_MANIFEST}); remove it yourself if it may go`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
