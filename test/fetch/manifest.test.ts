import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../core/fetch/lock.js';
import { Manifest } from '../../core/fetch/manifest.js';
import { foundRow, type ManifestRow, type Status } from '../../core/fetch/row.js';
import { scratch } from './local.js';

let disk: ReturnType<typeof scratch>;
beforeEach(() => void (disk = scratch()));
afterEach(() => disk.remove());

const row = (n: number, status: Status = 'found', title: string | null = null): ManifestRow => ({
  ...foundRow({ pmcid: `PMC${n}`, pmid: null, doi: null }, 'test', '2026-01-01T00:00:00Z'),
  status,
  title,
});
const all = (manifest: Manifest): (readonly [string, Status, string | null])[] =>
  [...manifest.ids(() => true)].map((id) => manifest.get(id)!).map(({ id, status, title }) => [id, status, title]);

describe('a manifest', () => {
  it('holds the last row of each article, in the order of the first, before and after it is tidied', () => {
    const step = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom<Status>('found', 'done', 'failed', 'skipped'),
      fc.string({ unit: 'grapheme' }),
    );
    let n = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 30 }), (steps, tidyAt) => {
        const path = disk.at(`m${n++}.jsonl`);
        const wanted = new Map<string, readonly [string, Status, string | null]>();
        let manifest = Manifest.open(path);
        steps.forEach(([id, status, title], i) => {
          manifest.append([row(id, status, title)]);
          const key = `PMC${id}`;
          wanted.set(key, [key, status, title]);
          if (i === tidyAt) manifest.tidy(true);
        });
        expect(all(manifest)).toEqual([...wanted.values()]);
        manifest.close();
        manifest = Manifest.open(path);
        expect(all(manifest)).toEqual([...wanted.values()]);
        manifest.tidy(true);
        manifest.close();
        expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(wanted.size + 1);
        expect(all(Manifest.open(path, 'read'))).toEqual([...wanted.values()]);
      }),
      { numRuns: 60 },
    );
  });

  it('stands every kill: whatever is torn off its end is one row at most', () => {
    const path = disk.at('m.jsonl');
    const manifest = Manifest.open(path);
    manifest.append([row(1, 'done', 'größer'), row(2, 'done', '脳'), row(3, 'done')]);
    manifest.close();
    const whole = readFileSync(path);
    for (let length = whole.length; length >= 0; length--) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const again = Manifest.open(path);
      expect(again.articles).toBe(whole.subarray(0, length).toString('latin1').split('\n').length - 1);
      again.append([row(9)]);
      again.close();
      const read = Manifest.open(path, 'read');
      expect(read.damaged).toBe(0);
      expect(read.has('PMC9')).toBe(true);
      read.close();
    }
  });

  it('leaves out lines that are damaged, and says how many', () => {
    const path = disk.at('m.jsonl');
    let manifest = Manifest.open(path);
    manifest.append([row(1)]);
    manifest.close();
    appendFileSync(path, '{"id":\n[]\n');
    manifest = Manifest.open(path);
    manifest.append([row(2)]);
    expect([manifest.articles, manifest.damaged]).toEqual([2, 2]);
    manifest.tidy();
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
    manifest.close();
  });

  it('knows an article by the ids it was asked for', () => {
    const path = disk.at('m.jsonl');
    let manifest = Manifest.open(path);
    const asked = foundRow({ pmcid: null, pmid: '7', doi: null }, 'list', 'now');
    manifest.append([asked, { ...asked, became: 'PMC7' }, { ...row(7), asked: ['pmid:7'] }]);
    manifest.tidy(true);
    manifest.close();
    manifest = Manifest.open(path);
    expect(all(manifest)).toHaveLength(1);
    expect(manifest.has('pmid:7')).toBe(true);
    expect(manifest.get('pmid:7')!.id).toBe('PMC7');
    manifest.close();
  });
});

describe('a lock', () => {
  it('lets one in, says who is there, and is given back', () => {
    const path = disk.at('lock');
    const unlock = lockFolder(path, 'articles');
    expect(() => lockFolder(path, 'articles')).toThrow(
      new RegExp(`another fetch is at work in articles: process ${process.pid}, since `),
    );
    unlock();
    lockFolder(path, 'articles')();
  });

  it('of a process that is gone, or torn, is taken over', () => {
    const path = disk.at('lock');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const { hostname } = JSON.parse(
      spawnSync(process.execPath, ['-p', 'JSON.stringify({ hostname: os.hostname() })'], { encoding: 'utf8' }).stdout,
    ) as { hostname: string };
    for (const left of [
      JSON.stringify({ pid, host: hostname, began: null, since: '' }),
      JSON.stringify({ pid: process.pid, host: hostname, began: '1', since: '' }),
      '{"pi',
    ]) {
      writeFileSync(path, left);
      lockFolder(path, 'articles')();
    }
    writeFileSync(path, JSON.stringify({ pid, host: 'elsewhere', began: null, since: 'noon' }));
    expect(() => lockFolder(path, 'articles')).toThrow(/process \d+ on elsewhere, since noon; if it is gone, delete/);
  });

  it('cannot be taken where nothing can be written', () => {
    mkdirSync(disk.at('x'));
    expect(() => lockFolder(disk.at('nowhere/lock'), 'articles')).toThrow(/ENOENT/);
  });
});
