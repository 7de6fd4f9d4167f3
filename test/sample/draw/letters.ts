import { toPath } from './noise.js';

type Stroke = readonly (readonly [number, number])[];

/** An arc as a path; angles in quarter turns, clockwise from the right. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Stroke {
  return Array.from({ length: 17 }, (_, i) => {
    const t = ((from + ((to - from) * i) / 16) * Math.PI) / 2;
    return [cx + rx * Math.cos(t), cy + ry * Math.sin(t)] as const;
  });
}

/** Letters as strokes in a box of 0.7 by 1, drawn by hand, so that no font is needed. */
const STROKES: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [
      [0, 1],
      [0.36, 0],
      [0.72, 1],
    ],
    [
      [0.13, 0.66],
      [0.59, 0.66],
    ],
  ],
  B: [
    [[0.05, 0], [0.05, 1], [0.36, 1], ...arc(0.36, 0.74, 0.3, 0.26, 1, -1), [0.05, 0.48]],
    [[0.05, 0], [0.34, 0], ...arc(0.34, 0.24, 0.26, 0.24, -1, 1), [0.05, 0.48]],
  ],
  C: [arc(0.38, 0.5, 0.36, 0.5, 3.55, 0.45)],
  D: [[[0.05, 0], [0.05, 1], [0.28, 1], ...arc(0.28, 0.5, 0.38, 0.5, 1, -1), [0.05, 0]]],
  E: [
    [
      [0.58, 0],
      [0.05, 0],
      [0.05, 1],
      [0.6, 1],
    ],
    [
      [0.05, 0.48],
      [0.54, 0.48],
    ],
  ],
  F: [
    [
      [0.58, 0],
      [0.05, 0],
      [0.05, 1],
    ],
    [
      [0.05, 0.48],
      [0.52, 0.48],
    ],
  ],
  a: [
    arc(0.28, 0.7, 0.26, 0.3, 0, 4),
    [
      [0.54, 0.38],
      [0.54, 1],
    ],
  ],
  b: [
    [
      [0.04, 0],
      [0.04, 1],
    ],
    arc(0.31, 0.68, 0.27, 0.32, 0, 4),
  ],
  c: [arc(0.3, 0.68, 0.28, 0.32, 3.5, 0.5)],
  d: [
    [
      [0.58, 0],
      [0.58, 1],
    ],
    arc(0.31, 0.68, 0.27, 0.32, 0, 4),
  ],
  e: [[[0.03, 0.68], [0.57, 0.68], ...arc(0.3, 0.68, 0.27, 0.32, 0, -3.4)]],
  f: [
    [...arc(0.4, 0.2, 0.2, 0.2, 3, 2), [0.2, 0.25], [0.2, 1]],
    [
      [0, 0.38],
      [0.4, 0.38],
    ],
  ],
  K: [
    [
      [0.05, 0],
      [0.05, 1],
    ],
    [
      [0.6, 0],
      [0.05, 0.6],
    ],
    [
      [0.24, 0.42],
      [0.64, 1],
    ],
  ],
  R: [
    [[0.05, 1], [0.05, 0], [0.34, 0], ...arc(0.34, 0.25, 0.26, 0.25, -1, 1), [0.05, 0.5]],
    [
      [0.34, 0.5],
      [0.62, 1],
    ],
  ],
  S: [[...arc(0.32, 0.25, 0.27, 0.25, -0.3, -3), ...arc(0.32, 0.74, 0.29, 0.26, -1, 1.8)]],
  V: [
    [
      [0, 0],
      [0.35, 1],
      [0.7, 0],
    ],
  ],
  W: [
    [
      [0, 0],
      [0.22, 1],
      [0.45, 0.1],
      [0.68, 1],
      [0.9, 0],
    ],
  ],
  '0': [arc(0.3, 0.5, 0.28, 0.5, 0, 4)],
  '2': [[...arc(0.3, 0.27, 0.26, 0.27, -2, 0.5), [0.02, 1], [0.6, 1]]],
  '4': [
    [
      [0.44, 1],
      [0.44, 0],
      [0.02, 0.7],
      [0.62, 0.7],
    ],
  ],
  '6': [arc(0.3, 0.68, 0.26, 0.32, 0, 4), arc(0.5, 0.68, 0.46, 0.66, 2, 3)],
  '8': [arc(0.3, 0.25, 0.22, 0.25, 0, 4), arc(0.3, 0.74, 0.27, 0.26, 0, 4)],
};

/** Ink of a word at a place; the measure is that of `inkOf`. */
export function inkOfWord(word: string, x: number, y: number, height: number): number {
  return Math.max(...[...word].map((letter, i) => inkOf(letter, x - i * height * 0.85, y, height)));
}

/** How much ink of a letter lies on a place, 0 to 1. The letter is `height` high, its upper left corner at 0, 0. */
export function inkOf(letter: string, x: number, y: number, height: number): number {
  const strokes = STROKES[letter];
  if (!strokes) throw new Error(`no strokes for the letter '${letter}'`);
  if (x < -height * 0.2 || x > height || y < -height * 0.2 || y > height * 1.2) return 0;
  const distance = Math.min(...strokes.map((path) => toPath(x / height, y / height, path)));
  return Math.max(0, Math.min(1, (0.075 - distance) * height + 0.5));
}
