import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Http, HttpAnswer, HttpRequest, Source } from '../plugin/contract.js';
import { SourceError } from '../plugin/sourceError.js';
import { VERSION } from '../version.js';
import { address, type Address, type Identity } from './address.js';
import { answerOf, assertMd5, assertWhole, entryOf } from './answer.js';
import { backOffMs, type BackOff } from './backOff.js';
import { Breaker } from './breaker.js';
import type { CacheEntry, ContentCache } from './cache.js';
import { connect } from './connect.js';
import { exchange, type Incoming, type Timeouts } from './exchange.js';
import { AskedToWait, failureOf } from './failureOf.js';
import { servicesAtWork, type ServiceOverrides } from './services.js';
import { Turns } from './turns.js';

export interface HttpOptions {
  readonly overrides: ServiceOverrides;
  readonly identity: Identity;
  readonly backOff: BackOff;
  readonly timeouts: Timeouts;
  /** Connections to one host. */
  readonly sockets: number;
  /** A Retry-After longer than this is not waited for. */
  readonly longestRetryAfterMs: number;
  /** For how long a kept answer is used without a question, on the first attempt at an article. */
  readonly freshMs: number;
  readonly signal: AbortSignal;
}

/** What has gone over the wire. */
export interface Traffic {
  requests: number;
  repeated: number;
  bytes: number;
  /** Answers that came from the cache, after a 304 or without a question. */
  spared: number;
}

/** A file in the cache. */
export interface Downloaded {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

const MAX_BODY = 64 << 20;
const MAX_FILE = 1 << 30;
const ABSENT: readonly number[] = [404, 410];
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 5;

/** How one source reaches its services. `fresh`: kept answers that are young are used without a question. */
export interface SourceHttp extends Http {
  /** Fetches a file into the cache. Null where the service does not have it. @throws SourceError */
  download(request: HttpRequest, md5?: string): Promise<Downloaded | null>;
}

/**
 * The one place from which requests leave: in turn, identified, repeated with growing waits, checked, and kept. What
 * fails for good is a `SourceError`.
 */
export class PoliteHttp {
  readonly traffic: Traffic = { requests: 0, repeated: 0, bytes: 0, spared: 0 };
  private readonly turns = new Map<string, Turns>();
  private readonly breakers = new Map<string, Breaker>();
  private agent: Dispatcher | undefined;

  constructor(
    private readonly options: HttpOptions,
    private readonly cache: ContentCache | null,
    private readonly random: () => number = Math.random,
  ) {}

  /** The client of one source. It reaches no other service than the source's own. */
  of(source: Source, fresh = false): SourceHttp {
    const services = servicesAtWork(
      source.services,
      this.options.overrides,
      this.options.identity.apiKey !== undefined,
    );
    for (const { baseUrl, perSecond } of services.values()) this.turnsOf(new URL(baseUrl).host, perSecond);
    const addressOf = (request: HttpRequest): Address => {
      const service = services.get(request.service);
      if (!service) throw new RangeError(`the source has no service '${request.service}'`);
      return address(service, request, this.options.identity);
    };
    return {
      signal: this.options.signal,
      get: (request) => this.get(request, addressOf(request), fresh),
      download: (request, md5) => this.download(request, addressOf(request), fresh, md5),
    };
  }

  /** Forgets an answer that turned out to be none. */
  async forget(url: string): Promise<void> {
    await this.cache?.drop(url);
  }

  async close(): Promise<void> {
    await this.agent?.destroy();
  }

  private async get(request: HttpRequest, at: Address, fresh: boolean): Promise<HttpAnswer | null> {
    const cache = at.cacheable ? this.cache : null;
    const entry = (await cache?.entry(at.shown)) ?? null;
    const kept = entry && cache ? await cache.bytes(entry) : null;
    if (entry && kept && this.isFresh(entry, request, fresh)) {
      this.traffic.spared++;
      return answerOf(at.shown, kept);
    }
    return this.repeat({ at, known: kept ? entry : null, absent: request.absent ?? ABSENT }, async (incoming) => {
      if (incoming === 'absent') return null;
      if (incoming === 'unchanged') {
        await cache?.note({ ...entry!, time: Date.now() });
        return answerOf(at.shown, kept!);
      }
      const body = await incoming.take(request.expect, request.maxBytes ?? MAX_BODY);
      this.traffic.bytes += body.length;
      assertMd5(request.md5, body, at.shown);
      const answer = answerOf(at.shown, body.bytes);
      if (request.isAbsent?.(answer.text())) return null;
      assertWhole(request.expect, answer);
      const fault = request.fault?.(answer.text());
      if (fault) throw new SourceError('service-error', `${at.shown}: ${fault}`);
      const taken = entryOf(at.shown, body, incoming);
      // What can neither be asked for again nor used without a question need not be kept.
      if (fresh || request.cache === 'forever' || taken.etag !== undefined || taken.lastModified !== undefined) {
        await cache?.keepBytes(body.bytes, taken);
      }
      return answer;
    });
  }

  private async download(
    request: HttpRequest,
    at: Address,
    fresh: boolean,
    md5: string | undefined,
  ): Promise<Downloaded | null> {
    const { cache } = this;
    if (!cache) throw new RangeError('files are fetched into a cache');
    const entry = await cache.entry(at.shown);
    const kept = entry !== null && (await cache.file(entry.sha256)) !== null;
    const again = (e: CacheEntry): Downloaded => ({ url: at.shown, sha256: e.sha256, bytes: e.bytes });
    if (entry && kept && this.isFresh(entry, request, fresh)) {
      this.traffic.spared++;
      return again(entry);
    }
    return this.repeat({ at, known: kept ? entry : null, absent: request.absent ?? ABSENT }, async (incoming) => {
      if (incoming === 'absent') return null;
      if (incoming === 'unchanged') {
        await cache.note({ ...entry!, time: Date.now() });
        return again(entry!);
      }
      const draft = cache.draft();
      const body = await incoming
        .take(request.expect, request.maxBytes ?? MAX_FILE, draft)
        .catch(async (error: unknown) => {
          await rm(draft, { force: true });
          throw error;
        });
      this.traffic.bytes += body.length;
      try {
        assertMd5(md5 ?? request.md5, body, at.shown);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      const taken = entryOf(at.shown, body, incoming);
      await cache.keep(draft, taken);
      return again(taken);
    });
  }

  private isFresh(entry: CacheEntry, request: HttpRequest, fresh: boolean): boolean {
    return request.cache === 'forever' || (fresh && Date.now() - entry.time < this.options.freshMs);
  }

  /** Asks until `use` succeeds, with growing waits between. @throws SourceError of the last attempt */
  private async repeat<T>(question: Question, use: (answer: Answered) => Promise<T>): Promise<T> {
    const { backOff, signal } = this.options;
    const { url, shown } = question.at;
    const breaker = this.breakerOf(new URL(url).host);
    for (let n = 1; ; n++) {
      breaker.admit(shown);
      if (n > 1) this.traffic.repeated++;
      try {
        const result = await this.inTurn(question, use);
        breaker.answered();
        return result;
      } catch (error) {
        if (signal.aborted) throw stopped(error);
        if (!(error instanceof SourceError) || !error.transient) throw error;
        if (n >= backOff.attempts || (error instanceof AskedToWait && error.ms > this.options.longestRetryAfterMs)) {
          breaker.gaveUp();
          throw error;
        }
        const wait = error instanceof AskedToWait ? error.ms : backOffMs(backOff, n + 1, this.random);
        await sleep(wait, undefined, { signal }).catch((reason: unknown) => {
          throw stopped(reason);
        });
      }
    }
  }

  /** One attempt, from its turn until `use` has taken the body in; redirects are followed, each in its turn. */
  private async inTurn<T>(question: Question, use: (answer: Answered) => Promise<T>): Promise<T> {
    const { at, known } = question;
    let url = at.url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const turns = this.turnsOf(new URL(url).host);
      const outcome = await turns.take(this.options.signal, async (): Promise<{ result: T } | { moved: string }> => {
        const incoming = await this.send(at, url, known);
        try {
          const location = REDIRECTS.has(incoming.status) ? incoming.header('location') : undefined;
          if (location === undefined) return { result: await use(await this.judge(incoming, question, turns)) };
          await incoming.discard();
          return { moved: new URL(location, url).href };
        } finally {
          incoming.done();
        }
      });
      if ('result' in outcome) return outcome.result;
      if (url.startsWith('https:') && outcome.moved.startsWith('http:'))
        throw new SourceError('refused', `${at.shown} leads away from https`);
      url = outcome.moved;
    }
    throw new SourceError('refused', `${at.shown} leads in a circle`);
  }

  private async send(at: Address, url: string, known: CacheEntry | null): Promise<Incoming> {
    this.traffic.requests++;
    this.agent ??= await connect(this.options);
    const headers: Record<string, string> = { 'user-agent': userAgent(this.options.identity), accept: '*/*' };
    if (at.body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    if (known?.etag !== undefined) headers['if-none-match'] = known.etag;
    if (known?.lastModified !== undefined) headers['if-modified-since'] = known.lastModified;
    const out = {
      url,
      shown: at.shown,
      method: at.body === undefined ? 'GET' : 'POST',
      headers,
      body: at.body,
    } as const;
    return exchange(this.agent, out, this.options.timeouts, this.options.signal);
  }

  /** What an answer is, by its status; a host that asks for patience is left alone. @throws SourceError */
  private async judge(incoming: Incoming, { at, absent }: Question, turns: Turns): Promise<Answered> {
    const { status } = incoming;
    if (status === 200) return incoming;
    await incoming.discard();
    if (status === 304) {
      this.traffic.spared++;
      return 'unchanged';
    }
    if (absent.includes(status)) return 'absent';
    const error = failureOf(status, incoming.header('retry-after'), at.shown, Date.now());
    // The host speaks to all who ask it, not to this request alone.
    if (error instanceof AskedToWait && error.ms <= this.options.longestRetryAfterMs) turns.pause(error.ms);
    else if (error.fault === 'too-many-requests') turns.pause(this.options.backOff.firstMs);
    throw error;
  }

  private turnsOf(host: string, perSecond = 3): Turns {
    let turns = this.turns.get(host);
    if (turns === undefined) this.turns.set(host, (turns = new Turns(perSecond, this.options.sockets)));
    else if (arguments.length > 1) turns.lower(perSecond);
    return turns;
  }

  private breakerOf(host: string): Breaker {
    let breaker = this.breakers.get(host);
    if (breaker === undefined) this.breakers.set(host, (breaker = new Breaker()));
    return breaker;
  }
}

/** What is asked for: where, which kept answer it may be, and the statuses that mean that there is none. */
interface Question {
  readonly at: Address;
  readonly known: CacheEntry | null;
  readonly absent: readonly number[];
}
type Answered = Incoming | 'absent' | 'unchanged';

const stopped = (cause: unknown): SourceError => new SourceError('stopped', 'stopped', { cause });

const userAgent = ({ tool, email }: Identity): string =>
  `${tool}/${VERSION}${email === undefined ? '' : ` (mailto:${email})`}`;
