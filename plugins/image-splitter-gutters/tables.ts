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
  /**
   * Four integral images, (width + 1) × (height + 1), cell by cell: white pixels, black pixels, sum of luminance, and sum of
   * its squares modulo 2^32, which is right for a line, and for whatever has a smaller sum than that.
   */
  readonly counts: Int32Array;
  /** Means of BLOCK pixels along the line, `[block * lines + line]`, for each axis. */
  readonly blocks: Readonly<Record<Axis, { readonly luminance: Uint8Array; readonly chroma: Uint8Array }>>;
}

const WHITE_MIN = 236;
const BLACK_LUMINANCE = 32;
const BLACK_MAX = 46;

/** Values of a cell of `counts`. */
const CELL = 4;

/**
 * Memory for the tables of one figure at a time. Fresh memory costs more than what is counted in it, so it is used again:
 * tables stand until the next are made in the same space.
 */
export class Space {
  private buffer = new ArrayBuffer(0);
  private used = 0;

  /** Forgets what was taken. `bytes` is what will be taken at most. */
  reset(bytes: number): void {
    if (this.buffer.byteLength < bytes) this.buffer = new ArrayBuffer(bytes);
    this.used = 0;
  }

  /** So many bytes, with whatever is in them. */
  bytes(length: number): Uint8Array {
    const taken = new Uint8Array(this.buffer, this.used, length);
    this.used += (length + 7) & ~7;
    return taken;
  }

  /** So many integers, with whatever is in them. */
  integers(length: number): Int32Array {
    const taken = new Int32Array(this.buffer, this.used, length);
    this.used += (length * 4 + 7) & ~7;
    return taken;
  }
}

export function tabulate(raster: Raster, space = new Space()): Tables {
  const { width, height, data } = raster;
  const n = width * height;
  const stride = (width + 1) * CELL;
  space.reset(stride * (height + 1) * 4 + 8 * (n + 8));
  const counts = space.integers(stride * (height + 1));
  const luminance = space.bytes(n);
  const chroma = space.bytes(n);
  const flags = space.bytes(n);
  counts.fill(0, 0, stride);
  for (let y = 0, p = 0, d = 0; y < height; y++) {
    let whites = 0;
    let blacks = 0;
    let total = 0;
    let square = 0;
    let at = (y + 1) * stride;
    counts.fill(0, at, at + CELL);
    for (let x = 0; x < width; x++, p++, d += 3) {
      const r = data[d];
      const g = data[d + 1];
      const b = data[d + 2];
      const l = (r * 77 + g * 151 + b * 28) >> 8;
      luminance[p] = l;
      chroma[p] = 128 + ((r - b) >> 1);
      if (r >= WHITE_MIN && g >= WHITE_MIN && b >= WHITE_MIN) {
        flags[p] = WHITE;
        whites++;
      } else if (l <= BLACK_LUMINANCE && r <= BLACK_MAX && g <= BLACK_MAX && b <= BLACK_MAX) {
        flags[p] = BLACK;
        blacks++;
      } else flags[p] = 0;
      total += l;
      square += l * l;
      at += CELL;
      counts[at] = counts[at - stride] + whites;
      counts[at + 1] = counts[at - stride + 1] + blacks;
      counts[at + 2] = counts[at - stride + 2] + total;
      counts[at + 3] = (counts[at - stride + 3] + square) | 0;
    }
  }
  const blocks = {
    x: { luminance: blockRows(luminance, width, height, space), chroma: blockRows(chroma, width, height, space) },
    y: { luminance: blockColumns(luminance, width, height, space), chroma: blockColumns(chroma, width, height, space) },
  };
  return { width, height, luminance, chroma, flags, counts, blocks };
}

function blockRows(plane: Uint8Array, width: number, height: number, space: Space): Uint8Array {
  const count = Math.floor(height / BLOCK);
  const out = space.bytes(count * width);
  const sums = new Int32Array(width);
  for (let b = 0; b < count; b++) {
    sums.fill(0);
    for (let y = b * BLOCK; y < (b + 1) * BLOCK; y++)
      for (let x = 0, p = y * width; x < width; x++, p++) sums[x] += plane[p];
    for (let x = 0; x < width; x++) out[b * width + x] = sums[x] / BLOCK + 0.5;
  }
  return out;
}

function blockColumns(plane: Uint8Array, width: number, height: number, space: Space): Uint8Array {
  const count = Math.floor(width / BLOCK);
  const out = space.bytes(count * height);
  for (let y = 0; y < height; y++)
    for (let b = 0; b < count; b++) {
      let s = 0;
      for (let x = b * BLOCK, p = y * width + x; x < (b + 1) * BLOCK; x++, p++) s += plane[p];
      out[b * height + y] = s / BLOCK + 0.5;
    }
  return out;
}

/** A stretch of a region along an axis: the lines `from` to `to` of it. */
export const slice = (r: Region, axis: Axis, from: number, to: number): Region =>
  axis === 'x' ? { x0: from, y0: r.y0, x1: to, y1: r.y1 } : { x0: r.x0, y0: from, x1: r.x1, y1: to };

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
export function statistics({ width, counts }: Tables, r: Region): LineStatistics {
  const stride = (width + 1) * CELL;
  const a = r.y0 * stride + r.x0 * CELL;
  const b = r.y0 * stride + r.x1 * CELL;
  const c = r.y1 * stride + r.x0 * CELL;
  const d = r.y1 * stride + r.x1 * CELL;
  const count = Math.max(1, area(r));
  const mean = (counts[d + 2] - counts[b + 2] - counts[c + 2] + counts[a + 2]) / count;
  const squares = (counts[d + 3] - counts[b + 3] - counts[c + 3] + counts[a + 3]) >>> 0;
  return {
    white: counts[d] - counts[b] - counts[c] + counts[a],
    black: counts[d + 1] - counts[b + 1] - counts[c + 1] + counts[a + 1],
    mean,
    variance: squares / count - mean * mean,
    count,
  };
}
