import { describe, expect, it } from 'vitest';
import { contextualAssertion, type ContextualAssertionOptions } from '../../core/match/contextual/index.js';

/** What is asserted of the words in bars: `text confidence`. */
function asserted(marked: string, options?: ContextualAssertionOptions): string[] {
  const parts = marked.split('|');
  const text = parts.join('');
  let at = 0;
  const chunks = parts.flatMap((part, i) => {
    const start = at;
    at += part.length;
    return i % 2 === 1 ? [{ text: part, start, end: at }] : [];
  });
  return contextualAssertion(options)
    .assert(text, chunks)
    .map(({ chunk, confidence }) => `${chunk.text} ${confidence}`);
}
const words = (marked: string, options?: ContextualAssertionOptions): string[] =>
  asserted(marked, options).map((line) => line.replace(/ [\d.]+$/u, ''));

describe('contextual assertion', () => {
  it('gives a result only where a cue applies, with its label', () => {
    const result = contextualAssertion({ assertion: 'gone' }).assert('No effusion.', [{ start: 3, end: 11, id: 7 }]);
    expect(result).toEqual([{ chunk: { start: 3, end: 11, id: 7 }, assertion: 'gone', confidence: 0.9802 }]);
    expect(words('A large |effusion| is seen.')).toEqual([]);
  });

  it('lets prefix cues count before, suffix cues after, within the sentence', () => {
    expect(words('|Effusion| and |oedema|, negative for |clots|. |Fracture| absent. No word of |it|.')).toEqual([
      'clots',
      'Fracture',
      'it',
    ]);
    expect(words('No |effusion|. |Oedema| is seen.')).toEqual(['effusion']);
  });

  it('does not end the scope at commas, but, or', () => {
    expect(words('No |effusion|, |oedema| but |air| or |clots|.')).toEqual(['effusion', 'oedema', 'air', 'clots']);
    expect(words('No |effusion|, |oedema| but |air|.', { scopeWindowDelimiters: ['but'] })).toEqual([
      'effusion',
      'oedema',
    ]);
  });

  it('knows exceptions, built in or given', () => {
    expect(words('Not clearly an |effusion|.')).toEqual([]);
    expect(words('Not clearly an |effusion|.', { prefixKeywords: ['not'] })).toEqual([]);
    expect(words('No |effusion| without air.', { exceptionKeywords: ['without'] })).toEqual([]);
    expect(words('No |effusion| at all.', { exceptionRegexPatterns: [String.raw`\bat\s+all\b`] })).toEqual([]);
  });

  it('replaces lists that are given, and adds to them', () => {
    expect(words('No |effusion|, lacks |oedema|', { prefixKeywords: ['lacks'] })).toEqual(['oedema']);
    expect(words('No |effusion|', { prefixKeywords: [], suffixKeywords: [] })).toEqual([]);
    expect(words('Zero |effusion|', { addPrefixKeywords: ['zero'] })).toEqual(['effusion']);
    expect(words('|Effusion| gone', { addSuffixKeywords: ['gone'] })).toEqual(['Effusion']);
  });

  it('takes keywords as whole words, patterns anywhere, and case as told', () => {
    expect(words('Known |effusion|', { prefixKeywords: ['no', 'know'] })).toEqual([]);
    expect(words('Known |effusion|', { prefixRegexPatterns: ['kn.w'] })).toEqual(['effusion']);
    expect(words('NO |effusion|', { caseSensitive: true })).toEqual([]);
  });

  it('counts tokens in a window, the whole cue in it', () => {
    const window = (left: number, right: number): ContextualAssertionOptions => ({ scopeWindow: [left, right] });
    expect(words('No sign of |effusion|', window(2, 2))).toEqual([]);
    expect(words('No sign of |effusion|', window(3, 0))).toEqual(['effusion']);
    expect(words('Absence of |effusion|', window(1, 1))).toEqual([]);
    expect(words('Absence of |effusion|', window(2, 2))).toEqual(['effusion']);
    expect(words('No sign of any |effusion|', window(-1, -1))).toEqual(['effusion']);
  });

  it('may ask for both sides', () => {
    const both = { prefixAndSuffixMatch: true };
    expect(words('No |effusion| seen', both)).toEqual([]);
    expect(words('No |effusion| absent', both)).toEqual(['effusion']);
  });

  it('computes confidence from the side that is chosen', () => {
    const text = 'No large |effusion| is absent';
    const gap = (x: number): string => `effusion ${Math.round(Math.exp(-0.02 * x) * 1e4) / 1e4}`;
    expect(asserted(text)).toEqual([gap(7)]);
    expect(asserted(text, { confidenceCalculationDirection: 'right' })).toEqual([gap(4)]);
    expect(asserted(text, { confidenceCalculationDirection: 'both' })).toEqual([gap(4)]);
    expect(asserted(text, { includeChunkToScope: true })).toEqual([gap(15)]);
    expect(asserted('|Effusion| absent')).toEqual(['Effusion 0']);
  });

  it('looks into the chunk when it belongs to the scope', () => {
    expect(words('With |no effusion|')).toEqual([]);
    expect(words('With |no effusion|', { includeChunkToScope: true })).toEqual(['no effusion']);
  });

  it('takes code point offsets', () => {
    expect(contextualAssertion().assert('😀 no 😀 clot', [{ start: 7, end: 11 }])).toHaveLength(1);
  });
});
