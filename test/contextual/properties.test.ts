import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileContext,
  contextHolds,
  contextualAssertion,
  contextualParser,
  defaultTokens,
  javaRegex,
  mergeChunks,
  plainSentences,
  type MergeableChunk,
} from '../../core/match/contextual/index.js';

const WORDS = [
  'node',
  'no',
  'Renal artery',
  'renal',
  '5',
  '12',
  'mm',
  '.',
  ',',
  '\n\n',
  '😀',
  'İ',
  'e\u0301',
  '\u200f',
  '(',
  '"',
  '-',
];
/** Texts of words that the rules know, and of anything. */
const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const points = (value: string, start: number, end: number): string => [...value].slice(start, end).join('');

describe('for every text', () => {
  it('chunks of a regex are slices of it by code points, in order and apart', () => {
    const parsers = ['token', 'sub-token'].flatMap((matchScope) =>
      ['sentence', 'document'].map((ruleScope) =>
        contextualParser({ rule: { entity: 'e', regex: String.raw`\d+|\p{L}+`, matchScope, ruleScope } }),
      ),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...parsers), (value, parser) => {
        let free = 0;
        for (const { text: found, start, end } of parser.parse(value)) {
          expect(start).toBeGreaterThanOrEqual(free);
          expect(found).toBe(points(value, start, end));
          expect(found).not.toBe('');
          free = end;
        }
      }),
    );
  });

  it('dictionary hits are its words, apart, in lower case', () => {
    const dictionary = [
      ['vessel', 'renal artery', 'renal'],
      ['sign', 'no', '😀', 'é'],
    ];
    const rule = { entity: 'e', ruleScope: 'document', matchScope: 'sub-token' };
    const parser = contextualParser({ rule, dictionary });
    fc.assert(
      fc.property(text, (value) => {
        let free = 0;
        for (const { text: found, start, end, normalized } of parser.parse(value)) {
          expect(start).toBeGreaterThanOrEqual(free);
          expect(found).toBe(points(value, start, end).toLowerCase());
          expect(dictionary.find(([label]) => label === normalized)).toContain(found.replace(/\s+/gu, ' '));
          free = end;
        }
      }),
    );
  });

  it('tokens hold every character but white space, once', () => {
    fc.assert(
      fc.property(text, (value) => {
        const tokens = defaultTokens(value, { start: 0, end: value.length });
        expect(tokens.map(({ start, end }) => value.slice(start, end)).join('')).toBe(value.replace(/\s/gu, ''));
      }),
    );
  });

  it('sentences hold every token', () => {
    const split = plainSentences(new Set(['fig']));
    fc.assert(
      fc.property(text, (value) => {
        const inside = split(value).map(({ start, end }) => value.slice(start, end));
        expect(inside.join('').replace(/\s/gu, '')).toBe(value.replace(/\s/gu, ''));
        expect(inside.every((sentence) => sentence === sentence.trim())).toBe(true);
      }),
    );
  });

  it('a cue is in the window, and confidence is between a half and one', () => {
    const context = compileContext({
      before: ['node', 'no'],
      after: ['mm'],
      within: 10,
      except: { words: ['renal'], within: 3 },
    });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (value, a, b) => {
        fc.pre(value.length > 0);
        const start = a % value.length;
        const hit = { start, end: start + 1 + (b % (value.length - start)) };
        const sentence = { start: 0, end: value.length };
        const { before, after, cue, confidence, exception } = contextHolds(value, sentence, hit, context);
        expect(confidence).toBeGreaterThanOrEqual(0.5);
        expect(confidence).toBeLessThanOrEqual(1);
        if (before) expect(value.slice(before.start, before.end).toLowerCase()).toMatch(/^(?:node|no)$/u);
        if (before) expect(hit.start - before.end).toBe(before.distance);
        if (after) expect(after.start - hit.end).toBe(after.distance);
        if (cue) expect(cue.distance).toBeLessThanOrEqual(10);
        if (exception) expect(exception.end <= hit.start || exception.start >= hit.end).toBe(true);
        const tokens = defaultTokens(value, sentence);
        expect(contextHolds(value, sentence, hit, context, tokens).exception).toEqual(exception);
      }),
    );
  });

  it('assertion never fails, whatever the offsets', () => {
    const annotator = contextualAssertion({
      scopeWindow: [2, 2],
      scopeWindowDelimiters: [','],
      includeChunkToScope: true,
    });
    fc.assert(
      fc.property(text, fc.nat(80), fc.nat(20), (value, start, length) => {
        const chunks = [{ start, end: start + length }];
        for (const { chunk, confidence } of annotator.assert(value, chunks)) {
          expect(chunk).toBe(chunks[0]);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('for every set of chunks', () => {
  const chunks = fc.array(
    fc.record({
      start: fc.nat(40),
      length: fc.integer({ min: 1, max: 12 }),
      entity: fc.constantFrom('a', 'b'),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 15 },
  );
  const columns = fc.array(
    chunks.map((all): MergeableChunk[] =>
      all.map(({ start, length, ...rest }) => ({ text: 'x'.repeat(length), start, end: start + length, ...rest })),
    ),
    { maxLength: 3 },
  );
  const features = fc.subarray(['ChunkBegin', 'ChunkLength', 'ChunkConfidence', 'ChunkPrecedence']);

  it('what is merged is sorted, apart, numbered, and leaves out nothing that fits', () => {
    fc.assert(
      fc.property(columns, features, (given, orderingFeatures) => {
        const merged = mergeChunks(given, { orderingFeatures });
        merged.forEach((one, i) => {
          expect(one.chunk).toBe(i);
          if (i > 0) expect(one.start).toBeGreaterThanOrEqual(merged[i - 1].end);
        });
        for (const one of given.flat())
          expect(merged.some((kept) => kept.start < one.end && one.start < kept.end)).toBe(true);
        expect(mergeChunks([merged], { orderingFeatures })).toEqual(merged);
      }),
    );
  });

  it('by default nothing beats what is kept: no longer chunk was dropped for a shorter one alone', () => {
    fc.assert(
      fc.property(columns, (given) => {
        const merged = mergeChunks(given);
        for (const one of given.flat()) {
          const over = merged.filter((kept) => kept.start < one.end && one.start < kept.end);
          expect(Math.max(...over.map((kept) => kept.end - kept.start))).toBeGreaterThanOrEqual(one.end - one.start);
        }
      }),
    );
  });

  it('all chunks stay where overlaps are not merged', () => {
    fc.assert(
      fc.property(columns, (given) => {
        expect(mergeChunks(given, { mergeOverlapping: false })).toHaveLength(given.flat().length);
      }),
    );
  });
});

describe('for every string', () => {
  it('a quoted pattern finds exactly it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (value) => {
        fc.pre(!value.includes('\\E'));
        expect(javaRegex(`\\Q${value}\\E`).exec(`<${value}>`)?.[0]).toBe(value);
      }),
    );
  });

  it('translation of plain patterns changes nothing in what they match', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '[^a]',
      'a*',
      '(?:ab)+?',
      '(a|b)',
      '\\d',
      '\\w{1,2}',
      '.',
      '^',
      '$',
      '\\b',
      '(?=a)',
      '(?!b)',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '1', ' '), maxLength: 10 }),
        (pieces, value) => {
          const pattern = pieces.join('');
          const all = (regex: RegExp): unknown[] => [...value.matchAll(regex)].map((match) => [match.index, ...match]);
          expect(all(javaRegex(pattern, 'g'))).toEqual(all(new RegExp(pattern, 'gu')));
        },
      ),
    );
  });
});
