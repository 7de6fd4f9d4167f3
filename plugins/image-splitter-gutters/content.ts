import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import type { Cut } from './cut.js';
import { lookBeside } from './gutter.js';
import { findRuns, type Run } from './runs.js';
import { area, type Axis, end, size, slice, start, statistics, type Tables } from './tables.js';
import { isSparse, type Node } from './tree.js';
import { trimWhite } from './trim.js';

const SIDES: readonly (readonly [Axis, 'start' | 'end'])[] = [
  ['x', 'start'],
  ['x', 'end'],
  ['y', 'start'],
  ['y', 'end'],
];

/** The figure without its border: white margins, and lines of any other colour as far as a straight picture border. */
export function trimFrame(t: Tables, region: Region, c: SplitterConstants): Region {
  let r = trimWhite(t, region, c);
  for (let changed = true; changed;) {
    const next = trimWhite(t, trimBorder(t, r, c), c);
    changed = area(next) !== area(r);
    r = next;
  }
  // A blank picture is all border.
  return isBlank(r) ? region : r;
}

const isBlank = (r: Region): boolean => r.x1 - r.x0 < 2 || r.y1 - r.y0 < 2;

/**
 * Uniform lines at the sides go where the picture then begins along a straight border, or where they are only a hairline.
 * Where the picture emerges bit by bit (a skull from its black ground) they are part of it.
 */
function trimBorder(t: Tables, region: Region, c: SplitterConstants, like?: { shade: string; level: number }): Region {
  const longSide = Math.max(t.width, t.height);
  const depth = Math.max(4, Math.round(longSide * c.bandDepth));
  let r = region;
  for (const [axis, side] of SIDES) {
    const run = sideRun(t, r, axis, side, c);
    if (!run || run.to - run.from >= size(r, axis) * 0.45) continue;
    const width = run.to - run.from;
    const beside = lookBeside(t, r, axis, run, side === 'start' ? 'after' : 'before', depth, longSide);
    const straight = beside.straight >= c.straightShare && beside.fill >= c.straightFill && beside.extent >= 0.5;
    const hairline = width <= Math.max(2, 0.004 * longSide);
    const ground =
      like !== undefined &&
      like.shade === run.shade &&
      like.shade !== 'black' &&
      Math.abs(like.level - run.level) <= 12;
    if (!straight && !hairline && !ground) continue;
    r = side === 'start' ? slice(r, axis, run.to, end(r, axis)) : slice(r, axis, start(r, axis), run.from);
  }
  return r;
}

/** The run that begins at a side of a region. */
function sideRun(t: Tables, r: Region, axis: Axis, side: 'start' | 'end', c: SplitterConstants): Run | null {
  const runs = findRuns(t, r, axis, c);
  const run = side === 'start' ? runs[0] : runs[runs.length - 1];
  if (!run) return null;
  return (side === 'start' ? run.from === start(r, axis) : run.to === end(r, axis)) ? run : null;
}

/** The picture of a panel: margins, the gutter's remains, frames and labels outside the picture off. */
export function panelContent(t: Tables, node: Node, cuts: readonly Cut[], c: SplitterConstants): Region {
  let r = trimWhite(t, shave(node.cell, cuts), c);
  const gutter = cuts.find((cut) => cut.shade !== null);
  for (let i = 0; i < 3; i++) {
    const next = trimWhite(
      t,
      trimBorder(t, r, c, gutter ? { shade: gutter.shade!, level: gutter.level } : undefined),
      c,
    );
    if (area(next) === area(r)) break;
    r = next;
  }
  if (isBlank(r)) return node.cell;
  return cuts.length === 0 ? dropStrips(t, r, c) : r;
}

/** A cell without the halves of the gutters around it. */
function shave(cell: Region, cuts: readonly Cut[]): Region {
  let r = cell;
  for (const cut of cuts) {
    const middle = Math.round((cut.from + cut.to) / 2);
    // A dark run between dark grounds is mostly ground.
    if (cut.shade === 'black' && cut.rule !== 'gutter-between-pictures') continue;
    const less =
      start(r, cut.axis) === middle
        ? slice(r, cut.axis, cut.to, end(r, cut.axis))
        : end(r, cut.axis) === middle
          ? slice(r, cut.axis, start(r, cut.axis), cut.from)
          : r;
    // Runs of neighbouring cuts may overlap where they were found in regions of another extent.
    if (size(less, cut.axis) > 1) r = less;
  }
  return r;
}

/** Takes strips of text (labels, titles, a publisher's line) off a picture with straight borders. */
function dropStrips(t: Tables, region: Region, c: SplitterConstants): Region {
  const longSide = Math.max(t.width, t.height);
  const depth = Math.max(4, Math.round(longSide * c.bandDepth));
  let r = region;
  for (const [axis, side] of SIDES) {
    for (const run of nearest(findRuns(t, r, axis, c), side)) {
      if (run.shade !== 'white') continue;
      const strip = side === 'start' ? slice(r, axis, start(r, axis), run.from) : slice(r, axis, run.to, end(r, axis));
      const rest = side === 'start' ? slice(r, axis, run.to, end(r, axis)) : slice(r, axis, start(r, axis), run.from);
      if (size(strip, axis) <= 0 || size(strip, axis) > 0.14 * size(r, axis)) continue;
      const beside = lookBeside(t, r, axis, run, side === 'start' ? 'after' : 'before', depth, longSide);
      const picture =
        beside.straight >= c.straightShare && beside.fill >= 0.6 && beside.extent >= 0.6 && !isSparse(t, rest, c);
      if (!picture || !isText(t, strip)) continue;
      r = trimWhite(t, rest, c);
      break;
    }
  }
  return r;
}

const nearest = (runs: Run[], side: 'start' | 'end'): Run[] =>
  (side === 'start' ? runs : [...runs].reverse()).slice(0, 4);

/** Text leaves most of its strip white. */
function isText(t: Tables, strip: Region): boolean {
  const s = statistics(t, strip);
  return s.white / s.count > 0.6;
}
