// The whole way, measured: a search that finds so many articles is fetched from the local server, one answer in ten
// failing, and the fetching killed at random points. What is there in the end is held against the library, byte by byte.
// Run by hand, for it takes minutes:
//
//   npx tsx test/services/scenario.ts [--articles 25000] [--kills 10] [--life 30] [--rate 1000] [--jobs 8] [--keep DIR]
//
// It prints one line of JSON, and fails where anything is missing, different or was fetched twice, or a limit was passed.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ServiceCount } from './counts.js';
import { draw } from './draw.js';
import { jatsDocument } from './jats.js';
import { pictureOf } from './picture.js';
import { World, type WorldArticle } from './world.js';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '25000' },
    kills: { type: 'string', default: '10' },
    /** Mean seconds between two of them. */
    life: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
    jobs: { type: 'string', default: '8' },
    command: { type: 'string', default: new URL('../../bin/run.js', import.meta.url).pathname },
    keep: { type: 'string' },
  },
});
const [articles, kills, rate] = [values.articles, values.kills, values.rate].map(Number);
const world = { articles, plain: true, subjects: ['brain tumor'], from: '2020-01-01', to: '2022-12-31', figures: 1 };
const library = new World(world);

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
const faults = [
  { fault: FAULTS, oneIn: 10, retryAfter: 0 },
  { fault: 'garbled', services: ['pmc-cloud'], match: '\\.(xml|jpg)$', oneIn: 50 },
];

/** Milliseconds between a file's last byte and its place on the disk: it is hashed, written and named in between. */
const ON_THE_WAY = 1000;

interface Told {
  readonly services: Readonly<Record<string, ServiceCount>>;
  readonly files_twice: readonly { readonly address: string; readonly first: number }[];
  readonly files_twice_count: number;
}

/** A process of its own, so that what it holds is not counted as the fetcher's. */
async function server(): Promise<{ origin: string; process: ChildProcess }> {
  const script = new URL('run.ts', import.meta.url).pathname;
  const options = ['--options', JSON.stringify({ world, faults })];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', () => reject(new Error('the server did not start')));
  });
  const { urls } = JSON.parse(line) as { urls: Record<string, string> };
  return { origin: new URL(urls.eutils).origin, process: child };
}

function fetcher(origin: string, out: string): ChildProcess {
  const query = ['--query', 'case reports[pt] AND brain tumor', '--from', '2020', '--to', '2022', '--license', 'cc-by'];
  const here = ['-o', out, '--base-url', `*=${origin}`, '--rate', `*=${rate}`, '--jobs', values.jobs];
  const flags = [...query, ...here, '--email', 'someone@example.org', '--json', '--quiet'];
  return spawn(process.execPath, [values.command, 'fetch', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Megabytes that a process holds; 0 when it is gone, or where the system does not say. */
function resident(child: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** When it was killed, in milliseconds since 1970. */
const deaths: number[] = [];

/** Runs until one run was left alone. */
async function untilDone(
  origin: string,
  out: string,
): Promise<{ exit: number | null; memory: number[]; summary: string }> {
  for (;;) {
    const child = fetcher(origin, out);
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    let summary = '';
    child.stdout!.on('data', (data) => (summary += String(data)));
    const memory: number[] = [];
    const watch = setInterval(() => memory.push(resident(child)), 1000);
    const life = 300 + draw('life', deaths.length) * 2000 * Number(values.life);
    const kill = (): void => {
      deaths.push(Date.now());
      child.kill('SIGKILL');
    };
    const timer = deaths.length < kills ? setTimeout(kill, life) : undefined;
    const exit = await ended;
    clearInterval(watch);
    clearTimeout(timer);
    if (exit !== null) return { exit, memory: memory.filter((megabytes) => megabytes > 0), summary };
    process.stderr.write(`killed after ${Math.round(life)} ms\n`);
  }
}

/** How a folder differs from what the library has of an article, or null. */
function difference(out: string, article: WorldArticle): string | null {
  const { pmcid, figures, versions } = article;
  const wanted = new Map<string, Buffer>([
    [`${pmcid}.xml`, Buffer.from(jatsDocument(article, { version: versions[0] }))],
    ...figures.map(({ name }): [string, Buffer] => [name, pictureOf(`${pmcid}.1/${name}`)]),
  ]);
  let there: string[];
  try {
    there = readdirSync(join(out, pmcid)).sort();
  } catch {
    return `${pmcid} is not there`;
  }
  if (there.join() !== [...wanted.keys()].sort().join()) return `${pmcid} has ${there.join()}`;
  for (const [name, bytes] of wanted)
    if (!readFileSync(join(out, pmcid, name)).equals(bytes)) return `${pmcid}/${name} differs`;
  return null;
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'legenda-fetch-'));
const { origin, process: served } = await server();
try {
  const out = join(folder, 'articles');
  const started = Date.now();
  const { exit, memory, summary } = await untilDone(origin, out);
  const seconds = Math.round((Date.now() - started) / 1000);
  const told = (await (await fetch(`${origin}/control/counts`)).json()) as Told;
  const rows = readFileSync(join(out, 'manifest.jsonl'), 'utf8').trim().split('\n');
  const statuses = new Map(
    rows.map((line) => JSON.parse(line) as { id: string; status: string }).map(({ id, status }) => [id, status]),
  );
  const all = Array.from({ length: articles }, (_, index) => library.at(index)!);
  const done = all.filter(({ pmcid }) => statuses.get(pmcid) === 'done').length;
  const differences = all.flatMap((article) => difference(out, article) ?? []);
  const folders = readdirSync(out).filter((name) => name.startsWith('PMC')).length;
  const peak = Object.fromEntries(Object.entries(told.services).map(([name, count]) => [name, count.peak]));
  // What had come and was not yet kept when the fetcher was killed has to come again.
  const again = told.files_twice.filter(
    ({ first }) => !deaths.some((death) => death - first < ON_THE_WAY && first <= death + 5),
  );
  const at = (share: number): number => Math.round(memory[Math.floor(share * (memory.length - 1))] ?? 0);
  process.stdout.write(
    `${JSON.stringify({
      ...{
        articles,
        done,
        folders,
        different: differences.length,
        first_differences: differences.slice(0, 3),
        kills,
        exit,
        seconds,
      },
      megabytes_of_the_last_run: [0.1, 0.25, 0.5, 0.75, 1].map(at),
      requests: Object.fromEntries(Object.entries(told.services).map(([name, count]) => [name, count.requests])),
      ...{
        limit: rate,
        peak,
        files_on_the_way_when_killed: told.files_twice_count - again.length,
        files_twice: again.length,
        twice: again.slice(0, 3),
      },
      summary: JSON.parse(summary || '{}') as unknown,
    })}\n`,
  );
  const fine = done === articles && folders === articles && differences.length === 0 && again.length === 0;
  process.exitCode = fine && Math.max(...Object.values(peak)) <= rate ? 0 : 1;
} finally {
  served.kill();
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
