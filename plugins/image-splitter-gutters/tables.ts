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
  for (let p = 0, d = 0; p < n; p++, d += 3) {
    const r = data[d];
    const g = data[d + 1];
    const b = data[d + 2];
    const l = (r * 77 + g * 151 + b * 28) >> 8;
    luminance[p] = l;
    chroma[p] = 128 + ((r - b) >> 1);
    let flag = 0;
    if (l <= BLACK_LUMINANCE) {
      if (r <= BLACK_MAX && g <= BLACK_MAX && b <= BLACK_MAX) flag = BLACK;
    } else if (r >= WHITE_MIN && g >= WHITE_MIN && b >= WHITE_MIN) flag = WHITE;
    flags[p] = flag;
  }
  sumUp(counts, luminance, flags, width, height);
  const blocks = {
    x: { luminance: blockRows(luminance, width, height, space), chroma: blockRows(chroma, width, height, space) },
    y: { luminance: blockColumns(luminance, width, height, space), chroma: blockColumns(chroma, width, height, space) },
  };
  return { width, height, luminance, chroma, flags, counts, blocks };
}

/** Fills the integral images. A loop of its own: it has as many variables as there are registers. */
function sumUp(counts: Int32Array, luminance: Uint8Array, flags: Uint8Array, width: number, height: number): void {
  const stride = (width + 1) * CELL;
  counts.fill(0, 0, stride);
  for (let y = 0, p = 0; y < height; y++) {
    let whites = 0;
    let blacks = 0;
    let total = 0;
    let square = 0;
    let above = y * stride;
    let at = above + stride;
    counts.fill(0, at, at + CELL);
    for (let x = 0; x < width; x++, p++) {
      const l = luminance[p];
      const flag = flags[p];
      whites += flag & WHITE;
      blacks += flag >> 1;
      total += l;
      square = (square + l * l) | 0;
      above += CELL;
      at += CELL;
      counts[at] = (counts[above] + whites) | 0;
      counts[at + 1] = (counts[above + 1] + blacks) | 0;
      counts[at + 2] = (counts[above + 2] + total) | 0;
      counts[at + 3] = (counts[above + 3] + square) | 0;
    }
  }
}

/** Means of BLOCK pixels below each other. Written out, as the two that follow are run over every pixel. */
function blockRows(plane: Uint8Array, width: number, height: number, space: Space): Uint8Array {
  const count = Math.floor(height / BLOCK);
  const out = space.bytes(count * width);
  for (let b = 0, o = 0; b < count; b++) {
    const p0 = b * BLOCK * width;
    const p1 = p0 + width;
    const p2 = p1 + width;
    const p3 = p2 + width;
    const p4 = p3 + width;
    const p5 = p4 + width;
    const p6 = p5 + width;
    const p7 = p6 + width;
    for (let x = 0; x < width; x++, o++) {
      const low = plane[p0 + x] + plane[p1 + x] + plane[p2 + x] + plane[p3 + x];
      const high = plane[p4 + x] + plane[p5 + x] + plane[p6 + x] + plane[p7 + x];
      out[o] = (low + high + (BLOCK >> 1)) >> 3;
    }
  }
  return out;
}

/** Means of BLOCK pixels beside each other. */
function blockColumns(plane: Uint8Array, width: number, height: number, space: Space): Uint8Array {
  const count = Math.floor(width / BLOCK);
  const out = space.bytes(count * height);
  for (let y = 0; y < height; y++)
    for (let b = 0, p = y * width, o = y; b < count; b++, p += BLOCK, o += height) {
      const low = plane[p] + plane[p + 1] + plane[p + 2] + plane[p + 3];
      const high = plane[p + 4] + plane[p + 5] + plane[p + 6] + plane[p + 7];
      out[o] = (low + high + (BLOCK >> 1)) >> 3;
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
/** Counts and means of a region. `into` is filled and returned, for loops over all lines of a figure. */
export function statistics({ width, counts }: Tables, r: Region, into?: Mutable<LineStatistics>): LineStatistics {
  const stride = (width + 1) * CELL;
  const a = r.y0 * stride + r.x0 * CELL;
  const b = r.y0 * stride + r.x1 * CELL;
  const c = r.y1 * stride + r.x0 * CELL;
  const d = r.y1 * stride + r.x1 * CELL;
  const count = Math.max(1, area(r));
  const mean = (counts[d + 2] - counts[b + 2] - counts[c + 2] + counts[a + 2]) / count;
  const squares = (counts[d + 3] - counts[b + 3] - counts[c + 3] + counts[a + 3]) >>> 0;
  const s = into ?? { white: 0, black: 0, mean: 0, variance: 0, count: 0 };
  s.white = counts[d] - counts[b] - counts[c] + counts[a];
  s.black = counts[d + 1] - counts[b + 1] - counts[c + 1] + counts[a + 1];
  s.mean = mean;
  s.variance = squares / count - mean * mean;
  s.count = count;
  return s;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

// One line at a time is looked at: thousands in each figure.
const line = { x0: 0, y0: 0, x1: 0, y1: 0 };
const ofLine = { white: 0, black: 0, mean: 0, variance: 0, count: 0 };

/** Statistics of one line of a region. The answer stands until the next call. */
export function lineStatistics(t: Tables, region: Region, axis: Axis, at: number): LineStatistics {
  const vertical = axis === 'x';
  line.x0 = vertical ? at : region.x0;
  line.x1 = vertical ? at + 1 : region.x1;
  line.y0 = vertical ? region.y0 : at;
  line.y1 = vertical ? region.y1 : at + 1;
  return statistics(t, line, ofLine);
}
