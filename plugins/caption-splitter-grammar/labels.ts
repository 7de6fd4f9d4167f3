import { GAP_APOSTROPHE, GAP_HYPHEN, GAP_NONE, GAP_SPACE } from '../../core/plugin/index.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** Kinds of panel names. Names of two kinds never belong to one sequence. */
export type Alphabet = 'upper' | 'lower' | 'digit' | 'roman' | 'sub' | 'position';

/** A panel's name at a place: `A`, `b2`, `iv`, `upper left`. */
export interface Label {
  readonly alphabet: Alphabet;
  readonly name: string;
  /** Place in the sequence, from 0; for positions the order of mention does not count. */
  readonly order: number;
  /** Of a sub-letter `A2`: its letter. */
  readonly base?: string;
  /** Tokens, both inclusive. */
  readonly first: number;
  readonly last: number;
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi'];
const ROMAN_ORDER = new Map(ROMAN.map((name, order) => [name, order]));
const SUB_LETTER = /^([A-Za-z])(\d{1,2})$/;
const SUB_ROMAN = /^([A-Z])(i|ii|iii|iv|v|vi|vii|viii|ix|x)$/;
const LETTERS = 26;
/** Panels beyond this are numbers of something else. */
const MAX_NUMBER = 40;

/** The place of a roman numeral, all small or all capital, from 0; -1 where `name` is none. */
export const romanOrder = (name: string): number =>
  ROMAN_ORDER.get(name === name.toUpperCase() ? name.toLowerCase() : name) ?? -1;

/**
 * The label whose first token is `i`, or null.
 *
 * @param figure a figure noun stands before it, so that `2a` is panel `a` of figure 2
 */
export function labelAt(r: Reading, i: number, figure: boolean): Label | null {
  const { doc } = r;
  if (i >= r.count) return null;
  const length = doc.end[i] - doc.start[i];
  if (r.isNumber(i)) {
    const next = i + 1;
    // `1A`: the number of the figure goes, the letter names the panel.
    if (next < r.count && r.isWord(next) && doc.end[next] - doc.start[next] === 1 && doc.gap[next] === GAP_NONE) {
      const letter = labelAt(r, next, false);
      if (letter !== null && !bound(r, next)) return { ...letter, first: i };
    }
    if (figure || length > 2) return null;
    const value = Number(doc.text.slice(doc.start[i], doc.end[i]));
    if (!Number.isInteger(value) || value < 1 || value > MAX_NUMBER || bound(r, i)) return null;
    return { alphabet: 'digit', name: String(value), order: value - 1, first: i, last: i };
  }
  if (!r.isWord(i)) return null;
  if (length === 1) return bound(r, i) ? null : letterAt(r, i);
  if (r.positionEnd[i] >= 0 && length > 1) {
    const last = r.positionEnd[i];
    const name = doc.text
      .slice(doc.start[i], doc.end[last])
      .toLowerCase()
      .replace(/[\s-]+/g, ' ');
    return { alphabet: 'position', name, order: 0, first: i, last };
  }
  if (length > 5) return null;
  const word = doc.text.slice(doc.start[i], doc.end[i]);
  if (bound(r, i)) return null;
  const sub = SUB_LETTER.exec(word);
  if (sub) {
    const number = Number(sub[2]);
    return number < 1
      ? null
      : { alphabet: 'sub', name: word.toUpperCase(), order: number - 1, base: sub[1].toUpperCase(), first: i, last: i };
  }
  const roman = romanOrder(word);
  if (roman >= 0) return { alphabet: 'roman', name: word.toLowerCase(), order: roman, first: i, last: i };
  const subRoman = SUB_ROMAN.exec(word);
  if (subRoman)
    return { alphabet: 'sub', name: word, order: romanOrder(subRoman[2]), base: subRoman[1], first: i, last: i };
  // After Z: AA, AB.
  if (length === 2 && word[0] >= 'A' && word[0] <= 'C' && word[1] >= 'A' && word[1] <= 'Z') {
    const order = LETTERS * (word.charCodeAt(0) - 64) + word.charCodeAt(1) - 65;
    return { alphabet: 'upper', name: word, order, first: i, last: i };
  }
  return null;
}

function letterAt(r: Reading, i: number): Label | null {
  const c = r.doc.text.charCodeAt(r.doc.start[i]);
  if (c >= 65 && c <= 90) return { alphabet: 'upper', name: String.fromCharCode(c), order: c - 65, first: i, last: i };
  if (c < 97 || c > 122) return null;
  return { alphabet: 'lower', name: String.fromCharCode(c - 32), order: c - 97, first: i, last: i };
}

/** Whether the token is part of a longer word (`C-arm`, `T's`); a range `A-C` is told by its reader. */
function bound(r: Reading, i: number): boolean {
  const next = i + 1;
  if (next >= r.count) return false;
  const gap = r.doc.gap[next];
  if (gap === GAP_APOSTROPHE) return true;
  if (gap === GAP_NONE && r.isText(next) && !(r.isNumber(i) && r.doc.end[next] - r.doc.start[next] === 1)) return true;
  return gap === GAP_HYPHEN && !sameKind(r, i, next);
}

/** Both single letters of one case, both numbers, or both sub-letters: ends of a range. */
function sameKind(r: Reading, a: number, b: number): boolean {
  const { doc } = r;
  const kind = (i: number): number => {
    if (r.isNumber(i)) return 1;
    const word = doc.text.slice(doc.start[i], doc.end[i]);
    if (SUB_LETTER.test(word)) return 2;
    if (romanOrder(word) >= 0 && word.length > 1) return 3;
    if (word.length !== 1) return word.length === 2 && word === word.toUpperCase() ? 5 : 0;
    return word === word.toLowerCase() ? 4 : 5;
  };
  const k = kind(a);
  if (k === 0) return false;
  const other = kind(b);
  return k === other || ((k === 4 || k === 5) && other === 3) || (k === 1 && other === 4) || (k === 1 && other === 5);
}

/** A list of labels: `A`, `A-C`, `A, B and D`, `C/D`, `1A and 1B`. */
export interface LabelList {
  readonly labels: readonly Label[];
  readonly last: number;
  /** A range was written out. */
  readonly ranged: boolean;
}

/**
 * The longest list of labels of one alphabet that starts at token `i`, or null.
 *
 * @param commas whether a comma may stand between two labels; outside brackets it ends the marker
 */
export function listAt(r: Reading, i: number, figure: boolean, commas: boolean): LabelList | null {
  const start = labelAt(r, i, figure);
  if (start === null) return null;
  const labels: Label[] = [start];
  let last = start.last;
  let ranged = false;
  for (;;) {
    const link = linkAt(r, last + 1, commas);
    if (link === null) break;
    const next = labelAt(r, link.next, figure);
    if (next === null || !akin(start, next)) break;
    // `i-iii`: the first one is a numeral, too.
    if (next.alphabet === 'roman' && labels.length === 1) labels[0] = toRoman(labels[0]);
    const previous = labels[labels.length - 1];
    if (link.range) {
      if (next.alphabet === 'position' || next.base !== previous.base || next.order <= previous.order) break;
      if (next.order - previous.order > LETTERS) break;
      labels.push(...labelsBetween(previous, next));
      ranged = true;
    }
    labels.push(next);
    last = next.last;
  }
  return { labels, last, ranged };
}

/** Labels that may share a list; a lone `i`, `v` or `x` may be a letter or a numeral. */
function akin(a: Label, b: Label): boolean {
  if (a.alphabet === b.alphabet) return true;
  const numeral = (l: Label): boolean =>
    l.alphabet === 'roman' || ((l.alphabet === 'lower' || l.alphabet === 'upper') && romanOrder(l.name) >= 0);
  return numeral(a) && numeral(b);
}

/** A letter that is a numeral, as one. */
export function toRoman(l: Label): Label {
  const name = l.name.toLowerCase();
  return { ...l, alphabet: 'roman', name, order: romanOrder(name) };
}

/** The labels that a range leaves out: `B` and `C` of `A-D`. */
export const labelsBetween = (from: Label, to: Label): Label[] =>
  Array.from({ length: Math.min(to.order - from.order, LETTERS) - 1 }, (_, n) => between(from, from.order + 1 + n));

function between(from: Label, order: number): Label {
  const { alphabet, base, first, last } = from;
  if (alphabet === 'sub') return { ...from, name: `${base}${order + 1}`, order };
  if (alphabet === 'digit') return { ...from, name: String(order + 1), order };
  if (alphabet === 'roman') return { ...from, name: ROMAN[order], order };
  const letter = (n: number): string => String.fromCharCode(65 + n);
  const name = order < LETTERS ? letter(order) : letter(Math.floor(order / LETTERS) - 1) + letter(order % LETTERS);
  return { alphabet, name, order, first, last };
}

/** What links two labels at token `i`: a dash, "to", a comma, "and", "/". */
function linkAt(r: Reading, i: number, commas: boolean): { readonly next: number; readonly range: boolean } | null {
  if (i >= r.count) return null;
  if (r.doc.gap[i] === GAP_HYPHEN) return { next: i, range: true };
  const c = r.mark1(i);
  if (c !== '') {
    if (DASHES.has(c)) return r.isText(i + 1) ? { next: i + 1, range: true } : null;
    if (c === '/' || c === '&' || c === '+') return { next: i + 1, range: false };
    if (!commas || (c !== ',' && c !== ';')) return null;
    return { next: r.is(i + 1, ROLE.list) ? i + 2 : i + 1, range: false };
  }
  if (r.is(i, ROLE.list) && r.doc.gap[i] === GAP_SPACE) return { next: i + 1, range: false };
  if (r.is(i, ROLE.range) && r.doc.gap[i] === GAP_SPACE) return { next: i + 1, range: true };
  return null;
}

/** Dashes that stand as tokens; a hyphen inside `A-C` is a gap. */
const DASHES = new Set(['-', '‐', '‑', '‒', '–', '—', '―', '−', '~', '～']);
export const isDash = (c: string): boolean => DASHES.has(c);

/** A number, with or without a sign. */
export const valueAt = (r: Reading, i: number): boolean => r.isNumber(i) || (isDash(r.mark1(i)) && r.isNumber(i + 1));

/** The alphabet of a list: Roman where any of its labels can only be that. */
export function alphabetOf(list: LabelList): Alphabet {
  return list.labels.some((l) => l.alphabet === 'roman') ? 'roman' : list.labels[0].alphabet;
}

/** A list of panels goes up: `(H,E)` is a stain. */
export function ascending(labels: readonly Label[]): boolean {
  for (let k = 1; k < labels.length; k++) {
    const a = labels[k - 1];
    const b = labels[k];
    if (a.alphabet === 'position') continue;
    if (a.base === b.base && b.order <= a.order) return false;
  }
  return true;
}
