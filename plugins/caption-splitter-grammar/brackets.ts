import { alphabetOf, ascending, isDash, labelAt, listAt, valueAt, type Alphabet, type LabelList } from './labels.js';
import { beforeOf, COLONS, PUNCTUATION_FRAME, type Candidate, type Frame } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** `(A)`, `(A and B)`, `[Fig. 2a]`, `(A, 200x)`, `(A, left)`. */
export function bracketed(r: Reading, i: number): Candidate | null {
  let at = i + 1;
  let noun = false;
  let figure = false;
  if (r.is(at, ROLE.panel)) {
    noun = true;
    figure = r.is(at, ROLE.figure);
    at = r.mark1(at + 1) === '.' ? at + 2 : at + 1;
  }
  const list = listAt(r, at, figure, true);
  if (list === null || !ascending(list.labels)) return null;
  const alphabet = alphabetOf(list);
  let last = list.last;
  // `(left panel)`, `(top row)`.
  if (alphabet === 'position' && r.is(last + 1, ROLE.panel)) last++;
  let close = last + 1;
  // `(A, left)`: letters win over positions.
  if (alphabet !== 'position' && r.mark1(close) === ',' && r.positionEnd[close + 1] >= 0) {
    const end = r.positionEnd[close + 1] + (r.is(r.positionEnd[close + 1] + 1, ROLE.panel) ? 1 : 0);
    if (r.isClose(end + 1)) close = end + 1;
  }
  if (r.mark1(close) === '.' && r.isClose(close + 1)) close++;
  if (r.isClose(close)) return absorb(r, i, close, list, alphabet, 'bracket', noun);
  const c = r.mark1(close);
  const opens = c === ',' || c === ':' || c === ';' || c === '=' || isDash(c);
  if (!opens || alphabet === 'position' || !r.isText(close + 1) || (list.labels.length > 1 && c !== ':' && c !== ','))
    return null;
  if (labelAt(r, close + 1, false) !== null && r.isClose(close + 2)) return null;
  // `(2, 3 and 5 mm)` is no marker; a letter with text behind it is.
  // `(a = 0.2, b = 2)` are parameters.
  if (c === '=' && valueAt(r, close + 1)) return null;
  if (alphabet === 'digit' || (r.isNumber(close + 1) && alphabet !== 'upper' && alphabet !== 'lower')) return null;
  // `(a: axial; b: sagittal)`.
  if ((c === ':' || c === '=') && anotherInside(r, close, c))
    return { ...absorb(r, i, close, list, alphabet, 'open', noun), frame: PUNCTUATION_FRAME[c], mention: false };
  return absorb(r, i, close, list, alphabet, 'open', noun);
}

/** Tokens that a bracket with several panels in it has at most. */
const LONGEST_BRACKET = 200;

/** Whether another label in the manner of the one before token `from` stands in the same bracket. */
function anotherInside(r: Reading, from: number, manner: string): boolean {
  const depth = r.depth[from];
  const end = Math.min(r.count - 2, from + LONGEST_BRACKET);
  for (let i = from + 1; i < end && r.depth[i] >= depth; i++) {
    if (r.isClose(i) && r.depth[i] === depth) return false;
    const parted = r.mark1(i) === ';' || r.mark1(i) === ',' || r.is(i, ROLE.list);
    if (parted && r.mark1(i + 2) === manner && labelAt(r, i + 1, false) !== null) return true;
  }
  return false;
}

/** Takes in the panel noun before a bracket, the preposition before that, and a colon after. */
function absorb(
  r: Reading,
  open: number,
  close: number,
  list: LabelList,
  alphabet: Alphabet,
  frame: Frame,
  noun: boolean,
): Candidate {
  let first = open;
  let mention = false;
  let named = noun;
  const inside = r.depth[open] > 0;
  if (r.is(first - 1, ROLE.panel) && alphabet !== 'position' && names(r, first - 1)) {
    named = true;
    first--;
    if (r.is(first - 1, ROLE.determiner)) first--;
  }
  if (r.is(first - 1, ROLE.refer) && !r.is(first - 1, ROLE.joiner) && (named || referring(r, first - 1))) {
    first--;
    mention = true;
    // `in the image in (A)`.
    if (r.is(first - 1, ROLE.panel) && r.is(first - 2, ROLE.determiner) && r.is(first - 3, ROLE.refer)) first -= 3;
  }
  let last = close;
  if (frame === 'bracket' && !mention && !inside && COLONS.includes(r.mark1(last + 1))) {
    const clause = beforeOf(r, first) !== 'text';
    if (clause) last++;
  } else if (
    frame === 'bracket' &&
    r.is(last + 1, ROLE.panel) &&
    !r.is(last + 1, ROLE.picture | ROLE.line) &&
    alphabet !== 'position'
  ) {
    // `(A, B) panels`.
    last++;
    named = true;
  }
  const before = inside ? 'text' : beforeOf(r, first);
  return {
    first,
    last,
    labels: list.labels,
    alphabet,
    frame,
    before,
    mention,
    aside: false,
    noun: named,
    ranged: list.ranged,
  };
}

/** Whether a noun before a bracket only names the panel: "Image (B) shows", "in panel (A)"; not "fundus photographs (a, b)". */
function names(r: Reading, noun: number): boolean {
  if (!r.is(noun, ROLE.picture)) return true;
  const before = r.is(noun - 1, ROLE.determiner) ? noun - 1 : noun;
  return beforeOf(r, before) !== 'text' || r.is(before - 1, ROLE.refer) || r.isOpen(before - 1);
}

/** "in", "on", "see": not every preposition before a bracket refers to a panel ("views of (A) the left eye"). */
function referring(r: Reading, i: number): boolean {
  const after = i + 1;
  let close = after;
  while (close < r.count && !r.isClose(close)) close++;
  return close + 1 >= r.count || !r.isText(close + 1) || r.is(close + 1, ROLE.list | ROLE.verb);
}
