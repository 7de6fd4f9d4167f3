import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../core/diagnostics/index.js';
import { loadPacks, modelineFor, schemaNamedIn, validatePacks } from '../../core/pack/index.js';

const MANIFEST = 'id: lab\nversion: 1.0.0\nengine: "*"\n';

/** Faults of a pack that is made of these files. */
async function faultsOf(files: Readonly<Record<string, string | Buffer>>): Promise<string[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'legenda-pack-'));
  for (const [name, text] of Object.entries({ 'pack.yaml': MANIFEST, ...files })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const { diagnostics } = await validatePacks(['.'], { builtin: false, cwd, engineVersion: '0.1.0' });
  return diagnostics.map((one) => `${placeOf(one)} ${one.code} ${one.help ?? ''}`);
}
const dictionary = (terms: string, more = ''): string => `entity: colour\n${more}values:\n  red: { terms: ${terms} }\n`;

describe('faults', () => {
  it('of references', async () => {
    const found = await faultsOf({
      'pack.yaml': `${MANIFEST}normalise: { coarse: { colour: famly } }\ndefault_normalise: corse\noverrides: [{ id: colour/rde, labels: [warm] }]\n`,
      'classes.yaml': 'taxonomy: t\nclasses: { warm: { parent: colours }, cold: { requires: wram } }\n',
      'colour.yaml': dictionary('[red]', 'attributes: { family: warm }\nmorphology: [en]\n'),
    });
    expect(found).toEqual([
      'classes.yaml:2:28 unknown-label add it to a taxonomy file, or extend the pack that has it',
      'classes.yaml:2:57 unknown-label did you mean `warm`?',
      'colour.yaml:3:14 unknown-morphology extend the pack that has it, for English `language`',
      'pack.yaml:4:32 unknown-attribute did you mean `family`?',
      'pack.yaml:5:20 unknown-normalise did you mean `coarse`?',
      'pack.yaml:6:19 unknown-id did you mean `colour/red`?',
    ]);
  });

  it('of terms', async () => {
    const found = await faultsOf({
      'colour.yaml':
        'entity: colour\nvalues:\n  red: { terms: [red, "(dark|light red", Réd, ruby] }\n  gem: { priority: 2, terms: [ruby] }\n  wine: { terms: [{ term: red, context: { before: [wine] } }] }\n',
    });
    expect(found).toEqual([
      'colour.yaml:3:23 bad-term close it; in YAML ` #` begins a comment, so that a term with a `#` needs quotes',
      'colour.yaml:3:42 repeated-term take one out; case, diacritics, hyphens and white space do not tell terms apart',
      'colour.yaml:3:47 shadowed-term take it out, or give it a `context`',
    ]);
  });

  it('of rules without anything to look for', async () => {
    const found = await faultsOf({
      'r.yaml': "rules:\n  - { id: any, entity: n, regex: '\\d{1,3}' }\n",
      'r.test.yaml': 'cases: [{ text: "[7]{n}" }]\n',
    });
    expect(found).toEqual([
      'r.yaml:2:34 unanchored-regex name words of which one must be in the text: `anchors: [mm, cm]`, or `anchors: ["#"]` for any number',
    ]);
  });

  it('of test cases', async () => {
    const found = await faultsOf({
      'colour.yaml': dictionary('[red]'),
      'colour.test.yaml':
        'cases:\n  - text: "[red]{colour:red}"\n  - text: "[red]{colour=red!gone}"\n  - template: "red"\n    over: colour/red\n  - tekst: red\n',
    });
    expect(found.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'colour.test.yaml:2:5 bad-case',
      'colour.test.yaml:3:5 bad-case',
      'colour.test.yaml:4:5 bad-case',
      'colour.test.yaml:6:5 one-of-keys',
      'colour.test.yaml:6:5 unknown-key',
    ]);
  });

  it('of files', async () => {
    const found = await faultsOf({
      'pack.yaml': `${MANIFEST}extends: [radiologi]\ndictionaries: ['*.yaml', 'more/*.yaml']\n`,
      'latin.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
      'empty.yaml': '',
      'list.yaml': '- a\n',
    });
    expect(found.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'empty.yaml:1:1 unknown-kind',
      'latin.yaml unreadable-file',
      'list.yaml:1:1 unknown-kind',
      'pack.yaml:4:11 unknown-pack',
      'pack.yaml:5:26 empty-glob',
    ]);
  });

  it('do not follow from each other', async () => {
    const broken = {
      'classes.yaml': 'taxonomy: t\nclasses: { warm: {}\n',
      'colour.yaml': dictionary('[red]', 'labels: [warm]\n'),
    };
    expect((await faultsOf(broken)).map((one) => one.split(' ')[1])).toEqual(['yaml-syntax']);
  });

  it('are all found in one file, and do not hide what is sound in it', async () => {
    const found = await faultsOf({
      'colour.yaml':
        'entity: colour\nvalues:\n  red: { terms: [red, 7, true] }\n  blue: { terms: [blue], name: 3, tone: x }\n  green: { terms: [Red] }\n',
    });
    expect(found.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'colour.yaml:3:23 wrong-type',
      'colour.yaml:3:26 wrong-type',
      'colour.yaml:4:32 wrong-type',
      'colour.yaml:4:35 unknown-key',
      'colour.yaml:5:20 ambiguous-term',
    ]);
  });
});

describe('the engine range', () => {
  const with_ = (engine: string): string[] => {
    const cwd = mkdtempSync(join(tmpdir(), 'legenda-pack-'));
    writeFileSync(join(cwd, 'pack.yaml'), `id: lab\nversion: 1.0.0\nengine: '${engine}'\n`);
    return loadPacks(['.'], { builtin: false, cwd, engineVersion: '0.4.0' }).diagnostics.map((one) => one.code);
  };
  it.each([
    ['>=0.1.0 <1.0.0', []],
    ['>=0.5.0', ['engine-too-old']],
    ['<0.4.0', ['engine-too-new']],
    ['new', ['bad-engine-range']],
  ])('%s', (range, codes) => expect(with_(range)).toEqual(codes));
});

describe('the modeline', () => {
  it('is the way from a file to its schema', () => {
    const line = modelineFor('/p/dictionaries/skin/colour.yaml', 'dictionary', '/p');
    expect(line).toBe('# yaml-language-server: $schema=../../core/pack/schemas/dictionary.schema.json');
    expect(schemaNamedIn(`# about colours\n${line}\nentity: colour\n`)).toBe(
      '../../core/pack/schemas/dictionary.schema.json',
    );
    expect(schemaNamedIn(`entity: colour\n${line}\n`)).toBeUndefined();
  });
});

it('loads 100,000 terms in proportion to reading them', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'legenda-pack-'));
  writeFileSync(join(cwd, 'pack.yaml'), MANIFEST);
  const values = (count: number): string =>
    'entity: x\nvalues:\n' +
    Array.from(
      { length: count },
      (_, i) => `  v${i}:\n    terms:\n` + Array.from({ length: 10 }, (_, k) => `      - term ${i} of ${k}\n`).join(''),
    ).join('');
  const time = (count: number): number => {
    writeFileSync(join(cwd, 'x.yaml'), values(count));
    const runs = [0, 1, 2].map(() => {
      const start = performance.now();
      const { effective } = loadPacks(['.'], { builtin: false, cwd });
      expect(effective.dictionaries[0].values).toHaveLength(count);
      return performance.now() - start;
    });
    return Math.min(...runs);
  };
  time(1000);
  expect(time(10_000) / time(1000)).toBeLessThan(25);
});
