import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorsOf, deriveAnchors } from '../../core/pack/index.js';

describe('anchors of a regex', () => {
  it.each([
    ['\\d+(?:\\.\\d+)?\\s?(?:mm|cm)', ['mm', 'cm']],
    ['\\d+\\s?(?:x\\s?\\d+\\s?){0,2}(?:mm|cm)\\b', ['mm', 'cm']],
    ['\\bT[1-4]\\b', ['T1', 'T2', 'T3', 'T4']],
    ['\\blob(?:e|ar)s?\\b', ['lobe', 'lobes', 'lobar', 'lobars']],
    ['\\w+itis\\b', ['itis', '*itis']],
    ['\\d{1,3}-year-old', ['year']],
    ['(?:left|right)\\s+(?:upper|lower)\\s+lobe', ['upper', 'lower']],
    ['(?<!\\p{L})CT(?!\\p{L}|\\d)', ['CT']],
    ['grade\\s+[IV]+', ['grade', '*grade']],
  ])('%s', (regex, anchors) => expect(deriveAnchors(regex)).toEqual(anchors));

  it.each(['(a+)+$', '[A-Z]{2,5}', '\\d+', 'CD\\d+', 'x(\\d)\\1y?', '(?:mm|\\d+)', '(?:CT)?'])('%s has none', (regex) =>
    expect(deriveAnchors(regex)).toBeUndefined(),
  );

  it('are those that the rule declares, where it does', () => {
    expect(anchorsOf({ regex: '\\d+ mm', anchors: ['millimetre'] })).toEqual(['millimetre']);
  });

  it('stand in every match, as whole words', () => {
    const piece = fc.constantFrom(
      'mm',
      ' cm',
      'T[12]',
      '\\b',
      '\\s',
      '\\d+',
      '(?:left|right) ',
      '(?:x|y\\b)?',
      'a+',
      '-',
      'lobe\\b',
      '.',
    );
    const texts = [
      '5 mm left lobe',
      'T1 right a-lobe',
      'x 22 cm aaa mm T2',
      'the left  mm5 yT1 right lobe',
      '12mm-3 cm',
    ];
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.constantFrom(...texts), (pieces, text) => {
        const pattern = `\\b${pieces.join('')}\\b`;
        const anchors = deriveAnchors(pattern);
        if (!anchors) return;
        for (const { 0: match, index } of text.matchAll(new RegExp(pattern, 'giu'))) {
          const words = tokensTouching(text, index, index + match.length);
          expect(
            anchors.some((anchor) => words.some((word) => fits(word, anchor.toLowerCase()))),
            `${pattern} in ${text}`,
          ).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** Letters with the digits after them are one token, as core/text cuts them. */
const tokensTouching = (text: string, start: number, end: number): string[] =>
  [...text.matchAll(/\p{L}+\p{Nd}*/gu)]
    .filter((token) => token.index < end && token.index + token[0].length > start)
    .map((token) => token[0].toLowerCase());

const fits = (word: string, anchor: string): boolean =>
  anchor.startsWith('*') ? word.length >= anchor.length && word.endsWith(anchor.slice(1)) : word === anchor;
