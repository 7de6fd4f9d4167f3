import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpOptions } from '../../core/fetch/http.js';
import { SourceError, type HttpRequest, type SourceService } from '../../core/plugin/index.js';
import { at, clientOf, FAST, localServer, scratch, sourceAt, type Asked, type LocalServer } from './local.js';
import type { ServerResponse } from 'node:http';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

let disk: ReturnType<typeof scratch>;
let server: LocalServer | undefined;
beforeEach(() => void (disk = scratch()));
afterEach(async () => {
  await server?.close();
  disk.remove();
});

type Answer = (response: ServerResponse, asked: Asked, n: number) => void;
async function client(
  answer: Answer,
  options: Partial<HttpOptions> = {},
  service: Partial<SourceService> = {},
  fresh = false,
) {
  server = await localServer(answer);
  return clientOf(sourceAt(server.url, service), disk.folder, options, fresh);
}
const faultOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof SourceError ? error.fault : String(error)),
  );
const ok = (response: ServerResponse, body: string | Buffer = 'fine', headers: Record<string, string> = {}): void =>
  void response.writeHead(200, { 'content-length': String(Buffer.byteLength(body)), ...headers }).end(body);

describe('an answer', () => {
  it.each<[string, HttpRequest['expect'], Answer, string]>([
    ['a page of HTML with status 200', 'xml', (r) => ok(r, '<!DOCTYPE html><html><body>Sorry</body></html>'), 'html'],
    ['a page of HTML for a picture', 'image', (r) => ok(r, '<html><body>Sorry</body></html>'), 'html'],
    ['nothing with status 200', 'xml', (r) => ok(r, ''), 'bad-answer'],
    ['words where JSON was asked for', 'json', (r) => ok(r, 'No result can be found.'), 'bad-answer'],
    ['half of some JSON', 'json', (r) => ok(r, '{"a":[1,2'), 'bad-answer'],
    ['half of some XML with its length', 'xml', (r) => ok(r, '<?xml version="1.0"?><set><a>1</a><b>'), 'length'],
    ['half of a picture with its length', 'image', (r) => ok(r, PNG.subarray(0, 40)), 'length'],
    ['status 500', 'text', (r) => void r.writeHead(500).end('x'), 'server-error'],
    ['status 403', 'text', (r) => void r.writeHead(403).end('x'), 'refused'],
    ['a connection that ends at once', 'text', (r) => void r.destroy(), 'connection'],
    [
      'a connection that ends in the middle',
      'text',
      (r) => {
        r.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => r.destroy(), 20);
      },
      'connection',
    ],
    ['no headers in time', 'text', () => undefined, 'timeout'],
    ['a body that stops', 'text', (r) => void r.writeHead(200, { 'content-length': '100' }).write('half'), 'timeout'],
    ['more than is taken', 'text', (r) => ok(r, 'x'.repeat(2000)), 'too-large'],
    ['more than is taken, without its length', 'text', (r) => void r.writeHead(200).end('x'.repeat(2000)), 'too-large'],
    [
      'a gzip body that grows',
      'text',
      (r) => ok(r, gzipSync('x'.repeat(1 << 20)), { 'content-encoding': 'gzip' }),
      'too-large',
    ],
  ])('that is %s is an error', async (_, expected, answer, fault) => {
    // Waiting for nothing takes a second: twice is enough.
    const attempts = fault === 'timeout' ? 2 : FAST.backOff.attempts;
    const { http, polite } = await client(answer, { backOff: { ...FAST.backOff, attempts } });
    expect(await faultOf(http.get(at('/a', { expect: expected, maxBytes: 1000 })))).toBe(fault);
    const tried = ['refused', 'too-large'].includes(fault) ? 1 : attempts;
    expect(server!.asked).toHaveLength(tried);
    await polite.close();
  });

  it('that says in words that it failed is repeated', async () => {
    const { http } = await client((r, _, n) => ok(r, n < 2 ? '<r><ERROR>busy</ERROR></r>' : '<r/>'));
    const answer = await http.get(
      at('/a', { expect: 'xml', fault: (body) => /<ERROR>(.*?)</.exec(body)?.[1] ?? null }),
    );
    expect(answer!.text()).toBe('<r/>');
    expect(server!.asked).toHaveLength(3);
  });

  it('of 404, and one that says so in words, means that there is none', async () => {
    const { http } = await client((r, { url }) =>
      url === '/a' ? void r.writeHead(404).end('<html>') : ok(r, 'No result'),
    );
    expect(await http.get(at('/a'))).toBeNull();
    expect(await http.get(at('/b', { isAbsent: (body) => body.startsWith('No result') }))).toBeNull();
    expect(await http.download(at('/a'))).toBeNull();
    expect(server!.asked).toHaveLength(3);
  });

  it('is unzipped', async () => {
    const { http } = await client((r) => ok(r, gzipSync('words'), { 'content-encoding': 'gzip' }));
    expect((await http.get(at('/a')))!.text()).toBe('words');
  });

  it('may be elsewhere', async () => {
    const { http } = await client((r, { url }) =>
      url === '/a' ? void r.writeHead(301, { location: '/b' }).end() : ok(r, 'there'),
    );
    expect((await http.get(at('/a')))!.text()).toBe('there');
    await server!.close();
    const circle = await client((r) => void r.writeHead(302, { location: '/a' }).end());
    expect(await faultOf(circle.http.get(at('/a')))).toBe('refused');
  });
});

describe('a request', () => {
  it('says who asks, and shows the key to nobody', async () => {
    const service = { identify: { tool: 'tool', email: 'email', apiKey: 'api_key' } };
    const { http, cache } = await client(
      (r) => ok(r, 'fine', { etag: '"1"' }),
      { identity: { tool: 'legenda', email: 'a@b.org', apiKey: 'SECRET' } },
      service,
    );
    const answer = await http.get(at('/a', { query: { id: 7, none: undefined } }));
    expect(server!.asked[0].url).toBe('/a?id=7&tool=legenda&email=a%40b.org&api_key=SECRET');
    expect(server!.asked[0].headers['user-agent']).toMatch(/^legenda\/[\d.]+ \(mailto:a@b\.org\)$/);
    expect(answer!.url).toBe(`${server!.url}/a?id=7`);
    expect(JSON.stringify(await cache.entry(answer!.url))).not.toContain('SECRET');
    expect(await faultOf(http.get(at('/gone', { absent: [], expect: 'json' })))).toBe('bad-answer');
  });

  it('with a long list goes by POST, and is not kept', async () => {
    const { http } = await client((r) => ok(r), {}, { identify: { tool: 'tool' } });
    for (let i = 0; i < 2; i++) await http.get(at('/a', { form: { id: '1,2,3' } }));
    expect(server!.asked.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/a', 'id=1%2C2%2C3&tool=legenda'],
      ['POST', '/a', 'id=1%2C2%2C3&tool=legenda'],
    ]);
  });

  it('goes to the services of its own source only', async () => {
    const { http } = await client((r) => ok(r));
    expect(() => http.get({ service: 'other', path: '/', expect: 'text' })).toThrow(/no service 'other'/);
  });

  it('ends with the pass', async () => {
    const stop = new AbortController();
    const { http } = await client(() => undefined, {
      signal: stop.signal,
      timeouts: { ...FAST.timeouts, headersMs: 60_000 },
    });
    setTimeout(() => stop.abort(), 30);
    expect(await faultOf(http.get(at('/a')))).toBe('stopped');
  });
});

describe('waiting', () => {
  it('grows, with jitter, up to a longest wait', async () => {
    const { backOffMs } = await import('../../core/fetch/backOff.js');
    const times = { attempts: 9, firstMs: 1000, longestMs: 10_000 };
    expect([2, 3, 4, 5, 6, 7].map((n) => backOffMs(times, n, () => 1))).toEqual([
      1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
    expect([2, 3].map((n) => backOffMs(times, n, () => 0))).toEqual([500, 1000]);
  });

  it('is as long as Retry-After says, for every request to the host', async () => {
    const { http } = await client((r, { url }, n) =>
      url === '/a' && n === 0 ? void r.writeHead(429, { 'retry-after': '0.4' }).end() : ok(r),
    );
    const first = http.get(at('/a'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first, http.get(at('/b')), http.get(at('/c'))]);
    const [refused, ...later] = server!.asked;
    expect(later).toHaveLength(3);
    for (const { at: when } of later) expect(when - refused.at).toBeGreaterThanOrEqual(395);
  });

  it('reads Retry-After as seconds or as a date', async () => {
    const { retryAfterMs } = await import('../../core/fetch/backOff.js');
    const now = Date.UTC(2026, 0, 1, 12, 0, 0);
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 12:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 11:00:30 GMT', now)).toBe(0);
    expect(retryAfterMs('soon', now)).toBeNull();
    expect(retryAfterMs(undefined, now)).toBeNull();
  });

  it('is given up where Retry-After asks for longer than anybody waits', async () => {
    const { http } = await client((r) => void r.writeHead(503, { 'retry-after': '86400' }).end());
    expect(await faultOf(http.get(at('/a')))).toBe('server-error');
    expect(server!.asked).toHaveLength(1);
  });

  it('does not go on for every request at a host that is down', async () => {
    const { http } = await client((r) => void r.writeHead(500).end());
    for (let i = 0; i < 12; i++) expect(await faultOf(http.get(at(`/${i}`)))).toMatch(/server-error|connection/);
    expect(server!.asked).toHaveLength(5 * FAST.backOff.attempts);
  });
});

describe('the limit of a host', () => {
  /** Most requests within any second, as the server saw them. */
  const peak = (asked: readonly Asked[]): number =>
    Math.max(...asked.map(({ at: from }) => asked.filter(({ at: to }) => to >= from && to < from + 1000).length));

  it('is never passed, whatever is repeated', async () => {
    const { http } = await client((r, _, n) => (n === 0 ? void r.writeHead(500).end() : ok(r)), {}, { perSecond: 10 });
    await Promise.all(Array.from({ length: 8 }, (_, i) => http.get(at(`/${i}`))));
    expect(server!.asked).toHaveLength(16);
    expect(peak(server!.asked)).toBeLessThanOrEqual(10);
  });

  it('is three a second without a key, ten with one, and what the user says', async () => {
    const { servicesAtWork } = await import('../../core/fetch/services.js');
    const services = [{ name: 'eutils', baseUrl: 'https://x.org/', perSecond: 3, perSecondWithKey: 10 }];
    const none = { baseUrls: new Map<string, string>(), rates: new Map<string, number>() };
    const limit = (overrides: typeof none, key: boolean): number =>
      servicesAtWork(services, overrides, key).get('eutils')!.perSecond;
    expect([limit(none, false), limit(none, true), limit({ ...none, rates: new Map([['eutils', 1]]) }, true)]).toEqual([
      3, 10, 1,
    ]);
  });

  it('is shared by services of one host, the lowest for all', async () => {
    server = await localServer((r) => ok(r));
    const source = {
      services: [
        { name: 'a', baseUrl: `${server.url}/a`, perSecond: 1000 },
        { name: 'b', baseUrl: `${server.url}/b`, perSecond: 8 },
      ],
    };
    const { http } = await clientOf(source, disk.folder);
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => http.get({ service: i % 2 ? 'a' : 'b', path: `/${i}`, expect: 'text' })),
    );
    expect(peak(server.asked)).toBeLessThanOrEqual(8);
  });
});

describe('the cache', () => {
  it('asks again by ETag and Last-Modified, and takes 304 for an answer', async () => {
    const { http, polite } = await client((r, { headers }) =>
      headers['if-none-match'] === '"7"'
        ? void r.writeHead(304).end()
        : ok(r, 'seven', { etag: '"7"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
    );
    for (let i = 0; i < 2; i++) expect((await http.get(at('/a')))!.text()).toBe('seven');
    expect(server!.asked[1].headers).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
    expect(polite.traffic).toMatchObject({ requests: 2, spared: 1 });
  });

  it('does not ask again for what never changes, and for nothing young on a first attempt', async () => {
    const { http, polite } = await client((r) => ok(r, PNG), {}, {}, true);
    for (let i = 0; i < 2; i++) await http.download(at('/a', { expect: 'image' }));
    expect(server!.asked).toHaveLength(1);
    const again = polite.of(sourceAt(server!.url), false);
    await again.download(at('/a', { expect: 'image' }));
    expect(server!.asked).toHaveLength(2);
    for (let i = 0; i < 2; i++) await again.download(at('/b', { expect: 'image', cache: 'forever' }));
    expect(server!.asked).toHaveLength(3);
  });

  it('keeps a body once, and fetches a damaged one again', async () => {
    const { http, cache } = await client((r) => ok(r, PNG, { etag: '"p"' }));
    const a = await http.download(at('/a', { expect: 'image', cache: 'forever' }));
    const b = await http.download(at('/b', { expect: 'image', cache: 'forever' }));
    expect(a!.sha256).toBe(createHash('sha256').update(PNG).digest('hex'));
    expect(b!.sha256).toBe(a!.sha256);
    await cache.place(a!.sha256, disk.at('one.png'));
    expect(readFileSync(disk.at('one.png')).equals(PNG)).toBe(true);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(disk.at('one.png'), 'spoilt in place');
    await http.download(at('/a', { expect: 'image', cache: 'forever' }));
    expect(server!.asked).toHaveLength(3);
    expect(server!.asked[2].headers['if-none-match']).toBeUndefined();
  });

  it('refuses a file that has another checksum than its service states', async () => {
    const md5 = createHash('md5').update(PNG).digest('hex');
    const spoilt = Buffer.from(PNG);
    spoilt[20] ^= 1;
    const { http } = await client((r, _, n) => ok(r, n === 0 ? spoilt : PNG));
    expect((await http.download(at('/a', { expect: 'image' }), md5))!.bytes).toBe(PNG.length);
    expect(server!.asked).toHaveLength(2);
    expect(await faultOf(http.download(at('/b', { expect: 'image' }), '0'.repeat(32)))).toBe('checksum');
  });
});
