import {
  GAP_APOSTROPHE,
  GAP_HYPHEN,
  NUMBER,
  PUNCTUATION,
  WORD,
  type Doc,
  type LexiconEntry,
  type PluginLexicon,
} from '../../core/plugin/index.js';
import { ROLE, rolesOf } from './roles.js';

/** A plate that goes on from another figure (`J` to `M`) needs so many letters. */
const LATE = 3;
const A = 97;
const I = 105;
const LETTERS = 26;

/**
 * Whether a caption can hold a sequence of panels at all: a first and a second name, or a range. Most captions are
 * refused here, after one pass over the token columns.
 */
export class Gate {
  private roles = 0;
  /** The last token of the longest position phrase that was seen. */
  private placeEnd = -1;
  private readonly known = new Map<LexiconEntry, number>();
  private readonly visit = (entry: LexiconEntry, _first: number, last: number): void => {
    let roles = this.known.get(entry);
    if (roles === undefined) this.known.set(entry, (roles = rolesOf(entry)));
    this.roles |= roles;
    if ((roles & ROLE.position) !== 0 && last > this.placeEnd) this.placeEnd = last;
  };

  constructor(private readonly lexicon: PluginLexicon) {}

  passes(doc: Doc): boolean {
    const { text, start, end, kind, count } = doc;
    let first = false;
    let letters = 0;
    let parts = 0;
    let one = false;
    let numbers = 0;
    let places = 0;
    for (let i = 0; i < count; i++) {
      const k = kind[i];
      if (k === PUNCTUATION) continue;
      const length = end[i] - start[i];
      if (k === NUMBER) {
        if (length <= 2 && this.counts(doc, i)) {
          numbers++;
          if (length === 1 && text[start[i]] === '1') one = true;
        }
        continue;
      }
      const c = text.charCodeAt(start[i]) | 32;
      if (length === 1) {
        if (c < A || c >= A + LETTERS || !alone(doc, i)) continue;
        if (c === A || c === I) first = true;
        if (c !== A) letters++;
        if (first && letters > 0) return true;
        continue;
      }
      if (length <= 3) {
        const d = text.charCodeAt(start[i] + 1);
        if (d >= 48 && d <= 57) parts++;
        else if (c === I && (d | 32) === I) letters++;
        if (first && letters > 0) return true;
      }
      if (doc.word[i] !== 0 && placeable(doc, i) && this.places(doc, i)) places++;
    }
    return (one && numbers >= 2) || places >= 2 || parts >= 2 || letters >= LATE;
  }

  /** Whether a term with one of the roles stands in the tokens `from` to before `to`. */
  private is(doc: Doc, from: number, to: number, roles: number): boolean {
    this.roles = 0;
    this.lexicon.scan(doc, this.visit, from, to);
    return (this.roles & roles) !== 0;
  }

  /** A place that could name a panel: in a bracket, before a mark, or with a panel noun (`left column`). */
  private places(doc: Doc, i: number): boolean {
    this.placeEnd = -1;
    if (!this.is(doc, i, Math.min(doc.count, i + 3), ROLE.position)) return false;
    const before = mark(doc, i - 1);
    if (before === '(' || before === '[') return true;
    const next = this.placeEnd + 1;
    const c = mark(doc, next);
    if (c !== '') return c === ':' || c === ',' || c === '.';
    return next >= doc.count || this.is(doc, this.placeEnd, Math.min(doc.count, next + 1), ROLE.panel);
  }

  /** A number alone in a bracket, before a mark that could make it a marker, or after a panel noun. */
  private counts(doc: Doc, i: number): boolean {
    const next = mark(doc, i + 1);
    if (i === 0) return true;
    const before = i - 1;
    if (doc.kind[before] === PUNCTUATION) {
      const c = mark(doc, before);
      if (c === '(' || c === '[') return next !== '' || doc.gap[i + 1] === GAP_HYPHEN;
      return next === ')' || next === ':' || next === '.';
    }
    if (next === ')' || next === ':') return true;
    return doc.word[before] !== 0 && this.is(doc, before, i, ROLE.panel);
  }
}

const mark = (doc: Doc, i: number): string =>
  i >= 0 && i < doc.count && doc.kind[i] === PUNCTUATION ? doc.text[doc.start[i]] : '';

/** Not the letter of a longer word: `X-ray`, `patient's`. */
function alone(doc: Doc, i: number): boolean {
  const { gap, start, end, count } = doc;
  const next = i + 1;
  if (next < count && end[next] - start[next] > 1 && (gap[next] === GAP_HYPHEN || gap[next] === GAP_APOSTROPHE))
    return false;
  if (i === 0) return true;
  return gap[i] !== GAP_APOSTROPHE && (gap[i] !== GAP_HYPHEN || end[i - 1] - start[i - 1] <= 2);
}

/** A word where a place could name a panel: in a bracket, at the head of a clause, or at the end of one with a noun. */
function placeable(doc: Doc, i: number): boolean {
  if (i === 0) return true;
  const before = i - 1;
  const { kind } = doc;
  if (kind[before] === PUNCTUATION) return '([.;:,'.includes(mark(doc, before));
  if (before === 0 || (before === 1 && kind[0] === WORD) || kind[before - 1] === PUNCTUATION) return true;
  if (before >= 2 && kind[before - 2] === PUNCTUATION) return true;
  const end = mark(doc, i + 2);
  return end === '.' || end === ',';
}
