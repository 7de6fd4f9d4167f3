import type { Region } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { type Cut, shifted } from './cut.js';
import type { Candidate, Letters } from './letters/read.js';
import { type Axis, end, other, start } from './tables.js';

const centre = (l: Region, axis: Axis): number => (start(l, axis) + end(l, axis)) / 2;

export const lettersIn = (letters: readonly Candidate[], r: Region): Candidate[] =>
  letters.filter((l) => {
    const x = centre(l, 'x');
    const y = centre(l, 'y');
    return x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1;
  });

/** Cuts weighed by the letters on their sides: panels have one each, and a piece without a letter is rarely a panel. */
export function weighByLetters(cuts: readonly Cut[], region: Region, letters: Letters, c: SplitterConstants): Cut[] {
  const own = lettersIn(letters.letters, region);
  const missing = letters.complete ? c.letterMissing : c.letterGap;
  if (own.length === 0) return cuts.map((cut) => shifted(cut, letters.complete ? -c.letterGap : 0));
  return cuts.map((cut) => {
    const middle = (cut.from + cut.to) / 2;
    const after = own.filter((l) => centre(l, cut.axis) >= middle);
    if (after.length === 0 || after.length === own.length) return shifted(cut, -missing);
    if (own.some((l) => start(l, cut.axis) < cut.from - 1 && end(l, cut.axis) > cut.to + 1))
      return shifted(cut, -missing);
    return shifted(cut, c.letterEach + place(cut, own, after, letters.letters[0], region, c));
  });
}

/**
 * Letters stand in one corner of all panels. Where the first of a region stands at its head (its top, or its left), a cut
 * must have one close behind it; else it runs through the panel before.
 */
function place(
  cut: Cut,
  own: readonly Candidate[],
  after: readonly Candidate[],
  one: Candidate,
  region: Region,
  c: SplitterConstants,
): number {
  const reach = 2.5 * one.capital;
  const atHead = own.some((l) => start(l, cut.axis) - start(region, cut.axis) < reach);
  if (!atHead) return 0;
  return after.some((l) => start(l, cut.axis) - cut.to < reach && start(l, cut.axis) >= cut.from - 1)
    ? c.letterPlace
    : -c.letterPlace;
}

/**
 * Where pictures should touch if their letters stand at one distance from their corners: the letters of a row (or column)
 * tell it, and the region's own side tells the distance.
 */
export function linesFromLetters(region: Region, axis: Axis, letters: readonly Candidate[]): number[] {
  const own = lettersIn(letters, region);
  const along = other(axis);
  const lines: number[] = [];
  for (const a of own)
    for (const b of own) {
      if (centre(b, axis) <= centre(a, axis) || Math.abs(end(a, along) - end(b, along)) > 0.35 * a.capital) continue;
      const fromStart = start(a, axis) - start(region, axis);
      if (fromStart >= 0 && fromStart < 2.5 * a.capital) lines.push(start(b, axis) - fromStart);
      const fromEnd = end(region, axis) - end(b, axis);
      if (fromEnd >= 0 && fromEnd < 2.5 * a.capital) lines.push(end(a, axis) + fromEnd);
    }
  return [...new Set(lines)];
}
