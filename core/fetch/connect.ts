import type { Dispatcher } from 'undici';
import type { Timeouts } from './exchange.js';

interface ConnectOptions {
  readonly timeouts: Pick<Timeouts, 'connectMs'>;
  /** Connections to one host. */
  readonly sockets: number;
}

/** What keeps connections open and counts them, through a proxy where the environment names one: many labs reach the world so. */
export async function connect({ timeouts, sockets }: ConnectOptions): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const options = { connect: { timeout: timeouts.connectMs }, connections: sockets, keepAliveTimeout: 10_000 };
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY, no_proxy, NO_PROXY } = process.env;
  if (!(https_proxy || HTTPS_PROXY || http_proxy || HTTP_PROXY)) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    noProxy: ['127.0.0.1', 'localhost', no_proxy ?? NO_PROXY ?? ''].join(','),
  });
}
