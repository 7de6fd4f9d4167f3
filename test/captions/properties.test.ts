import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Engine } from '../../core/engine.js';
import type { CaptionSplit, Span } from '../../core/plugin/index.js';

let engine: Engine;
beforeAll(async () => {
  engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter']);
});

const split = (caption: string, expectedPanels?: number): CaptionSplit =>
  engine.processor('caption-splitter').split({ doc: engine.doc(caption), expectedPanels });

/** Words that may be nobody's: they only join panels. */
const JOINERS = new Set([
  'and',
  'or',
  'y',
  'et',
  'e',
  'und',
  'then',
  'followed',
  'by',
  'as',
  'well',
  'also',
  'bzw',
  'o',
]);

const letters = ['A', 'B', 'C', 'D', 'E'];
const frames: readonly ((name: string) => string)[] = [
  (n) => `(${n}) `,
  (n) => `[${n}] `,
  (n) => `${n}) `,
  (n) => `${n}: `,
  (n) => `${n}. `,
  (n) => `Panel ${n}: `,
  (n) => `${n}, `,
  (n) => `${n} = `,
];
const texts = fc.constantFrom(
  'Axial CT of the head',
  'Sagittal view',
  'photograph after six weeks',
  'Stain with PAS (×40)',
  'follow-up scan, showing a cyst; no effusion',
  'coronal',
  'Patient 2. MRI of the knee',
  'The lesion in (B) is small',
  'imagen axial y coronal',
  '(white arrow)',
  'H&E, 3.5 cm, T2',
);
const ends = fc.constantFrom('. ', '; ', ', ', ' and ', ' ', '.\n');
const generated = fc
  .tuple(
    fc.constantFrom('', 'Brain MRI. ', 'CT images of a mass: ', 'Findings in '),
    fc.constantFrom(...frames),
    fc.array(fc.tuple(texts, ends, fc.boolean()), { minLength: 2, maxLength: 5 }),
    fc.constantFrom('', 'Arrows mark the lesion.', 'CT, computed tomography.', 'Scale bar: 5 mm'),
  )
  .map(([head, frame, items, tail]) => {
    const body = items.map(([text, end, trails], k) =>
      trails ? `${text} (${letters[k]})${end}` : `${frame(letters[k])}${text}${end}`,
    );
    return head + body.join('') + tail;
  });

const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        'A',
        'B',
        'a',
        'b',
        'i',
        'ii',
        '1',
        '2',
        '-',
        '–',
        ',',
        '.',
        ':',
        ';',
        ' ',
        'and',
        'left',
        'right',
        'panel ',
        'fig. ',
        'é',
        '😀',
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join('')),
);

function inside(caption: string, spans: readonly Span[]): boolean {
  return spans.every(
    (s, k) => s.start >= 0 && s.start < s.end && s.end <= caption.length && (k === 0 || spans[k - 1].end <= s.start),
  );
}

function check(caption: string, result: CaptionSplit): void {
  expect(result.subcaptions.length).toBeGreaterThan(0);
  for (const { panel, ranges, text } of result.subcaptions) {
    expect(inside(caption, ranges)).toBe(true);
    if (panel !== null) expect(text).not.toBe('');
  }
  expect(
    inside(
      caption,
      [...result.markers].sort((a, b) => a.start - b.start),
    ),
  ).toBe(true);
  const names = result.subcaptions.map((s) => s.panel);
  expect(new Set(names).size).toBe(names.length);
  if (names.length > 1) expect(names).not.toContain(null);
}

/** Words of the caption that no panel, no marker and no joining word holds. */
function lost(caption: string, { subcaptions, markers }: CaptionSplit): string[] {
  const covered = new Uint8Array(caption.length);
  const mark = ({ start, end }: Span): unknown => covered.fill(1, start, end);
  for (const s of subcaptions) s.ranges.forEach(mark);
  markers.filter((m) => m.taken).forEach(mark);
  const words: string[] = [];
  for (const m of caption.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!covered.slice(m.index, m.index + m[0].length).every((c) => c === 1) && !JOINERS.has(m[0].toLowerCase()))
      words.push(m[0]);
  }
  return words;
}

describe('the splitter on any text', () => {
  it('never fails, and keeps its ranges inside the text', () => {
    fc.assert(
      fc.property(anything, fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }), (caption, expected) =>
        check(caption, split(caption, expected)),
      ),
      { numRuns: 1500 },
    );
  });
  it('loses no word of a generated caption', () => {
    fc.assert(
      fc.property(generated, (caption) => {
        const result = split(caption);
        check(caption, result);
        expect(lost(caption, result)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
  it('loses no word of any text', () => {
    fc.assert(
      fc.property(anything, (caption) => {
        expect(lost(caption, split(caption))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
  it('answers the same twice, whatever was split between', () => {
    fc.assert(
      fc.property(generated, generated, (a, b) => {
        const first = split(a);
        split(b);
        expect(split(a)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });
});
