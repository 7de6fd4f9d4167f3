import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { json, text, type Answer, type Service } from './answer.js';
import { bioc } from './bioc.js';
import { bucket } from './bucket.js';
import { Counts } from './counts.js';
import { europepmc } from './europepmc.js';
import { eutils } from './eutils.js';
import { FaultPlan, spoil, type Chosen, type Fault, type FaultRule } from './faults.js';
import { find } from './find.js';
import { idconv } from './idconv.js';
import { oai } from './oai.js';
import { World, type WorldOptions } from './world.js';

export const SERVICES = ['pmc-cloud', 'eutils', 'idconv', 'oai-pmh', 'bioc', 'europepmc'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface ServicesOptions {
  readonly world?: Partial<WorldOptions>;
  readonly faults?: readonly FaultRule[];
  /** Requests a second above which a service refuses, with 429. Not enforced where absent; counted always. */
  readonly limits?: Partial<Readonly<Record<ServiceName, number>>>;
  /** Every service on a port of its own, as every service has a host of its own. Default: all on one. */
  readonly apart?: boolean;
  readonly port?: number;
}

export interface Services {
  readonly world: World;
  /** Base address of each service, without a slash at the end. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** What `--base-url` takes. */
  readonly baseUrls: string;
  readonly counts: Counts;
  /** Other faults from now on. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Forgets what was counted. */
  resetCounts(): void;
  /** PMCIDs that a search in Entrez's language finds, oldest first. */
  idsOf(query: string): string[];
  close(): Promise<void>;
}

/** Services that are asked who is asking. */
const NCBI: ReadonlySet<string> = new Set(['eutils', 'idconv']);

/**
 * A server that answers as the services of PMC, PubMed and Europe PMC do, faults included, from a made-up library.
 * A header `x-fault`, or a parameter `_fault`, brings one fault upon one request.
 */
export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const world = new World(options.world);
  const services: Readonly<Record<ServiceName, Service>> = {
    'pmc-cloud': bucket(world),
    eutils: eutils(world),
    idconv: idconv(world),
    'oai-pmh': oai(world),
    bioc: bioc(world),
    europepmc: europepmc(world),
  };
  let counts = new Counts();
  let plan = new FaultPlan(options.faults ?? [], world.options.seed);
  const setFaults = (rules: readonly FaultRule[]): void => {
    plan = new FaultPlan(rules, world.options.seed);
  };
  const resetCounts = (): void => {
    counts = new Counts();
  };
  const idsOf = (query: string): string[] =>
    Array.from(find(world, query), (index) => world.at(index)!.pmcid).reverse();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, 'http://local');
    const [, name, path] = /^\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const body = await bodyOf(request);
    if (name === 'control') return send(response, control(path, url.searchParams, body));
    const service = services[name as ServiceName];
    if (!service) return send(response, text('Not found', 404));
    const params = url.searchParams;
    for (const [key, value] of new URLSearchParams(body)) params.append(key, value);
    const anonymous = NCBI.has(name) && !(params.get('tool') && params.get('email'));
    const own = (request.headers['x-fault'] ?? params.get('_fault')) as Fault | null | undefined;
    for (const key of ['tool', 'email', 'api_key', '_fault']) params.delete(key);
    const address = `/${name}${path}${params.size > 0 ? `?${params}` : ''}`;
    const now = performance.now();
    const limit = options.limits?.[name as ServiceName];
    const refused = limit !== undefined && counts.load(name, now) >= limit;
    const attempt = counts.asked(name, address, now, anonymous);
    const chosen: Chosen | undefined = refused
      ? { fault: 'too-many', rule: { fault: 'too-many' } }
      : own
        ? { fault: own, rule: { fault: own } }
        : plan.choose(name, address, attempt);
    let answer = service({ path, params });
    if (chosen) answer = spoil(answer, chosen, address, world);
    const seen = request.headers['if-none-match'];
    if (answer.status === 200 && answer.headers?.etag !== undefined && seen === answer.headers.etag) {
      answer = { ...answer, status: 304, body: Buffer.alloc(0) };
    }
    const counted = counts;
    response.on('close', () => {
      // A fault that leaves the bytes as they are still brings the file.
      const whole =
        answer.status === 200 && response.writableFinished && (chosen === undefined || chosen.fault === 'slow');
      counted.answered(name, address, answer.status, whole, chosen?.fault);
    });
    await deliver(response, answer, chosen);
  };

  const control = (path: string, params: URLSearchParams, body: string): Answer => {
    if (path === '/ids') return json(JSON.stringify(idsOf(params.get('query') ?? '')));
    if (path === '/faults') setFaults(JSON.parse(body) as FaultRule[]);
    if (path === '/reset') resetCounts();
    if (path === '/today') world.goTo(params.get('date')!);
    const twice = counts.twice(/\.(xml|jpg)$|supplementaryFiles|fullTextXML/);
    return json(
      JSON.stringify({
        services: counts.services,
        addresses: counts.paths.size,
        files_twice: twice.slice(0, 200).map((address) => ({ address, first: counts.paths.get(address)!.first })),
        files_twice_count: twice.length,
      }),
    );
  };

  const servers: Server[] = [];
  const listen = async (port: number): Promise<string> => {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const first = await listen(options.port ?? 0);
  const urls: Partial<Record<ServiceName, string>> = {};
  for (const name of SERVICES) {
    const origin = options.apart && name !== 'pmc-cloud' ? await listen(0) : first;
    urls[name] = `${origin}/${name}`;
  }
  return {
    world,
    urls: urls as Record<ServiceName, string>,
    baseUrls: SERVICES.map((name) => `${name}=${urls[name]}`).join(','),
    get counts() {
      return counts;
    },
    setFaults,
    resetCounts,
    idsOf,
    async close() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers });
  response.end(body);
}

/** Sends the answer, with whatever is to befall the connection. */
async function deliver(response: ServerResponse, answer: Answer, chosen: Chosen | undefined): Promise<void> {
  const { status, type, body, headers } = answer;
  const half = body.subarray(0, body.length >> 1);
  const head = (length: number): ServerResponse =>
    response.writeHead(status, { 'content-type': type, 'content-length': length, ...headers });
  switch (chosen?.fault) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, chosen.rule.ms ?? 200));
      return send(response, answer);
    case 'reset':
      response.destroy();
      return;
    case 'stall':
      head(body.length).write(half);
      return;
    case 'cut':
      head(body.length).write(half, () => response.destroy());
      return;
    case 'long-length':
      head(body.length + 100).write(body, () => response.destroy());
      return;
    case 'short-length':
      // What is behind the promised length would be read as the next answer, so nothing may follow.
      response.socket!.end(
        Buffer.concat([
          Buffer.from(
            `HTTP/1.1 ${status} OK\r\nContent-Type: ${type}\r\nContent-Length: ${half.length}\r\nConnection: close\r\n\r\n`,
          ),
          body,
        ]),
      );
      return;
    default:
      send(response, answer);
  }
}
