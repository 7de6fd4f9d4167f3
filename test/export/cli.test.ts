import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, legenda as run } from '../cli/legenda.js';
import { makeDataset } from './dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-export-cli-'));

const legenda = (...args: string[]) => run(args, folder);

beforeAll(async () => {
  build();
  await makeDataset(join(folder, 'ds'));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('legenda export', () => {
  it('prints what it wrote, and as JSON', () => {
    const { status, stdout, stderr } = legenda(
      'export',
      'ds',
      '--to',
      'huggingface',
      '-o',
      'hub',
      '--title',
      'My cases',
    );
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^hub: 10 images; 6 cases; 6 figures; 6 articles; 12 files, /);
    expect(readFileSync(join(folder, 'hub/README.md'), 'utf8')).toContain('# My cases');
    expect(JSON.parse(legenda('export', 'ds', '--to', 'csv', '-o', 'csv', '--json').stdout)).toMatchObject({
      to: 'csv',
      counts: { images: 11, pictures: 10 },
    });
  });

  it.each([
    [
      'an output that is there',
      ['export', 'ds', '--to', 'jsonl', '-o', 'ds'],
      /ds is there already; --force replaces it/,
    ],
    ['what is no dataset', ['export', '.', '--to', 'jsonl', '-o', 'x'], /is no dataset/],
    ['an unknown format', ['export', 'ds', '--to', 'xlsx', '-o', 'x'], /xlsx/],
    [
      'a shard size that is none',
      ['export', 'ds', '--to', 'webdataset', '-o', 'x', '--shard-size', 'much'],
      /'much' is no size/,
    ],
    ['a deposition without creators', ['export', 'ds', '--to', 'zenodo', '-o', 'x'], /--creator/],
    [
      'a date that is none',
      ['export', 'ds', '--to', 'csv', '-o', 'x', '--date', '2026'],
      /the date '2026' is not like 2026-03-31/,
    ],
  ])('%s is a usage error', (_, args, message) => {
    const { status, stderr } = legenda(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('the round of annotation', () => {
  it('label → brat → corrected → gold → eval', () => {
    writeFileSync(
      join(folder, 'captions.jsonl'),
      '{"id":"c1","caption":"🩻 Axial CT of the chest shows a mass and no fracture."}\n{"id":"c2","caption":"Chest radiograph."}\n',
    );
    expect(legenda('label', 'captions.jsonl', '-o', 'found.jsonl').status).toBe(0);
    expect(legenda('annotate', 'export', 'found.jsonl', '--to', 'brat', '-o', 'brat').status).toBe(0);
    // Somebody marks the fracture as possible.
    const file = join(folder, 'brat/001/c1.ann');
    const before = readFileSync(file, 'utf8');
    const fracture = /^(T\d+)\tfinding 44 52\tfracture$/m.exec(before)![1];
    writeFileSync(file, before.replace(`Assertion ${fracture} absent`, `Assertion ${fracture} possible`));
    expect(legenda('annotate', 'import', 'brat', 'brat', '-o', 'gold.jsonl').status).toBe(0);
    const { status, stdout } = legenda('eval', 'gold.jsonl', '--format', 'json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as {
      captions: number;
      entities: Record<string, { exact: { f1: number }; exact_with_assertion?: { f1: number } }>;
    };
    expect(report.captions).toBe(2);
    expect(report.entities.finding.exact.f1).toBe(1);
    expect(report.entities.finding.exact_with_assertion!.f1).toBe(0.5);
    expect(report.entities.modality.exact.f1).toBe(1);
  });

  it('dataset → Label Studio → accepted → gold → eval, by `export` too', () => {
    expect(legenda('export', 'ds', '--to', 'label-studio', '-o', 'tasks').status).toBe(0);
    const tasks = JSON.parse(readFileSync(join(folder, 'tasks/tasks-001.json'), 'utf8')) as {
      predictions: { result: unknown[] }[];
    }[];
    writeFileSync(
      join(folder, 'done.json'),
      JSON.stringify(
        tasks.map((task, i) => (i === 0 ? task : { ...task, annotations: [{ result: task.predictions[0].result }] })),
      ),
    );
    const { status, stderr } = legenda('annotate', 'import', 'label-studio', 'done.json', '-o', 'gold2.jsonl');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^5 texts with 10 entities\n1 tasks that nobody annotated are left out/);
    expect(legenda('eval', 'gold2.jsonl').status).toBe(0);
    expect(
      legenda('annotate', 'import', 'label-studio', 'done.json', '--predictions', '-q').stdout.trim().split('\n'),
    ).toHaveLength(6);
  });

  it('rejects are exit 1', () => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify([{ id: 1, data: {} }]));
    expect(legenda('annotate', 'import', 'label-studio', 'bad.json', '-o', 'bad.jsonl')).toMatchObject({
      status: 1,
      stderr: '0 texts with 0 entities\nlegenda: 1 rejected: see bad.jsonl.rejects.jsonl\n',
    });
    expect(legenda('annotate', 'import', 'label-studio', 'bad.json', '-o', 'bad.jsonl', '--allow-rejects').status).toBe(
      0,
    );
  });
});
