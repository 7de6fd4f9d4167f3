import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError, importAnnotatedNgrams } from '../../core/import/index.js';
import { openEngine } from '../../core/index.js';
import { loadPacks } from '../../core/pack/index.js';

const CSV = `count,n,ngram,label_1,label_2,label_3
900,1,of,,,
800,1,ct,ct,,
700,1,wrist,wrist,,
600,1,lump,mass,,
500,3,pet/ct,pet,ct,
400,1,no,_assertion_absent,,
300,1,ct-guided,_LABEL_BLOCKER,,
200,1,wrist watch,_LABEL_BLOCKER,,
150,1,nothing of it,_LABEL_BLOCKER,,
100,3,"photograph, clinical",medical_photograph,,
90,1,wrist-,wrist,,
80,1,WRIST,hand,,
70,1,a|b,ct,,
60,1,thermogram,thermography,,
`;
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function written(options?: Parameters<typeof importAnnotatedNgrams>[1]): string {
  const folder = mkdtempSync(join(tmpdir(), 'legenda-ngrams-'));
  folders.push(folder);
  for (const { path, content } of importAnnotatedNgrams(CSV, options).files) writeFileSync(join(folder, path), content);
  return folder;
}
const classes = (): Iterable<string> => loadPacks(['taxonomy'], { builtin: false }).effective.taxonomy.classes.keys();

describe('a pack of annotated n-grams', () => {
  it('is valid, with and without the built-in packs', () => {
    const folder = written({ classes: classes() });
    for (const builtin of [true, false]) {
      const { diagnostics, packs } = loadPacks([folder], { builtin });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(packs.at(-1)?.ref).toBe('annotated-ngrams@1.0.0');
    }
  });

  it('labels as the original: the longest n-gram, blockers, requirements, several labels', async () => {
    const base = { packs: [written({ classes: classes() })], builtin: false };
    const engine = await openEngine({ config: base });
    const labels = (caption: string): string[] => [...engine.label(caption).labels].sort();
    expect(labels('CT of the wrist.')).toEqual(['ct', 'wrist']);
    expect(labels('CT-guided puncture.')).toEqual([]);
    expect(labels('CT with a wrist watch.')).toEqual(['ct']);
    // A mass may be named without a picture; the region needs one.
    expect(labels('A lump of the wrist.')).toEqual(['mass']);
    expect(labels('CT shows a lump.')).toEqual(['ct', 'mass']);
    expect(labels('CT shows no lump.')).toEqual(['ct']);
    expect(labels('PET/CT.')).toEqual(['ct', 'pet']);
    expect(labels('Photograph, clinical: thermogram.')).toEqual(['medical_photograph', 'thermography']);
  });

  it('says what it could not carry over', () => {
    const { notes } = importAnnotatedNgrams(CSV, { classes: classes() });
    const lost = notes.filter(({ kind }) => kind === 'lost').map(({ what }) => what);
    expect(lost).toEqual([
      'n-gram "no" with the control label _assertion_absent',
      'n-gram "WRIST" (hand)',
      'n-gram "a|b"',
      '1 n-grams without a label',
      'the counts',
    ]);
    expect(notes.find(({ what }) => what === 'label "thermography"')?.kind).toBe('changed');
  });

  it('takes a name and an entity', () => {
    const { id, files } = importAnnotatedNgrams(CSV, { id: 'lab', entity: 'mark' });
    expect(id).toBe('lab');
    expect(files.map(({ path }) => path)).toEqual(['pack.yaml', 'ngrams.yaml', 'ngrams.test.yaml']);
    expect(files[1].content).toContain('entity: mark\n');
  });

  it.each(['', 'a,b\n1,2\n', 'ngram,label_1\nx,\n', 'ngram,label_1\n"x,\n'])('refuses %j', (csv) => {
    expect(() => importAnnotatedNgrams(csv)).toThrow(ImportError);
  });
});
