import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, root } from '../cli/legenda.js';
import { startServices, type Services } from '../services/server.js';
import { scratch } from './local.js';

let services: Services;
let disk: ReturnType<typeof scratch>;
beforeAll(async () => {
  build();
  disk = scratch();
  services = await startServices({ world: { articles: 120, plain: true } });
}, 240_000);
afterAll(async () => {
  await services.close();
  disk.remove();
});

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>;
}
/** The server lives in this process, so that nothing may be waited for by standing still. */
function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const env = { ...process.env, LEGENDA_BASE_URL: services.baseUrls, LEGENDA_EMAIL: 'a@b.org', ...environment };
  const child = spawn(process.execPath, [join(root, 'bin/run.js'), 'fetch', ...args], {
    cwd: disk.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, stdout, stderr })),
  );
  return { child, ended };
}
const run = (args: readonly string[], environment?: Readonly<Record<string, string>>): Running['ended'] =>
  start(args, environment).ended;
const FAST = ['--rate', '*=100000'];
const pmcid = (n: number): string => services.world.at(n)!.pmcid;
const manifest = (folder: string): { id: string; status: string }[] =>
  readFileSync(disk.at(`${folder}/manifest.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; status: string });

describe('usage', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no folder', ['--query', 'x'], /Missing required flag output/],
    ['nothing to do', ['-o', 'new'], /^legenda: nothing is asked for: give --query, --id or --ids\n$/],
    ['an unknown flag', ['-o', 'new', '--querry', 'x'], /Nonexistent flag: --querry/],
    [
      'an unknown licence',
      ['-o', 'new', '--query', 'x', '--license', 'cc-bx'],
      /^legenda: there is no licence 'cc-bx'; licences: cc0, cc-by, /,
    ],
    ['an unknown day', ['-o', 'new', '--query', 'x', '--from', 'May'], /^legenda: --from is a year, a month or a day/],
    [
      'days the wrong way round',
      ['-o', 'new', '--query', 'x', '--from', '2020', '--to', '2019'],
      /^legenda: --from 2020 is after --to 2019/,
    ],
    [
      'days without a query',
      ['-o', 'new', '--id', 'PMC1', '--from', '2020'],
      /^legenda: --from and --to need a --query/,
    ],
    ['an id that is none', ['-o', 'new', '--id', 'PMCx'], /^legenda: 'PMCx' is no PMCID, PMID or DOI/],
    ['a list that is not there', ['-o', 'new', '--ids', 'none.txt'], /^legenda: no such file: none\.txt/],
    [
      'an unknown source',
      ['-o', 'new', '--query', 'x', '--source', 'nowhere'],
      /^legenda: plugin 'nowhere' \(source\): it is neither a built-in plugin/,
    ],
    [
      'an unknown service',
      ['-o', 'new', '--query', 'x', '--base-url', 'nowhere=http://x'],
      /^legenda: no source has a service 'nowhere'; services: pmc-cloud, eutils/,
    ],
    ['a folder that was never filled', ['-o', 'new', '--verify'], /^legenda: new holds no manifest/],
    ['no search that could be updated', ['-o', 'new', '--update'], /^legenda: nothing is asked for/],
    [
      'an address of mail that is none',
      ['-o', 'new', '--query', 'x', '--email', 'me'],
      /^legenda: 'me' is no address of mail/,
    ],
  ])('%s is exit 2 and one clear sentence', async (_, args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect([status, stdout, existsSync(disk.at('new'))]).toEqual([2, '', false]);
  });

  it('is told by --help, with the exit codes', async () => {
    const { status, stdout } = await run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/--dry-run[\s\S]*EXIT CODES\s+0\s+fine/);
  });
});

it('--dry-run counts and leaves no trace', async () => {
  const { status, stdout } = await run([
    '-o',
    'dry',
    '--query',
    'brain tumor',
    '--from',
    '2020',
    '--to',
    '2022',
    '--id',
    'PMC1',
    '--dry-run',
    '--json',
    ...FAST,
  ]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    searches: [{ hits: services.idsOf('brain tumor').length, source: 'eutils' }],
    ids: 1,
    known_ids: 0,
    pending: 0,
  });
  expect(existsSync(disk.at('dry'))).toBe(false);
});

describe('a list', () => {
  it('is fetched; a line without an id goes to the rejects', async () => {
    writeFileSync(disk.at('ids.txt'), `${pmcid(1)}\nwhat?\n${services.world.at(2)!.pmid}\n`);
    const { status, stdout, stderr } = await run(['-o', 'listed', '--ids', 'ids.txt', '--json', ...FAST]);
    expect(status).toBe(1);
    expect(stderr).toBe('legenda: 1 lines hold no id: see listed.rejects.jsonl\n');
    expect(JSON.parse(stdout)).toMatchObject({ articles: { done: 2 }, rejected_ids: 1 });
    expect(readFileSync(disk.at('listed.rejects.jsonl'), 'utf8')).toBe(
      '{"line":2,"error":"no PMCID, PMID or DOI","raw":"what?"}\n',
    );
    const again = await run(['-o', 'listed', '--ids', 'ids.txt', '--allow-rejects', '--quiet', ...FAST]);
    expect(again).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('of articles that nobody has, or may be had, is no failure', async () => {
    const { status } = await run(['-o', 'none', '--id', 'PMC1', ...FAST]);
    expect(status).toBe(0);
    expect(manifest('none')).toMatchObject([{ id: 'PMC1', status: 'skipped', reason: 'unknown-article' }]);
  });
});

it('what cannot be had is exit 1, said in a line, and had by the next run', async () => {
  services.setFaults([{ fault: '500', match: `${pmcid(5)}|${pmcid(5).slice(3)}` }]);
  const fails = await run(['-o', 'later', '--id', pmcid(5), '--id', pmcid(6), '--attempts', '1', ...FAST]);
  expect(fails).toMatchObject({
    status: 1,
    stderr: 'legenda: 1 articles failed, 0 lack figures: see later/manifest.jsonl\n',
  });
  services.setFaults([]);
  expect(await run(['-o', 'later', ...FAST])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(manifest('later').map(({ status }) => status)).toEqual(['done', 'done']);
});

it('--verify finds what was changed or is gone, and the next run mends it', async () => {
  await run(['-o', 'checked', '--id', pmcid(7), '--id', pmcid(8), ...FAST]);
  expect(await run(['-o', 'checked', '--verify'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/0 damaged/) as string,
  });
  appendFileSync(disk.at(`checked/${pmcid(7)}/${pmcid(7)}.xml`), ' ');
  expect(await run(['-o', 'checked', '--verify'])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(new RegExp(`^${pmcid(7)}/${pmcid(7)}\\.xml: changed\n`)) as string,
  });
  await run(['-o', 'checked', ...FAST]);
  expect(await run(['-o', 'checked', '--verify'])).toMatchObject({ status: 0 });
});

it('two at once on one folder: the second says so', async () => {
  services.setFaults([{ fault: 'slow', ms: 400 }]);
  const first = start(['-o', 'shared', '--query', 'brain tumor', ...FAST]);
  while (!existsSync(disk.at('shared/.legenda/lock'))) await sleep(20);
  const second = await run(['-o', 'shared', '--query', 'brain tumor', ...FAST]);
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(
    new RegExp(`^legenda: another fetch is at work in shared: process ${first.child.pid}, since `),
  );
  services.setFaults([]);
  expect((await first.ended).status).toBe(0);
  expect(existsSync(disk.at('shared/.legenda/lock'))).toBe(false);
});

it('stops when it is told to, and goes on from there', async () => {
  services.setFaults([{ fault: 'slow', ms: 100, services: ['pmc-cloud'] }]);
  const { child, ended } = start(['-o', 'stopped', '--query', 'brain tumor', ...FAST]);
  while (
    !existsSync(disk.at('stopped/manifest.jsonl')) ||
    !readFileSync(disk.at('stopped/manifest.jsonl'), 'utf8').includes('"done"')
  )
    await sleep(10);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    status: 130,
    stderr: expect.stringMatching(/interrupted; the same command goes on from here/) as string,
  });
  services.setFaults([]);
  expect((await run(['-o', 'stopped', '--query', 'brain tumor', ...FAST])).status).toBe(0);
  expect(new Set(manifest('stopped').map(({ status }) => status))).toEqual(new Set(['done']));
});

it('the order of the sources, and how they are reached, is configuration', async () => {
  writeFileSync(
    disk.at('lab.yaml'),
    `slots:\n  source: [europepmc, { plugin: pmc-cloud, options: { version: highest } }]\nfetch:\n  rates: { '*': 100000 }\n  base_urls: { europepmc: '${services.urls.europepmc}' }\n`,
  );
  await run(['-o', 'europe', '--config', 'lab.yaml', '--id', pmcid(9)], { LEGENDA_BASE_URL: '', HTTP_PROXY: '' });
  expect(manifest('europe')[0]).toMatchObject({
    status: 'done',
    sources: { metadata: 'europepmc', text: 'europepmc' },
  });
  writeFileSync(disk.at('wrong.yaml'), 'fetch: { speed: 9 }\n');
  expect(await run(['-o', 'europe', '--config', 'wrong.yaml'])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/no key 'fetch\.speed'; keys: base_urls/) as string,
  });
});
