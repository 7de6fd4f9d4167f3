import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { explainEffective, loadPacks, validatePacks } from '../../core/pack/index.js';

const fixtures = join(import.meta.dirname, '../fixtures/packs');
const own = { builtin: false, cwd: fixtures, engineVersion: '0.1.0' };
const loaded = (root: string) => loadPacks([root], own);
const valueOf = (root: string, id: string) =>
  loaded(root)
    .effective.dictionaries.flatMap((one) => one.values)
    .find((value) => value.id === id);

describe('a sound pack', () => {
  it('has no faults', async () => {
    expect((await validatePacks(['sound', 'heir'], own)).diagnostics).toEqual([]);
  });

  it('fills in the defaults of files, and keeps places', () => {
    const value = valueOf('sound/base', 'colour/white');
    expect(value).toMatchObject({ labels: ['lesion'], attributes: { family: 'light' }, priority: 0 });
    expect(value?.terms[1]).toEqual({
      text: 'off-white',
      exactCase: false,
      morphology: ['en'],
      at: { file: 'words/colour.yaml', line: 18, col: 20 },
    });
  });

  it('reads the long form of a term', () => {
    expect(valueOf('sound/base', 'colour/brown')?.terms[2]).toMatchObject({
      text: 'BR',
      exactCase: true,
      morphology: [],
      priority: 2,
      context: { before: ['colour'], after: [], within: 10, both: false, optional: false, wholeWords: false },
    });
  });

  it('tells the kinds of files by their keys', () => {
    const { effective } = loaded('sound/base');
    expect(effective.dictionaries.map((one) => one.id)).toEqual(['colour', 'cues/en']);
    expect([...effective.morphologies.keys()]).toEqual(['en']);
    expect([...effective.taxonomy.classes.keys()]).toEqual(['lesion', 'pigmented', 'naevus']);
    expect(effective.rules.map((rule) => [rule.id, rule.match, rule.scope])).toEqual([['width', 'token', 'sentence']]);
  });
});

describe('overrides', () => {
  it('change what is inherited, field by field', () => {
    const brown = valueOf('sound', 'colour/brown')!;
    expect(brown.terms.map((term) => term.text)).toEqual(['(light|dark) brown', 'BR', 'chestnut']);
    expect(brown.terms.at(-1)).toMatchObject({
      morphology: ['en'],
      at: { pack: 'skin@2.0.0', file: 'pack.yaml', line: 8 },
    });
    expect(brown).toMatchObject({ labels: ['naevus'], codes: { demo: 'B1', other: 'X9' }, priority: 0 });
    expect([...brown.overridden!.keys()].sort()).toEqual(['codes', 'labels', 'terms']);
    expect(brown.overridden!.get('labels')).toMatchObject({ pack: 'skin@2.0.0', why: 'the clinic says chestnut' });
  });

  it('switch a value off, and on again', () => {
    expect(valueOf('sound', 'colour/white')).toBeUndefined();
    expect(loaded('sound').effective.disabled.get('colour/white')).toMatchObject({
      pack: 'skin@2.0.0',
      at: { line: 13 },
    });
    expect(valueOf('heir', 'colour/white')).toBeDefined();
  });

  it('are inherited', () => {
    expect(valueOf('heir', 'colour/brown')).toMatchObject({ labels: ['naevus'], priority: 5 });
    expect(loaded('heir').effective.rules[0]).toMatchObject({ id: 'width', priority: 3 });
    expect(loaded('heir').packs.map((pack) => pack.ref)).toEqual(['skin-base@1.2.0', 'skin@2.0.0', 'heir@0.1.0']);
  });
});

describe('a pack by name', () => {
  it('is an installed npm package, whose package.json may say where', () => {
    const lab = mkdtempSync(join(tmpdir(), 'legenda-lab-'));
    const home = join(lab, 'node_modules/@lab/skin');
    mkdirSync(join(home, 'pack'), { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name: '@lab/skin', legenda: { pack: 'pack' } }));
    writeFileSync(join(home, 'pack/pack.yaml'), 'id: lab-skin\nversion: 1.0.0\nengine: "*"\n');
    const { packs, diagnostics } = loadPacks(['@lab/skin'], { ...own, cwd: lab });
    expect(diagnostics).toEqual([]);
    expect(packs.map((pack) => pack.ref)).toEqual(['lab-skin@1.0.0']);
  });

  it('that is not there has a diagnostic', () => {
    const { diagnostics } = loadPacks(['./nowhere'], own);
    expect(diagnostics).toMatchObject([{ code: 'unknown-pack', file: './nowhere' }]);
  });
});

it('prints the effective pack as YAML with the origin of each field', () => {
  const text = explainEffective(loaded('sound').effective);
  expect(text).toContain('      brown:  # skin-base@1.2.0 words/colour.yaml:7\n');
  expect(text).toContain('        labels: [naevus]  # skin@2.0.0 pack.yaml:7: the clinic says chestnut\n');
  expect(text).toContain(
    '          - chestnut  # skin@2.0.0 pack.yaml:8\n'.replace('chestnut', '{term: chestnut, morphology: [en]}'),
  );
  expect(text).toContain('  - colour/white  # skin@2.0.0 pack.yaml:13: not seen here\n');
  const read = load(text) as { dictionaries: { colour: { values: { brown: { terms: unknown[] } } } } };
  expect(read.dictionaries.colour.values.brown.terms).toHaveLength(3);
});
