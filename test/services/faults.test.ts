import { createConnection } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServices, type ServiceName, type Services } from './server.js';
import type { WorldArticle } from './world.js';

let services: Services;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices({ world: { articles: 400 } });
  articles = Array.from({ length: 400 }, (_, index) => services.world.at(index)!);
});
afterAll(() => services.close());
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

const ask = (service: ServiceName, path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${services.urls[service]}${path}`, init);
const read = async (service: ServiceName, path: string): Promise<string> => (await ask(service, path)).text();
const whole = (article: WorldArticle): boolean =>
  article.open && article.figures.some(({ state }) => state === 'there');

describe('faults', () => {
  const path = (): string => {
    const article = articles.find((each) => whole(each) && each.versions.length === 1)!;
    return `/${article.pmcid}.1/${article.pmcid}.1.xml`;
  };

  test('befall one request in N, the same ones each time', async () => {
    const statuses = async (): Promise<number[]> => {
      services.resetCounts();
      services.setFaults([{ fault: ['500', 'too-many'], oneIn: 10, services: ['idconv'] }]);
      const ids = articles.slice(0, 200).map(({ pmcid }) => pmcid);
      return Promise.all(ids.map(async (id) => (await ask('idconv', `/articles/?ids=${id}`)).status));
    };
    const first = await statuses();
    expect(first.filter((status) => status !== 200).length).toBeGreaterThan(8);
    expect(first.filter((status) => status !== 200).length).toBeLessThan(35);
    expect(new Set(first)).toEqual(new Set([200, 500, 429]));
    expect(await statuses()).toEqual(first);
  });

  test('come in bursts, or on the first attempts only', async () => {
    services.setFaults([{ fault: '500', every: 5, length: 2 }]);
    const statuses: number[] = [];
    for (let at = 0; at < 10; at++) statuses.push((await ask('idconv', '/articles/?ids=PMC1')).status);
    expect(statuses).toEqual([200, 200, 200, 500, 500, 200, 200, 200, 500, 500]);
    services.resetCounts();
    services.setFaults([{ fault: 'too-many', times: 1, retryAfter: 7 }]);
    const refused = await ask('idconv', '/articles/?ids=PMC1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await ask('idconv', '/articles/?ids=PMC1')).status).toBe(200);
  });

  test('of the answer', async () => {
    const spoiled = async (fault: string, service: ServiceName, at: string): Promise<Response> =>
      ask(service, at, { headers: { 'x-fault': fault } });
    const plain = await read('pmc-cloud', path());
    const html = await spoiled('html', 'pmc-cloud', path());
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(await (await spoiled('truncated', 'pmc-cloud', path())).text()).toBe(plain.slice(0, plain.length >> 1));
    const garbled = await (await spoiled('garbled', 'pmc-cloud', path())).text();
    expect([garbled.length, garbled === plain]).toEqual([plain.length, false]);
    expect(await (await spoiled('error', 'eutils', '/esearch.fcgi?db=pmc&term=x')).text()).toContain('<ERROR>');
    expect(await (await spoiled('empty', 'pmc-cloud', path())).text()).toBe('');
    expect(await (await spoiled('front-only', 'pmc-cloud', path())).text()).not.toContain('<body>');
    expect(await (await spoiled('wrong-article', 'pmc-cloud', path())).text()).not.toContain(/PMC\d+/.exec(path())![0]);
    expect(await (await spoiled('xml-bomb', 'pmc-cloud', path())).text()).toContain('<!ENTITY l9');
    const zip = `/${/PMC\d+/.exec(path())![0]}/supplementaryFiles`;
    expect(
      Buffer.from(await (await spoiled('zip-slip', 'europepmc', zip)).arrayBuffer()).includes('../../escaped.jpg'),
    ).toBe(true);
    expect((await (await spoiled('zip-bomb', 'europepmc', zip)).arrayBuffer()).byteLength).toBeLessThan(1 << 20);
    expect(services.counts.twice(/\.xml$/)).toEqual([]);
  });

  test('of the connection', async () => {
    const outcome = async (fault: string): Promise<string> => {
      try {
        const answer = await ask('pmc-cloud', path(), {
          headers: { 'x-fault': fault },
          signal: AbortSignal.timeout(300),
        });
        return `${(await answer.text()).length}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    const length = (await read('pmc-cloud', path())).length;
    expect(await outcome('slow')).toBe(String(length));
    expect(await outcome('stall')).toBe('TimeoutError');
    for (const fault of ['cut', 'reset', 'long-length']) expect(await outcome(fault)).toBe('TypeError');
    expect(services.counts.services['pmc-cloud'].faults).toMatchObject({ slow: 1, cut: 1, reset: 1, 'long-length': 1 });
    const raw = await new Promise<string>((resolve) => {
      const { hostname, port, pathname } = new URL(`${services.urls['pmc-cloud']}${path()}?_fault=short-length`);
      const socket = createConnection(Number(port), hostname);
      let got = '';
      socket.on('data', (chunk) => (got += chunk.toString())).on('close', () => resolve(got));
      socket.write(`GET ${pathname}?_fault=short-length HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
    expect(Number(/Content-Length: (\d+)/.exec(raw)![1])).toBeLessThan(raw.length - raw.indexOf('\r\n\r\n') - 4);
  });
});

describe('counting', () => {
  test('by service, second and address', async () => {
    const id = articles[0].pmcid;
    await Promise.all(
      Array.from({ length: 8 }, () => ask('idconv', `/articles/?ids=${id}&tool=t&email=e@example.org`)),
    );
    await ask('idconv', '/articles/?ids=PMC2');
    expect(services.counts.services.idconv).toMatchObject({ requests: 9, peak: 9, anonymous: 1, statuses: { 200: 9 } });
    expect(services.counts.paths.get(`/idconv/articles/?ids=${id}`)).toMatchObject({ requests: 8, whole: 8 });
    expect(services.counts.twice()).toEqual([`/idconv/articles/?ids=${id}`]);
  });

  test('a service that refuses too many does so only then', async () => {
    const strict = await startServices({ limits: { idconv: 3 }, apart: true });
    try {
      expect(new Set(Object.values(strict.urls).map((url) => new URL(url).port)).size).toBe(6);
      const statuses = await Promise.all(
        Array.from({ length: 5 }, async () => (await fetch(`${strict.urls.idconv}/articles/?ids=PMC1`)).status),
      );
      expect(statuses.sort()).toEqual([200, 200, 200, 429, 429]);
      await new Promise((resolve) => setTimeout(resolve, 1050));
      expect((await fetch(`${strict.urls.idconv}/articles/?ids=PMC1`)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
