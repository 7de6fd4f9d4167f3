import { describe, expect, it } from 'vitest';
import { drawFigure, type Figure } from '../../../test/image/figure.js';
import { CONSTANTS } from '../constants.js';
import { analyse } from '../split.js';
import { labelPanels } from '../labels.js';
import { tabulate } from '../tables.js';
import { GLYPHS } from './glyphs.js';
import { readLetters } from './read.js';

/** Prints a letter with one of the templates, `height` pixels high; `box` puts it on a patch of the other colour. */
function print(figure: Figure, letter: string, x: number, y: number, height: number, ink: number, box = false): void {
  const rows = GLYPHS.filter(([character]) => character === letter);
  const [, aspect, packed] = rows[rows.length - 1];
  const bytes = Buffer.from(packed, 'base64');
  const width = Math.max(1, Math.round(height * aspect));
  const paint = (px: number, py: number, v: number, a: number) => {
    for (let k = 0; k < 3; k++) {
      const o = (py * figure.width + px) * 3 + k;
      figure.data[o] = Math.round(figure.data[o] * (1 - a) + v * a);
    }
  };
  if (box) for (let j = -5; j < height + 5; j++) for (let i = -5; i < width + 5; i++) paint(x + i, y + j, 255 - ink, 1);
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) {
      const cell = Math.floor((j / height) * 16) * 12 + Math.floor((i / width) * 12);
      paint(x + i, y + j, ink, (cell % 2 === 0 ? bytes[cell >> 1] >> 4 : bytes[cell >> 1] & 15) / 15);
    }
}

function lettered(
  letters: string,
  options: { ink: number; box?: boolean; gutter?: number; content?: 'photo' | 'scan' },
): Figure {
  const figure = drawFigure({
    seed: 21,
    layout: [3, 3],
    gutter: options.gutter ?? 8,
    content: options.content ?? 'scan',
  });
  for (const [i, panel] of figure.panels.entries())
    if (letters[i] !== '.')
      print(
        figure,
        letters[i],
        panel.x0 + 9,
        panel.y0 + 9,
        'ace'.includes(letters[i]) ? 15 : 20,
        options.ink,
        options.box,
      );
  return figure;
}
const labelsOf = (figure: Figure): (string | null)[] => {
  const { panels, letters } = analyse(figure, { letters: true }, CONSTANTS);
  const found = labelPanels(
    panels.map((p) => p.cell),
    letters,
  );
  return figure.panels.map(
    (truth) =>
      found[panels.findIndex((p) => inside(p.cell, (truth.x0 + truth.x1) / 2, (truth.y0 + truth.y1) / 2))] ?? null,
  );
};
const inside = (r: { x0: number; y0: number; x1: number; y1: number }, x: number, y: number) =>
  x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1;

describe('printed letters', () => {
  it('white on scans', () =>
    expect(labelsOf(lettered('ABCDEF', { ink: 255 }))).toEqual(['A', 'B', 'C', 'D', 'E', 'F']));
  it('black in white boxes', () =>
    expect(labelsOf(lettered('ABCDEF', { ink: 0, box: true }))).toEqual(['A', 'B', 'C', 'D', 'E', 'F']));
  it('small letters', () => expect(labelsOf(lettered('abcdef', { ink: 255 }))).toEqual(['A', 'B', 'C', 'D', 'E', 'F']));
  it('in another order than rows first', () =>
    expect(labelsOf(lettered('ACEBDF', { ink: 255 }))).toEqual(['A', 'C', 'E', 'B', 'D', 'F']));
  it('one that cannot be read leaves its panel without a label', () =>
    expect(labelsOf(lettered('AB.DEF', { ink: 255 }))).toEqual(['A', 'B', null, 'D', 'E', 'F']));
  it('letters alone give the cuts between dark scans that touch', () => {
    const figure = lettered('ABCDEF', { ink: 255, gutter: 0 });
    expect(analyse(figure, { letters: true }, CONSTANTS).panels).toHaveLength(6);
  });
  it('no letters are seen where there are none', () => {
    const figure = drawFigure({ seed: 5, layout: [2, 2], gutter: 8, content: 'photo' });
    expect(readLetters(tabulate(figure))).toBeNull();
  });
});

describe('nested pictures', () => {
  it('two pictures under one letter stay together', () => {
    const figure = drawFigure({ seed: 31, layout: [4], gutter: 20, content: 'scan' });
    // A stands on the first and B on the third picture; second and fourth belong to them.
    print(figure, 'A', figure.panels[0].x0 + 9, 9, 20, 255);
    print(figure, 'B', figure.panels[2].x0 + 9, 9, 20, 255);
    const told = analyse(figure, { letters: true, expected: 2 }, CONSTANTS);
    expect(told.panels.map((p) => p.cell.x0).sort((a, b) => a - b)[1]).toBeCloseTo(figure.panels[2].x0 - 10, -1);
  });
});
