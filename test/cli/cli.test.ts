import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'legenda-cli-'));
const at = (name: string): string => join(folder, name);

function legenda(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/run.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: input ?? '',
  });
  return { status, stdout, stderr };
}
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(() => {
  // What is tested is the built program, so it must be that of these sources.
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = '{"id":"a","caption":"Axial CT of the chest shows a mass.","source":"mine"}\n';

describe('label', () => {
  it('labels a stream and passes fields through', () => {
    const { status, stdout } = legenda(['label', '-'], GOOD);
    expect(status).toBe(0);
    const [record] = lines(stdout);
    expect(record).toMatchObject({ id: 'a', source: 'mine', labels: ['ct', 'axial', 'thorax', 'mass'] });
    expect(record.subcaptions).toHaveLength(1);
  });

  it('--explain adds what was shadowed, refused and withheld', () => {
    const [record] = lines(
      legenda(['label', '-', '--explain'], '{"id":"a","caption":"CT-guided biopsy of the kidney."}\n').stdout,
    );
    const { shadowed } = record.trace as { shadowed: { hit: { text: string }; by: { text: string } }[] };
    expect(shadowed.some(({ hit, by }) => hit.text === 'CT' && by.text.startsWith('CT-guided'))).toBe(true);
  });

  it.each([
    ['a missing file', ['label', 'nowhere.jsonl'], /no such file: nowhere\.jsonl/],
    ['an unknown flag', ['label', 'x.jsonl', '--colour'], /colour/],
    ['a flag with a wrong value', ['label', 'x.jsonl', '--workers', 'two'], /--workers: Expected an integer .*two/],
    ['an unknown pack', ['label', '-', '--pack', 'no-such-pack'], /no-such-pack/],
    ['an unknown normalisation', ['label', '-', '--normalise', 'nought'], /nought/],
  ])('%s is a usage error with a clear sentence', (_, args, message) => {
    const { status, stderr } = legenda(args, GOOD);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it('an empty folder is a usage error', () => {
    mkdirSync(at('empty'));
    const { status, stderr } = legenda(['label', 'empty']);
    expect(status).toBe(2);
    expect(stderr).toContain('holds no .jsonl');
  });

  it('bad lines go to the rejects with their reason, and the rest goes on', () => {
    const bad = Buffer.concat([
      Buffer.from(GOOD),
      Buffer.from('{"id":"b","caption":7}\n{"id":"c","caption":\n'),
      Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0x61, 0x22, 0x3a, 0x31, 0x7d, 0x0a]),
      Buffer.from('{"id":"a","caption":"Again."}\n{"caption":"No id."}\n'),
      Buffer.from(`{"id":"long","caption":"${'x'.repeat(1_000_000)}"}\n{"id":"z","caption":"Chest radiograph."}\n`),
    ]);
    writeFileSync(at('bad.jsonl'), bad);
    const { status } = legenda(['label', 'bad.jsonl', '-o', 'out.jsonl']);
    expect(status).toBe(1);
    expect(lines(readFileSync(at('out.jsonl'), 'utf8')).map((r) => r.id)).toEqual(['a', 'z']);
    const rejects = lines(readFileSync(at('out.jsonl.rejects.jsonl'), 'utf8'));
    expect(rejects.map((r) => r.line)).toEqual([2, 3, 4, 5, 6, 7]);
    const errors = rejects.map((r) => String(r.error));
    expect(errors[0]).toBe("the field 'caption' is not a string but a number");
    expect(errors[1]).toContain('not JSON');
    expect(errors[2]).toContain('not valid UTF-8');
    expect(errors[3]).toBe('the id stands on line 1 already');
    expect(errors[4]).toBe("the field 'id' is missing");
    expect(errors[5]).toContain('the limit is 100000');
    expect(rejects[0].raw).toBe('{"id":"b","caption":7}');
    expect(legenda(['label', 'bad.jsonl', '-o', 'out.jsonl', '--allow-rejects']).status).toBe(0);
    writeFileSync(at('good.jsonl'), GOOD);
    expect(legenda(['label', 'good.jsonl', '-o', 'out.jsonl']).status).toBe(0);
    expect(existsSync(at('out.jsonl.rejects.jsonl'))).toBe(false);
    expect(existsSync(at('out.jsonl.partial'))).toBe(false);
  });

  it('an empty file gives an empty file', () => {
    writeFileSync(at('none.jsonl'), '');
    expect(legenda(['label', 'none.jsonl', '-o', 'none.out.jsonl']).status).toBe(0);
    expect(readFileSync(at('none.out.jsonl'), 'utf8')).toBe('');
  });

  it('gives the same bytes with two workers, and reads CSV', () => {
    const many = Array.from(
      { length: 6000 },
      (_, i) => `{"id":"m${i}","caption":"CT (${i}) of the abdomen – no mass."}\n`,
    );
    writeFileSync(at('many.jsonl'), many.join(''));
    expect(legenda(['label', 'many.jsonl', '-o', 'one.jsonl', '--workers', '1']).status).toBe(0);
    expect(legenda(['label', 'many.jsonl', '-o', 'two.jsonl', '--workers', '2']).status).toBe(0);
    expect(readFileSync(at('two.jsonl')).equals(readFileSync(at('one.jsonl')))).toBe(true);
    writeFileSync(at('c.csv'), 'id,caption\n1,"Chest radiograph, frontal view."\n');
    const [record] = lines(legenda(['label', 'c.csv']).stdout);
    expect(record).toMatchObject({ id: '1', labels: ['x_ray', 'frontal', 'thorax'] });
  });

  it('writes Parquet that it reads again', () => {
    writeFileSync(at('p.jsonl'), GOOD);
    expect(legenda(['label', 'p.jsonl', '-o', 'p.parquet']).status).toBe(0);
    const [record] = lines(legenda(['label', 'p.parquet']).stdout);
    expect(record).toMatchObject({ id: 'a', source: 'mine' });
  });
});

describe('other commands', () => {
  it('--help lists the exit codes', () => {
    const { status, stdout } = legenda(['label', '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('EXIT CODES');
    expect(stdout).toContain('internal error');
  });

  it('explain shows entities and the first step that stopped a rule', () => {
    expect(legenda(['explain', 'Axial CT of the chest.']).stdout).toContain('modality-ct.yaml');
    const stopped = legenda(['explain', 'MRI of the knee.', '--rule', 'radiology/ct/ct']);
    expect(stopped.stdout).toContain('no-match');
    expect(stopped.status).toBe(1);
  });

  it('run caption-splitter, assertion and demographics', () => {
    const split = lines(
      legenda(['run', 'caption-splitter', '-'], '{"id":1,"caption":"(A) Axial CT. (B) Coronal MRI."}\n').stdout,
    );
    expect((split[0].subcaptions as { panel: string }[]).map((s) => s.panel)).toEqual(['A', 'B']);
    const asserted = lines(
      legenda(['run', 'assertion', '-'], '{"id":1,"text":"There is no mass.","start":12,"end":16}\n').stdout,
    );
    expect(asserted[0]).toMatchObject({ assertion: 'absent', cue: { text: 'no', start: 9, end: 11 } });
    const person = lines(
      legenda(['run', 'demographics', '-'], '{"id":1,"text":"A 45-year-old woman was admitted."}\n').stdout,
    );
    expect(person[0]).toMatchObject({ gender: 'Female', age: { value: 45, unit: 'year', years: 45 } });
  });

  it('run names a slot that is not there, and a plugin that is not there', () => {
    expect(legenda(['run', 'teleporter', '-']).status).toBe(2);
    const { status, stderr } = legenda(['run', 'assertion', '-', '--plugin', 'nobody'], '{}');
    expect(status).toBe(2);
    expect(stderr).toContain('nobody');
  });

  it('a plugin of another interface is exit 4', () => {
    writeFileSync(
      at('old.mjs'),
      "export default { name: 'old', version: '1', api: 99, slot: 'assertion', setup() {} };",
    );
    const { status, stderr } = legenda(['run', 'assertion', '-', '--plugin', './old.mjs'], '{}');
    expect(stderr).toContain('plugin interface 99');
    expect(status).toBe(4);
  });

  it('a plugin that throws costs its record, not the pass', () => {
    const source =
      "classify(doc, spans) { if (doc.text.includes('boom')) throw new Error('it broke'); return spans.map(() => ({ assertion: 'present', cue: null })); }";
    writeFileSync(
      at('bad.mjs'),
      `export default { name: 'bad', version: '1', api: 1, slot: 'assertion', setup: () => ({ ${source} }) };`,
    );
    const input = '{"id":1,"text":"boom here","start":0,"end":4}\n{"id":2,"text":"calm here","start":0,"end":4}\n';
    const { status, stdout, stderr } = legenda(['run', 'assertion', '-', '--plugin', './bad.mjs'], input);
    expect(status).toBe(1);
    expect(lines(stdout).map((r) => r.id)).toEqual([2]);
    expect(stderr).toContain("plugin 'bad' (assertion): it broke");
  });

  it('an invalid pack is exit 3 and an engine that is too old exit 4', () => {
    mkdirSync(at('broken'));
    writeFileSync(at('broken/pack.yaml'), 'id: broken\nversion: 1.0.0\nengine: ">=0.1.0"\ndictionaries: [d.yaml]\n');
    writeFileSync(at('broken/d.yaml'), 'entity: finding\nvalues:\n  x: { termz: [y] }\n');
    expect(legenda(['validate', './broken']).status).toBe(3);
    expect(legenda(['label', '-', '--pack', './broken'], GOOD).status).toBe(3);
    mkdirSync(at('future'));
    writeFileSync(at('future/pack.yaml'), 'id: future\nversion: 1.0.0\nengine: ">=9.0.0"\n');
    expect(legenda(['validate', './future']).status).toBe(4);
  });
});
