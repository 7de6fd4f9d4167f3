import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { type Cut, ramp, shifted } from './cut.js';
import { continuity } from './edge.js';
import type { Run } from './runs.js';
import { Scratch } from './scratch.js';
import { type Axis, BLACK, end, other, size, start, type Tables, WHITE } from './tables.js';

/** What stands on one side of a run. */
export interface Side {
  /** Share of the lines with content where the content begins at once. */
  readonly straight: number;
  /** Share of the band that is content. */
  readonly fill: number;
  /** Share of the run's length along which there is any content. */
  readonly extent: number;
}

/** How far from an edge content may begin: JPEG and shrinking blur it. */
const near = (longSide: number): number => Math.max(3, Math.round(longSide * 0.005));

const plainRow = new Uint8Array(256);
/**
 * Which pixels go on with the shade of a run: by the flag of the shade, or by the distance from its level. A table of the
 * values of one plane.
 */
function plainness({ flags, luminance }: Tables, run: Run): { plane: Uint8Array; isPlain: Uint8Array } {
  const isPlain = plainRow;
  isPlain.fill(0);
  const flag = run.fine !== undefined ? 0 : run.shade === 'white' ? WHITE : run.shade === 'black' ? BLACK : 0;
  if (flag !== 0) {
    isPlain[flag] = 1;
    return { plane: flags, isPlain };
  }
  const reach = run.fine ?? 10;
  for (let v = 0; v < 256; v++) if (v >= run.level - reach && v <= run.level + reach) isPlain[v] = 1;
  return { plane: luminance, isPlain };
}

const firstRow = new Scratch((length) => new Int16Array(length));

/** Looks at the band beside a run, on its `before` or `after` side, as far as the region goes. */
export function lookBeside(
  t: Tables,
  region: Region,
  axis: Axis,
  run: Run,
  side: 'before' | 'after',
  depth: number,
  longSide: number,
): Side {
  const along = other(axis);
  const [strideAcross, strideAlong] = axis === 'x' ? [1, t.width] : [t.width, 1];
  const limit = side === 'before' ? run.from - start(region, axis) : end(region, axis) - run.to;
  const lines = Math.min(depth, limit);
  const direction = (side === 'before' ? -1 : 1) * strideAcross;
  const origin = (side === 'before' ? run.from - 1 : run.to) * strideAcross;
  const from = start(region, along);
  const count = end(region, along) - from;
  const first = firstRow.take(count, -1);
  const { plane, isPlain } = plainness(t, run);
  let filled = 0;
  // In the order in which the pixels lie in memory.
  if (axis === 'x') {
    for (let j = 0; j < count; j++) {
      for (let k = 0, p = origin + (from + j) * strideAlong; k < lines; k++, p += direction) {
        if (isPlain[plane[p]] !== 0) continue;
        if (first[j] < 0) first[j] = k;
        filled++;
      }
    }
  } else {
    for (let k = 0; k < lines; k++) {
      for (let j = 0, p = origin + k * direction + from; j < count; j++, p++) {
        if (isPlain[plane[p]] !== 0) continue;
        if (first[j] < 0) first[j] = k;
        filled++;
      }
    }
  }
  let begin = -1;
  let last = -1;
  let touched = 0;
  let room = 0;
  for (let j = 0; j < count; j++) {
    if (first[j] < 0) continue;
    if (begin < 0) begin = j;
    last = j;
    touched++;
    room += lines - first[j];
  }
  if (begin < 0) return { straight: 0, fill: 0, extent: 0 };
  const span = last - begin + 1;
  const close = Math.min(near(longSide), lines);
  let atOnce = 0;
  for (let j = begin; j <= last; j++) if (first[j] >= 0 && first[j] < close) atOnce++;
  const straight = Math.max(atOnce, flatStretches(first, begin, last, Math.max(12, 0.2 * span))) / span;
  return { straight, fill: filled / (room + (span - touched) * lines), extent: touched / count };
}

/**
 * How many lines belong to long stretches where the content begins at one distance: the straight borders of pictures
 * of different heights that stand beside each other.
 */
function flatStretches(first: Int16Array, begin: number, last: number, least: number): number {
  let total = 0;
  let low = 0;
  let high = 0;
  let length = 0;
  for (let j = begin; j <= last + 1; j++) {
    const d = j <= last ? first[j] : -1;
    if (length > 0 && d >= 0 && Math.max(high, d) - Math.min(low, d) <= 2) {
      low = Math.min(low, d);
      high = Math.max(high, d);
      length++;
      continue;
    }
    if (length >= least) total += length;
    length = d >= 0 ? 1 : 0;
    low = high = d;
  }
  return total;
}

/**
 * The worth of a run as a gutter. What stands beside it decides more than its width: between two straight picture borders
 * one pixel will do, between texts and axes it must be wide.
 */
export function scoreRun(t: Tables, region: Region, axis: Axis, run: Run, longSide: number, c: SplitterConstants): Cut {
  const depth = Math.max(4, Math.round(longSide * c.bandDepth));
  const sides = (['before', 'after'] as const).map((s) => lookBeside(t, region, axis, run, s, depth, longSide));
  const borders = sides.filter(
    (s) => s.straight >= c.straightShare && s.fill >= c.straightFill && s.extent >= 0.3,
  ).length;
  const width = run.to - run.from;
  const reference = Math.sqrt(longSide * size(region, axis));
  const share = (100 * width) / reference;
  const cut = { axis, from: run.from, to: run.to, shade: run.shade, level: run.level };
  // An axis or a frame that runs on across a gap: one chart.
  const bridge =
    run.shade === 'white' && width >= c.bridgeWidth * longSide && isBridged(t, region, axis, run) ? c.bridge : 0;
  if (borders === 2) {
    let score = ramp(width, [
      [1, 0.72],
      [2, 0.86],
      [6, 0.93],
      [20, 0.97],
    ]);
    if (width <= 4 && continuity(t, region, axis, run.from, run.to) > c.continuity) score = 0.3;
    return shifted({ ...cut, score, rule: 'gutter-between-pictures' }, -bridge);
  }
  if (borders === 1) {
    const [picture] = sides.filter((s) => s.straight >= c.straightShare && s.fill >= c.straightFill && s.extent >= 0.3);
    const whole = picture.straight >= 0.9 && picture.fill >= 0.7 && picture.extent >= 0.8;
    const score = whole
      ? ramp(share, [
          [0.2, 0.4],
          [0.5, 0.54],
          [1, 0.64],
          [3, 0.8],
          [6, 0.9],
        ])
      : ramp(share, [
          [0.3, 0.25],
          [0.8, 0.42],
          [1.5, 0.55],
          [3, 0.75],
          [6, 0.88],
        ]);
    return shifted(
      { ...cut, score: score - (run.shade === 'white' ? 0 : 0.15), rule: 'gutter-beside-picture' },
      -bridge,
    );
  }
  const score = ramp(share, [
    [0.5, 0.15],
    [1.2, 0.35],
    [2, 0.5],
    [4, 0.72],
    [8, 0.88],
  ]);
  const wide: Cut = {
    ...cut,
    score: score - (run.shade === 'white' ? 0 : run.shade === 'black' ? 0.25 : 0.35),
    rule: 'gutter-wide',
  };
  return shifted(wide, -bridge);
}

/** Whether a line goes on across a run from one side to the other. */
function isBridged(t: Tables, region: Region, axis: Axis, run: Run): boolean {
  const along = other(axis);
  const [strideAcross, strideAlong] = axis === 'x' ? [1, t.width] : [t.width, 1];
  for (let j = start(region, along); j < end(region, along); j++) {
    let p = run.from * strideAcross + j * strideAlong;
    let i = run.from;
    for (; i < run.to && (t.flags[p] & WHITE) === 0; i++) p += strideAcross;
    if (i === run.to) return true;
  }
  return false;
}
