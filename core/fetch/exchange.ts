import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { HttpRequest } from '../plugin/contract.js';
import { SourceError } from '../plugin/sourceError.js';
import { bodyKind, endsAsItShould, isExpected } from './bodyKind.js';

export interface Timeouts {
  readonly connectMs: number;
  /** Until the status line and headers are there. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly bodyMs: number;
  /** For the whole answer: a server that drips a byte now and then keeps every other limit. */
  readonly wholeMs: number;
}

export interface Outgoing {
  readonly url: string;
  /** The address for messages, without keys. */
  readonly shown: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose status and headers are there; its body is still to come. */
export interface Incoming {
  readonly status: number;
  header(name: string): string | undefined;
  /**
   * Takes the body in: into memory, or into the file `path`. It is counted against Content-Length and `maxBytes`, and
   * its beginning (for files of pictures, its end too) is looked at.
   *
   * @throws SourceError `connection`, `timeout`, `length`, `too-large`, `html`, `bad-answer`
   */
  take(expect: HttpRequest['expect'], maxBytes: number, path?: string): Promise<Body>;
  /** Leaves the body alone so that the connection can be used again. */
  discard(): Promise<void>;
  /** Ends the watch over the whole answer. To be called in any case. */
  done(): void;
}
export interface Body {
  readonly sha256: string;
  readonly md5: string;
  readonly length: number;
  /** The bytes where no file was asked for. */
  readonly bytes: Uint8Array;
}

const HEAD = 512;
const TAIL = 4096;

/** Sends one request. @throws SourceError `connection`, `timeout`, `stopped` */
export async function exchange(
  dispatcher: Dispatcher,
  out: Outgoing,
  timeouts: Timeouts,
  stop: AbortSignal,
): Promise<Incoming> {
  // One controller a request: signals that are derived from one that lives as long as the pass pile up on it.
  const abort = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort.abort();
  }, timeouts.wholeMs);
  const onStop = (): void => abort.abort();
  stop.addEventListener('abort', onStop);
  const done = (): void => {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  };
  const asFault = (error: unknown): SourceError => faultOf(error, out.shown, stop.aborted, late);
  const { origin, pathname, search } = new URL(out.url);
  let answer: Dispatcher.ResponseData;
  try {
    answer = await dispatcher.request({
      origin,
      path: pathname + search,
      method: out.method,
      headers: out.headers,
      body: out.body,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyMs,
      signal: abort.signal,
    });
  } catch (error) {
    done();
    throw asFault(error);
  }
  const header = (name: string): string | undefined => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  // A body that nobody takes must not bring the process down when the connection breaks.
  answer.body.on('error', () => undefined);
  return {
    status: answer.statusCode,
    header,
    async take(expect, maxBytes, path) {
      const declared = header('content-length');
      const tooLarge = (): SourceError => new SourceError('too-large', `${out.shown} is larger than ${maxBytes} bytes`);
      if (declared !== undefined && Number(declared) > maxBytes) {
        answer.body.destroy();
        throw tooLarge();
      }
      const sink = await Sink.open(path);
      let received = 0;
      try {
        const encoding = header('content-encoding');
        const counted = countedBytes(answer.body, (n) => (received += n));
        for await (const chunk of decoded(counted, encoding)) {
          if (sink.length + chunk.length > maxBytes) throw tooLarge();
          await sink.write(chunk);
        }
        if (declared !== undefined && Number(declared) !== received) {
          throw new SourceError('length', `${out.shown} gave ${received} bytes where its headers say ${declared}`);
        }
        const { head, tail } = sink;
        checkKind(expect, head, out.shown);
        if (expect === 'image' && !endsAsItShould(head, tail)) {
          throw new SourceError('length', `the picture ${out.shown} ends too early`);
        }
        return await sink.finish();
      } catch (error) {
        answer.body.destroy();
        await sink.abandon();
        throw error instanceof SourceError ? error : asFault(error);
      }
    },
    discard: () => answer.body.dump({ limit: 1 << 16 }).catch(() => undefined),
    done,
  };
}

function checkKind(expect: HttpRequest['expect'], head: Uint8Array, shown: string): void {
  const kind = bodyKind(head);
  if (isExpected(expect, kind)) return;
  if (kind === 'html') throw new SourceError('html', `${shown} answered with an HTML page`);
  if (kind === 'empty') throw new SourceError('bad-answer', `${shown} answered with nothing`);
  throw new SourceError(
    'bad-answer',
    `${shown} answered with ${kind === 'other' ? 'something else' : kind} where ${expect} was asked for`,
  );
}

async function* countedBytes(body: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    count(chunk.length);
    yield chunk;
  }
}

function decoded(body: AsyncGenerator<Buffer>, encoding: string | undefined): AsyncIterable<Buffer> {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return piped(body, createGunzip());
    case 'deflate':
      return piped(body, createInflate());
    case 'br':
      return piped(body, createBrotliDecompress());
    default:
      throw new SourceError('bad-answer', `the encoding '${String(encoding)}' is not known`);
  }
}

function piped(body: AsyncGenerator<Buffer>, transform: NodeJS.ReadWriteStream & Readable): AsyncIterable<Buffer> {
  Readable.from(body)
    .on('error', (error) => transform.destroy(error))
    .pipe(transform);
  return transform;
}

/** Where a body goes, hashed on the way; its first and last bytes are kept at hand. */
class Sink {
  length = 0;
  private readonly sha256 = createHash('sha256');
  private readonly md5 = createHash('md5');
  private readonly chunks: Uint8Array[] = [];
  private begun: Uint8Array = new Uint8Array(0);
  private ended: Uint8Array = new Uint8Array(0);

  private constructor(private readonly file: FileHandle | undefined) {}

  static async open(path: string | undefined): Promise<Sink> {
    return new Sink(path === undefined ? undefined : await open(path, 'w'));
  }

  get head(): Uint8Array {
    return this.begun;
  }

  get tail(): Uint8Array {
    return this.ended;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.length += chunk.length;
    this.sha256.update(chunk);
    this.md5.update(chunk);
    if (this.begun.length < HEAD) this.begun = Buffer.concat([this.begun, chunk.subarray(0, HEAD - this.begun.length)]);
    this.ended =
      chunk.length >= TAIL
        ? Uint8Array.from(chunk.subarray(-TAIL))
        : Buffer.concat([this.ended, chunk]).subarray(-TAIL);
    if (this.file) await this.file.writeFile(chunk);
    else this.chunks.push(chunk);
  }

  async finish(): Promise<Body> {
    await this.file?.datasync();
    await this.file?.close();
    const bytes = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    return { sha256: this.sha256.digest('hex'), md5: this.md5.digest('hex'), length: this.length, bytes };
  }

  async abandon(): Promise<void> {
    await this.file?.close().catch(() => undefined);
  }
}

const TIMEOUTS: ReadonlySet<unknown> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);
const LENGTHS: ReadonlySet<unknown> = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'Z_BUF_ERROR', 'Z_DATA_ERROR']);

function faultOf(error: unknown, shown: string, stopped: boolean, late: boolean): SourceError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (stopped) return new SourceError('stopped', 'stopped', { cause: error });
  if (late) return new SourceError('timeout', `${shown} took too long`, { cause: error });
  if (TIMEOUTS.has(code)) return new SourceError('timeout', `${shown} did not answer in time`, { cause: error });
  if (LENGTHS.has(code)) return new SourceError('length', `${shown} was cut off or is damaged`, { cause: error });
  // Errors of the disk are the user's to mend: no repetition helps.
  if (code === 'ENOSPC' || code === 'EROFS' || code === 'EACCES' || code === 'EDQUOT') throw error;
  return new SourceError('connection', `the connection to ${shown} failed: ${message || String(code)}`, {
    cause: error,
  });
}
