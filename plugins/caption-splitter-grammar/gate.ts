import { NUMBER, PUNCTUATION, WORD, type Doc, type LexiconEntry, type PluginLexicon } from '../../core/plugin/index.js';
import { ROLE, rolesOf } from './roles.js';

/** A plate that goes on from another figure (`J` to `M`) needs so many letters. */
const LATE = 3;
const A = 97;
const I = 105;

/**
 * Whether a caption can hold a sequence of panels at all: a first and a second name, or a range. Most captions are
 * refused here, after one pass over the token columns.
 */
export class Gate {
  private places = 0;
  private readonly known = new Map<LexiconEntry, boolean>();
  private readonly visit = (entry: LexiconEntry): void => {
    let position = this.known.get(entry);
    if (position === undefined) this.known.set(entry, (position = (rolesOf(entry) & ROLE.position) !== 0));
    if (position) this.places++;
  };

  constructor(private readonly lexicon: PluginLexicon) {}

  passes(doc: Doc): boolean {
    const { text, start, end, kind, count } = doc;
    let first = false;
    let later = false;
    let others = 0;
    let parts = 0;
    let numbers = 0;
    let places = 0;
    for (let i = 0; i < count; i++) {
      const k = kind[i];
      if (k === PUNCTUATION) continue;
      const length = end[i] - start[i];
      const c = text.charCodeAt(start[i]) | 32;
      if (k === WORD) {
        if (length === 1) {
          if (c === A) first = true;
          else if (c > A && c <= A + 25) {
            later = true;
            others++;
            if (c === I) first = true;
          }
        } else if (length === 2 || length === 3) {
          const d = text.charCodeAt(start[i] + 1);
          if (d >= 48 && d <= 57) parts++;
          else if (c === I && (d | 32) === I) later = true;
        }
      } else if (k === NUMBER && length <= 2 && framed(doc, i)) numbers++;
      if (first && later) return true;
      if (k === WORD && doc.word[i] !== 0 && length > 1 && placeable(doc, i)) {
        this.places = 0;
        this.lexicon.scan(doc, this.visit, i, Math.min(count, i + 3));
        if (this.places > 0) places++;
      }
    }
    return numbers >= 2 || places >= 2 || parts >= 2 || others >= LATE;
  }
}

/** A number in or before a bracket, or before a mark that could make it a marker. */
function framed(doc: Doc, i: number): boolean {
  const { text, start, end, kind, count } = doc;
  const next = i + 1 < count && kind[i + 1] === PUNCTUATION ? text[start[i + 1]] : '';
  if (next === ')' || next === ']' || next === ':' || next === '.') return true;
  void end;
  return i > 0 && kind[i - 1] === PUNCTUATION && (text[start[i - 1]] === '(' || text[start[i - 1]] === '[');
}

/** A word where a place could name a panel: in a bracket, before a colon, or at the head of a clause. */
function placeable(doc: Doc, i: number): boolean {
  const { text, start, kind } = doc;
  if (i === 0) return true;
  const before = i - 1;
  if (kind[before] === PUNCTUATION) {
    const c = text[start[before]];
    return c === '(' || c === '[' || c === '.' || c === ';' || c === ':' || c === ',';
  }
  return before === 0 || (before === 1 && kind[0] === WORD) || kind[before - 1] === PUNCTUATION || (before >= 2 && kind[before - 2] === PUNCTUATION);
}
