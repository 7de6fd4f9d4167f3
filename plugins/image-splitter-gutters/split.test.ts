import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawFigure, drawSingle, type FigurePlan, overlap, random } from '../../test/image/figure.js';
import { CONSTANTS } from './constants.js';
import type { Raster, Region } from '../../core/image/raster.js';
import { analyse } from './split.js';

const OPTIONS = { letters: false };
const split = (plan: FigurePlan, expected?: number) => {
  const figure = drawFigure(plan);
  const { panels, ...rest } = analyse(figure, { ...OPTIONS, expected }, CONSTANTS);
  return { figure, panels, ...rest };
};
/** Every true panel is met by a box of its own. */
function expectMet({ figure, panels }: ReturnType<typeof split>, least = 0.9): void {
  expect(panels).toHaveLength(figure.panels.length);
  for (const panel of figure.panels)
    expect(Math.max(...panels.map((p) => overlap(panel, p.content)))).toBeGreaterThan(least);
}

const LAYOUTS: Readonly<Record<string, FigurePlan['layout']>> = {
  'two beside': [2],
  'two rows of three': [3, 3],
  'five in a row': [5],
  'one beside two': [[1, 2]],
  'uneven rows': [2, 3],
  'one above four': [1, 4],
  'stacks and a row': [[1, 2], 3],
};
const GUTTERS: Readonly<Record<string, Partial<FigurePlan>>> = {
  'broad white': { gutter: 10 },
  'narrow white': { gutter: 3 },
  black: { gutter: 8, ground: [0, 0, 0] },
  grey: { gutter: 6, ground: [150, 150, 150] },
  no: { gutter: 0 },
};

describe('photographs are cut', () => {
  for (const [layout, rows] of Object.entries(LAYOUTS))
    for (const [gutter, style] of Object.entries(GUTTERS))
      it(`${layout}, ${gutter} gutter`, () =>
        expectMet(split({ seed: 7, layout: rows, gutter: 0, content: 'photo', ...style })));
});

describe('scans on dark grounds are cut', () => {
  for (const [layout, rows] of Object.entries(LAYOUTS)) {
    it(`${layout}, white gutter`, () => expectMet(split({ seed: 3, layout: rows, gutter: 8, content: 'scan' })));
    const count = drawFigure({ seed: 3, layout: rows, gutter: 8, content: 'scan' }).panels.length;
    it(`${layout}, black gutter, told the number`, () =>
      expectMet(split({ seed: 3, layout: rows, gutter: 8, ground: [0, 0, 0], content: 'scan' }, count), 0.85));
  }
});

/** Five bars with gaps, on an axis that runs beyond them, with ticks; where `words` is set, with blocks like numbers and names. */
function barChart(words: boolean): { raster: Raster; box: Region } {
  const raster = { width: 560, height: 370, data: new Uint8Array(560 * 370 * 3).fill(255) };
  const fill = (x0: number, y0: number, x1: number, y1: number, v: number) => {
    for (let y = y0; y < y1; y++) raster.data.fill(v, (y * 560 + x0) * 3, (y * 560 + x1) * 3);
  };
  fill(58, 30, 60, 322, 0);
  fill(58, 320, 525, 322, 0);
  [82, 64, 40, 33, 14].forEach((height, i) => {
    fill(75 + 92 * i, 320 - 2 * height, 131 + 92 * i, 320, 90);
    if (words) for (let k = 0; k < 3; k++) fill(97 + 92 * i + 5 * k, 332, 99 + 92 * i + 5 * k, 345, 20);
  });
  for (let y = 60; y < 320; y += 50) {
    fill(52, y, 58, y + 2, 0);
    if (words) for (let k = 0; k < 4; k++) fill(24 + 6 * k, y - 6, 26 + 6 * k, y + 6, 20);
  }
  return { raster, box: words ? { x0: 24, y0: 30, x1: 525, y1: 345 } : { x0: 52, y0: 30, x1: 525, y1: 322 } };
}

describe('charts', () => {
  it.each([5, 6, 7])('a bar chart with broad gaps stays whole (%i)', (seed) => {
    expect(analyse(drawSingle(seed, 'chart'), OPTIONS, CONSTANTS).panels).toHaveLength(1);
  });
  it.each([
    ['with words', true],
    ['without words', false],
  ])('all of it is content, %s', (_, words) => {
    const { raster, box } = barChart(words);
    const { panels } = analyse(raster, OPTIONS, CONSTANTS);
    expect(panels).toHaveLength(1);
    expect(overlap(panels[0].content, box)).toBeGreaterThan(0.97);
  });
  it('charts apart are cut', () => {
    const { figure, panels } = split({ seed: 4, layout: [2, 2], gutter: 32, content: 'chart' });
    expect(panels).toHaveLength(figure.panels.length);
  });
});

describe('photographs with flat parts', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stay whole (%i)', (seed) => {
    const figure = drawSingle(seed, 'flat');
    const { panels } = analyse(figure, OPTIONS, CONSTANTS);
    expect(panels).toHaveLength(1);
  });
});

describe('borders', () => {
  const inner = { x0: 40, y0: 40, x1: 720, y1: 560 };
  it.each([
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
    ['grey', [128, 128, 128]],
    ['blue', [30, 60, 160]],
  ] as const)('a %s margin comes off, the picture stays', (_, ground) => {
    const figure = drawFigure({ seed: 11, layout: [1], gutter: 0, margin: 40, ground, content: 'photo' });
    const { panels } = analyse(figure, OPTIONS, CONSTANTS);
    expect(panels).toHaveLength(1);
    expect(overlap(panels[0].content, inner)).toBeGreaterThan(0.98);
  });
  it('the dark ground of a scan is part of it', () => {
    const figure = drawFigure({ seed: 12, layout: [1], gutter: 0, content: 'scan' });
    const { panels } = analyse(figure, OPTIONS, CONSTANTS);
    expect(overlap(panels[0].content, figure.panels[0])).toBeGreaterThan(0.95);
  });
  it('a blank picture is one panel, whole', () => {
    const data = new Uint8Array(300 * 200 * 3).fill(255);
    const { panels } = analyse({ width: 300, height: 200, data }, OPTIONS, CONSTANTS);
    expect(panels.map((p) => p.content)).toEqual([{ x0: 0, y0: 0, x1: 300, y1: 200 }]);
  });
});

describe('told the number of panels', () => {
  it('fewer: only the strongest cuts are made', () => {
    const { panels, method } = split({ seed: 9, layout: [2, 2], gutter: 8, content: 'photo' }, 2);
    expect(panels).toHaveLength(2);
    expect(method).toBe('pruned');
  });
  it('a number out of reach: the unaided answer', () => {
    const { panels, method } = split({ seed: 9, layout: [2], gutter: 8, content: 'photo' }, 400);
    expect(panels).toHaveLength(2);
    expect(method).toBe('unaided');
  });
});

describe('whatever the layout', () => {
  const row = fc.oneof(
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
  );
  const plan = fc.record({
    seed: fc.integer({ min: 1, max: 10_000 }),
    layout: fc.array(row, { minLength: 1, maxLength: 3 }),
    gutter: fc.integer({ min: 0, max: 12 }),
    content: fc.constantFrom('photo' as const, 'scan' as const, 'chart' as const),
    margin: fc.integer({ min: 0, max: 20 }),
  });
  it('panels lie in the figure, in their cells, and apart from each other', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const { panels, figure } = split({ ...p, width: 420, height: 340 });
        for (const { content, cell } of panels) {
          expect(content.x0 >= cell.x0 && content.x1 <= cell.x1 && content.y0 >= cell.y0 && content.y1 <= cell.y1).toBe(
            true,
          );
          expect(cell.x0 >= 0 && cell.y0 >= 0 && cell.x1 <= figure.width && cell.y1 <= figure.height).toBe(true);
          expect(content.x1 - content.x0).toBeGreaterThan(1);
        }
        for (const [i, a] of panels.entries())
          for (const b of panels.slice(i + 1)) expect(overlap(a.cell, b.cell)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
  it('nearly all of 60 random figures of photographs with gutters are met', () => {
    const next = random(99);
    const pick = (n: number) => 1 + Math.floor(n * next());
    let right = 0;
    for (let i = 0; i < 60; i++) {
      const layout = Array.from({ length: pick(3) }, () =>
        next() < 0.5 ? pick(4) : Array.from({ length: pick(3) }, () => pick(2)),
      );
      const { figure, panels } = split({
        seed: i + 1,
        layout,
        gutter: 3 + pick(12),
        margin: pick(20),
        content: 'photo',
        width: 560,
        height: 480,
      });
      const met = figure.panels.every((panel) => panels.some((p) => overlap(panel, p.content) > 0.9));
      if (met && panels.length === figure.panels.length) right++;
    }
    expect(right).toBeGreaterThanOrEqual(57);
  });
});
