import { describe, expect, it } from 'vitest';
import { expandTerm, inflect, termProblem, type Morphology } from '../../core/pack/index.js';

const at = { file: 'en.yaml', line: 1, col: 1 };
const english: Morphology = {
  id: 'en',
  pack: 'language@1.0.0',
  plural: [
    ['sis', ['ses']],
    ['us', ['i', 'uses']],
    ['s', []],
    ['', ['s']],
  ],
  heads: ['of', 'in'],
  spelling: [
    ['edema', 'oedema'],
    ['tumour', 'tumor'],
  ],
  joined: true,
  at,
};

describe('alternatives', () => {
  it.each([
    ['frontal lobe', ['frontal lobe']],
    ['(left|right) (lobe|)', ['left lobe', 'left', 'right lobe', 'right']],
    ['tumo(u|)r', ['tumour', 'tumor']],
    ['((upper|lower) limb|arm)', ['upper limb', 'lower limb', 'arm']],
    ['node (N) (a|b)', ['node (N) a', 'node (N) b']],
    ['  many   blanks ', ['many blanks']],
  ])('%s', (term, phrases) => expect(expandTerm(term)).toEqual(phrases));

  it.each([
    ['(a|b', 'has a bracket that is not closed'],
    ['a|b', 'has a bar outside of round brackets'],
    ['(a|b))', 'has a bracket that is not opened'],
    ['(a|)', 'can be empty'],
    ['*it1s', 'has the ending `*it1s`, which may have letters from a to z only'],
  ])('%s %s', (term, problem) => expect(termProblem(term)).toBe(problem));

  it('are bounded', () => {
    const term = Array.from({ length: 20 }, () => '(a|b)').join(' ');
    expect(termProblem(term)).toMatch(/^stands for more than/);
    expect(expandTerm(term).length).toBeLessThanOrEqual(10_000);
  });
});

describe('morphology', () => {
  it.each([
    ['lobe', ['lobe', 'lobes']],
    ['metastasis', ['metastasis', 'metastases']],
    ['thalamus', ['thalamus', 'thalami', 'thalamuses']],
    ['lobes', ['lobes']],
    ['CT', ['CT', 'CTs']],
    ['PSIS', ['PSIS', 'PSISs']],
    ['X-ray', ['X-ray', 'Xray', 'X-rays', 'Xrays']],
    ['Oedema', ['Oedema', 'Edema', 'Oedemas', 'Edemas']],
    ['tumour', ['tumour', 'tumor', 'tumours', 'tumors']],
    ['mass of the lung', ['mass of the lung', 'mass of the lungs']],
    ['cyst of lobe', ['cyst of lobe', 'cyst of lobes', 'cysts of lobe', 'cysts of lobes']],
    ['*oma', ['*oma', '*omas']],
    ['grade #', ['grade #']],
  ])('%s', (term, variants) => expect(inflect(term, english)).toEqual(variants));
});
