import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexicon } from '../../core/match/lexicon.js';
import { Tokenizer, Vocabulary, codePointMap, utf16Map } from '../../core/text/index.js';

const tokens = (text: string): string[] => {
  const doc = new Tokenizer(new Vocabulary()).keep(text);
  return Array.from({ length: doc.count }, (_, i) => doc.tokenText(i));
};
const sentences = (text: string): string[] =>
  new Tokenizer(new Vocabulary(), new Set(['fig', 'approx', 'al']))
    .keep(text)
    .sentences.map((s) => text.slice(s.start, s.end));

describe('tokens', () => {
  it.each([
    ['X-ray of 5cm', ['X', 'ray', 'of', '5', 'cm']],
    ['T2-weighted CD20 3D', ['T2', 'weighted', 'CD20', '3', 'D']],
    ['H&E, 3.5 x 1,000', ['H', '&', 'E', ',', '3.5', 'x', '1,000']],
    ["Crohn's disease - CT", ['Crohn', 's', 'disease', '-', 'CT']],
  ])('of %s', (text, expected) => expect(tokens(text)).toEqual(expected));

  it('lie in order inside the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const doc = new Tokenizer(new Vocabulary()).keep(text);
        for (let i = 0; i < doc.count; i++) {
          expect(doc.start[i]).toBeLessThan(doc.end[i]);
          expect(doc.start[i]).toBeGreaterThanOrEqual(i === 0 ? 0 : doc.end[i - 1]);
        }
        const { sentences: found } = doc;
        found.forEach((s, i) => expect(s.start).toBeGreaterThanOrEqual(i === 0 ? 0 : found[i - 1].end));
      }),
    );
  });
});

describe('sentences of captions', () => {
  it.each([
    ['Fig. 1a. Chest CT. Second.', ['Fig. 1a.', 'Chest CT.', 'Second.']],
    ['A mass of approx. 3.5 cm. No fluid.', ['A mass of approx. 3.5 cm.', 'No fluid.']],
    ['A. Chest radiograph. B. Chest CT.', ['A. Chest radiograph.', 'B. Chest CT.']],
    ['Consolidation of the lung.The heart is normal.', ['Consolidation of the lung.', 'The heart is normal.']],
  ])('%s', (text, expected) => expect(sentences(text)).toEqual(expected));
});

describe('code points', () => {
  it('map there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const points = Array.from(text);
        const there = codePointMap(text);
        const back = utf16Map(text);
        points.forEach((_, i) => expect(there(back(i))).toBe(i));
        expect(there(text.length)).toBe(points.length);
      }),
    );
  });
});

describe('a lexicon', () => {
  const vocabulary = new Vocabulary();
  const lexicon = new Lexicon(vocabulary, [
    { text: 'CT', entry: 'ct' },
    { text: 'CT scan', entry: 'scan' },
    { text: 'US', entry: 'us', exactCase: true },
    { text: '*itis', entry: 'itis' },
    { text: 'grade #', entry: 'grade' },
    { text: 'tomografía', entry: 'tomo' },
  ]);
  const find = (text: string): string[] => {
    const doc = new Tokenizer(vocabulary).keep(text);
    return lexicon.find(doc).map((h) => `${h.entry}:${text.slice(h.start, h.end)}`);
  };
  it.each([
    ['a CT–scan and a ct', ['scan:CT–scan', 'ct:ct']],
    ['told us about US', ['us:US']],
    ['Appendicitis, itis', ['itis:Appendicitis']],
    ['grade 3 of TOMOGRAFIA', ['grade:grade 3', 'tomo:TOMOGRAFIA']],
    ['CT, scan', ['ct:CT']],
  ])('finds in %s', (text, expected) => expect(find(text)).toEqual(expected));
});
