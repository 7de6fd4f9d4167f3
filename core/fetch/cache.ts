import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is kept of an answer beside its bytes. */
export interface CacheEntry {
  /** Address without keys. */
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly etag?: string;
  readonly lastModified?: string;
  /** When it was last known to be right, milliseconds. */
  readonly time: number;
}

const DAY_MS = 86_400_000;

/**
 * Answers by address, their bodies by hash: a body is kept once however many addresses give it, and is looked at again
 * before it is used. Several processes may share one. Whatever is in it can be deleted at any time.
 */
export class ContentCache {
  private readonly made = new Set<string>();

  private constructor(readonly folder: string) {}

  static async open(folder: string): Promise<ContentCache> {
    const cache = new ContentCache(folder);
    await mkdir(join(folder, 'tmp'), { recursive: true });
    await cache.sweep();
    return cache;
  }

  /** A name for a body that is still coming in. */
  draft(): string {
    return join(this.folder, 'tmp', randomUUID());
  }

  async entry(url: string): Promise<CacheEntry | null> {
    try {
      const entry = JSON.parse(await readFile(this.entryPath(url), 'utf8')) as CacheEntry;
      return entry.url === url ? entry : null;
    } catch {
      return null;
    }
  }

  /** Takes a finished draft in. It is on the disk before it has its name. */
  async keep(draft: string, entry: CacheEntry): Promise<void> {
    await this.folderOf('sha256', entry.sha256);
    await rename(draft, this.blobPath(entry.sha256));
    await this.note(entry);
  }

  async keepBytes(bytes: Uint8Array, entry: CacheEntry): Promise<void> {
    const draft = this.draft();
    await writeFile(draft, bytes);
    await this.keep(draft, entry);
  }

  async note(entry: CacheEntry): Promise<void> {
    const draft = this.draft();
    await writeFile(draft, JSON.stringify(entry));
    await this.folderOf('url', sha256Of(entry.url));
    await rename(draft, this.entryPath(entry.url));
  }

  /** The body of an entry, or null where it is gone or is no longer what it was. */
  async bytes(entry: CacheEntry): Promise<Uint8Array | null> {
    const bytes = await readFile(this.blobPath(entry.sha256)).catch(() => null);
    return bytes !== null && sha256Of(bytes) === entry.sha256 ? bytes : null;
  }

  /** The file that holds a body, or null where it is gone or damaged (then it is dropped). */
  async file(sha256: string): Promise<string | null> {
    const path = this.blobPath(sha256);
    const found = await hashOfFile(path).catch(() => null);
    if (found?.sha256 === sha256) return path;
    if (found !== null) await rm(path, { force: true });
    return null;
  }

  /** Whether a body is there, without a look at its bytes. */
  async has(sha256: string): Promise<boolean> {
    return stat(this.blobPath(sha256)).then(
      () => true,
      () => false,
    );
  }

  /** Gives a body a second name outside of the cache, without a second copy where the file system can. */
  async place(sha256: string, target: string): Promise<void> {
    const blob = this.blobPath(sha256);
    const failed = await link(blob, target).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
    );
    if (failed === null) return;
    // Something else has the name, or the file system does not link: the file takes the name when it is whole.
    const draft = `${target}.partial`;
    await rm(draft, { force: true });
    if (
      failed !== 'EEXIST' ||
      !(await link(blob, draft).then(
        () => true,
        () => false,
      ))
    )
      await copyFile(blob, draft);
    await rename(draft, target);
    // Where both names are of one file already, rename leaves both.
    await rm(draft, { force: true });
  }

  async drop(url: string): Promise<void> {
    await rm(this.entryPath(url), { force: true });
  }

  /** Drops an address and its body. */
  async dropBody(url: string, sha256: string): Promise<void> {
    await this.drop(url);
    await rm(this.blobPath(sha256), { force: true });
  }

  /** Drafts of passes that were killed. Younger ones may be those of another process. */
  private async sweep(): Promise<void> {
    const folder = join(this.folder, 'tmp');
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > DAY_MS) await rm(path, { force: true });
    }
  }

  private async folderOf(kind: 'sha256' | 'url', hash: string): Promise<void> {
    const folder = join(this.folder, kind, hash.slice(0, 2));
    if (this.made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.made.add(folder);
  }

  private blobPath(sha256: string): string {
    return join(this.folder, 'sha256', sha256.slice(0, 2), sha256);
  }

  private entryPath(url: string): string {
    const hash = sha256Of(url);
    return join(this.folder, 'url', hash.slice(0, 2), `${hash}.json`);
  }
}

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Hash and size of a file, read in pieces. */
export async function hashOfFile(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Writes a file that is on the disk before it has its name. */
export async function writeWhole(target: string, bytes: Uint8Array | string): Promise<void> {
  const handle = await open(`${target}.partial`, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${target}.partial`, target);
}

/** Gives a finished draft its name, on another disk too; the name is never that of half a file. */
export async function moveInto(draft: string, target: string): Promise<void> {
  try {
    await rename(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(draft, `${target}.partial`);
    await rename(`${target}.partial`, target);
    await rm(draft, { force: true });
  }
}

/** Waits until the bytes of a file are on the disk: answers that were kept as they came are not, until now. */
export async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.datasync().finally(() => handle.close());
}
