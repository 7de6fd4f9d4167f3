import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { type Cut, ramp } from './cut.js';
import { area, type Axis, BLOCK, end, other, start, statistics, type Tables } from './tables.js';

/** Distance from a line at which its neighbourhood begins and ends, in lines. */
const NEAR = 4;
const FAR = 18;
const DARK = 30;
const LIGHT = 238;

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

/** Cuts between pictures that touch: lines along which brightness or colour steps nearly everywhere, and only there. */
export function findEdges(t: Tables, region: Region, axis: Axis, margin: number, c: SplitterConstants): Cut[] {
  const b = blocksOf(t, region, axis);
  const count = b.last - b.first;
  const from = start(region, axis);
  const to = end(region, axis);
  if (count < 4 || to - from < 2 * margin) return [];
  const share = new Float32Array(to - from);
  const active = new Float32Array(to - from);
  for (let i = from + 5; i < to - 5; i++) {
    let steps = 0;
    let seen = 0;
    for (let k = b.first; k < b.last; k++) {
      const o = k * b.lines + i;
      const left = (b.luminance[o - 1] + b.luminance[o - 2]) >> 1;
      const right = (b.luminance[o] + b.luminance[o + 1]) >> 1;
      if (left < DARK && right < DARK) {
        // Two grounds of scans: only a sharp step between flat stretches tells anything.
        if (Math.abs(left - right) < 3 || !isFlat(b.luminance, o)) continue;
        seen++;
        steps++;
        continue;
      }
      if (left >= LIGHT && right >= LIGHT) continue;
      seen++;
      const colour = (b.chroma[o - 1] + b.chroma[o - 2] - b.chroma[o] - b.chroma[o + 1]) * 0.75;
      if (Math.abs(left - right) >= c.step || colour >= c.step || colour <= -c.step) steps++;
    }
    active[i - from] = seen / count;
    share[i - from] = seen > 0 ? steps / seen : 0;
  }
  const sums = new Float64Array(to - from + 1);
  for (let i = 0; i < share.length; i++) sums[i + 1] = sums[i] + share[i];
  const mean = (x: number, y: number) => {
    const a = Math.max(0, x);
    const z = Math.min(share.length, y);
    return z > a ? (sums[z] - sums[a]) / (z - a) : 0;
  };
  // A true border is an exception: many lines with steps are texture, a table or a heat map.
  const usual = [...share].sort((x, y) => x - y)[Math.floor(share.length * 0.92)];
  const cuts: Cut[] = [];
  for (let i = margin; i < share.length - margin; i++) {
    const value = share[i];
    if (value < 0.3 || !isPeak(share, i)) continue;
    const around = Math.max(usual, mean(i - FAR, i - NEAR), mean(i + NEAR + 1, i + FAR + 1));
    const cut = scoreEdge(t, region, axis, from + i, value, value - around, active[i], c);
    if (cut) cuts.push(cut);
  }
  return cuts;
}

function isFlat(v: Uint8Array, o: number): boolean {
  return Math.abs(v[o - 2] - v[o - 5]) <= 1 && Math.abs(v[o + 1] - v[o + 4]) <= 1;
}

function isPeak(share: Float32Array, i: number): boolean {
  for (let d = 1; d <= 3; d++) if (share[i - d] >= share[i] || share[i + d] > share[i]) return false;
  return true;
}

function scoreEdge(
  t: Tables,
  region: Region,
  axis: Axis,
  line: number,
  share: number,
  contrast: number,
  active: number,
  c: SplitterConstants,
): Cut | null {
  const ground = groundBeside(t, region, axis, line);
  if (ground.white > 0.5) return null;
  const raw = Math.min(
    ramp(share, [[0.3, 0.2], [c.edgeShare, 0.5], [0.75, 0.75], [0.95, 0.92]]),
    ramp(contrast, [[0.15, 0.2], [c.edgeContrast, 0.5], [0.6, 0.75], [0.8, 0.92]]),
  );
  let score = raw * ramp(active, [[0.1, 0.4], [0.35, 0.85], [0.6, 1]]);
  if (ground.black > 0.5) score -= 0.1;
  score -= ramp(statistics(t, region).white / area(region), [[0.15, 0], [0.4, 0.25]]);
  if (continuity(t, region, axis, line, line) > c.continuity) score = Math.min(score, 0.3);
  return { axis, from: line, to: line, score, rule: 'edge', shade: null, level: 0 };
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
