import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ManifestRow } from '../../core/fetch/index.js';
import { startServices, type Services } from '../services/server.js';
import { scratch } from './local.js';

const CHILD = fileURLToPath(new URL('./passChild.ts', import.meta.url));
const QUERY = 'brain tumor';
const KILLS = 10;

let services: Services;
let disk: ReturnType<typeof scratch>;
beforeAll(async () => {
  disk = scratch();
  services = await startServices({
    // Every article whole and of one version, so that the address of a file can be told from its name.
    world: { articles: 500, plain: true, subjects: [QUERY], figures: 2 },
    faults: [
      {
        fault: ['500', '503', 'html', 'error', 'cut', 'reset', 'truncated', 'empty', 'long-length', 'short-length'],
        oneIn: 10,
      },
    ],
  });
});
afterAll(async () => {
  await services.close();
  disk.remove();
});

const requests = (): number => Object.values(services.counts.services).reduce((sum, one) => sum + one.requests, 0);

/** Runs a pass; with a number, until the server has been asked so often. @returns how it ended */
async function run(folder: string, killAfter?: number): Promise<number | NodeJS.Signals> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, services.baseUrls, QUERY], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal!)),
  );
  if (killAfter === undefined) return ended;
  const watch = setInterval(() => {
    if (requests() >= killAfter) child.kill('SIGKILL');
  }, 2);
  return ended.finally(() => clearInterval(watch));
}

/** Files of articles under their names, with their hashes. */
function files(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const article of readdirSync(folder).filter((name) => name.startsWith('PMC'))) {
    for (const name of readdirSync(join(folder, article))) {
      found.set(
        `${article}/${name}`,
        createHash('sha256')
          .update(readFileSync(join(folder, article, name)))
          .digest('hex'),
      );
    }
  }
  return found;
}

/** Those that are complete: a kill leaves what was being written under another name, and the next pass takes it away. */
const whole = (folder: string): string[] => [...files(folder).keys()].filter((file) => !file.endsWith('.partial'));

const rows = (folder: string): ManifestRow[] =>
  readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ManifestRow);
/** What must be the same, however often a pass was killed. */
const told = (folder: string): unknown =>
  rows(folder)
    .map(({ time: _time, attempts: _attempts, ...row }) => row)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** The address of a file of the bucket, as the server counts it. */
const addressOf = (file: string): string => {
  const [article, name] = file.split('/');
  return `/pmc-cloud/${article}.1/${name === `${article}.xml` ? `${article}.1.xml` : name}`;
};

it('killed ten times at random points, the result is the same, and no file that was there is asked for again', async () => {
  expect(await run(disk.at('calm'))).toBe(0);
  const all = requests();
  services.resetCounts();

  let seed = 7;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const points = Array.from({ length: KILLS }, () => Math.floor(random() * all * 0.95)).sort((a, b) => a - b);
  const folder = disk.at('killed');
  for (const point of points) {
    const asked = new Map<string, number>();
    if (existsSync(folder))
      for (const file of whole(folder)) asked.set(file, services.counts.paths.get(addressOf(file))!.requests);
    expect(await run(folder, point)).toBe('SIGKILL');
    for (const [file, before] of asked)
      expect([file, services.counts.paths.get(addressOf(file))!.requests]).toEqual([file, before]);
  }
  const last = whole(folder);
  expect(last.length).toBeGreaterThan(100);
  const before = new Map(last.map((file) => [file, services.counts.paths.get(addressOf(file))!.requests]));
  expect(await run(folder)).toBe(0);
  for (const [file, count] of before)
    expect([file, services.counts.paths.get(addressOf(file))!.requests]).toEqual([file, count]);

  expect(told(folder)).toEqual(told(disk.at('calm')));
  expect([...files(folder)].sort()).toEqual([...files(disk.at('calm'))].sort());
  expect(rows(folder)).toHaveLength(500);
  // Bytes that came and were not on the disk yet when the process died: no more than were on their way.
  expect(services.counts.twice(/\.(xml|jpg)$/).length).toBeLessThanOrEqual(KILLS * 8);
}, 240_000);
