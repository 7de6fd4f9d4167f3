import type { Doc, LexiconEntry, PluginLexicon } from '../../core/plugin/index.js';

/** A word or phrase of the lexicon in a text; `first` and `last` are token indices, both inclusive. */
export interface Word {
  readonly kind: string;
  readonly entry: LexiconEntry;
  readonly first: number;
  readonly last: number;
}

const NONE: readonly Word[] = [];

/** The lexicon's words of one text, by the token they start and end at. */
export class Words {
  private readonly starting: (Word[] | undefined)[];
  private readonly finishing: (Word[] | undefined)[];

  constructor(
    readonly doc: Doc,
    lexicon: PluginLexicon,
  ) {
    this.starting = new Array<Word[] | undefined>(doc.count);
    this.finishing = new Array<Word[] | undefined>(doc.count);
    lexicon.scan(doc, (entry, first, last) => {
      const word: Word = { kind: String(entry.attributes.kind), entry, first, last };
      (this.starting[first] ??= []).push(word);
      (this.finishing[last] ??= []).push(word);
    });
  }

  /** The longest word of one of `kinds` that starts at token `i`. */
  at(i: number, ...kinds: readonly string[]): Word | null {
    let best: Word | null = null;
    for (const word of this.starting[i] ?? NONE) {
      if (kinds.includes(word.kind) && (best === null || word.last > best.last)) best = word;
    }
    return best;
  }

  /** The longest word of one of `kinds` that ends at token `i`. */
  ending(i: number, ...kinds: readonly string[]): Word | null {
    let best: Word | null = null;
    for (const word of this.finishing[i] ?? NONE) {
      if (kinds.includes(word.kind) && (best === null || word.first < best.first)) best = word;
    }
    return best;
  }

  /** The first word of one of `kinds` that starts in tokens `from` up to, not including, `to`. */
  find(from: number, to: number, ...kinds: readonly string[]): Word | null {
    for (let i = Math.max(0, from); i < Math.min(to, this.doc.count); i++) {
      const word = this.at(i, ...kinds);
      if (word) return word;
    }
    return null;
  }

  /** The characters of token `i`, an empty string outside the text. */
  text(i: number): string {
    return i >= 0 && i < this.doc.count ? this.doc.tokenText(i) : '';
  }

  /** Token indices of the sentences, first inclusive, last exclusive. */
  *sentences(): Generator<readonly [number, number]> {
    for (const { start, end } of this.doc.sentences) {
      yield [this.doc.tokenAt(start), this.doc.tokenAt(end - 1) + 1];
    }
  }
}
