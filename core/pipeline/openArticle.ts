import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ArticleSource } from '../plugin/contract.js';

/** A file that has been opened: its beginning, as readers judge it, and its whole content from the first byte on. */
export interface OpenedArticle {
  readonly source: ArticleSource;
  /** Up to 4096 characters. */
  readonly head: string;
  /** Gives up the file before it is read to its end. */
  close(): void;
}

const HEAD_BYTES = 8192;
const HEAD_CHARACTERS = 4096;
/** A gzip file that grows more than this is a bomb: text shrinks to a tenth, markup at most to a thirtieth. */
const MAX_GROWTH = 400;
const GRACE = 64 << 20;

/**
 * Opens an article file; `-` is standard input. Gzip is told by its first bytes, whatever the name, and undone.
 *
 * @throws Error with one sentence where the file cannot be read
 */
export async function openArticle(file: string): Promise<OpenedArticle> {
  const input = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  const raw = peeked(input as AsyncIterable<Uint8Array>);
  const magic = await raw.peek(2);
  const zipped = magic[0] === 0x1f && magic[1] === 0x8b;
  const content = zipped ? peeked(gunzipped(raw.all())) : raw;
  const head = headText(await content.peek(HEAD_BYTES));
  return {
    head,
    source: { file, chunks: content.all() },
    close: () => {
      if (file !== '-') input.destroy();
    },
  };
}

interface Peeked {
  /** The first bytes, at least `count` where there are so many. */
  peek(count: number): Promise<Uint8Array>;
  /** Everything, the peeked bytes too. To be read once. */
  all(): AsyncIterable<Uint8Array>;
}

function peeked(from: AsyncIterable<Uint8Array>): Peeked {
  const iterator = from[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let done = false;
  return {
    async peek(count) {
      let size = held.reduce((sum, chunk) => sum + chunk.length, 0);
      while (!done && size < count) {
        const next = await iterator.next();
        if (next.done) done = true;
        else {
          held.push(next.value);
          size += next.value.length;
        }
      }
      if (held.length > 1) held = [Buffer.concat(held)];
      return held[0] ?? new Uint8Array(0);
    },
    async *all() {
      yield* held.splice(0);
      while (!done) {
        const next = await iterator.next();
        if (next.done) done = true;
        else yield next.value;
      }
    },
  };
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      taken += chunk.length;
      yield chunk;
    }
  };
  const gunzip = createGunzip();
  const input = Readable.from(counted());
  input.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      given += chunk.length;
      if (given > GRACE && given > taken * MAX_GROWTH) {
        throw new Error(`The gzip file grows to more than ${MAX_GROWTH} times its size.`);
      }
      yield chunk;
    }
  } catch (error) {
    throw gzipError(error);
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

function gzipError(error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return new Error('The gzip file is cut off.');
  return code?.startsWith('Z_') ? new Error(`The gzip file is damaged: ${message}.`) : (error as Error);
}

/** UTF-16 is told by its byte order mark or by the zero bytes of `<`; everything else is looked at as UTF-8. */
function headText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const label =
    (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)
      ? 'utf-16le'
      : (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(label).decode(bytes).slice(0, HEAD_CHARACTERS);
}
