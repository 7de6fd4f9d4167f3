import { Tokenizer, foldWord, type Doc, type Span, type Vocabulary } from '../text/index.js';
import { classOf, foldOf, MARK } from '../text/characters.js';

/** What must stand near a hit of a dictionary. Cues are words or phrases. */
export interface NearbySpec {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Greatest number of characters between the near edges, inclusive. */
  readonly within: number;
  readonly both: boolean;
  readonly optional: boolean;
  /** A cue stands for itself only; else one of four letters or more stands for all words that begin with it. */
  readonly wholeWords: boolean;
}

export interface NearbyVerdict {
  readonly holds: boolean;
  /** The nearest cue, or null. */
  readonly cue: Span | null;
  readonly confidence: number;
}

/** From this length on, a cue's last word is also the beginning of others: `hepat` for hepatic and hepatocellular. */
const STEM_LETTERS = 4;

interface Cue {
  readonly words: readonly string[];
  /** The last word may go on in the text. */
  readonly open: boolean;
}

/** Cues of one side, by the first letters of their first word. */
class CueTable {
  private readonly byKey = new Map<number, Cue[]>();

  constructor(cues: readonly string[], wholeWords: boolean, tokenizer: Tokenizer) {
    for (const text of cues) {
      const doc = tokenizer.keep(text);
      const words = Array.from({ length: doc.count }, (_, i) => foldWord(doc.tokenText(i)));
      if (words.length === 0) continue;
      const cue = { words, open: !wholeWords && words.at(-1)!.length >= STEM_LETTERS };
      const key = keyOf(words[0], 0, words[0].length);
      this.byKey.set(key, [...(this.byKey.get(key) ?? []), cue]);
    }
  }

  get size(): number {
    return this.byKey.size;
  }

  /** The last token of a cue that begins at token `i` and ends before `to`, or -1. */
  endAt(doc: Doc, i: number, to: number): number {
    const cues = this.byKey.get(keyOf(doc.text, doc.start[i], doc.end[i]));
    if (cues === undefined) return -1;
    for (const { words, open } of cues) {
      const last = i + words.length - 1;
      if (last < to && words.every((word, k) => matches(doc, i + k, word, open && i + k === last))) return last;
    }
    return -1;
  }
}

/** Compiled cues around a hit. Works on tokens, so it costs a few array reads a neighbour. */
export class Nearby {
  private readonly before: CueTable;
  private readonly after: CueTable;

  constructor(
    readonly spec: NearbySpec,
    vocabulary: Vocabulary,
  ) {
    const tokenizer = new Tokenizer(vocabulary);
    this.before = new CueTable(spec.before, spec.wholeWords, tokenizer);
    this.after = new CueTable(spec.after, spec.wholeWords, tokenizer);
  }

  /** Whether the words around tokens `first` to `last` allow a hit. Nothing outside `sentence` is looked at. */
  check(doc: Doc, first: number, last: number, sentence: Span): NearbyVerdict {
    const { within, both, optional } = this.spec;
    const left = this.before.size > 0 ? this.nearestBefore(doc, first, sentence) : null;
    const right = this.after.size > 0 ? this.nearestAfter(doc, last, sentence) : null;
    const holds =
      optional ||
      (this.before.size === 0 && this.after.size === 0) ||
      (both
        ? (left !== null || this.before.size === 0) && (right !== null || this.after.size === 0)
        : left !== null || right !== null);
    const leftGap = left ? doc.start[first] - left.end : Infinity;
    const rightGap = right ? right.start - doc.end[last] : Infinity;
    const nearness = (gap: number): number =>
      gap === Infinity ? 0 : within === 0 ? 0.25 : Math.max(0, 0.25 * (1 - gap / within));
    return {
      holds,
      cue: leftGap <= rightGap ? (left ?? right) : right,
      confidence: Math.round((0.5 + nearness(leftGap) + nearness(rightGap)) * 100) / 100,
    };
  }

  private nearestBefore(doc: Doc, first: number, sentence: Span): Span | null {
    const limit = Math.max(sentence.start, doc.start[first] - this.spec.within);
    for (let i = first - 1; i >= 0 && doc.start[i] >= sentence.start; i--) {
      if (doc.end[i] < limit) break;
      const end = this.before.endAt(doc, i, first);
      if (end >= 0 && doc.end[end] >= limit) return { start: doc.start[i], end: doc.end[end] };
    }
    return null;
  }

  private nearestAfter(doc: Doc, last: number, sentence: Span): Span | null {
    const limit = Math.min(sentence.end, doc.end[last] + this.spec.within);
    for (let i = last + 1; i < doc.count && doc.start[i] <= limit && doc.start[i] < sentence.end; i++) {
      const end = this.after.endAt(doc, i, doc.count);
      if (end >= 0) return { start: doc.start[i], end: doc.end[end] };
    }
    return null;
  }
}

/** The first letters of a word, folded, as one number. */
function keyOf(text: string, start: number, end: number): number {
  let key = 0;
  let letters = 0;
  for (let i = start; i < end && letters < STEM_LETTERS; i++) {
    const c = text.charCodeAt(i);
    if (classOf(c) === MARK) continue;
    key = (Math.imul(key, 0x01000193) ^ foldOf(c)) | 0;
    letters++;
  }
  return key;
}

function matches(doc: Doc, i: number, word: string, open: boolean): boolean {
  const { text } = doc;
  let at = 0;
  for (let k = doc.start[i]; k < doc.end[i]; k++) {
    const c = text.charCodeAt(k);
    if (classOf(c) === MARK) continue;
    if (at === word.length) return open;
    if (word.charCodeAt(at++) !== foldOf(c)) return false;
  }
  return at === word.length;
}
