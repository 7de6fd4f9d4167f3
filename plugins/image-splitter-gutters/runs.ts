import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import {
  type Axis,
  end,
  lineStatistics,
  type LineStatistics,
  slice,
  start,
  statistics,
  type Tables,
} from './tables.js';

export type Shade = 'white' | 'black' | 'uniform';

/** Neighbouring lines of a region that are all of one shade: a gutter, a margin, or part of a picture. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly shade: Shade;
  /** Mean luminance. */
  readonly level: number;
  /** Luminance from `level` beyond which a pixel beside the run is content; left out where the shade's own rule holds. */
  readonly fine?: number;
  /** It holds a strip of text. */
  readonly label?: true;
}

/** The shade of a line by its statistics, or null where it shows a picture. */
export function shadeOf(s: LineStatistics, c: SplitterConstants): Shade | null {
  const stray = c.strayShare * s.count;
  if (s.white >= s.count - stray) return 'white';
  if (s.black >= s.count - stray) return 'black';
  return s.variance < c.uniformVariance ? 'uniform' : null;
}

/** The runs of a region along an axis, named by the shade of most of their lines. */
export function findRuns(t: Tables, region: Region, axis: Axis, c: SplitterConstants): Run[] {
  const runs: Run[] = [];
  let open: { from: number; counts: Record<Shade, number>; sum: number; last: number } | null = null;
  const close = (to: number) => {
    if (!open) return;
    const { counts, from, sum } = open;
    const shade = (['white', 'black', 'uniform'] as const).reduce((a, b) => (counts[b] > counts[a] ? b : a));
    runs.push({ from, to, shade, level: sum / (to - from) });
    open = null;
  };
  for (let i = start(region, axis); i < end(region, axis); i++) {
    const line = lineStatistics(t, region, axis, i);
    const shade = shadeOf(line, c);
    const level = line.mean;
    if (shade === null || (open && Math.abs((open as { last: number }).last - level) > c.levelStep)) close(i);
    if (shade === null) continue;
    open ??= { from: i, counts: { white: 0, black: 0, uniform: 0 }, sum: 0, last: level };
    open.counts[shade]++;
    open.sum += level;
    open.last = level;
  }
  close(end(region, axis));
  return runs;
}

/**
 * Gutters inside a dark run: the ground of a scan is seldom quite as black as the gutter beside it, and the step between
 * them, though only a few levels, is sharp and runs along the whole line.
 */
export function darkGutters(t: Tables, region: Region, axis: Axis, run: Run, c: SplitterConstants): Run[] {
  if (run.shade !== 'black' || run.to - run.from < 3) return [];
  const found: Run[] = [];
  const meanOf = (i: number): number => lineStatistics(t, region, axis, i).mean;
  let from = run.from;
  let previous = meanOf(from);
  for (let i = run.from + 1; i <= run.to; i++) {
    const next = i < run.to ? meanOf(i) : null;
    if (next !== null && Math.abs(next - previous) < c.darkStep) {
      previous = next;
      continue;
    }
    const all = statistics(t, slice(region, axis, from, i));
    const noise = Math.sqrt(Math.max(0, all.variance));
    if (noise < c.darkNoise && i - from < run.to - run.from)
      found.push({ from, to: i, shade: 'black', level: all.mean, fine: Math.max(2, 1.5 * noise) });
    if (next === null) break;
    from = i;
    previous = next;
  }
  return found;
}

/** White runs on both sides of a thin strip of text, as one gutter: labels and titles stand in gutters. */
export function joined(t: Tables, region: Region, axis: Axis, runs: readonly Run[], longSide: number): Run[] {
  const found: Run[] = [];
  for (let i = 1; i < runs.length; i++) {
    const [a, b] = [runs[i - 1], runs[i]];
    if (a.shade !== 'white' || b.shade !== 'white' || b.from - a.to > 0.06 * longSide) continue;
    if (a.from === start(region, axis) || b.to === end(region, axis)) continue;
    const strip = statistics(t, slice(region, axis, a.to, b.from));
    if (strip.white / strip.count > 0.75)
      found.push({ from: a.from, to: b.to, shade: 'white', level: 255, label: true });
  }
  return found;
}
