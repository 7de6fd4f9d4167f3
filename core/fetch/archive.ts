import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { SourceError } from '../plugin/sourceError.js';
import { bodyKind, endsAsItShould } from './bodyKind.js';

export interface ArchiveLimits {
  readonly entries: number;
  readonly entryBytes: number;
  readonly totalBytes: number;
  /** How many times its packed size an entry above a mebibyte may grow. */
  readonly growth: number;
}
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 10_000,
  entryBytes: 256 << 20,
  totalBytes: 2 ** 31,
  growth: 200,
};

const SMALL = 1 << 20;
const FOLDER = /\/$/;
/** Upper half of the external attributes: the file type of Unix; this one is a link. */
const TYPE_MASK = 0o170000;
const LINK = 0o120000;

/** The files in an archive, its folders left out. @throws SourceError `unsafe`, `length`, `bad-answer` */
export async function archiveNames(path: string, shown: string, limits = ARCHIVE_LIMITS): Promise<readonly string[]> {
  const names: string[] = [];
  await walk(path, shown, limits, (entry) => {
    names.push(entry.fileName);
    return Promise.resolve();
  });
  return names;
}

/**
 * Unpacks the wanted files of a ZIP archive, each under the name that `target` gives. An archive that holds a name
 * leading out of its folder, a link, more or larger files than any article has, or a bomb is refused as a whole; sizes
 * are counted while unpacking and never taken from its headers; checksums are checked.
 *
 * @throws SourceError `unsafe`, `length` where it is cut off or damaged
 */
export async function unpack(
  path: string,
  shown: string,
  target: (name: string) => string | null,
  limits = ARCHIVE_LIMITS,
): Promise<void> {
  // Before a byte is written, the whole list of names is looked at.
  await archiveNames(path, shown, limits);
  let total = 0;
  await walk(path, shown, limits, async (entry, zip) => {
    const to = target(entry.fileName);
    if (to === null) return;
    const budget = Math.min(
      limits.entryBytes,
      limits.totalBytes - total,
      Math.max(SMALL, entry.compressedSize * limits.growth),
    );
    total += await extract(zip, entry, to, budget, shown);
  });
}

async function walk(
  path: string,
  shown: string,
  limits: ArchiveLimits,
  visit: (entry: Entry, zip: ZipFile) => Promise<void>,
): Promise<void> {
  const zip = await openZip(path, shown);
  try {
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      zip.on('error', (error: unknown) => reject(faultOf(error, shown)));
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        const fault = ++seen > limits.entries ? 'holds more files than any article has' : faultIn(entry, limits);
        if (fault !== null) return reject(new SourceError('unsafe', `the archive ${shown} ${fault}`));
        if (FOLDER.test(entry.fileName)) return zip.readEntry();
        visit(entry, zip).then(
          () => zip.readEntry(),
          (error: unknown) => reject(faultOf(error, shown)),
        );
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

function faultIn(entry: Entry, limits: ArchiveLimits): string | null {
  if (((entry.externalFileAttributes >>> 16) & TYPE_MASK) === LINK) return 'holds a link';
  if (entry.isEncrypted()) return 'is encrypted';
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > limits.entryBytes) return 'holds a file larger than any figure';
  if (uncompressedSize > SMALL && uncompressedSize > compressedSize * limits.growth)
    return 'holds a file that grows beyond measure';
  return null;
}

async function openZip(path: string, shown: string): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl');
  return new Promise((resolve, reject) => {
    yauzl.open(
      path,
      { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true },
      (error, zip) => {
        if (error) reject(faultOf(error, shown));
        else resolve(zip);
      },
    );
  });
}

async function extract(zip: ZipFile, entry: Entry, to: string, budget: number, shown: string): Promise<number> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(faultOf(error, shown)) : resolve(opened)));
  });
  let length = 0;
  let crc = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      length += chunk.length;
      crc = crc32(chunk, crc);
      if (length > budget)
        next(new SourceError('unsafe', `the archive ${shown} holds a file that grows beyond measure`));
      else next(null, chunk);
    },
  });
  try {
    await pipeline(stream, counted, createWriteStream(to));
    if (crc !== entry.crc32)
      throw new SourceError('length', `the archive ${shown} is damaged: ${entry.fileName} has another checksum`);
  } catch (error) {
    await rm(to, { force: true });
    throw faultOf(error, shown);
  }
  return length;
}

/** Whether a file that came out of an archive is a picture, whole to its end. */
export async function isWholePicture(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(512, size));
    await file.read(head, 0, head.length, 0);
    const tail = Buffer.alloc(Math.min(4096, size));
    await file.read(tail, 0, tail.length, size - tail.length);
    return bodyKind(head) === 'image' && endsAsItShould(head, tail);
  } finally {
    await file.close();
  }
}

function faultOf(error: unknown, shown: string): Error {
  if (error instanceof SourceError) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  // Only the disk and the file system give such codes here.
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return error as Error;
  if (/invalid relative path|absolute path|invalid characters in fileName/i.test(message)) {
    return new SourceError('unsafe', `the archive ${shown} holds a name that leads out of its folder (${message})`, {
      cause: error,
    });
  }
  if (/too many bytes/i.test(message))
    return new SourceError('unsafe', `the archive ${shown} holds more than it says`, { cause: error });
  return new SourceError('length', `the archive ${shown} is cut off or damaged (${message})`, { cause: error });
}
