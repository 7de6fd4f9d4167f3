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
  /** Nothing but regularity spoke for it in the region above. */
  readonly grid?: true;
}

/** What the cuts above have shown of the figure's layout. */
interface Style {
  readonly shade: Cut['shade'];
  readonly level: number;
  /** Positions where a neighbouring row or column of the same extent is cut. */
  readonly hints: readonly Hint[];
  readonly told: boolean;
}

const NONE: Letters = { letters: [], complete: false, score: 0 };

/** Grows trees of one figure; what was found in a region is kept, since regions are looked at again with other hints. */
export class Grower {
  private readonly found = new Map<string, readonly Cut[]>();
  private readonly longSide: number;

  constructor(
    private readonly t: Tables,
    private readonly c: SplitterConstants,
    private readonly letters: Letters = NONE,
  ) {
    this.longSide = Math.max(t.width, t.height);
  }

  /**
   * The tree of all cuts whose score, and that of every cut above them, is `least` or more.
   * @param told whether it is known how many panels there are, so that even a flat part of a picture may be a gutter
   */
  grow(region: Region, least: number, told = false): Node {
    return this.node(region, { shade: null, level: 0, hints: [], told }, least, 0);
  }

  private node(cell: Region, style: Style, least: number, depth: number): Node {
    const { t, c } = this;
    const content = trimWhite(t, cell, c);
    const sparse = isSparse(t, content, c);
    const leaf: Node = { cell, content, sparse, cut: null, children: null };
    if (depth > 40) return leaf;
    const cuts = this.candidates(content, style);
    const cut = cuts.reduce<Cut | null>((a, b) => (!a || b.score > a.score ? b : a), null);
    if (!cut || cut.score < least) return leaf;
    const grid = cuts.flatMap(({ rule, axis, from, score }) =>
      rule === 'grid' ? [{ axis, at: from, score, grid: true as const }] : [],
    );
    const below: Style = {
      ...style,
      hints: [...style.hints, ...grid],
      ...(style.shade === null && cut.shade !== null && cut.score >= 0.7 ? { shade: cut.shade, level: cut.level } : {}),
    };
    const middle = Math.round((cut.from + cut.to) / 2);
    const parts = [
      slice(cell, cut.axis, start(cell, cut.axis), middle),
      slice(cell, cut.axis, middle, end(cell, cut.axis)),
    ] as const;
    const child = (i: 0 | 1, hints: Style['hints']) => this.node(parts[i], { ...below, hints }, least, depth + 1);
    let children: readonly [Node, Node] = [child(0, below.hints), child(1, below.hints)];
    const hints = ([0, 1] as const).map((i) => crossCuts(children[i], cut.axis));
    children = [
      hints[1].length > 0 ? child(0, [...below.hints, ...hints[1]]) : children[0],
      hints[0].length > 0 ? child(1, [...below.hints, ...hints[0]]) : children[1],
    ];
    return { cell, content, sparse, cut, children };
  }

  /** All cuts of a region that leave two parts of a panel's size. */
  private candidates(region: Region, style: Style): Cut[] {
    const { t, c, letters, longSide } = this;
    return (['x', 'y'] as const).flatMap((axis) => {
      const styled = this.plain(region, axis).map((cut) => inStyle(cut, style, c));
      const guessed = withGrid(guess(styled, t, region, axis, letters, c), t, region, axis, style, c);
      return weighByLetters(favour(guessed, region, axis, style, longSide, c), region, letters, c).filter(
        (cut) => cut.score >= c.floor && leavesParts(t, region, cut, longSide, c),
      );
    });
  }

  /** The cuts of a region along an axis, as if nothing were known of the rest of the figure. */
  private plain(region: Region, axis: Axis): readonly Cut[] {
    const key = `${axis} ${region.x0} ${region.y0} ${region.x1} ${region.y1}`;
    let cuts = this.found.get(key);
    if (!cuts) this.found.set(key, (cuts = plainCuts(this.t, region, axis, this.longSide, this.c)));
    return cuts;
  }
}

/** The cuts of a node that run across the axis by which its parent was cut. */
function crossCuts(node: Node, axis: Axis): Hint[] {
  if (!node.cut || !node.children || node.cut.score < 0.25) return [];
  const below = node.children.flatMap((n) => crossCuts(n, axis));
  return node.cut.axis === axis
    ? below
    : [{ axis: node.cut.axis, at: (node.cut.from + node.cut.to) / 2, score: node.cut.score }, ...below];
}

function plainCuts(t: Tables, region: Region, axis: Axis, longSide: number, c: SplitterConstants): Cut[] {
  const found: Cut[] = [];
  const runs = findRuns(t, region, axis, c);
  for (const run of [
    ...runs,
    ...joined(t, region, axis, runs, longSide),
    ...runs.flatMap((r) => darkGutters(t, region, axis, r, c)),
  ]) {
    if (run.from === start(region, axis) || run.to === end(region, axis)) continue;
    const cut = scoreRun(t, region, axis, run, longSide, c);
    if ((run.fine === undefined && !run.label) || cut.rule === 'gutter-between-pictures') found.push(cut);
  }
  for (const cut of findEdges(t, region, axis, Math.round(longSide * c.partSide * 0.7), c)) {
    if (!found.some((g) => g.score >= cut.score && g.from - 4 <= cut.from && cut.from <= g.to + 4)) found.push(cut);
  }
  return found;
}

/** Figures keep to one kind of gutter: a cut of another kind loses. */
function inStyle(plain: Cut, style: Style, c: SplitterConstants): Cut {
  const flat = plain.rule === 'gutter-wide' && plain.shade !== 'white';
  const cut = flat && !style.told ? shifted(plain, -c.flat) : plain;
  if (style.shade === null) return cut;
  if (cut.shade === null) return shifted(cut, -c.alienEdge);
  return cut.shade !== style.shade || Math.abs(cut.level - style.level) > 16 ? shifted(cut, -c.alienGutter) : cut;
}

/** The cuts with those that the places of the letters suggest added, or favoured. */
function guess(
  cuts: readonly Cut[],
  t: Tables,
  region: Region,
  axis: Axis,
  letters: Letters,
  c: SplitterConstants,
): readonly Cut[] {
  if (letters.letters.length === 0 || isPaper(t, region)) return cuts;
  const found = [...cuts];
  for (const line of linesFromLetters(region, axis, letters.letters)) {
    let met = false;
    for (const [i, cut] of found.entries()) {
      if (cut.from - 3 > line || line > cut.to + 3) continue;
      met = true;
      found[i] = shifted(cut, c.letterLine);
    }
    if (!met) found.push({ axis, from: line, to: line, score: c.letterGuess, rule: 'letters', shade: null, level: 0 });
  }
  return found;
}

/**
 * Where all but one or two of the cuts of a regular row are there, those that fail between two dark grounds are added: black
 * beside black shows nothing. They are weak by themselves.
 */
function withGrid(
  cuts: readonly Cut[],
  t: Tables,
  region: Region,
  axis: Axis,
  style: Style,
  c: SplitterConstants,
): readonly Cut[] {
  const from = start(region, axis);
  const side = size(region, axis);
  const added: Cut[] = [];
  const add = (at: number) =>
    added.push({ axis, from: at, to: at, score: c.gridGuess, rule: 'grid', shade: null, level: 0 });
  for (const { at } of style.hints.filter(
    (h) => h.grid && h.axis === axis && h.at > from + 8 && h.at < from + side - 8,
  ))
    if (!cuts.some((cut) => Math.abs((cut.from + cut.to) / 2 - at) <= 4)) add(at);
  for (const n of [3, 4, 5, 6]) {
    const within = Math.max(2.5, (0.03 * side) / n);
    const places = Array.from({ length: n - 1 }, (_, k) => Math.round(from + ((k + 1) / n) * side));
    const missing = places.filter(
      (at) => !cuts.some((cut) => cut.score >= 0.3 && Math.abs((cut.from + cut.to) / 2 - at) <= within),
    );
    if (missing.length === 0 || missing.length > (n - 1) / 2) continue;
    for (const at of missing) {
      const strip = statistics(t, slice(region, axis, at - 2, at + 2));
      if (strip.black / strip.count > 0.6) add(at);
    }
    break;
  }
  return added.length > 0 ? [...cuts, ...added] : cuts;
}

/** Layouts are regular: cuts that make equal parts, or go on where the neighbours are cut, are more likely. */
function favour(
  cuts: readonly Cut[],
  region: Region,
  axis: Axis,
  style: Style,
  longSide: number,
  c: SplitterConstants,
): Cut[] {
  const from = start(region, axis);
  const side = size(region, axis);
  const near = Math.max(2.5, 0.008 * longSide);
  const odds = (at: number, within: number) =>
    cuts.reduce(
      (best, o) => (Math.abs((o.from + o.to) / 2 - at) <= within ? Math.max(best, logOdds(o.score)) : best),
      -9,
    );
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
