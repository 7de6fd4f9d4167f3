// The whole way, measured: a search that finds so many articles is fetched from the local server, one answer in ten
// failing; then again, killed at random points. Run by hand, for it takes minutes:
//
//   npx tsx test/services/scenario.ts [--articles 25000] [--kills 10] [--rate 400] [--keep DIR]
//
// It prints a line of JSON for each of the two passes and one that compares them, and fails where they differ.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { draw } from './draw.js';
import type { ServiceCount } from './counts.js';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '25000' },
    kills: { type: 'string', default: '10' },
    rate: { type: 'string', default: '400' },
    command: { type: 'string', default: new URL('../../bin/run.js', import.meta.url).pathname },
    keep: { type: 'string' },
  },
});
const [articles, kills, rate] = [values.articles, values.kills, values.rate].map(Number);
const QUERY = '"case reports"[pt] AND brain tumor';
/** Changed bytes are another matter: only what has a checksum can be told from what was sent. */
const FAULTS = [
  '500',
  '503',
  'too-many',
  'cut',
  'reset',
  'html',
  'error',
  'empty',
  'truncated',
  'long-length',
  'short-length',
];

interface Told {
  readonly services: Readonly<Record<string, ServiceCount>>;
  readonly files_twice: readonly string[];
  readonly files_twice_count: number;
}
interface Outcome {
  readonly found: ReadonlyMap<string, string>;
  readonly tree: string;
}

/** A server of its own, so that what it holds is not counted as the fetcher's. */
async function server(): Promise<{ origin: string; process: ChildProcess }> {
  const options = {
    world: { articles, plain: true, subjects: ['brain tumor'], from: '2020-01-01', to: '2022-12-31', figures: 1 },
    faults: [
      { fault: FAULTS, oneIn: 10, retryAfter: 0 },
      { fault: 'garbled', services: ['pmc-cloud'], match: '\\.(xml|jpg)$', oneIn: 50 },
    ],
  };
  const script = new URL('run.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--options', JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', () => reject(new Error('the server did not start')));
  });
  const { urls } = JSON.parse(line) as { urls: Record<string, string> };
  return { origin: new URL(urls.eutils).origin, process: child };
}

const control = async <T>(origin: string, what: string): Promise<T> =>
  (await fetch(`${origin}/control/${what}`)).json() as Promise<T>;

function fetcher(origin: string, out: string): ChildProcess {
  const flags = [
    '--query',
    QUERY,
    '--from',
    '2020',
    '--to',
    '2022',
    '--license',
    'cc-by',
    '--email',
    'someone@example.org',
  ];
  const here = ['-o', out, '--base-url', `*=${origin}`, '--rate', `*=${rate}`, '--json', '--quiet'];
  return spawn(process.execPath, [values.command, 'fetch', ...flags, ...here], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Megabytes that a process holds; 0 when it is gone, or where the system does not say. */
function resident(child: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function pass(origin: string, out: string, killed: number, expected: number): Promise<Outcome> {
  const started = Date.now();
  const memory: number[] = [];
  let deaths = 0;
  for (;;) {
    const child = fetcher(origin, out);
    const begun = Date.now();
    const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    let summary = '';
    child.stdout!.on('data', (data) => (summary += String(data)));
    const watch = setInterval(() => memory.push(resident(child)), 1000);
    // Between starting up and what the whole pass may take, so that the deaths fall everywhere.
    const life = deaths < killed ? 700 + draw('life', deaths) * expected * (1 / (killed + 1)) * 2 : undefined;
    const timer = life === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), life);
    const code = await exit;
    clearInterval(watch);
    clearTimeout(timer);
    if (code === null) {
      deaths++;
      process.stderr.write(`killed after ${Date.now() - begun} ms (${deaths})\n`);
      continue;
    }
    const rows = readFileSync(join(out, 'manifest.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; status: string });
    const found = new Map(rows.map(({ id, status }) => [id, status]));
    const wanted = await control<string[]>(origin, `ids?query=${encodeURIComponent(QUERY)}`);
    const told = await control<Told>(origin, 'counts');
    const seen = memory.filter((megabytes) => megabytes > 0);
    const tenth = Math.max(1, Math.floor(seen.length / 10));
    const mean = (list: readonly number[]): number =>
      Math.round(list.reduce((sum, value) => sum + value, 0) / list.length);
    const statuses: Record<string, number> = {};
    for (const status of found.values()) statuses[status] = (statuses[status] ?? 0) + 1;
    process.stdout.write(
      `${JSON.stringify({
        articles: wanted.length,
        missing: wanted.filter((id) => !found.has(id)).length,
        foreign: found.size - wanted.filter((id) => found.has(id)).length,
        statuses,
        deaths,
        exit: code,
        seconds: Math.round((Date.now() - started) / 1000),
        megabytes: {
          after_a_fifth: mean(seen.slice(tenth, 2 * tenth + 1)),
          at_the_end: mean(seen.slice(-tenth)),
          most: Math.round(Math.max(...seen)),
        },
        requests: Object.fromEntries(Object.entries(told.services).map(([name, count]) => [name, count.requests])),
        peak: Object.fromEntries(Object.entries(told.services).map(([name, count]) => [name, count.peak])),
        limit: rate,
        files_twice: told.files_twice_count,
        summary: JSON.parse(summary || '{}') as unknown,
      })}\n`,
    );
    return { found, tree: treeOf(out) };
  }
}

/** One hash over the names and bytes of everything that was fetched. */
function treeOf(out: string): string {
  const hash = createHash('sha256');
  for (const id of readdirSync(out)
    .filter((name) => name.startsWith('PMC'))
    .sort()) {
    for (const file of readdirSync(join(out, id)).sort())
      hash.update(`${id}/${file}\0`).update(readFileSync(join(out, id, file)));
  }
  return hash.digest('hex');
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'legenda-fetch-'));
const outcomes: Outcome[] = [];
let took = 0;
try {
  for (const [name, deaths] of [
    ['whole', 0],
    ['killed', kills],
  ] as const) {
    const { origin, process: child } = await server();
    const begun = Date.now();
    outcomes.push(await pass(origin, join(folder, name), deaths, took));
    took = Date.now() - begun;
    child.kill();
  }
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
const same = {
  ids: [...outcomes[0].found.keys()].sort().join() === [...outcomes[1].found.keys()].sort().join(),
  files: outcomes[0].tree === outcomes[1].tree,
};
process.stdout.write(`${JSON.stringify({ same })}\n`);
process.exitCode = same.ids && same.files ? 0 : 1;
