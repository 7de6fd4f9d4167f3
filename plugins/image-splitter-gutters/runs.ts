import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { type Axis, end, slice, start, statistics, type Tables } from './tables.js';

export type Shade = 'white' | 'black' | 'uniform';

/** Neighbouring lines of a region that are all of one shade: a gutter, a margin, or part of a picture. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly shade: Shade;
  /** Mean luminance. */
  readonly level: number;
}

/** Shade and luminance of one line, or null where it shows a picture. */
export function lineShade(t: Tables, line: Region, c: SplitterConstants): { shade: Shade; level: number } | null {
  const s = statistics(t, line);
  const stray = c.strayShare * s.count;
  if (s.white >= s.count - stray) return { shade: 'white', level: s.mean };
  if (s.black >= s.count - stray) return { shade: 'black', level: s.mean };
  if (s.variance < c.uniformVariance) return { shade: 'uniform', level: s.mean };
  return null;
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
    const line = lineShade(t, slice(region, axis, i, i + 1), c);
    if (!line || (open && Math.abs((open as { last: number }).last - line.level) > c.levelStep)) close(i);
    if (!line) continue;
    open ??= { from: i, counts: { white: 0, black: 0, uniform: 0 }, sum: 0, last: line.level };
    open.counts[line.shade]++;
    open.sum += line.level;
    open.last = line.level;
  }
  close(end(region, axis));
  return runs;
}
