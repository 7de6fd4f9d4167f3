import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { type Cut, logOdds, shifted } from './cut.js';
import { findEdges } from './edge.js';
import { scoreRun } from './gutter.js';
import { linesFromLetters, weighByLetters } from './letterEvidence.js';
import type { Letters } from './letters/read.js';
import { darkGutters, findRuns, joined } from './runs.js';
import { area, type Axis, end, size, slice, start, statistics, type Tables } from './tables.js';
import { trimWhite } from './trim.js';

/** A region and the best way to cut it in two, if there is one. Every cut that was thought of is kept with its score. */
export interface Node {
  /** Up to mid-gutter. */
  readonly cell: Region;
  /** White margins off. */
  readonly content: Region;
  readonly sparse: boolean;
  readonly cut: Cut | null;
  readonly children: readonly [Node, Node] | null;
}

interface Hint {
  readonly axis: Axis;
  readonly at: number;
  readonly score: number;
}

/** What the cuts above have shown of the figure's layout. */
interface Style {
  readonly shade: Cut['shade'];
  readonly level: number;
  /** Positions where a neighbouring row or column of the same extent is cut. */
  readonly hints: readonly Hint[];
  readonly letters: Letters;
}

const NONE: Letters = { letters: [], complete: false, score: 0 };

export function buildTree(t: Tables, region: Region, c: SplitterConstants, letters: Letters = NONE): Node {
  const longSide = Math.max(t.width, t.height);
  return grow(t, region, { shade: null, level: 0, hints: [], letters }, longSide, c, 0);
}

function grow(t: Tables, cell: Region, style: Style, longSide: number, c: SplitterConstants, depth: number): Node {
  const content = trimWhite(t, cell, c);
  const sparse = isSparse(t, content, c);
  const leaf: Node = { cell, content, sparse, cut: null, children: null };
  if (depth > 40) return leaf;
  const cuts = candidates(t, content, style, longSide, c);
  const best = cuts.reduce<Cut | null>((a, b) => (!a || b.score > a.score ? b : a), null);
  if (!best || best.score < c.floor) return leaf;
  const cut = best;
  const below: Style = {
    ...style,
    ...(style.shade === null && cut.shade !== null && cut.score >= 0.7 ? { shade: cut.shade, level: cut.level } : {}),
  };
  const middle = Math.round((cut.from + cut.to) / 2);
  const parts = [slice(cell, cut.axis, start(cell, cut.axis), middle), slice(cell, cut.axis, middle, end(cell, cut.axis))] as const;
  const child = (i: 0 | 1, hints: Style['hints']) => grow(t, parts[i], { ...below, hints }, longSide, c, depth + 1);
  let children: readonly [Node, Node] = [child(0, style.hints), child(1, style.hints)];
  const hints = ([0, 1] as const).map((i) => crossCuts(children[i], cut.axis));
  if (hints[0].length > 0 || hints[1].length > 0)
    children = [child(0, [...style.hints, ...hints[1]]), child(1, [...style.hints, ...hints[0]])];
  return { cell, content, sparse, cut, children };
}

/** The cuts of a node that run across the axis by which its parent was cut. */
function crossCuts(node: Node, axis: Axis): Hint[] {
  if (!node.cut || !node.children || node.cut.score < 0.25) return [];
  const below = node.children.flatMap((n) => crossCuts(n, axis));
  return node.cut.axis === axis ? below : [{ axis: node.cut.axis, at: (node.cut.from + node.cut.to) / 2, score: node.cut.score }, ...below];
}

/** All cuts of a region that leave two parts of a panel's size. */
function candidates(t: Tables, region: Region, style: Style, longSide: number, c: SplitterConstants): Cut[] {
  const cuts: Cut[] = [];
  for (const axis of ['x', 'y'] as const) {
    const found: Cut[] = [];
    const runs = findRuns(t, region, axis, c);
    for (const run of [...runs, ...joined(t, region, axis, runs, longSide), ...runs.flatMap((r) => darkGutters(t, region, axis, r, c))]) {
      if (run.from === start(region, axis) || run.to === end(region, axis)) continue;
      const cut = scoreRun(t, region, axis, run, longSide, c);
      if ((run.fine !== undefined || run.label) && cut.rule !== 'gutter-between-pictures') continue;
      const alien = style.shade !== null && (cut.shade !== style.shade || Math.abs(cut.level - style.level) > 16);
      found.push(alien ? shifted(cut, -c.alienGutter) : cut);
    }
    for (const cut of findEdges(t, region, axis, Math.round(longSide * c.partSide * 0.7), c)) {
      if (found.some((g) => g.score >= cut.score && g.from - 4 <= cut.from && cut.from <= g.to + 4)) continue;
      found.push(style.shade !== null ? shifted(cut, -c.alienEdge) : cut);
    }
    guess(found, t, region, axis, style, c);
    const weighed = weighByLetters(favour(found, region, axis, style, longSide, c), region, style.letters, c);
    cuts.push(...weighed.filter((cut) => cut.score >= c.floor && leavesParts(t, region, cut, longSide, c)));
  }
  return cuts;
}

/** Adds, or favours, the cuts that the places of the letters suggest. */
function guess(found: Cut[], t: Tables, region: Region, axis: Axis, style: Style, c: SplitterConstants): void {
  if (style.letters.letters.length === 0 || isPaper(t, region)) return;
  for (const line of linesFromLetters(region, axis, style.letters.letters)) {
    let met = false;
    for (const [i, cut] of found.entries()) {
      if (cut.from - 3 > line || line > cut.to + 3) continue;
      met = true;
      found[i] = shifted(cut, c.letterLine);
    }
    if (!met) found.push({ axis, from: line, to: line, score: c.letterGuess, rule: 'letters', shade: null, level: 0 });
  }
}

/** Layouts are regular: cuts that make equal parts, or go on where the neighbours are cut, are more likely. */
function favour(cuts: readonly Cut[], region: Region, axis: Axis, style: Style, longSide: number, c: SplitterConstants): Cut[] {
  const from = start(region, axis);
  const side = size(region, axis);
  const near = Math.max(2.5, 0.008 * longSide);
  const odds = (at: number, within: number) =>
    cuts.reduce((best, o) => (Math.abs((o.from + o.to) / 2 - at) <= within ? Math.max(best, logOdds(o.score)) : best), -9);
  return cuts.map((cut) => {
    const at = (cut.from + cut.to) / 2;
    let equal = 0;
    for (const n of [2, 3, 4, 5, 6]) {
      const within = Math.max(near, (0.04 * side) / n);
      const k = Math.round(((at - from) / side) * n);
      if (k < 1 || k >= n || Math.abs(from + (k / n) * side - at) > within) continue;
      let others = 0;
      for (let m = 1; m < n; m++) if (m !== k) others += odds(from + (m / n) * side, within);
      equal = Math.max(equal, n === 2 ? c.centre : Math.min(c.equalMost, c.equalBase + (0.6 * others) / (n - 2)));
    }
    const hint = style.hints
      .filter((h) => h.axis === axis && Math.abs(h.at - at) < near)
      .reduce((best, h) => Math.max(best, h.score), 0);
    return shifted(cut, equal + c.hint * hint);
  });
}

function leavesParts(t: Tables, region: Region, cut: Cut, longSide: number, c: SplitterConstants): boolean {
  const before = slice(region, cut.axis, start(region, cut.axis), cut.from);
  const after = slice(region, cut.axis, cut.to, end(region, cut.axis));
  return isPanelSized(t, before, longSide, c) && isPanelSized(t, after, longSide, c);
}

export function isPanelSized(t: Tables, part: Region, longSide: number, c: SplitterConstants): boolean {
  const r = trimWhite(t, part, c);
  const sparse = isSparse(t, r, c);
  const short = Math.min(r.x1 - r.x0, r.y1 - r.y0);
  return (
    short >= (sparse ? c.partSideSparse : c.partSide) * longSide &&
    area(r) >= (sparse ? c.partAreaSparse : c.partArea) * t.width * t.height
  );
}

const isPaper = (t: Tables, r: Region): boolean => {
  const s = statistics(t, r);
  return s.white / s.count > 0.3;
};

/** Whether a region is mostly white, or of one shade: a chart, a drawing, a text. */
export function isSparse(t: Tables, r: Region, c: SplitterConstants): boolean {
  if (area(r) <= 0) return true;
  const s = statistics(t, r);
  return s.white / s.count > 1 - c.sparseFill;
}
