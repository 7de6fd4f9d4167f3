import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, corpus, jats, put, rejectsOf, removeFolders, tempFolder } from './fixture.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = join(root, 'bin/run.js');
const ARTICLES = 20;

let folder: string;
let reference: Record<string, string>;
/** Bytes of the journal of a whole build. */
let whole: number;
/** Pages of 4 KB that it takes with its pictures. */
let pages: number;

const args = (dataset: string, ...more: string[]): string[] => [
  'build',
  join(folder, 'articles'),
  '--images',
  join(folder, 'figures'),
  '-o',
  dataset,
  ...more,
];
/** A dataset of the same name as the reference in a new folder: the name stands in the card. */
const fresh = (): string => join(tempFolder(), 'dataset');
const legenda = (list: readonly string[]) => spawnSync(process.execPath, [run, ...list], { encoding: 'utf8' });
const start = (list: readonly string[]): ChildProcess => spawn(process.execPath, [run, ...list], { stdio: 'ignore' });
const journal = (dataset: string): string => join(dataset, '.legenda/journal.jsonl');
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  folder = await corpus(ARTICLES);
  const dataset = fresh();
  const built = legenda(args(dataset, '--workers', '1'));
  expect(built.stderr).toBe('');
  expect(built.status).toBe(0);
  reference = contentOf(dataset);
  whole = sizeOf(journal(dataset));
  const kept = [
    journal(dataset),
    ...Object.keys(reference)
      .filter((f) => f.endsWith('.webp'))
      .map((f) => join(dataset, f)),
  ];
  pages = kept.reduce((sum, path) => sum + Math.ceil(sizeOf(path) / 4096), 0);
  expect(Object.keys(reference).filter((f) => f.endsWith('.webp'))).toHaveLength(3 * ARTICLES);
}, 240_000);
afterAll(removeFolders);

describe('a build that is killed', () => {
  it('ten times at random points ends as one that was not, byte for byte', async () => {
    const dataset = fresh();
    let random = 20260501;
    const next = (below: number): number => {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      return (random >>> 8) % below;
    };
    for (let kill = 0; kill < 10; kill++) {
      const child = start(args(dataset, '--resume', '--workers', kill % 5 === 4 ? '2' : '1'));
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      // At a random amount of progress after the point where the last one was killed; the last ones while tables are written.
      const goal = kill < 8 ? sizeOf(journal(dataset)) + next(Math.round(whole / 6)) : Infinity;
      const late = join(dataset, '.legenda/new');
      while (child.exitCode === null && sizeOf(journal(dataset)) < goal && !(goal === Infinity && existsSync(late)))
        await sleep(2);
      await sleep(next(kill < 8 ? 30 : 15));
      child.kill('SIGKILL');
      await ended;
    }
    const last = legenda(args(dataset, '--resume', '--json', '--workers', '1'));
    expect(last.status).toBe(0);
    expect(contentOf(dataset)).toEqual(reference);
    expect(readdirSync(join(dataset, '.legenda'))).toEqual(['journal.jsonl']);
  }, 200_000);

  it('by an interrupt stops in order, says so, and goes on', async () => {
    const dataset = fresh();
    const child = spawn(process.execPath, [run, ...args(dataset, '--workers', '1')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && sizeOf(journal(dataset)) < whole / 10) await sleep(5);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said).toMatch(/interrupted after \d+ articles; the same command goes on from here/);
    expect(existsSync(join(dataset, 'manifest.json'))).toBe(false);
    expect(legenda(args(dataset)).status).toBe(0);
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);
});

describe('all cores', () => {
  it('give the same bytes as one', () => {
    const dataset = fresh();
    expect(legenda(args(dataset, '--workers', '3')).status).toBe(0);
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);
});

describe('two builds at once on one folder', () => {
  it('the second says so and changes nothing; the first is not disturbed', async () => {
    const dataset = fresh();
    const first = start(args(dataset, '--workers', '1'));
    const ended = new Promise<number | null>((resolve) => first.once('exit', resolve));
    while (first.exitCode === null && !existsSync(join(dataset, '.legenda/lock'))) await sleep(5);
    const second = legenda(args(dataset));
    expect(second.status).toBe(2);
    expect(second.stderr).toBe(
      `legenda: another build is at work on ${dataset} (process ${first.pid}); wait until it is done\n`,
    );
    expect(await ended).toBe(0);
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);
});

describe('a damaged journal', () => {
  it('loses what is damaged, does it again, and says so', () => {
    const dataset = fresh();
    expect(legenda(args(dataset)).status).toBe(0);
    const bytes = readFileSync(journal(dataset));
    const lines = bytes.toString('latin1').split('\n');
    const middle = lines.slice(0, 7).join('\n').length + 200;
    bytes.fill(0, middle, middle + 50);
    // And the end is torn.
    writeFileSync(journal(dataset), bytes.subarray(0, bytes.length - 100));
    const { status, stderr } = legenda(args(dataset));
    expect(status).toBe(0);
    expect(stderr).toBe('legenda: 1 damaged line of the journal was left out and its article done again\n');
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);

  it('that is no journal at all is begun anew', () => {
    const dataset = fresh();
    mkdirSync(join(dataset, '.legenda'), { recursive: true });
    writeFileSync(journal(dataset), Buffer.alloc(5_000, 7));
    expect(legenda(args(dataset)).status).toBe(0);
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);
});

describe('a disk that is full', () => {
  const mounted = (folder: string, size: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;

  /** The build fails in the middle, and after room was made it ends as if nothing had been. */
  const fails = (first: ReturnType<typeof legenda>, dataset: string): void => {
    expect(first.stderr).toMatch(
      /^legenda: the disk of .* is full \(E[A-Z]+\); nothing that was done is lost: make room and run the same command again\n$/,
    );
    expect(first.status).toBe(2);
    expect(existsSync(join(dataset, 'manifest.json'))).toBe(false);
    expect(existsSync(join(dataset, '.legenda/lock'))).toBe(false);
  };

  it('is told in one sentence, and the build goes on when there is room (a limit on the size of files)', () => {
    const dataset = fresh();
    // Any system has this limit; a journal that cannot grow is what a full disk is to a build.
    const limited = `ulimit -f ${Math.round(whole / 2048)} && exec "$0" "$@"`;
    const first = spawnSync('bash', ['-c', limited, process.execPath, run, ...args(dataset, '--workers', '1')], {
      encoding: 'utf8',
    });
    fails(first, dataset);
    const done = sizeOf(journal(dataset));
    expect(done).toBeGreaterThan(whole / 4);
    const second = legenda(args(dataset, '--json'));
    expect(second.status).toBe(0);
    expect((JSON.parse(second.stdout) as { built: number }).built).toBeLessThan(ARTICLES);
    expect(contentOf(dataset)).toEqual(reference);
  }, 100_000);

  it('the same on a small disk of its own, where one can be mounted, with workers', () => {
    const disk = tempFolder();
    const small = mounted(disk, `${Math.round(whole / 2 / 1024)}k`);
    const dataset = join(disk, 'dataset');
    try {
      if (small) {
        fails(legenda(args(dataset, '--workers', '2')), dataset);
        // Room for journal and pictures, but not for the tables.
        expect(spawnSync('mount', ['-o', `remount,size=${4 * (pages + 3)}k`, disk]).status).toBe(0);
        fails(legenda(args(dataset, '--workers', '1')), dataset);
        expect(sizeOf(journal(dataset))).toBeGreaterThan(0.9 * whole);
        expect(existsSync(join(dataset, '.legenda/new'))).toBe(false);
        expect(spawnSync('mount', ['-o', 'remount,size=50m', disk]).status).toBe(0);
      }
      // Without the right to mount, this is a build into an ordinary folder: the limit above has tested the fault.
      expect(legenda(args(dataset)).status).toBe(0);
      expect(contentOf(dataset)).toEqual(reference);
    } finally {
      if (small) spawnSync('umount', [disk]);
    }
  }, 100_000);
});

describe('a target that cannot be written', () => {
  it('is told in one sentence', () => {
    const blocked = join(folder, 'articles', 'PMC7000001.xml', 'dataset');
    const { status, stderr } = legenda(args(blocked));
    expect(stderr).toMatch(/^legenda: the dataset .* cannot be written \(ENOTDIR[^\n]*\)\n$/);
    expect(status).toBe(2);
  }, 60_000);

  it('read-only, where a disk can be mounted so, and is left as it was', () => {
    const disk = tempFolder();
    const dataset = join(disk, 'dataset');
    const small = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', disk]).status === 0;
    try {
      expect(legenda(args(dataset)).status).toBe(0);
      if (small) expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
      const { status, stderr } = legenda(args(small ? dataset : join(folder, 'articles', 'PMC7000001.xml')));
      expect(stderr).toMatch(
        /^legenda: (the dataset .* cannot be written \(EROFS[^\n]*\)|the output .* is a file; a dataset is a folder)\n$/,
      );
      expect(status).toBe(2);
      expect(contentOf(dataset)).toEqual(reference);
    } finally {
      if (small) spawnSync('umount', [disk]);
    }
  }, 100_000);
});

describe('a plugin that hangs on one article and takes the thread with it on another', () => {
  it('costs these two articles, each with its reason, and nothing else', () => {
    const own = tempFolder();
    writeFileSync(
      join(own, 'wild.mjs'),
      `export default {
        name: 'wild', version: '1.0.0', api: 1, slot: 'demographics',
        setup: () => ({
          read({ text }) {
            if (text.includes('hang')) for (;;);
            if (text.includes('die')) process.exit(7);
            return { age: null, gender: 'Unknown', genderEvidence: null, genderConfidence: 0 };
          },
        }),
      };`,
    );
    writeFileSync(join(own, 'legenda.config.yaml'), 'slots: { demographics: ./wild.mjs }');
    for (const [i, word] of ['live', 'hang', 'live', 'die', 'live'].entries()) {
      const paragraphs = [`A 45-year-old woman was admitted. She ${word}s.`];
      put(join(own, 'articles', `PMC${i + 1}.xml`), jats({ pmcid: `PMC${i + 1}`, paragraphs }));
    }
    const dataset = join(own, 'dataset');
    const list = [
      'build',
      join(own, 'articles'),
      '-o',
      dataset,
      '--config',
      join(own, 'legenda.config.yaml'),
      '--timeout',
      '4',
      '--json',
    ];
    const { status, stdout } = legenda(list);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ articles: 3, cases: 3, rejects: 2 });
    expect(rejectsOf(dataset).map((r) => [r.stage, r.error])).toEqual([
      ['demographics', "PMC2: plugin 'wild' (demographics): no answer within 4 seconds"],
      ['demographics', "PMC4: plugin 'wild' (demographics): the worker ended (exit 7)"],
    ]);
  }, 100_000);
});

describe('exit codes', () => {
  it('1 for rejects unless they are allowed, 2 for what is missing or unknown', () => {
    const own = tempFolder();
    mkdirSync(join(own, 'a'));
    writeFileSync(join(own, 'a', 'cut.xml'), '<article><front>');
    const dataset = join(own, 'dataset');
    const bad = legenda(['build', join(own, 'a'), '-o', dataset]);
    expect(bad.status).toBe(1);
    expect(bad.stderr).toBe(`legenda: 1 reject: see ${dataset}/rejects.jsonl\n`);
    expect(rejectsOf(dataset)).toHaveLength(1);
    expect(legenda(['build', join(own, 'a'), '-o', dataset, '--allow-rejects']).status).toBe(0);
    for (const [list, message] of [
      [['build', join(own, 'none'), '-o', dataset], /no such file or folder/],
      [['build', join(own, 'a'), '-o', dataset, '--images', join(own, 'none')], /no such file or folder/],
      [['build', join(own, 'a'), '-o', dataset, '--license', 'gpl'], /there is no licence 'gpl'/],
      [['build', join(own, 'a')], /output/],
      [['build', join(own, 'a'), '-o', dataset, '--metadata', run], /run\.js is no PubMed XML/],
    ] as const) {
      const { status, stderr } = legenda(list);
      expect(stderr).toMatch(message);
      expect(status).toBe(2);
    }
  }, 100_000);

  it('--quiet is silent, --dry-run writes nothing', () => {
    const dataset = fresh();
    const dry = legenda(args(dataset, '--dry-run'));
    expect(dry.status).toBe(0);
    expect(dry.stdout).toContain(`article files   ${ARTICLES}: ${ARTICLES} new`);
    expect(existsSync(dataset)).toBe(false);
    const quiet = legenda(args(dataset, '--quiet'));
    expect([quiet.status, quiet.stdout, quiet.stderr]).toEqual([0, '', '']);
  }, 100_000);
});
