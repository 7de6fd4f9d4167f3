import { GAP_HYPHEN, GAP_NONE, NUMBER, WORD } from '../../core/plugin/index.js';
import type { Tags } from './tags.js';

/** A number as it is written: digits or words, with a fraction or as a range. */
export interface WrittenNumber {
  readonly value: number;
  /** The upper bound of a range. */
  readonly high?: number;
  /** Offset of its first character. */
  readonly start: number;
  /** Index of the token after it. */
  readonly next: number;
}

/** Reads the number, or the range of two numbers, that starts at token `i`. */
export function numberAt(tags: Tags, i: number): WrittenNumber | null {
  const between = tags.ending(i - 1, 'between') !== null;
  const low = singleAt(tags, i);
  if (low === null) return null;
  const { doc } = tags;
  let at = low.next;
  // `45-50`, `45 to 50`, `45- to 50`, `45 year to 50 year`: one hyphen at most, then one range word at most.
  const unit = tags.at(at, 'unit');
  if (unit && tags.at(unit.last + 1, 'range')) at = unit.last + 1;
  let linked = at < doc.count && doc.gap[at] === GAP_HYPHEN;
  if (isDash(tags.mark(at))) {
    at++;
    linked = true;
  }
  const word = tags.at(at, 'range') ?? (between ? tags.at(at, 'joiner') : null);
  if (word) {
    at = word.last + 1;
    linked = true;
  }
  if (!linked) return low;
  const high = singleAt(tags, at);
  if (high === null || high.value <= low.value || high.value > 130) return low;
  return { value: low.value, high: high.value, start: low.start, next: high.next };
}

/** Whether a token that stands alone is a dash of any length. */
export const isDash = (mark: string): boolean => /^[-\u2010-\u2015\u2212~]$/.test(mark);

function singleAt(tags: Tags, i: number): WrittenNumber | null {
  const { doc } = tags;
  if (i >= doc.count) return null;
  const whole = digitsAt(tags, i) ?? wordsAt(tags, i);
  if (whole !== null) {
    const fraction = fractionAt(tags, whole.next);
    return fraction ? { ...whole, value: whole.value + fraction.value, next: fraction.next } : whole;
  }
  return null;
}

const GLUED = /^[Aa](\d{1,3})$/;
const VULGAR: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

function digitsAt(tags: Tags, i: number): WrittenNumber | null {
  const { doc } = tags;
  const text = doc.tokenText(i);
  if (doc.kind[i] === WORD) {
    // `A80 years old`: the article has run into the number.
    const glued = GLUED.exec(text);
    return glued ? { value: Number(glued[1]), start: doc.start[i] + 1, next: i + 1 } : null;
  }
  if (doc.kind[i] !== NUMBER || text.includes(',')) return null;
  const value = Number(text);
  // `3,5 ans`: a decimal comma.
  const decimal = tags.mark(i + 1) === ',' && doc.gap[i + 1] === GAP_NONE && doc.gap[i + 2] === GAP_NONE;
  if (decimal && doc.kind[i + 2] === NUMBER && /^\d{1,2}$/.test(doc.tokenText(i + 2)) && tags.at(i + 3, 'unit')) {
    return { value: Number(`${text}.${doc.tokenText(i + 2)}`), start: doc.start[i], next: i + 3 };
  }
  return { value, start: doc.start[i], next: i + 1 };
}

/** Number words: tens and units add, a hundred multiplies, a joiner (`and`, `y`, `et`) may stand between. */
function wordsAt(tags: Tags, i: number): WrittenNumber | null {
  const first = tags.at(i, 'number');
  if (first === null) return null;
  let value = first.number;
  let last = first.number;
  let next = first.last + 1;
  for (;;) {
    const joiner = tags.at(next, 'joiner');
    const word = tags.at(joiner ? joiner.last + 1 : next, 'number');
    if (word === null) break;
    const n = word.number;
    if (n === 100 && value < 10 && !joiner) value *= 100;
    else if (last === 100 && n < 100) value += n;
    else if (last >= 20 && last % 10 === 0 && n < 10) value += n;
    else if ((last === 60 || last === 80) && n < 20) value += n;
    else break;
    last = n;
    next = word.last + 1;
  }
  return { value, start: tags.doc.start[i], next };
}

/** `½`, `1/2`, `and 1/2`, `and a half`. */
export function fractionAt(tags: Tags, i: number): { readonly value: number; readonly next: number } | null {
  const { doc } = tags;
  if (i >= doc.count) return null;
  const vulgar = VULGAR[doc.tokenText(i)];
  if (vulgar) return { value: vulgar, next: i + 1 };
  const joiner = tags.at(i, 'joiner');
  const at = joiner ? joiner.last + 1 : i;
  if (joiner && VULGAR[doc.tokenText(Math.min(at, doc.count - 1))]) {
    return { value: VULGAR[doc.tokenText(at)], next: at + 1 };
  }
  const written = tags.at(i, 'fraction') ?? (joiner ? tags.at(at, 'fraction') : null);
  if (written) return { value: written.number, next: written.last + 1 };
  if (
    at + 2 < doc.count &&
    doc.kind[at] === NUMBER &&
    /^[/\u2044]$/.test(tags.mark(at + 1)) &&
    doc.kind[at + 2] === NUMBER
  ) {
    const value = Number(doc.tokenText(at)) / Number(doc.tokenText(at + 2));
    if (value > 0 && value < 1) return { value, next: at + 3 };
  }
  return null;
}
