import { beforeOf, type Before, type Candidate } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** Panels by their index in the order of names, going up. */
export type Panels = readonly number[];

/** Markers that name panels at one place: one, or several with nothing between them (`(C) and (D)`). */
export interface Group {
  /** Tokens of the markers and of the bracket round them, both inclusive. */
  readonly first: number;
  readonly last: number;
  readonly panels: Panels;
  readonly before: Before;
  readonly mention: boolean;
  readonly aside: boolean;
  /** It always leads its text: `A.`, `b)`, `a Text`. */
  readonly leads: boolean;
  /** Text inside the bracket: `(A, 200x)`, `(arrow in A)`. Empty where `innerFirst` is above `innerLast`. */
  readonly innerFirst: number;
  readonly innerLast: number;
}

const LEADING_FRAMES = new Set(['half', 'dot', 'colon', 'equals', 'dash', 'bare', 'comma']);

/** The markers of a sentence as groups. */
export function groupsOf(r: Reading, markers: readonly Candidate[], index: ReadonlyMap<string, number>): Group[] {
  const groups: Group[] = [];
  for (const m of markers) {
    const own = groupOf(r, m, index);
    const previous = groups[groups.length - 1];
    const joined = previous !== undefined && onlyJoiner(r, previous.last + 1, own.first - 1);
    if (joined && own.innerFirst > own.innerLast && previous.innerFirst > previous.innerLast) {
      groups[groups.length - 1] = {
        ...previous,
        last: own.last,
        panels: union(previous.panels, own.panels),
      };
    } else groups.push(own);
  }
  return groups;
}

function groupOf(r: Reading, m: Candidate, index: ReadonlyMap<string, number>): Group {
  let { first, last, before, mention } = m;
  let innerFirst = 0;
  let innerLast = -1;
  if (m.frame === 'open') {
    const close = partner(r, m.last, 1);
    if (close >= 0) {
      innerFirst = m.last + 1;
      innerLast = close - 1;
      last = close;
    }
  } else if (m.frame === 'tail' && r.depth[first] > 0 && r.isClose(last + 1)) {
    innerLast = first - 1;
    innerFirst = Math.max(0, partner(r, first, -1));
    first = innerFirst;
    last++;
    before = beforeOf(r, first);
    mention = false;
  }
  const panels = sorted(m.labels.map((l) => index.get(l.name) ?? 0));
  return {
    first,
    last,
    panels,
    before,
    mention,
    aside: m.aside,
    leads: LEADING_FRAMES.has(m.frame),
    innerFirst,
    innerLast,
  };
}

/** The bracket round token `i`: the closing one (`step` 1) or the opening one (-1); -1 where it is not there. */
function partner(r: Reading, i: number, step: 1 | -1): number {
  const depth = step === 1 ? r.depth[i] : r.depth[i] - 1;
  for (let k = i + step; k >= 0 && k < r.count; k += step) {
    if (r.depth[k] === depth && (step === 1 ? r.isClose(k) : r.isOpen(k))) return k;
  }
  return -1;
}

/** Nothing between but a comma, "and", or not even that. */
function onlyJoiner(r: Reading, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) {
    const c = r.mark1(i);
    if (c !== ',' && c !== '/' && !r.is(i, ROLE.joiner)) return false;
  }
  return true;
}

export const sorted = (panels: Panels): Panels =>
  panels.length < 2 ? panels : [...new Set(panels)].sort((a, b) => a - b);
export const union = (a: Panels, b: Panels): Panels => sorted([...a, ...b]);
/** Whether `a` holds all of `b` and more. */
export const exceeds = (a: Panels, b: Panels): boolean => a.length > b.length && b.every((n) => a.includes(n));
