import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { hasErrors } from '../../core/diagnostics/index.js';
import { compilePack } from '../../core/label/compile.js';
import { Labeller } from '../../core/label/labeller.js';
import { toRecord } from '../../core/label/print.js';
import { loadPacks, validatePacks } from '../../core/pack/index.js';
import type { AssertionClassifier, CaptionSplitter } from '../../core/plugin/index.js';
import { Vocabulary } from '../../core/text/index.js';

const cwd = mkdtempSync(join(tmpdir(), 'legenda-packs-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const whole: CaptionSplitter = {
  split: ({ doc: { text } }) => ({
    subcaptions: [{ panel: null, text, ranges: [{ start: 0, end: text.length }] }],
    confidence: 'high',
    reasons: [],
    markers: [],
  }),
};
const present: AssertionClassifier = {
  classify: (_, concepts) => concepts.map(() => ({ assertion: 'present', cue: null })),
};

/** Keys of all files of a pack, right and wrong. */
const key = fc.constantFrom(
  'id',
  'version',
  'engine',
  'extends',
  'dictionaries',
  'rules',
  'taxonomy',
  'overrides',
  'normalise',
  'default_normalise',
  'entity',
  'lexicon',
  'values',
  'terms',
  'labels',
  'attributes',
  'codes',
  'except',
  'assertion',
  'priority',
  'case',
  'language',
  'morphology',
  'layer',
  'plural',
  'heads',
  'spelling',
  'joined',
  'regex',
  'anchors',
  'match',
  'scope',
  'context',
  'before',
  'after',
  'within',
  'optional',
  'words',
  'classes',
  'parent',
  'requires',
  'disjoint',
  'compounds',
  'of',
  'cases',
  'text',
  'none',
  'todo',
  'template',
  'over',
  'only',
  '__proto__',
  'constructor',
);
const scalar = fc.oneof(
  fc.constantFrom(
    'CT',
    'lung',
    '(a|b) c',
    '*itis',
    '#',
    '(',
    '|',
    '',
    '\\d+ mm',
    '(x+)+y',
    '[',
    'fold',
    'exact',
    'present',
    'absent',
    'lab',
    '1.0.0',
    '*',
    'd.yaml',
    '*.yaml',
    '../..',
    'token',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}));
const file = fc.oneof(
  fc.dictionary(key, tree, { maxKeys: 6 }).map((value) => dump(value, { skipInvalid: true })),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

const PACK = 'id: lab\nversion: 1.0.0\nengine: "*"\ndictionaries: [d.yaml]\nrules: [r.yaml]\ntaxonomy: t.yaml\n';

/** Writes a pack, reads it, and labels with it where it has no error. */
async function tryPack(files: Readonly<Record<string, string>>): Promise<'refused' | 'labelled'> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const options = { builtin: false, cwd, engineVersion: '0.1.0' };
  const { diagnostics } = await validatePacks(['.'], options);
  for (const one of diagnostics) expect(one.message).not.toBe('');
  const { effective, diagnostics: loading } = loadPacks(['.'], options);
  if (hasErrors(loading)) return 'refused';
  const labeller = new Labeller(compilePack(effective, new Vocabulary(), undefined), whole, present, new Set());
  for (const caption of ['CT of the lung, 5 mm', 'a c (b) 🔬 x', '']) {
    const record = toRecord(labeller.label(caption), labeller.pack.taxonomy);
    const points = Array.from(caption);
    for (const { start, end, text } of record.entities) expect(points.slice(start, end).join('')).toBe(text);
  }
  return 'labelled';
}

describe('arbitrary YAML as a pack', () => {
  it('gives diagnostics, or a pack that labels: never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(file, file, file, fc.option(file, { nil: undefined }), async (d, r, t, pack) => {
        await tryPack({ 'pack.yaml': pack ?? PACK, 'd.yaml': d, 'r.yaml': r, 't.yaml': t });
      }),
      { numRuns: 250 },
    );
  });

  it('a dictionary of the right form with arbitrary terms labels or is refused', async () => {
    const outcomes = new Set<string>();
    const term = fc.oneof(scalar, fc.dictionary(key, tree, { maxKeys: 4 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(term, { minLength: 1, maxLength: 5 }),
        fc.array(scalar, { maxLength: 3 }),
        async (terms, except) => {
          const d = dump({ entity: 'thing', values: { one: { labels: ['a'], terms, except } } }, { skipInvalid: true });
          outcomes.add(
            await tryPack({
              'pack.yaml': PACK,
              'd.yaml': d,
              'r.yaml': 'rules: []\n',
              't.yaml': 'taxonomy: t\nclasses: { a: {} }\n',
            }),
          );
        },
      ),
      // One that is right, so that it is not left to chance whether any is.
      { numRuns: 150, examples: [[['CT', 'lung'], []]] },
    );
    expect([...outcomes].sort()).toEqual(['labelled', 'refused']);
  });
});
