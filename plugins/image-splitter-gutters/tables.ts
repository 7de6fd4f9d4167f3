import type { Raster, Region } from '../../core/image/raster.js';

/** Which way the lines of a cut run: `x` cuts with a vertical line (at a column), `y` with a horizontal one. */
export type Axis = 'x' | 'y';

/** Pixels along a line that are averaged before steps are looked for: kills noise, keeps edges. */
export const BLOCK = 8;
export const WHITE = 1;
export const BLACK = 2;

/** What is counted once per figure, so that any line or band is then looked up and not read again. */
export interface Tables {
  readonly width: number;
  readonly height: number;
  readonly luminance: Uint8Array;
  /** Red minus blue, halved, around 128: edges between colours of one brightness. */
  readonly chroma: Uint8Array;
  /** WHITE, BLACK or 0 for each pixel. */
  readonly flags: Uint8Array;
  /** Integral images, (width + 1) × (height + 1). */
  readonly white: Int32Array;
  readonly black: Int32Array;
  readonly sum: Int32Array;
  /** Of luminance squared, modulo 2^32: right for a line, and for whatever has a smaller sum than that. */
  readonly squares: Uint32Array;
  /** Means of BLOCK pixels along the line, `[block * lines + line]`, for each axis. */
  readonly blocks: Readonly<Record<Axis, { readonly luminance: Uint8Array; readonly chroma: Uint8Array }>>;
}

const WHITE_MIN = 236;
const BLACK_LUMINANCE = 32;
const BLACK_MAX = 46;

export function tabulate(raster: Raster): Tables {
  const { width, height, data } = raster;
  const n = width * height;
  const luminance = new Uint8Array(n);
  const chroma = new Uint8Array(n);
  const flags = new Uint8Array(n);
  const stride = width + 1;
  const white = new Int32Array(stride * (height + 1));
  const black = new Int32Array(stride * (height + 1));
  const sum = new Int32Array(stride * (height + 1));
  const squares = new Uint32Array(stride * (height + 1));
  for (let y = 0, p = 0; y < height; y++) {
    let whites = 0;
    let blacks = 0;
    let total = 0;
    let square = 0;
    for (let x = 0; x < width; x++, p++) {
      const r = data[p * 3];
      const g = data[p * 3 + 1];
      const b = data[p * 3 + 2];
      const l = (r * 77 + g * 151 + b * 28) >> 8;
      luminance[p] = l;
      chroma[p] = 128 + ((r - b) >> 1);
      if (r >= WHITE_MIN && g >= WHITE_MIN && b >= WHITE_MIN) {
        flags[p] = WHITE;
        whites++;
      } else if (l <= BLACK_LUMINANCE && r <= BLACK_MAX && g <= BLACK_MAX && b <= BLACK_MAX) {
        flags[p] = BLACK;
        blacks++;
      }
      total += l;
      square += l * l;
      const at = (y + 1) * stride + x + 1;
      white[at] = white[at - stride] + whites;
      black[at] = black[at - stride] + blacks;
      sum[at] = sum[at - stride] + total;
      squares[at] = squares[at - stride] + square;
    }
  }
  const blocks = {
    x: { luminance: blockRows(luminance, width, height), chroma: blockRows(chroma, width, height) },
    y: { luminance: blockColumns(luminance, width, height), chroma: blockColumns(chroma, width, height) },
  };
  return { width, height, luminance, chroma, flags, white, black, sum, squares, blocks };
}

function blockRows(plane: Uint8Array, width: number, height: number): Uint8Array {
  const count = Math.floor(height / BLOCK);
  const out = new Uint8Array(count * width);
  const sums = new Int32Array(width);
  for (let b = 0; b < count; b++) {
    sums.fill(0);
    for (let y = b * BLOCK; y < (b + 1) * BLOCK; y++)
      for (let x = 0, p = y * width; x < width; x++, p++) sums[x] += plane[p];
    for (let x = 0; x < width; x++) out[b * width + x] = sums[x] / BLOCK + 0.5;
  }
  return out;
}

function blockColumns(plane: Uint8Array, width: number, height: number): Uint8Array {
  const count = Math.floor(width / BLOCK);
  const out = new Uint8Array(count * height);
  for (let y = 0; y < height; y++)
    for (let b = 0; b < count; b++) {
      let s = 0;
      for (let x = b * BLOCK, p = y * width + x; x < (b + 1) * BLOCK; x++, p++) s += plane[p];
      out[b * height + y] = s / BLOCK + 0.5;
    }
  return out;
}

/** The sum of an integral image over a rectangle. */
export function within(table: Int32Array | Uint32Array, stride: number, r: Region): number {
  return (
    table[r.y1 * stride + r.x1] -
    table[r.y0 * stride + r.x1] -
    table[r.y1 * stride + r.x0] +
    table[r.y0 * stride + r.x0]
  );
}

/** A stretch of a region along an axis: the lines `from` to `to` of it. */
export const slice = (r: Region, axis: Axis, from: number, to: number): Region =>
  axis === 'x' ? { ...r, x0: from, x1: to } : { ...r, y0: from, y1: to };

export const start = (r: Region, axis: Axis): number => (axis === 'x' ? r.x0 : r.y0);
export const end = (r: Region, axis: Axis): number => (axis === 'x' ? r.x1 : r.y1);
export const size = (r: Region, axis: Axis): number => end(r, axis) - start(r, axis);
export const other = (axis: Axis): Axis => (axis === 'x' ? 'y' : 'x');
export const area = (r: Region): number => (r.x1 - r.x0) * (r.y1 - r.y0);

export interface LineStatistics {
  readonly white: number;
  readonly black: number;
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
}
export function statistics(t: Tables, r: Region): LineStatistics {
  const stride = t.width + 1;
  const count = Math.max(1, area(r));
  const mean = within(t.sum, stride, r) / count;
  return {
    white: within(t.white, stride, r),
    black: within(t.black, stride, r),
    mean,
    variance: (within(t.squares, stride, r) >>> 0) / count - mean * mean,
    count,
  };
}
