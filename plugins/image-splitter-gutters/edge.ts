import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import type { Cut } from './cut.js';
import { Scratch } from './scratch.js';
import { type Axis, BLOCK, end, other, start, statistics, type Tables } from './tables.js';

/** Distance from a line at which its neighbourhood begins and ends, in lines. */
const NEAR = 4;
const FAR = 18;
const DARK = 30;
const LIGHT = 238;

const floats = (length: number): Float32Array => new Float32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);
const [shareRow, activeRow, stepRow, sortedRow] = [0, 1, 2, 3].map(() => new Scratch(floats));
const [shareSums, stepSums] = [0, 1].map(() => new Scratch(doubles));

interface Blocks {
  readonly luminance: Uint8Array;
  readonly chroma: Uint8Array;
  readonly lines: number;
  readonly first: number;
  readonly last: number;
}
function blocksOf(t: Tables, region: Region, axis: Axis): Blocks {
  const along = other(axis);
  return {
    ...t.blocks[axis],
    lines: axis === 'x' ? t.width : t.height,
    first: Math.ceil(start(region, along) / BLOCK),
    last: Math.floor(end(region, along) / BLOCK),
  };
}

/** What is measured of a line at which two pictures may touch. All but `line` are without unit. */
export interface EdgeFeatures {
  readonly line: number;
  /** Share of the blocks along the line that step in brightness or colour. */
  readonly share: number;
  /** The same for the lines around, and for most lines of the region. */
  readonly around: number;
  readonly usual: number;
  /** Mean step at the line beside that of the lines around, as a logarithm. */
  readonly strength: number;
  /** Share of the blocks that can tell anything: not black or white on both sides. */
  readonly active: number;
  /** Larger share of black, and of white, on either side. */
  readonly black: number;
  readonly white: number;
  readonly continuity: number;
  /** Number of blocks, as a logarithm. */
  readonly length: number;
  /** Share of white in the region. */
  readonly paper: number;
}

/** Measures every line of a region that steps more than its neighbours. */
export function measureEdges(
  t: Tables,
  region: Region,
  axis: Axis,
  margin: number,
  c: SplitterConstants,
): EdgeFeatures[] {
  const b = blocksOf(t, region, axis);
  const count = b.last - b.first;
  const from = start(region, axis);
  const lines = end(region, axis) - from;
  if (count < 4 || lines < 2 * margin) return [];
  const share = shareRow.take(lines);
  const active = activeRow.take(lines);
  const step = stepRow.take(lines);
  for (let k = b.first; k < b.last; k++) addBlock(b, k, from, lines, c.step, share, active, step);
  for (let i = 0; i < lines; i++) {
    if (active[i] > 0) {
      share[i] /= active[i];
      step[i] /= active[i];
    }
    active[i] /= count;
  }
  const shares = running(share, lines, shareSums);
  const steps = running(step, lines, stepSums);
  const around = (sums: Float64Array, i: number) =>
    Math.max(mean(sums, lines, i - FAR, i - NEAR), mean(sums, lines, i + NEAR + 1, i + FAR + 1));
  // A true border is an exception: many lines with steps are texture, a table or a heat map.
  const usual = quantile(share, lines, 0.92);
  const all = statistics(t, region);
  const found: EdgeFeatures[] = [];
  for (let i = margin; i < lines - margin; i++) {
    if (share[i] < 0.25 || !isPeak(share, i)) continue;
    const ground = groundBeside(t, region, axis, from + i);
    found.push({
      line: from + i,
      share: share[i],
      around: around(shares, i),
      usual,
      strength: Math.log((step[i] + 2) / (around(steps, i) + 2)),
      active: active[i],
      ...ground,
      continuity: continuity(t, region, axis, from + i, from + i),
      length: Math.log(count),
      paper: all.white / all.count,
    });
  }
  return found;
}

/** Counts one block's steps at each line: steps, blocks that can tell anything, and the sum of the steps. */
function addBlock(
  b: Blocks,
  k: number,
  from: number,
  lines: number,
  least: number,
  steps: Float32Array,
  seen: Float32Array,
  sum: Float32Array,
): void {
  const { luminance: v, chroma } = b;
  for (let i = 5, o = k * b.lines + from + 5; i < lines - 5; i++, o++) {
    const left = (v[o - 1] + v[o - 2]) >> 1;
    const right = (v[o] + v[o + 1]) >> 1;
    const light = left > right ? left - right : right - left;
    if (left < DARK && right < DARK) {
      // Two grounds of scans: only a sharp step between flat stretches tells anything.
      if (light < 3 || !isFlat(v, o)) continue;
      seen[i]++;
      steps[i]++;
      sum[i] += least;
      continue;
    }
    if (left >= LIGHT && right >= LIGHT) continue;
    seen[i]++;
    const hue = chroma[o - 1] + chroma[o - 2] - chroma[o] - chroma[o + 1];
    const colour = (hue < 0 ? -hue : hue) * 0.75;
    const most = light > colour ? light : colour;
    sum[i] += most < 60 ? most : 60;
    if (most >= least) steps[i]++;
  }
}

/** Cuts between pictures that touch: lines along which brightness or colour steps nearly everywhere, and only there. */
export function findEdges(t: Tables, region: Region, axis: Axis, margin: number, c: SplitterConstants): Cut[] {
  return measureEdges(t, region, axis, margin, c)
    .filter((f) => f.white <= 0.5)
    .map((f) => ({ axis, from: f.line, to: f.line, score: scoreEdge(f, c), rule: 'edge', shade: null, level: 0 }));
}

/** The chance that two pictures touch at a line: a logistic model of what was measured. */
function scoreEdge(f: EdgeFeatures, c: SplitterConstants): number {
  const w = c.edge;
  const sum =
    w.bias +
    w.share * f.share +
    w.contrast * (f.share - Math.max(f.usual, f.around)) +
    w.strength * f.strength * f.active +
    w.active * f.active +
    w.black * f.black +
    w.continuity * Math.max(0, f.continuity) +
    w.paper * Math.min(0.5, f.paper);
  return Math.min(0.97, 1 / (1 + Math.exp(-sum)));
}

function quantile(values: Float32Array, count: number, part: number): number {
  const sorted = sortedRow.take(count).subarray(0, count);
  sorted.set(values.subarray(0, count));
  return sorted.sort()[Math.floor(count * part)];
}

function running(values: Float32Array, count: number, scratch: Scratch<Float64Array>): Float64Array {
  const sums = scratch.take(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

function mean(sums: Float64Array, count: number, from: number, to: number): number {
  const a = Math.max(0, from);
  const z = Math.min(count, to);
  return z > a ? (sums[z] - sums[a]) / (z - a) : 0;
}

function isFlat(v: Uint8Array, o: number): boolean {
  return Math.abs(v[o - 2] - v[o - 5]) <= 1 && Math.abs(v[o + 1] - v[o + 4]) <= 1;
}

function isPeak(share: Float32Array, i: number): boolean {
  for (let d = 1; d <= 3; d++) if (share[i - d] >= share[i] || share[i + d] > share[i]) return false;
  return true;
}

/** The larger share of white, and of black, on either side of a line. */
function groundBeside(t: Tables, region: Region, axis: Axis, line: number): { white: number; black: number } {
  const b = blocksOf(t, region, axis);
  const counts = [0, 0, 0, 0];
  for (let k = b.first; k < b.last; k++) {
    const left = b.luminance[k * b.lines + line - 4];
    const right = b.luminance[k * b.lines + line + 3];
    if (left >= LIGHT) counts[0]++;
    if (right >= LIGHT) counts[1]++;
    if (left < DARK) counts[2]++;
    if (right < DARK) counts[3]++;
  }
  const n = Math.max(1, b.last - b.first);
  return { white: Math.max(counts[0], counts[1]) / n, black: Math.max(counts[2], counts[3]) / n };
}

/**
 * How much the picture goes on across the lines `from` to `to`: the correlation of the changes along both sides.
 * A crosshair, a scale line or an axis inside one picture has the same on both of its sides; a border has not.
 */
export function continuity(t: Tables, region: Region, axis: Axis, from: number, to: number): number {
  const b = blocksOf(t, region, axis);
  const left = Math.max(start(region, axis), from - 3);
  const right = Math.min(end(region, axis) - 1, to + 2);
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let k = b.first + 1; k < b.last; k++) {
    const x = b.luminance[k * b.lines + left] - b.luminance[(k - 1) * b.lines + left];
    const y = b.luminance[k * b.lines + right] - b.luminance[(k - 1) * b.lines + right];
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  if (n < 6) return 0;
  const vx = sxx - (sx * sx) / n;
  const vy = syy - (sy * sy) / n;
  // Two flat sides say nothing.
  if (vx < 9 * n || vy < 9 * n) return 0;
  return (sxy - (sx * sy) / n) / Math.sqrt(vx * vy);
}
