import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContentCache } from '../../core/fetch/cache.js';
import { PoliteHttp, type HttpOptions } from '../../core/fetch/http.js';
import type { Http, HttpRequest, Source, SourceService } from '../../core/plugin/index.js';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds of the server's clock. */
  readonly at: number;
}
export interface LocalServer {
  readonly url: string;
  /** Everything that was asked for, in order. */
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** A server whose answers a test writes. `n` counts the requests of the same address, from 0. */
export async function localServer(
  answer: (response: ServerResponse, asked: Asked, n: number) => void,
): Promise<LocalServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const one: Asked = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        body,
        at: performance.now(),
      };
      const n = asked.filter(({ url }) => url === one.url).length;
      asked.push(one);
      answer(response, one, n);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const FAST: Omit<HttpOptions, 'signal'> = {
  overrides: { baseUrls: new Map(), rates: new Map() },
  identity: { tool: 'legenda', email: 'reader@example.org' },
  backOff: { attempts: 4, firstMs: 4, longestMs: 30 },
  timeouts: { connectMs: 2000, headersMs: 400, bodyMs: 400, wholeMs: 2000 },
  sockets: 8,
  longestRetryAfterMs: 5000,
  freshMs: 3_600_000,
};

/** A source with one service, `local`, at a local server. */
export function sourceAt(url: string, service: Partial<SourceService> = {}): Source {
  return { services: [{ name: 'local', baseUrl: url, perSecond: 100_000, ...service }] };
}
export const at = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  service: 'local',
  path,
  expect: 'text',
  ...more,
});

/** Many small files are quicker in memory, where there is such a place with room in it. */
function quickFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 2e9 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

export function scratch(): {
  readonly folder: string;
  readonly at: (name: string) => string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(quickFolder(), 'legenda-fetch-'));
  return { folder, at: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Client {
  readonly polite: PoliteHttp;
  readonly http: ReturnType<PoliteHttp['of']> & Http;
  readonly cache: ContentCache;
}
export async function clientOf(
  source: Source,
  folder: string,
  options: Partial<HttpOptions> = {},
  fresh = false,
): Promise<Client> {
  const cache = await ContentCache.open(join(folder, 'cache'));
  const polite = new PoliteHttp({ ...FAST, signal: new AbortController().signal, ...options }, cache);
  return { polite, http: polite.of(source, fresh), cache };
}
