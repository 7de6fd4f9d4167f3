import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import type { Cut } from './cut.js';
import { lookBeside } from './gutter.js';
import { findRuns, type Run } from './runs.js';
import { area, type Axis, end, other, size, slice, start, statistics, type Tables } from './tables.js';
import type { Node } from './tree.js';
import { trimWhite } from './trim.js';

const SIDES: readonly (readonly [Axis, 'start' | 'end'])[] = [
  ['x', 'start'],
  ['x', 'end'],
  ['y', 'start'],
  ['y', 'end'],
];

/** Thickness of an axis, as a share of the figure's long side. */
const AXIS = 0.006;
/** Share of ink behind a frame from which a picture fills it. */
const FILLED = 0.85;
/** Luminance of a line on paper; what is lighter may be noise. */
const INK = 170;

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
    if (!run || run.to - run.from >= size(r, axis) * 0.45 || isAxis(t, r, axis, side, run, c)) continue;
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

/**
 * Whether a thin line at a side is an axis and no frame: a frame goes round everything, with white inside it or a picture
 * that fills it; on an axis stand bars, and there is none on the other side.
 */
function isAxis(t: Tables, r: Region, axis: Axis, side: 'start' | 'end', run: Run, c: SplitterConstants): boolean {
  if (run.shade === 'white' || run.to - run.from > AXIS * Math.max(t.width, t.height) + 1) return false;
  const ink = inkBehind(t, r, axis, side, run);
  if (ink >= FILLED) return false;
  if (ink > 0.03) return true;
  const opposite = side === 'start' ? 'end' : 'start';
  const across = sideRun(t, r, axis, opposite, c);
  return !across || across.shade === 'white' || inkBehind(t, r, axis, opposite, across) >= FILLED;
}

/** Share of what is not white right behind the run at a side, clear of its blurred edge. */
function inkBehind(t: Tables, r: Region, axis: Axis, side: 'start' | 'end', run: Run): number {
  const from = side === 'start' ? run.to + 1 : run.from - 3;
  const s = statistics(t, slice(r, axis, Math.max(start(r, axis), from), Math.min(end(r, axis), from + 2)));
  return 1 - s.white / s.count;
}

/** The run that begins at a side of a region. */
function sideRun(t: Tables, r: Region, axis: Axis, side: 'start' | 'end', c: SplitterConstants): Run | null {
  const runs = findRuns(t, r, axis, c);
  const run = side === 'start' ? runs[0] : runs[runs.length - 1];
  if (!run) return null;
  return (side === 'start' ? run.from === start(r, axis) : run.to === end(r, axis)) ? run : null;
}

/**
 * The picture of a panel: margins, the gutter's remains, frames and labels outside the picture off. Where the panel lies at a
 * side of the figure, the ends of its axes may lie beyond.
 * @param figure what `trimFrame` left of the raster
 */
export function panelContent(
  t: Tables,
  figure: Region,
  node: Node,
  cuts: readonly Cut[],
  c: SplitterConstants,
): Region {
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
  return withLines(t, cuts.length === 0 ? dropStrips(t, r, c) : r, withMargin(t, figure, node.cell), c);
}

/** A cell as far as the raster goes, at the figure's sides. */
const withMargin = (t: Tables, figure: Region, cell: Region): Region => ({
  x0: cell.x0 === figure.x0 ? 0 : cell.x0,
  y0: cell.y0 === figure.y0 ? 0 : cell.y0,
  x1: cell.x1 === figure.x1 ? t.width : cell.x1,
  y1: cell.y1 === figure.y1 ? t.height : cell.y1,
});

/**
 * A panel with the lines that stick out of it: the ends of axes, of which a line of pixels sees no more than of a stray. Not
 * at the sides of a picture, where they lead to words outside it.
 */
function withLines(t: Tables, region: Region, cell: Region, c: SplitterConstants): Region {
  let r = region;
  for (const [axis, side] of SIDES) {
    const outwards = side === 'start' ? -1 : 1;
    let at = side === 'start' ? start(r, axis) : end(r, axis) - 1;
    const border = statistics(t, slice(r, axis, at, at + 1));
    if (border.white / border.count < 1 - c.straightShare) continue;
    const limit = side === 'start' ? start(cell, axis) : end(cell, axis) - 1;
    while (at !== limit && goesOn(t, r, axis, at, at + outwards)) at += outwards;
    r = side === 'start' ? slice(r, axis, at, end(r, axis)) : slice(r, axis, start(r, axis), at + 1);
  }
  return r;
}

/** Whether ink of one line of a region touches ink of the next one. */
function goesOn(t: Tables, r: Region, axis: Axis, line: number, next: number): boolean {
  const [across, along] = axis === 'x' ? [1, t.width] : [t.width, 1];
  const last = end(r, other(axis));
  for (let j = start(r, other(axis)); j < last; j++) {
    if (t.luminance[next * across + j * along] >= INK) continue;
    for (let k = Math.max(start(r, other(axis)), j - 1); k <= Math.min(last - 1, j + 1); k++)
      if (t.luminance[line * across + k * along] < INK) return true;
  }
  return false;
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
        beside.straight >= c.straightShare && beside.fill >= 0.6 && beside.extent >= 0.6 && isPicture(t, rest);
      if (!picture || !isText(t, strip)) continue;
      r = trimWhite(t, rest, c);
      break;
    }
  }
  return r;
}

const nearest = (runs: Run[], side: 'start' | 'end'): Run[] =>
  (side === 'start' ? runs : [...runs].reverse()).slice(0, 4);

/** A chart's words belong to it; what is as white as this may be one. */
function isPicture(t: Tables, r: Region): boolean {
  const s = statistics(t, r);
  return s.white / s.count < 0.4;
}

/** Text leaves most of its strip white. */
function isText(t: Tables, strip: Region): boolean {
  const s = statistics(t, strip);
  return s.white / s.count > 0.6;
}
