import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { shadeOf, type Shade } from './runs.js';
import { type Axis, end, lineStatistics, slice, start, type Tables } from './tables.js';

const SIDES: readonly (readonly [Axis, 'start' | 'end'])[] = [
  ['x', 'start'],
  ['x', 'end'],
  ['y', 'start'],
  ['y', 'end'],
];

/** A region without the white lines at its four sides. */
export function trimWhite(t: Tables, region: Region, c: SplitterConstants): Region {
  return trimWhile(t, region, c, (shade) => shade === 'white');
}

/** Takes lines off all four sides, again and again, as long as they are of a shade that `may` go. */
export function trimWhile(
  t: Tables,
  region: Region,
  c: SplitterConstants,
  may: (shade: Shade, level: number) => boolean,
): Region {
  let r = region;
  for (let changed = true; changed;) {
    changed = false;
    for (const [axis, side] of SIDES) {
      const next = peel(t, r, axis, side, c, may);
      if (next !== r) changed = true;
      r = next;
    }
  }
  return r;
}

function peel(
  t: Tables,
  r: Region,
  axis: Axis,
  side: 'start' | 'end',
  c: SplitterConstants,
  may: (shade: Shade, level: number) => boolean,
): Region {
  let from = start(r, axis);
  let to = end(r, axis);
  const fits = (i: number) => {
    const line = lineStatistics(t, r, axis, i);
    const shade = shadeOf(line, c);
    return shade !== null && may(shade, line.mean);
  };
  if (side === 'start') while (from < to - 1 && fits(from)) from++;
  else while (to - 1 > from && fits(to - 1)) to--;
  return from === start(r, axis) && to === end(r, axis) ? r : slice(r, axis, from, to);
}
