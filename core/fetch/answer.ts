import type { HttpAnswer, HttpRequest } from '../plugin/contract.js';
import { SourceError } from '../plugin/sourceError.js';
import type { CacheEntry } from './cache.js';
import type { Body, Incoming } from './exchange.js';

/** A body as sources get it; decoded when first asked for. */
export function answerOf(url: string, bytes: Uint8Array): HttpAnswer {
  let text: string | undefined;
  let json: unknown;
  const asText = (): string => (text ??= new TextDecoder().decode(bytes));
  return {
    url,
    bytes,
    text: asText,
    json() {
      try {
        return (json ??= JSON.parse(asText()));
      } catch (error) {
        throw new SourceError('bad-answer', `${url} answered with JSON that cannot be read`, { cause: error });
      }
    },
  };
}

/** A body that was cut where a wrong Content-Length says so looks whole to HTTP. @throws SourceError `length`, `bad-answer` */
export function assertWhole(expect: HttpRequest['expect'], answer: HttpAnswer): void {
  if (expect === 'json') answer.json();
  if (expect !== 'xml') return;
  const text = answer.text();
  const root = /<([A-Za-z_][\w.:-]*)[\s/>]/.exec(text.slice(0, 8192))?.[1];
  const end = text.slice(-300).trimEnd();
  if (root !== undefined && !end.endsWith(`</${root}>`) && !/(?:\/|--|\?)>$/.test(end)) {
    throw new SourceError('length', `${answer.url} ends too early`);
  }
}

/** @throws SourceError `checksum` */
export function assertMd5(stated: string | undefined, { md5 }: Body, shown: string): void {
  if (stated !== undefined && stated.toLowerCase() !== md5) {
    throw new SourceError('checksum', `${shown} is not what its service states the checksum of`);
  }
}

/** What the cache notes of an answer that is complete. */
export const entryOf = (url: string, body: Body, incoming: Incoming): CacheEntry => ({
  url,
  sha256: body.sha256,
  bytes: body.length,
  etag: incoming.header('etag'),
  lastModified: incoming.header('last-modified'),
  time: Date.now(),
});
