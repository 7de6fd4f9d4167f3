import type { Tables } from '../tables.js';
import type { Component } from './components.js';
import { GLYPHS } from './glyphs.js';

export const CELLS_WIDE = 12;
export const CELLS_HIGH = 16;
const CELLS = CELLS_WIDE * CELLS_HIGH;

interface Glyph {
  readonly character: string;
  readonly aspect: number;
  /** Mean 0, length 1. */
  readonly cells: Float32Array;
}

let templates: readonly Glyph[] | undefined;
function glyphs(): readonly Glyph[] {
  templates ??= GLYPHS.map(([character, aspect, packed]) => {
    const bytes = Buffer.from(packed, 'base64');
    const cells = Float32Array.from({ length: CELLS }, (_, i) =>
      i % 2 === 0 ? bytes[i >> 1] >> 4 : bytes[i >> 1] & 15,
    );
    return { character, aspect, cells: normalised(cells) ?? cells };
  });
  return templates;
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

/** How well a patch fits each character: correlation of the ink, less for another aspect. Best score of any font. */
export function matchGlyphs(t: Tables, patch: Component): Map<string, number> | null {
  const cells = inkOf(t, patch);
  if (!cells) return null;
  const aspect = (patch.x1 - patch.x0) / (patch.y1 - patch.y0);
  const scores = new Map<string, number>();
  for (const glyph of glyphs()) {
    const stretch = Math.abs(Math.log(aspect / glyph.aspect));
    if (stretch > 0.45) continue;
    let dot = 0;
    for (let i = 0; i < CELLS; i++) dot += cells[i] * glyph.cells[i];
    const score = dot - 0.35 * Math.max(0, stretch - 0.08);
    if (score > (scores.get(glyph.character) ?? 0)) scores.set(glyph.character, score);
  }
  return scores;
}

/** The ink of a patch on the grid of the templates; null where it hardly stands out from what is around it. */
function inkOf(t: Tables, patch: Component): Float32Array | null {
  const { x0, y0, x1, y1 } = patch;
  const around = ring(t, patch);
  let ink = 0;
  let count = 0;
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) {
      const l = t.luminance[y * t.width + x];
      if (patch.dark ? l < around - 40 : l > around + 40) {
        ink += l;
        count++;
      }
    }
  if (count < 6) return null;
  ink /= count;
  if (Math.abs(ink - around) < 60) return null;
  const cells = new Float32Array(CELLS);
  for (let r = 0; r < CELLS_HIGH; r++)
    for (let c = 0; c < CELLS_WIDE; c++) {
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        const x = x0 + ((c + (i % 2 === 0 ? 0.25 : 0.75)) / CELLS_WIDE) * (x1 - x0);
        const y = y0 + ((r + (i < 2 ? 0.25 : 0.75)) / CELLS_HIGH) * (y1 - y0);
        sum += Math.min(1, Math.max(0, (bilinear(t, x - 0.5, y - 0.5) - around) / (ink - around)));
      }
      cells[r * CELLS_WIDE + c] = sum;
    }
  return normalised(cells);
}

/** Mean luminance just outside a patch. */
function ring(t: Tables, p: Component): number {
  let sum = 0;
  let n = 0;
  const add = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= t.width || y >= t.height) return;
    sum += t.luminance[y * t.width + x];
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
  return n > 0 ? sum / n : p.dark ? 255 : 0;
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
