// The server by itself: `npx tsx test/services/run.ts [--port 8765] [--options '{"world":{"articles":25000}}']`.
// It prints one line of JSON: the base addresses, for `legenda fetch --base-url`.
import { parseArgs } from 'node:util';
import { startServices, type ServicesOptions } from './server.js';

const { values } = parseArgs({ options: { port: { type: 'string' }, options: { type: 'string' } } });
const options = JSON.parse(values.options ?? '{}') as ServicesOptions;
const services = await startServices({ ...options, ...(values.port ? { port: Number(values.port) } : {}) });
process.stdout.write(
  `${JSON.stringify({ urls: services.urls, base_urls: services.baseUrls, articles: services.world.size })}\n`,
);
