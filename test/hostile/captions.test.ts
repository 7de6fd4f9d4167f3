import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_CAPTION, openEngine, type Engine, type LabelRecord } from '../../core/index.js';
import { processBatch } from '../../core/pipeline/processBatch.js';
import { lineProcessor } from '../../core/pipeline/tasks.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});

const fragments = [
  'CT',
  'MRI of the chest',
  'no mass',
  '(A)',
  '(B, C)',
  '(a–d)',
  'A:',
  'left',
  'right panel',
  'possible',
  'fracture',
  '5 × 3 mm',
  'T2-weighted',
  ', ',
  '; ',
  '. ',
  '\n',
  '\u0301',
  '\u200d',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u0085',
  '\ufeff',
  '\ud83d',
  '\udd2c',
  '🔬',
  '👩🏽‍⚕️',
  '𝐂𝐓',
  'مرحبا',
  'שלום',
  '漢字',
  'İ',
  'ß',
];
/** Captions of any characters at all, halves of pairs among them, and of what captions are made of. */
const anyCaption = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 })
    .map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join(' ')),
);

/** That every offset of a record is a code point of the caption, and every text that slice of it. */
function expectExact(record: LabelRecord, caption: string): void {
  const points = Array.from(caption);
  const slice = (start: number, end: number): string => points.slice(start, end).join('');
  for (const { start, end, text, origin } of record.entities) {
    expect(start).toBeLessThan(end);
    expect(slice(start, end)).toBe(text);
    const { cue } = origin;
    if (cue) expect(slice(cue.start, cue.end)).toBe(cue.text);
  }
  for (const { ranges, entities } of record.subcaptions) {
    for (const [start, end] of ranges) {
      expect(
        Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= points.length,
      ).toBe(true);
    }
    for (const index of entities) expect(record.entities[index]).toBeDefined();
  }
}

describe('arbitrary captions', () => {
  it('are labelled, and every text is the slice that its offsets say, in code points', () => {
    fc.assert(
      fc.property(anyCaption, (caption) => expectExact(engine.label(caption), caption)),
      { numRuns: 1500 },
    );
  });

  it('come out of a pass as the same records', () => {
    const process = lineProcessor(engine, { kind: 'label', ancestors: false, explain: false });
    fc.assert(
      fc.property(fc.array(anyCaption, { minLength: 1, maxLength: 8 }), (captions) => {
        const lines = captions.map((caption, i) => JSON.stringify({ id: i, caption }));
        const bytes = new TextEncoder().encode(lines.join('\n'));
        const result = processBatch({ index: 0, firstLine: 1, bytes, position: 0 }, process);
        expect(result.rejects).toEqual([]);
        const records = new TextDecoder().decode(result.bytes).trimEnd().split('\n');
        expect(records.map((line) => JSON.parse(line) as unknown)).toEqual(
          captions.map((caption, id) => JSON.parse(JSON.stringify({ id, ...engine.label(caption) })) as unknown),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('of a megabyte are refused in a sentence; those at the limit are labelled', () => {
    expect(() => engine.label('CT 🔬 '.repeat(200_000))).toThrow(/the limit is 100000/);
    const longest = 'CT 🔬 no mass (A). '.repeat(MAX_CAPTION).slice(0, MAX_CAPTION);
    const record = engine.label(longest);
    expect(record.entities.length).toBeGreaterThan(1000);
    const points = Array.from(longest);
    for (const { start, end, text } of record.entities) expect(points.slice(start, end).join('')).toBe(text);
  });
});

/** Processor time of this thread's process, in milliseconds: unlike the clock it does not run while others work. */
function cost(work: () => void, runs: number): number {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe('the time for a long caption grows with its length', () => {
  it.each([
    'no mass ',
    'no evidence of mass, ',
    'mass ? ',
    'possible mass. ',
    '(A) CT of the lung; ',
    'A: CT. B: MRI. ',
    '(A-Z) ',
    'A. B. ',
    'a, b and c: ',
    'left: CT, right: MRI. ',
    'upper left CT, ',
    'in (A) and (B), ',
    '(',
    '((A',
    'A, ',
    'A-',
    '5 mm x 4 mm ',
    '1,000 ',
    '3.5 x ',
    'T2-',
    '\u0301',
    '🔬 ',
    '\ud83d',
    '. ',
    '\n',
  ])('%j', (pattern) => {
    const text = (length: number): string => pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);
    const [short, long] = [text(6_000), text(48_000)];
    engine.label(short);
    const few = cost(() => engine.label(short), 3);
    const many = cost(() => engine.label(long), 2);
    // Eight times as long: a square would take 64 times as long. What takes no time at all cannot be compared.
    expect(many).toBeLessThan(Math.max(few, 20) * 24);
  });
});
