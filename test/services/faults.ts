import { html, text, xml, type Answer } from './answer.js';
import { draw, drawOne } from './draw.js';
import { escapeXml } from './prose.js';
import { zipEntries } from './europepmc.js';
import { jatsDocument } from './jats.js';
import { zipOf } from './zipFile.js';
import type { World } from './world.js';

/** What can go wrong. Those of the second list are done to the connection, the others to the answer. */
export const ANSWER_FAULTS = [
  /** 429 with `Retry-After`. */
  'too-many',
  '500',
  '503',
  /** 404, whatever there is. */
  'missing',
  /** A page for readers, with the status of success. */
  'html',
  /** `<ERROR>` with the status of success. */
  'error',
  /** Nothing, with the status of success. */
  'empty',
  /** Half of it, and headers that are right about that half. */
  'truncated',
  /** Other bytes, as many. */
  'garbled',
  /** Metadata without a body. */
  'front-only',
  /** The text of another article. */
  'wrong-article',
  /** Entities that grow without end. */
  'xml-bomb',
  /** An entity that asks for a file of the reader's. */
  'xml-file',
  /** Names that climb out of the folder, and a symbolic link. */
  'zip-slip',
  /** Little that unpacks to very much. */
  'zip-bomb',
] as const;
export const CONNECTION_FAULTS = [
  /** Late, by `ms`. */
  'slow',
  /** Half of it, and then nothing more. */
  'stall',
  /** Half of it, and then no connection. */
  'cut',
  /** No answer, and no connection. */
  'reset',
  /** Headers that promise more than comes. */
  'long-length',
  /** Headers that promise less than comes. */
  'short-length',
] as const;
export type Fault = (typeof ANSWER_FAULTS)[number] | (typeof CONNECTION_FAULTS)[number];

export interface FaultRule {
  readonly fault: Fault | readonly Fault[];
  /** Names of services; all where absent. */
  readonly services?: readonly string[];
  /** A pattern of path and query. */
  readonly match?: RegExp | string;
  /** One answer in so many, drawn from address and attempt: the same whatever the order of requests. */
  readonly oneIn?: number;
  /** Only the first so many requests of each address. */
  readonly times?: number;
  /** Bursts: of every so many requests that match, the last `length`. */
  readonly every?: number;
  readonly length?: number;
  /** Seconds that `too-many` asks to wait. Default 1. */
  readonly retryAfter?: number;
  /** Milliseconds of `slow`. Default 200. */
  readonly ms?: number;
}

export interface Chosen {
  readonly fault: Fault;
  readonly rule: FaultRule;
}

/** Decides which fault befalls a request. */
export class FaultPlan {
  private readonly counts: number[];

  constructor(
    private readonly rules: readonly FaultRule[],
    private readonly seed: string,
  ) {
    this.counts = rules.map(() => 0);
  }

  /** @param attempt how often the address was asked for before */
  choose(service: string, address: string, attempt: number): Chosen | undefined {
    for (const [at, rule] of this.rules.entries()) {
      if (rule.services && !rule.services.includes(service)) continue;
      if (rule.match && !new RegExp(rule.match).test(address)) continue;
      const count = this.counts[at]++;
      if (rule.times !== undefined && attempt >= rule.times) continue;
      if (rule.every !== undefined && count % rule.every < rule.every - (rule.length ?? 1)) continue;
      if (rule.oneIn !== undefined && draw(this.seed, at, address, attempt) >= 1 / rule.oneIn) continue;
      const kinds: readonly Fault[] = typeof rule.fault === 'string' ? [rule.fault] : rule.fault;
      return { fault: drawOne(kinds, this.seed, at, address, attempt, 'kind'), rule };
    }
    return undefined;
  }
}

/** The answer as a fault leaves it. Faults of the connection leave it as it is. */
export function spoil(answer: Answer, { fault, rule }: Chosen, address: string, world: World): Answer {
  const article =
    world.byPmcid(/PMC\d+/.exec(address)?.[0] ?? '') ??
    world.byPmcid(/:(\d+)(?:&|$)/.exec(decodeURIComponent(address))?.[1] ?? '');
  switch (fault) {
    case 'too-many':
      return {
        ...text('{"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4","limit":"3"}\n', 429),
        headers: { 'retry-after': String(rule.retryAfter ?? 1) },
      };
    case '500':
      return html('<html><body><h1>Internal Server Error</h1></body></html>', 500);
    case '503':
      return html('<html><body><h1>Service Unavailable</h1></body></html>', 503);
    case 'missing':
      return text('', 404);
    case 'html':
      return html(
        '<!DOCTYPE html><html><head><title>Site under maintenance</title></head><body><p>Please come back later.</p></body></html>',
      );
    case 'error':
      return answer.type.includes('json')
        ? { ...answer, body: Buffer.from('{"error":"Search Backend failed: read timeout"}'), headers: {} }
        : xml(
            `<?xml version="1.0"?>\n<eSearchResult>\n<ERROR>${escapeXml('Search Backend failed: HTTP request returned 502 status.')}</ERROR>\n</eSearchResult>`,
          );
    case 'empty':
      return { ...answer, body: Buffer.alloc(0) };
    case 'truncated':
      return { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) };
    case 'garbled':
      return { ...answer, body: Buffer.from(answer.body.map((byte, at) => (at % 97 === 60 ? byte ^ 1 : byte))) };
    case 'front-only':
      return article ? xml(jatsDocument(article, { frontOnly: true })) : answer;
    case 'wrong-article':
      return article ? xml(jatsDocument(world.at((article.index + 1) % world.size)!)) : answer;
    case 'xml-bomb':
      return xml(bomb());
    case 'xml-file':
      return xml(
        '<?xml version="1.0"?>\n<!DOCTYPE article [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n<article><body><p>&secret;</p></body></article>',
      );
    case 'zip-slip':
      return {
        ...answer,
        status: 200,
        type: 'application/zip',
        body: zipOf([
          ...(article ? zipEntries(article) : []),
          { name: '../../escaped.jpg', bytes: Buffer.from('outside') },
          { name: '/escaped-absolute.jpg', bytes: Buffer.from('outside') },
          { name: 'folder\\..\\..\\escaped-windows.jpg', bytes: Buffer.from('outside') },
          { name: 'link.jpg', bytes: Buffer.from('/etc/hostname'), mode: 0o120777 },
        ]),
      };
    case 'zip-bomb':
      return {
        ...answer,
        status: 200,
        type: 'application/zip',
        body: zipBomb(article?.figures[0]?.name ?? 'g001.jpg'),
      };
    default:
      return answer;
  }
}

/** Ten to the ninth of a word, in a few hundred bytes. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  return `<?xml version="1.0"?>\n<!DOCTYPE article [<!ENTITY l0 "lol">${levels}]>\n<article><body><p>&l9;</p></body></article>`;
}

const bombs = new Map<string, Buffer>();

/** Under a figure's name some kilobytes that grow a thousandfold; the size in the directory says little. */
function zipBomb(name: string): Buffer {
  let bomb = bombs.get(name);
  // One at a time: it takes a while to make.
  if (!bomb) {
    bombs.clear();
    bombs.set(name, (bomb = zipOf([{ name, bytes: Buffer.alloc(64 << 20), deflate: true, claimedSize: 4096 }])));
  }
  return bomb;
}
