import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ArticleIds, Source } from '../../core/plugin/index.js';
import { pass } from './bench.js';
import { scratch } from './local.js';

const ARTICLES = 25_000;
/** Three years. */
const DAYS = 1096;

let disk: ReturnType<typeof scratch>;
let server: ChildProcess;
let url: string;
const told = <T>(): Promise<T> => new Promise((resolve) => server.once('message', (message) => resolve(message as T)));
beforeEach(async () => {
  disk = scratch();
  server = fork(new URL('./manyServer.ts', import.meta.url), [String(ARTICLES), String(DAYS)], {
    execArgv: ['--import', 'tsx'],
  });
  url = `http://127.0.0.1:${(await told<{ port: number }>()).port}`;
});
afterEach(() => {
  server.kill();
  disk.remove();
});

const idsOf = (n: number): ArticleIds => ({ pmcid: `PMC${n}`, pmid: null, doi: null });
const source = (): Source => ({
  services: [{ name: 'many', baseUrl: url, perSecond: 1e6 }],
  async *search(query, http) {
    for (let day = query.after === undefined ? 0 : Number(query.after) + 1; day < DAYS; day++) {
      const answer = await http.get({ service: 'many', path: `/day/${day}`, expect: 'json', cache: 'no' });
      yield {
        hits: (answer!.json() as number[]).map(idsOf),
        total: ARTICLES,
        ...(day % 10 === 9 ? { bookmark: String(day) } : {}),
      };
    }
  },
  describeBatch: 200,
  async describe(all, http) {
    const from = Number(all[0].pmcid!.slice(3));
    const answer = await http.get({
      service: 'many',
      path: `/describe/${from}/${all.length}`,
      expect: 'json',
      cache: 'no',
    });
    return (answer!.json() as number[]).map((n) => ({ ids: idsOf(n), license: 'CC BY' }));
  },
  async text({ ids }, http) {
    const answer = await http.get({ service: 'many', path: `/text/${ids.pmcid!.slice(3)}`, expect: 'xml' });
    return answer && { format: 'jats', bytes: answer.bytes, url: answer.url };
  },
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const megabytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

it('25,000 hits over three years arrive complete through a server that fails one answer in ten, in constant memory', async () => {
  const memory: number[] = [];
  let next = 5000;
  const { summary, rows } = await pass(
    disk.folder,
    { source: source() },
    {
      asked: [{ text: 'everything', from: '2020-01-01', to: '2022-12-31' }],
      jobs: 16,
      http: { backOff: { attempts: 8, firstMs: 5, longestMs: 100 }, sockets: 16 },
      onProgress: ({ stage, done }) => {
        if (stage !== 'articles' || done < next) return;
        next += 5000;
        memory.push(megabytes());
      },
    },
  );
  expect(summary.articles).toEqual({ found: 0, done: ARTICLES, incomplete: 0, skipped: 0, failed: 0 });
  const ids = new Set(rows.map(({ id }) => id));
  expect(ids.size).toBe(ARTICLES);
  for (let n = 1; n <= ARTICLES; n++) if (!ids.has(`PMC${n}`)) throw new Error(`PMC${n} is missing`);
  expect(readFileSync(disk.at('PMC25000/PMC25000.xml'), 'utf8')).toContain('Article 25000 of many.');
  server.send('counts');
  const { requests, twice } = await told<{ requests: number; twice: string[] }>();
  expect(twice).toEqual([]);
  expect(requests).toBe(summary.traffic.requests);
  expect(summary.traffic.repeated).toBeGreaterThan(ARTICLES / 20);
  // From the first fifth to the end.
  expect(memory).toHaveLength(5);
  expect(memory[4] - memory[0]).toBeLessThan(20);
}, 240_000);
