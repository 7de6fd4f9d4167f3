import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssertionResult, Span } from '../../core/plugin/index.js';
import context from '../../plugins/assertion-context/index.js';
import { languageHost } from './host.js';

const { host } = await languageHost();
const classifier = context.setup(host, {});

/** Words that deny, doubt, end scopes, or do nothing, in random order with random punctuation. */
const word = fc.constantFrom(
  ...[
    'no',
    'without',
    'possible',
    'is absent',
    'was ruled out',
    'history of',
    'mother had',
    'if',
    '?',
    'not only',
    '(',
    ')',
  ],
  ...[
    'and',
    'or',
    'but',
    ',',
    '.',
    ';',
    'shows',
    'was',
    'the',
    'sin',
    'pas',
    'não',
    'mass',
    'fracture',
    'edema',
    'é',
    '𝒙',
    'No.',
  ],
);
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));

interface Asked {
  readonly text: string;
  readonly concepts: readonly Span[];
}
const asked: fc.Arbitrary<Asked> = fc.oneof(text, fc.string({ minLength: 1, unit: 'grapheme' })).chain((of) =>
  fc.array(fc.tuple(fc.nat(of.length - 1), fc.nat(12)), { maxLength: 6 }).map((spans) => ({
    text: of,
    concepts: spans.map(([start, length]) => ({ start, end: Math.min(of.length, start + length + 1) })),
  })),
);
const classify = ({ text, concepts }: Asked): readonly AssertionResult[] =>
  classifier.classify(host.doc(text), concepts);

describe('the classifier of assertions', () => {
  it('answers every concept, and points at words of the text', () => {
    fc.assert(
      fc.property(asked, (one) => {
        const results = classify(one);
        expect(results).toHaveLength(one.concepts.length);
        for (const { assertion, cue } of results) {
          if (cue === null) expect(assertion).toBe('present');
          else {
            expect(cue.start).toBeGreaterThanOrEqual(0);
            expect(cue.end).toBeGreaterThan(cue.start);
            expect(cue.end).toBeLessThanOrEqual(one.text.length);
          }
        }
      }),
    );
  });

  it('answers each concept as if it were alone', () => {
    fc.assert(
      fc.property(asked, ({ text, concepts }) => {
        const alone = concepts.flatMap((concept) => classify({ text, concepts: [concept] }));
        expect(classify({ text, concepts })).toEqual(alone);
      }),
    );
  });

  it('changes nothing that it is given, and answers the same twice', () => {
    fc.assert(
      fc.property(asked, ({ text, concepts }) => {
        const frozen = Object.freeze(concepts.map((concept) => Object.freeze({ ...concept })));
        const doc = host.doc(text);
        expect(classifier.classify(doc, frozen)).toEqual(classifier.classify(doc, frozen));
      }),
    );
  });

  it('keeps a cue within its sentence', () => {
    fc.assert(
      fc.property(
        text.filter((t) => !/[.?;()]/.test(t)),
        (before) => {
          const sentence = 'The scan of the chest shows a mass of the lung.';
          const both = `${before} scan. ${sentence} The ${before} scan.`;
          const start = both.indexOf(sentence) + sentence.indexOf('mass');
          expect(classify({ text: both, concepts: [{ start, end: start + 4 }] })[0].assertion).toBe('present');
        },
      ),
    );
  });

  it('denies all members of a list, however long', () => {
    const finding = fc.constantFrom('mass', 'fracture', 'edema', 'effusion', 'cyst', 'nodule');
    fc.assert(
      fc.property(fc.array(finding, { minLength: 3, maxLength: 12 }), (findings) => {
        const list = `There is no ${findings.slice(0, -1).join(', ')} or ${findings.at(-1)} in the chest.`;
        const concepts = [...list.matchAll(/mass|fracture|edema|effusion|cyst|nodule/g)].map((m) => ({
          start: m.index,
          end: m.index + m[0].length,
        }));
        expect(classify({ text: list, concepts }).map((r) => r.assertion)).toEqual(findings.map(() => 'absent'));
      }),
    );
  });

  it('finds no cue in a text without one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('mass', 'of', 'the', 'lung', 'large', ',', 'and', 'shows')), (words) => {
        const plain = `Scan ${words.join(' ')}`;
        expect(classify({ text: plain, concepts: [{ start: 0, end: 4 }] })).toEqual([
          { assertion: 'present', cue: null },
        ]);
      }),
    );
  });
});
