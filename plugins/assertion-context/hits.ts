import type { Doc, LexiconEntry, PluginLexicon } from '../../core/plugin/index.js';

/** A term found in a text; `first` and `last` are token indices, both inclusive. */
export interface Hit<T> {
  readonly term: T;
  readonly first: number;
  readonly last: number;
}

/** A lexicon whose entries are read into `T` on first sight. */
export class Terms<T> {
  private readonly known = new Map<LexiconEntry, T>();

  constructor(
    private readonly lexicon: PluginLexicon,
    private readonly read: (entry: LexiconEntry) => T,
  ) {}

  /** Every hit, nested ones too, in order of the first token. */
  all(doc: Doc): Hit<T>[] {
    const hits: Hit<T>[] = [];
    this.lexicon.scan(doc, (entry, first, last) => hits.push({ term: this.termOf(entry), first, last }));
    return hits;
  }

  private termOf(entry: LexiconEntry): T {
    let term = this.known.get(entry);
    if (term === undefined) this.known.set(entry, (term = this.read(entry)));
    return term;
  }
}

/** Whether `b` is longer than `a` and shares a token with it. */
export const shadows = (b: Hit<unknown>, a: Hit<unknown>): boolean =>
  b.last - b.first > a.last - a.first && b.first <= a.last && a.first <= b.last;

/** The hits that no longer one overlaps. Two terms of the same words both stay. */
export function longest<T>(hits: readonly Hit<T>[]): Hit<T>[] {
  return hits.filter((a) => !hits.some((b) => shadows(b, a)));
}
