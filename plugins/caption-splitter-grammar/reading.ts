import type { Doc, LexiconEntry, PluginLexicon } from '../../core/plugin/index.js';
import { GAP_NONE, NUMBER, PUNCTUATION, WORD } from '../../core/plugin/index.js';
import { ROLE, rolesOf } from './roles.js';

const OPEN = '([{（［';
const CLOSE = ')]}）］';

/** A caption with the roles of its words: what every step of the grammar reads. Good for one caption at a time. */
export class Reading {
  doc!: Doc;
  count = 0;
  /** Per token: bits of `ROLE`. */
  role = new Int32Array(256);
  /** Per token: the last token of the longest position phrase that starts there, or -1. */
  positionEnd = new Int32Array(256);
  /** Per token: how many brackets are open before it. */
  depth = new Uint8Array(256);
  /** Legend entries by their first token. */
  readonly legends = new Map<number, LexiconEntry>();
  private readonly known = new Map<LexiconEntry, number>();
  private readonly visit = (entry: LexiconEntry, first: number, last: number): void => this.mark(entry, first, last);

  constructor(private readonly lexicon: PluginLexicon) {}

  /** Reads the roles of all words. */
  read(doc: Doc): void {
    const n = (this.count = doc.count);
    this.doc = doc;
    if (n > this.role.length) {
      const size = Math.max(n, this.role.length * 2);
      this.role = new Int32Array(size);
      this.positionEnd = new Int32Array(size);
      this.depth = new Uint8Array(size);
    }
    this.role.fill(0, 0, n);
    this.positionEnd.fill(-1, 0, n);
    this.legends.clear();
    this.lexicon.scan(doc, this.visit);
    this.measureDepth();
  }

  /** The punctuation character of token `i`, or an empty string for words, numbers and what lies outside. */
  mark1(i: number): string {
    const { doc } = this;
    return i >= 0 && i < this.count && doc.kind[i] === PUNCTUATION ? doc.text[doc.start[i]] : '';
  }

  is(i: number, role: number): boolean {
    return i >= 0 && i < this.count && (this.role[i] & role) !== 0;
  }

  isWord(i: number): boolean {
    return i >= 0 && i < this.count && this.doc.kind[i] === WORD;
  }

  isNumber(i: number): boolean {
    return i >= 0 && i < this.count && this.doc.kind[i] === NUMBER;
  }

  /** Word or number. */
  isText(i: number): boolean {
    return i >= 0 && i < this.count && this.doc.kind[i] !== PUNCTUATION;
  }

  isOpen(i: number): boolean {
    const c = this.mark1(i);
    return c !== '' && OPEN.includes(c);
  }

  isClose(i: number): boolean {
    const c = this.mark1(i);
    return c !== '' && CLOSE.includes(c);
  }

  /** Whether nothing stands between token `i` and the one before it. */
  glued(i: number): boolean {
    return i < this.count && this.doc.gap[i] === GAP_NONE;
  }

  /** Whether the first letter of token `i` is a capital. */
  capital(i: number): boolean {
    if (!this.isWord(i)) return false;
    const c = this.doc.text[this.doc.start[i]];
    return c !== c.toLowerCase();
  }

  /** How many words and numbers lie in the tokens `from` to `to`, both inclusive. */
  words(from: number, to: number): number {
    let n = 0;
    for (let i = from; i <= to; i++) if (this.doc.kind[i] !== PUNCTUATION) n++;
    return n;
  }

  private mark(entry: LexiconEntry, first: number, last: number): void {
    // `E` and `(a)` are letters, though `e` and `a` are words of some languages.
    if (first === last && this.doc.end[first] - this.doc.start[first] === 1 && this.isLetter(first)) return;
    let bits = this.known.get(entry);
    if (bits === undefined) this.known.set(entry, (bits = rolesOf(entry)));
    if ((bits & ROLE.position) !== 0 && last > this.positionEnd[first]) this.positionEnd[first] = last;
    if ((bits & ROLE.legend) !== 0) {
      this.role[first] |= bits;
      this.legends.set(first, entry);
    } else for (let i = first; i <= last; i++) this.role[i] |= bits;
  }

  /** Whether a token of one letter stands as a letter: a capital, or between punctuation. */
  private isLetter(i: number): boolean {
    if (this.isWord(i) && this.capital(i) && i > 0) return true;
    return this.isWord(i) && ((this.mark1(i + 1) !== '' && !this.isOpen(i + 1)) || this.isOpen(i - 1));
  }

  private measureDepth(): void {
    let depth = 0;
    for (let i = 0; i < this.count; i++) {
      const mark = this.doc.kind[i] === PUNCTUATION;
      // A closing bracket is as deep as what stands in it, so that `(A)` is one level from end to end.
      this.depth[i] = depth;
      if (!mark) continue;
      if (this.isOpen(i)) depth = Math.min(depth + 1, 9);
      else if (this.isClose(i) && depth > 0) depth--;
    }
  }
}
