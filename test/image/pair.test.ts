import { describe, expect, it } from 'vitest';
import { pair } from '../../core/pipeline/pair.js';
import { placeReader } from '../../core/pipeline/pairPlaces.js';
import type { CaptionSplit, ImageSplit, LexiconEntry, PluginContext } from '../../core/plugin/contract.js';

type Confidence = 'high' | 'medium' | 'low';
const image = (
  labels: readonly (string | null)[],
  confidence: Confidence = 'high',
  columns = labels.length,
): ImageSplit => ({
  width: 400,
  height: 300,
  panels: labels.map((label, i) => {
    const [x, y] = [(i % columns) * 100, Math.floor(i / columns) * 100];
    return { x, y, width: 90, height: 90, label, score: 0.9, cell: [x, y, 100, 100] };
  }),
  confidence,
  reasons: [],
  status: labels.length > 1 ? 'split' : 'single',
});
const caption = (names: readonly (string | null)[], confidence: Confidence = 'high'): CaptionSplit => ({
  subcaptions: names.map((panel) => ({ panel, text: `about ${panel}`, ranges: [] })),
  confidence,
  reasons: [],
  markers: [],
});
const panels = (p: ReturnType<typeof pair>) => p.images.map((i) => i.panel);
const WHOLE = [{ panel: null, subcaption: null, name: null }];

describe('pairing', () => {
  it('by letters, whatever the order', () => {
    const p = pair(image(['A', 'C', 'B']), caption(['A', 'B', 'C']));
    expect([p.status, panels(p), p.images.map((i) => i.name)]).toEqual(['matched', [0, 2, 1], ['A', 'B', 'C']]);
  });
  it('small and capital letters are one', () =>
    expect(pair(image(['A', 'B']), caption(['a', 'b'])).status).toBe('matched'));
  it('in reading order where no letters were read', () => {
    const p = pair(image([null, null]), caption(['1', '2']));
    expect([p.status, panels(p)]).toEqual(['matched-by-order', [0, 1]]);
  });
  it('letters that were read keep their panels, the rest follows in order', () => {
    const p = pair(image([null, 'A', null]), caption(['A', 'B', 'C']));
    expect([p.status, panels(p), p.reasons]).toEqual(['matched-by-order', [1, 0, 2], ['letters-disagree']]);
  });
  it('a letter that the caption does not know: the whole figure', () => {
    const p = pair(image(['A', 'D']), caption(['A', 'B']));
    expect([p.status, p.reasons, p.images, p.proposed.length]).toEqual([
      'low-confidence',
      ['letters-disagree'],
      WHOLE,
      2,
    ]);
  });
  it.each([
    [3, 2, 'more-panels'],
    [2, 3, 'fewer-panels'],
  ] as const)('%i panels, %i subcaptions: the whole figure, boxes proposed', (seen, told, why) => {
    const names = ['A', 'B', 'C'].slice(0, told);
    const p = pair(image(Array.from({ length: seen }, () => null)), caption(names));
    expect([p.status, p.reasons, p.images]).toEqual(['count-mismatch', [why], WHOLE]);
    expect(p.proposed[0]).toEqual([0, 0, 90, 90]);
  });
  it.each([
    ['image-unsure', 'low', 'high'],
    ['caption-unsure', 'high', 'low'],
  ] as const)('%s: the whole figure', (why, seen, told) => {
    const p = pair(image([null, null], seen), caption(['A', 'B'], told));
    expect([p.status, p.reasons, p.images]).toEqual(['low-confidence', [why], WHOLE]);
  });
  it('one picture, one text', () =>
    expect(pair(image([null]), caption([null]))).toMatchObject({ status: 'single', reasons: [], proposed: [] }));
  it('one text for several pictures keeps them together', () => {
    const p = pair(image(['A', 'B']), caption([null]));
    expect([p.status, p.reasons, p.images, p.proposed.length]).toEqual(['single', ['caption-not-compound'], WHOLE, 2]);
  });
  it('no picture: the caption stays', () =>
    expect(pair(null, caption(['A', 'B']))).toMatchObject({ status: 'undecodable', images: WHOLE }));
});

describe('by place', () => {
  const words: Readonly<Record<string, readonly string[]>> = {
    left: ['left'],
    right: ['right'],
    top: ['upper'],
    bottom: ['lower'],
    middle: ['centre'],
  };
  const context = {
    doc: (text: string) => ({ text }),
    lexicon: () => ({
      scan: ({ text }: { text: string }, visit: (entry: LexiconEntry) => void) => {
        for (const [value, terms] of Object.entries(words))
          if (terms.some((t) => text.includes(t))) visit({ value, attributes: { role: 'position' } });
      },
    }),
  } as unknown as PluginContext;
  const placeOf = placeReader(context);

  it('left, right, in the order of the words', () => {
    const p = pair(image([null, null]), caption(['right', 'left']), placeOf);
    expect([p.status, p.reasons, panels(p)]).toEqual(['matched', ['paired-by-place'], [1, 0]]);
  });
  it('three in a row', () =>
    expect(panels(pair(image([null, null, null]), caption(['right', 'centre', 'left']), placeOf))).toEqual([2, 1, 0]));
  it('corners', () => {
    const p = pair(
      image([null, null, null, null], 'high', 2),
      caption(['lower left', 'lower right', 'upper left', 'upper right']),
      placeOf,
    );
    expect(panels(p)).toEqual([2, 3, 0, 1]);
  });
  it('words that do not tell the panels apart leave it to the order', () => {
    const p = pair(image([null, null], 'high', 1), caption(['left', 'right']), placeOf);
    expect([p.status, panels(p)]).toEqual(['matched-by-order', [0, 1]]);
  });
});
