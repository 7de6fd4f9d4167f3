import { Scratch } from '../scratch.js';
import type { Tables } from '../tables.js';
import type { Component } from './components.js';
import { GLYPHS } from './glyphs.js';

export const CELLS_WIDE = 12;
export const CELLS_HIGH = 16;
const CELLS = CELLS_WIDE * CELLS_HIGH;
/** Cells of the first, coarse look: 2 × 2 of the others. */
const COARSE = CELLS / 4;
/** Fit of a character's mean, seen coarsely, below which its fonts are left out, and how far behind the best it may be. */
const COARSE_FIT = 0.5;
const COARSE_BEHIND = 0.15;

interface Glyph {
  readonly character: string;
  readonly aspect: number;
  /** Mean 0, length 1; as blurred as in letters of few pixels first, sharp last. */
  readonly cells: readonly Float32Array[];
}
/** A character in all fonts. */
interface Character {
  readonly character: string;
  readonly fonts: readonly Glyph[];
  /** Mean of the fonts for each blur, seen coarsely. */
  readonly coarse: readonly Float32Array[];
}

/** Heights in pixels below which letters are compared with blurred templates, and how often these are blurred. */
const BLURS: readonly { readonly below: number; readonly rounds: number }[] = [
  { below: 9.5, rounds: 3 },
  { below: 14, rounds: 1 },
  { below: Infinity, rounds: 0 },
];

let templates: readonly Character[] | undefined;
function characters(): readonly Character[] {
  if (templates) return templates;
  const fonts = new Map<string, Glyph[]>();
  for (const [character, aspect, packed] of GLYPHS) {
    const bytes = Buffer.from(packed, 'base64');
    const raw = Float32Array.from({ length: CELLS }, (_, i) => (i % 2 === 0 ? bytes[i >> 1] >> 4 : bytes[i >> 1] & 15));
    const cells = BLURS.map(({ rounds }) => {
      let soft: Float32Array = raw;
      for (let i = 0; i < rounds; i++) soft = blurred(soft);
      return normalised(soft.slice());
    });
    // A bare stroke fills its box: nothing to compare.
    if (!cells.every((c) => c !== null)) continue;
    fonts.set(character, [...(fonts.get(character) ?? []), { character, aspect, cells }]);
  }
  templates = [...fonts].map(([character, own]) => ({
    character,
    fonts: own,
    coarse: BLURS.map((_, k) => {
      const sum = new Float32Array(CELLS);
      for (const { cells } of own) cells[k].forEach((v, i) => (sum[i] += v));
      return coarsely(sum)!;
    }),
  }));
  return templates;
}

/** Each cell with its neighbours, 1 : 2 : 1 along both sides; what lies outside is paper. */
function blurred(cells: Float32Array): Float32Array {
  const at = (r: number, c: number) =>
    r < 0 || c < 0 || r >= CELLS_HIGH || c >= CELLS_WIDE ? 0 : cells[r * CELLS_WIDE + c];
  const row = (r: number, c: number) => at(r, c - 1) + 2 * at(r, c) + at(r, c + 1);
  return cells.map((_, i) => {
    const r = Math.floor(i / CELLS_WIDE);
    const c = i % CELLS_WIDE;
    return (row(r - 1, c) + 2 * row(r, c) + row(r + 1, c)) / 16;
  });
}

/** Cells put together two by two; null where they are all alike. */
function coarsely(cells: Float32Array, sums = new Float32Array(COARSE)): Float32Array | null {
  sums.fill(0);
  for (let r = 0, i = 0; r < CELLS_HIGH; r++)
    for (let c = 0; c < CELLS_WIDE; c++, i++) sums[(r >> 1) * (CELLS_WIDE / 2) + (c >> 1)] += cells[i];
  return normalised(sums);
}

function normalised(cells: Float32Array): Float32Array | null {
  let mean = 0;
  for (const v of cells) mean += v / cells.length;
  let length = 0;
  for (let i = 0; i < cells.length; i++) {
    cells[i] -= mean;
    length += cells[i] * cells[i];
  }
  if (length < 1e-6) return null;
  const scale = 1 / Math.sqrt(length);
  for (let i = 0; i < cells.length; i++) cells[i] *= scale;
  return cells;
}

export interface Match {
  /** Correlation of the ink, less for another aspect, with each character in the font that fits best. */
  readonly scores: ReadonlyMap<string, number>;
  /** Height to a part of a pixel. */
  readonly tall: number;
}

// What is measured of one patch at a time.
const inkCells = new Float32Array(CELLS);
const coarseInk = new Float32Array(COARSE);
const shades = new Scratch((length) => new Uint16Array(length));
const [columnInk, rowInk] = [0, 1].map(() => new Scratch((length) => new Float32Array(length)));

/** How well a patch fits each character; null where it is no ink. */
export function matchGlyphs(t: Tables, patch: Component): Match | null {
  const ink = inkOf(t, patch);
  const coarse = ink && coarsely(ink.cells, coarseInk);
  const cells = ink && normalised(ink.cells);
  if (!ink || !coarse || !cells) return null;
  const blur = BLURS.findIndex(({ below }) => ink.tall < below);
  const all = characters();
  const fits = all.map((c) => product(coarse, c.coarse[blur], COARSE));
  const least = Math.max(COARSE_FIT, Math.max(...fits) - COARSE_BEHIND);
  const scores = new Map<string, number>();
  for (const [i, { character, fonts }] of all.entries()) {
    if (fits[i] < least) continue;
    let best = 0;
    for (const glyph of fonts) {
      const stretch = Math.abs(Math.log(ink.aspect / glyph.aspect));
      if (stretch > 0.45) continue;
      const score = product(cells, glyph.cells[blur], CELLS) - 0.35 * Math.max(0, stretch - 0.08);
      if (score > best) best = score;
    }
    if (best > 0) scores.set(character, best);
  }
  return { scores, tall: ink.tall };
}

function product(a: Float32Array, b: Float32Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * The ink of a patch on the grid of the templates, and its width by height to a part of a pixel; null where it hardly stands
 * out from what is around it. The sides lie where the ink is half as strong as inside the strokes, whatever the limit by
 * which the patch was found.
 */
function inkOf(t: Tables, patch: Component): { cells: Float32Array; aspect: number; tall: number } | null {
  const around = ring(t, patch);
  const full = strongest(t, patch);
  if (Math.abs(full - around) < 50 || full < around !== patch.dark) return null;
  const { x0, y0, x1, y1 } = sides(t, patch, around, full);
  if (x1 - x0 < 1 || y1 - y0 < 4) return null;
  // A cell smaller than a pixel needs but one look.
  const samples = y1 - y0 > 1.2 * CELLS_HIGH ? 4 : 1;
  for (let r = 0; r < CELLS_HIGH; r++)
    for (let c = 0; c < CELLS_WIDE; c++) {
      let sum = 0;
      for (let i = 0; i < samples; i++) {
        const x = x0 + ((c + (samples === 1 ? 0.5 : i % 2 === 0 ? 0.25 : 0.75)) / CELLS_WIDE) * (x1 - x0);
        const y = y0 + ((r + (samples === 1 ? 0.5 : i < 2 ? 0.25 : 0.75)) / CELLS_HIGH) * (y1 - y0);
        sum += Math.min(1, Math.max(0, (bilinear(t, x - 0.5, y - 0.5) - around) / (full - around)));
      }
      inkCells[r * CELLS_WIDE + c] = sum;
    }
  return { cells: inkCells, aspect: (x1 - x0) / (y1 - y0), tall: y1 - y0 };
}

/** Luminance inside the strokes: an eighth of a letter's box is darker (or lighter). */
function strongest(t: Tables, { x0, y0, x1, y1, dark }: Component): number {
  const counts = shades.take(256);
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) counts[t.luminance[y * t.width + x]]++;
  let left = ((x1 - x0) * (y1 - y0)) / 8;
  let v = dark ? 0 : 255;
  for (; v >= 0 && v < 255 && (left -= counts[v]) > 0; v += dark ? 1 : -1);
  return v;
}

/** The box of a patch to a part of a pixel. */
function sides(t: Tables, patch: Component, around: number, full: number): Box {
  const wide = patch.x1 - patch.x0 + 2;
  const high = patch.y1 - patch.y0 + 2;
  const columns = columnInk.take(wide);
  const rows = rowInk.take(high);
  for (let j = 0; j < high; j++)
    for (let i = 0; i < wide; i++) {
      const x = Math.min(t.width - 1, Math.max(0, patch.x0 - 1 + i));
      const y = Math.min(t.height - 1, Math.max(0, patch.y0 - 1 + j));
      const ink = (t.luminance[y * t.width + x] - around) / (full - around);
      if (j > 0 && j < high - 1 && ink > columns[i]) columns[i] = ink;
      if (i > 0 && i < wide - 1 && ink > rows[j]) rows[j] = ink;
    }
  const [x0, x1] = extent(columns, wide);
  const [y0, y1] = extent(rows, high);
  return { x0: patch.x0 - 1 + x0, y0: patch.y0 - 1 + y0, x1: patch.x0 - 1 + x1, y1: patch.y0 - 1 + y1 };
}
interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Where a profile rises to a half and where it falls below it again; a pixel that is half covered counts half. */
function extent(profile: Float32Array, length: number): [number, number] {
  const last = length - 2;
  let from = 1;
  while (from < last && profile[from] < 0.5) from++;
  let to = last;
  while (to > from && profile[to] < 0.5) to--;
  const part = (inside: number, outside: number) =>
    Math.min(0.5, Math.max(-0.5, inside <= outside ? 0 : (inside - 0.5) / (inside - outside) - 0.5));
  return [from - part(profile[from], profile[from - 1]), to + 1 + part(profile[to], profile[to + 1])];
}

/** Luminance just outside a patch: the median, since a letter's disc may be hardly larger than the letter. */
function ring(t: Tables, p: Component): number {
  const counts = shades.take(256);
  let n = 0;
  const add = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= t.width || y >= t.height) return;
    counts[t.luminance[y * t.width + x]]++;
    n++;
  };
  for (let x = p.x0 - 2; x < p.x1 + 2; x++) {
    add(x, p.y0 - 2);
    add(x, p.y1 + 1);
  }
  for (let y = p.y0; y < p.y1; y++) {
    add(p.x0 - 2, y);
    add(p.x1 + 1, y);
  }
  if (n === 0) return p.dark ? 255 : 0;
  let v = 0;
  for (let seen = counts[0]; seen < n / 2; seen += counts[++v]);
  return v;
}

function bilinear(t: Tables, x: number, y: number): number {
  const xa = Math.max(0, Math.min(t.width - 1, Math.floor(x)));
  const ya = Math.max(0, Math.min(t.height - 1, Math.floor(y)));
  const xb = Math.min(t.width - 1, xa + 1);
  const yb = Math.min(t.height - 1, ya + 1);
  const fx = Math.min(1, Math.max(0, x - xa));
  const fy = Math.min(1, Math.max(0, y - ya));
  const l = t.luminance;
  const top = l[ya * t.width + xa] * (1 - fx) + l[ya * t.width + xb] * fx;
  const bottom = l[yb * t.width + xa] * (1 - fx) + l[yb * t.width + xb] * fx;
  return top * (1 - fy) + bottom * fy;
}
