import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'legenda-eval-'));
const legenda = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'bin/run.js'), ...args], { cwd: folder, encoding: 'utf8' });

const GOLD = [
  {
    id: 'a',
    caption: 'Axial CT of the chest shows a mass.',
    labels: ['ct', 'axial', 'thorax', 'mass'],
    findings: [{ start: 30, end: 34, text: 'mass', polarity: 'present' }],
  },
  {
    id: 'b',
    caption: 'Chest radiograph without effusion.',
    labels: ['x_ray', 'thorax'],
    findings: [{ start: 25, end: 33, text: 'effusion', polarity: 'absent' }],
  },
  { id: 'c', caption: 'A photograph of the flasks.', labels: ['ekg'], findings: [] },
];
const jsonl = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(join(folder, 'gold.jsonl'), jsonl(GOLD));
  writeFileSync(
    join(folder, 'bad.jsonl'),
    `${jsonl(GOLD.slice(0, 1))}{"id": "x", "caption": 3}\nnot json\n${jsonl(GOLD.slice(0, 1))}`,
  );
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('eval', () => {
  it('labels and scores, the same each time', () => {
    const first = legenda('eval', 'gold.jsonl', '--format', 'json', '--samples', '50', '--errors', 'errors.jsonl');
    expect(first.status).toBe(0);
    expect(legenda('eval', 'gold.jsonl', '--format', 'json', '--samples', '50').stdout).toBe(first.stdout);
    const report = JSON.parse(first.stdout) as Record<string, never>;
    expect(report).toMatchObject({ captions: 3, missing: 0, bootstrap: { samples: 50, seed: 1 } });
    expect(report).toMatchObject({ entities: { finding: { overlap_with_assertion: { tp: 2, fp: 0, fn: 0 } } } });
    const errors = readFileSync(join(folder, 'errors.jsonl'), 'utf8').split('\n').filter(Boolean);
    expect(errors.map((line) => JSON.parse(line) as object)).toContainEqual({
      id: 'c',
      caption: 'A photograph of the flasks.',
      what: 'lost',
      of: 'label',
      expected: 'ekg',
      by: [],
    });
  });

  it('scores the output of label, with exit 1 below a threshold', () => {
    legenda('label', 'gold.jsonl', '-o', 'out.jsonl');
    const args = ['eval', 'gold.jsonl', '--predictions', 'out.jsonl', '--samples', '0'];
    expect(legenda(...args, '--min-f1', '0.5', '--min-f1', 'finding=1').status).toBe(0);
    const { status, stderr } = legenda(...args, '--min-f1', '0.999');
    expect(status).toBe(1);
    expect(stderr).toMatch(/F1 of labels is 0\.\d+, below 0\.999/);
  });

  it('names bad lines, scores the others and exits with 1', () => {
    const { status, stderr, stdout } = legenda('eval', 'bad.jsonl', '--samples', '0');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^1 captions/);
    expect(stderr).toContain("bad.jsonl:2: the field 'caption' is a number, not a string");
    expect(stderr).toMatch(/bad\.jsonl:3: the line is not JSON/);
    expect(stderr).toContain("bad.jsonl:4: the id 'a' stands on an earlier line");
    expect(legenda('eval', 'bad.jsonl', '--allow-rejects', '--samples', '0').status).toBe(0);
  });

  it.each([
    ['no such file', ['nowhere.jsonl'], /no such file: nowhere\.jsonl/],
    ['no predictions', ['gold.jsonl', '--predictions', 'nowhere.jsonl'], /no such file: nowhere\.jsonl/],
    ['no number', ['gold.jsonl', '--min-f1', 'high'], /--min-f1 high/],
    ['nothing of that name', ['gold.jsonl', '--min-f1', 'device=0.5'], /device/],
    ['an unknown pack', ['gold.jsonl', '--pack', 'no-such-pack'], /no-such-pack/],
  ])('%s is a usage error', (_, args, message) => {
    const { status, stderr } = legenda('eval', ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
