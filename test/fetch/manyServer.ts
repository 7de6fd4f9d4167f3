import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A library of many small articles in a process of its own: a page of ids for each day, descriptions by the batch, texts.
// One answer in ten fails, told by the address and how often it was asked for.

const [articles, days] = process.argv.slice(2).map(Number);
const asked = new Map<string, number>();
const whole = new Map<string, number>();
const first = (day: number): number => Math.floor((day * articles) / days);

function answerTo(path: string): string {
  const [, what, from, to] = path.split('/');
  if (what === 'day')
    return JSON.stringify(
      Array.from({ length: first(Number(from) + 1) - first(Number(from)) }, (_, i) => first(Number(from)) + i + 1),
    );
  if (what === 'describe') return JSON.stringify(Array.from({ length: Number(to) }, (_, i) => Number(from) + i));
  return `<article><front><article-meta><article-id pub-id-type="pmc">${from}</article-id></article-meta></front><body><p>Article ${from} of many.</p></body></article>`;
}

const FAULTS = ['500', 'html', 'cut', 'short'] as const;
const server = createServer((request, response) => {
  const path = request.url!;
  const n = asked.get(path) ?? 0;
  asked.set(path, n + 1);
  let hash = n * 31;
  for (let i = 0; i < path.length; i++) hash = (Math.imul(hash, 131) + path.charCodeAt(i)) >>> 0;
  const body = answerTo(path);
  if (hash % 10 === 0) {
    const fault = FAULTS[(hash >> 4) % FAULTS.length];
    if (fault === '500') return void response.writeHead(500).end();
    if (fault === 'html') return void response.end('<html><body>Back soon</body></html>');
    if (fault === 'cut') return void response.destroy();
    return void response.end(body.slice(0, body.length >> 1));
  }
  whole.set(path, (whole.get(path) ?? 0) + 1);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const requests = [...asked.values()].reduce((sum, n) => sum + n, 0);
  const twice = [...whole].filter(([path, n]) => n > 1 && path.startsWith('/text/')).map(([path]) => path);
  process.send!({ requests, twice });
});
