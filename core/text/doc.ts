import type { Span } from './span.js';
import { APOSTROPHE, DIGIT, HYPHEN, LETTER, MARK, NEWLINE, SPACE, classOf, tables } from './characters.js';
import { splitSentences } from './sentences.js';
import { GAP_APOSTROPHE, GAP_HYPHEN, GAP_NEWLINE, GAP_NONE, GAP_SPACE, NUMBER, PUNCTUATION, WORD } from './token.js';
import { HASH_SEED, NO_SLOT, NUMBER_CLASS, UNKNOWN_WORD, checkStep, hashStep, type Vocabulary } from './vocabulary.js';

/**
 * A text cut into tokens, in columns: token `i` is `text[start[i]..end[i])` (UTF-16 offsets).
 *
 * A token is a run of letters with the digits that follow (`CD20`, `T2`), a number (`3.5`, `1,000`), or one
 * punctuation character. Letters after a digit start a new token (`5cm` → `5`, `cm`; `3D` → `3`, `D`). A hyphen or
 * apostrophe inside a word is a gap, not a token (`X-ray` → `X`, `ray`); a hyphen with a space beside it is a token.
 */
export class Doc {
  private sentenceSpans: readonly Span[] | undefined;

  constructor(
    readonly text: string,
    readonly vocabulary: Vocabulary,
    /** Number of tokens; the columns may be longer. */
    readonly count: number,
    readonly start: Int32Array,
    readonly end: Int32Array,
    /** Vocabulary id, 0 for a word that no lexicon knows. */
    readonly word: Int32Array,
    /** Suffix class, `NUMBER_CLASS` for numbers, or 0. */
    readonly wordClass: Int32Array,
    readonly kind: Uint8Array,
    readonly gap: Uint8Array,
    private readonly abbreviations: ReadonlySet<string>,
  ) {}

  /** The characters of token `i`. */
  tokenText(i: number): string {
    return this.text.slice(this.start[i], this.end[i]);
  }

  /** The sentences, left to right; they cover every token. Cut on first use. */
  get sentences(): readonly Span[] {
    return (this.sentenceSpans ??= splitSentences(this, this.abbreviations));
  }

  /** Index of the first token that ends after `offset`; `count` where there is none. */
  tokenAt(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.end[mid] > offset) high = mid;
      else low = mid + 1;
    }
    return low;
  }
}

/** Cuts texts into tokens. `read` reuses its columns: a Doc is valid until the next call; `keep` makes one that lasts. */
export class Tokenizer {
  private start = new Int32Array(256);
  private end = new Int32Array(256);
  private word = new Int32Array(256);
  private wordClass = new Int32Array(256);
  private kind = new Uint8Array(256);
  private gap = new Uint8Array(256);

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly abbreviations: ReadonlySet<string> = new Set(),
  ) {}

  /** A Doc whose columns are overwritten by the next `read`. */
  read(text: string): Doc {
    const count = this.scan(text);
    return new Doc(
      text,
      this.vocabulary,
      count,
      this.start,
      this.end,
      this.word,
      this.wordClass,
      this.kind,
      this.gap,
      this.abbreviations,
    );
  }

  /** A Doc that stays valid. */
  keep(text: string): Doc {
    const n = this.scan(text);
    return new Doc(
      text,
      this.vocabulary,
      n,
      this.start.slice(0, n),
      this.end.slice(0, n),
      this.word.slice(0, n),
      this.wordClass.slice(0, n),
      this.kind.slice(0, n),
      this.gap.slice(0, n),
      this.abbreviations,
    );
  }

  private scan(text: string): number {
    const { classes, folds } = tables;
    const length = text.length;
    let n = 0;
    let gap = GAP_NONE;
    let i = 0;
    while (i < length) {
      const c = text.charCodeAt(i);
      const cls = classes[c] === tables.unknown ? classOf(c) : classes[c];
      if (cls === SPACE || cls === MARK) {
        if (gap !== GAP_NEWLINE) gap = GAP_SPACE;
        i++;
        continue;
      }
      if (cls === NEWLINE) {
        gap = GAP_NEWLINE;
        i++;
        continue;
      }
      if (n === this.start.length) this.widen();
      const from = i;
      let hash = HASH_SEED;
      let check = 0;
      let kind = WORD;
      if (cls === LETTER || isAstralLetter(text, i)) {
        let digits = false;
        for (; i < length; i++) {
          const d = text.charCodeAt(i);
          const dc = classes[d] === tables.unknown ? classOf(d) : classes[d];
          if (dc === LETTER) {
            if (digits) break;
          } else if (dc === DIGIT) digits = true;
          else if (dc === MARK) continue;
          else if (isAstralLetter(text, i)) {
            if (digits) break;
            hash = hashStep(hash, d);
            check = checkStep(check, d);
            const low = text.charCodeAt(++i);
            hash = hashStep(hash, low);
            check = checkStep(check, low);
            continue;
          } else break;
          const folded = folds[d];
          hash = hashStep(hash, folded);
          check = checkStep(check, folded);
        }
      } else if (cls === DIGIT) {
        kind = NUMBER;
        i = this.numberEnd(text, i);
        for (let k = from; k < i; k++) {
          const folded = folds[text.charCodeAt(k)];
          hash = hashStep(hash, folded);
          check = checkStep(check, folded);
        }
      } else {
        const joint = (cls === HYPHEN || cls === APOSTROPHE) && n > 0 && gap === GAP_NONE && joins(text, i);
        if (joint) {
          gap = cls === HYPHEN ? GAP_HYPHEN : GAP_APOSTROPHE;
          i++;
          continue;
        }
        kind = PUNCTUATION;
        i += text.codePointAt(i)! > 0xffff ? 2 : 1;
        for (let k = from; k < i; k++) {
          // Every dash that stands alone is one and the same token.
          const folded = cls === HYPHEN ? 0x2d : folds[text.charCodeAt(k)];
          hash = hashStep(hash, folded);
          check = checkStep(check, folded);
        }
      }
      this.start[n] = from;
      this.end[n] = i;
      this.kind[n] = kind;
      this.gap[n] = n === 0 ? GAP_SPACE : gap;
      const slot = this.vocabulary.find(hash, check);
      this.word[n] = slot === NO_SLOT ? UNKNOWN_WORD : this.vocabulary.idAt(slot);
      if (kind === WORD) {
        this.wordClass[n] = slot === NO_SLOT ? this.vocabulary.classOf(text, from, i) : this.vocabulary.classAt(slot);
      } else this.wordClass[n] = kind === NUMBER ? NUMBER_CLASS : 0;
      n++;
      gap = GAP_NONE;
    }
    return n;
  }

  /** Digits, a decimal part, and groups of three after a comma. */
  private numberEnd(text: string, from: number): number {
    let i = from;
    const digit = (at: number): boolean => at < text.length && classOf(text.charCodeAt(at)) === DIGIT;
    while (digit(i)) i++;
    for (;;) {
      const c = text.charCodeAt(i);
      if (c === 0x2e && digit(i + 1)) {
        i++;
        while (digit(i)) i++;
        return i;
      }
      const group = c === 0x2c && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
      if (!group) return i;
      i += 4;
    }
  }

  private widen(): void {
    const wider = <T extends Int32Array | Uint8Array>(column: T, made: T): T => {
      made.set(column);
      return made;
    };
    const size = this.start.length * 2;
    this.start = wider(this.start, new Int32Array(size));
    this.end = wider(this.end, new Int32Array(size));
    this.word = wider(this.word, new Int32Array(size));
    this.wordClass = wider(this.wordClass, new Int32Array(size));
    this.kind = wider(this.kind, new Uint8Array(size));
    this.gap = wider(this.gap, new Uint8Array(size));
  }
}

/** Whether the hyphen or apostrophe at `i` has a letter or digit on its right, and so stands inside a word. */
function joins(text: string, i: number): boolean {
  const next = classOf(text.charCodeAt(i + 1));
  const before = classOf(text.charCodeAt(i - 1));
  return (next === LETTER || next === DIGIT) && (before === LETTER || before === DIGIT || before === MARK);
}

const ASTRAL_LETTER = /[\p{L}\p{N}]/u;

function isAstralLetter(text: string, i: number): boolean {
  const c = text.charCodeAt(i);
  return (
    c >= 0xd800 && c < 0xdc00 && i + 1 < text.length && ASTRAL_LETTER.test(String.fromCodePoint(text.codePointAt(i)!))
  );
}
