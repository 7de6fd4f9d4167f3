import { GAP_NEWLINE, PUNCTUATION, type Doc, type Gender, type PluginLexicon } from '../../core/plugin/index.js';

/** A word or phrase of the lexicon that stands in a text; `first` and `last` are token indices, both inclusive. */
export interface Tag {
  readonly kind: string;
  readonly value: string;
  readonly first: number;
  readonly last: number;
  readonly number: number;
  readonly unit: string;
  readonly gender: Gender | null;
}

const NO_TAGS: readonly Tag[] = [];

/** What the words of a text do: every lexicon hit, by the token it starts and ends at. */
export class Tags {
  private readonly starting: (Tag[] | undefined)[];
  private readonly finishing: (Tag[] | undefined)[];

  constructor(
    readonly doc: Doc,
    lexicon: PluginLexicon,
  ) {
    this.starting = new Array<Tag[] | undefined>(doc.count);
    this.finishing = new Array<Tag[] | undefined>(doc.count);
    lexicon.scan(doc, (entry, first, last) => {
      const { kind, number, unit, gender } = entry.attributes;
      const tag: Tag = {
        kind: String(kind),
        value: entry.value,
        first,
        last,
        number: typeof number === 'number' ? number : 0,
        unit: typeof unit === 'string' ? unit : '',
        gender: gender === 'Female' || gender === 'Male' ? gender : null,
      };
      (this.starting[first] ??= []).push(tag);
      (this.finishing[last] ??= []).push(tag);
    });
  }

  /** All tags that start at token `i`. */
  startingAt(i: number): readonly Tag[] {
    return this.starting[i] ?? NO_TAGS;
  }

  /** The longest tag of one of `kinds` that starts at token `i`. */
  at(i: number, ...kinds: readonly string[]): Tag | null {
    let best: Tag | null = null;
    for (const tag of this.starting[i] ?? NO_TAGS) {
      if (kinds.includes(tag.kind) && (best === null || tag.last > best.last)) best = tag;
    }
    return best;
  }

  /** The longest tag of one of `kinds` that ends at token `i`. */
  ending(i: number, ...kinds: readonly string[]): Tag | null {
    let best: Tag | null = null;
    for (const tag of this.finishing[i] ?? NO_TAGS) {
      if (kinds.includes(tag.kind) && (best === null || tag.first < best.first)) best = tag;
    }
    return best;
  }

  /** Whether a tag of one of `kinds` starts in the tokens `from` up to, not including, `to`. */
  any(from: number, to: number, ...kinds: readonly string[]): boolean {
    for (let i = Math.max(0, from); i < Math.min(to, this.doc.count); i++) if (this.at(i, ...kinds)) return true;
    return false;
  }

  /** The character of a one-character token, else an empty string. */
  mark(i: number): string {
    const { doc } = this;
    return i >= 0 && i < doc.count && doc.kind[i] === PUNCTUATION ? doc.text.slice(doc.start[i], doc.end[i]) : '';
  }

  /** Whether a clause ends before token `i`: a full stop, a semicolon, a line. */
  breaksBefore(i: number): boolean {
    return i <= 0 || this.doc.gap[i] === GAP_NEWLINE || /^[.;:?!]$/.test(this.mark(i - 1));
  }
}

/** Number of the sentence that token `i` stands in. */
export function sentenceOf(doc: Doc, i: number): number {
  const offset = doc.start[i];
  const { sentences } = doc;
  let low = 0;
  let high = sentences.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (sentences[mid].start <= offset) low = mid;
    else high = mid - 1;
  }
  return low;
}
