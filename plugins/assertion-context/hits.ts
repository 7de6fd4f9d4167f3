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

/** The hits that no longer one overlaps, of hits in order of the first token. Two terms of the same words both stay. */
export function longest<T>(hits: readonly Hit<T>[]): Hit<T>[] {
  return unshadowed(hits, hits);
}

/** Those of `hits` that none of `others` is longer than and overlaps; both in order of the first token. */
export function unshadowed<T>(hits: readonly Hit<T>[], others: readonly Hit<unknown>[]): Hit<T>[] {
  // Only what begins less than the longest hit before another can reach into it: nobody else is looked at.
  const span = others.reduce((most, { first, last }) => Math.max(most, last - first), 0);
  let from = 0;
  return hits.filter((a) => {
    while (from < others.length && others[from].first < a.first - span) from++;
    for (let i = from; i < others.length && others[i].first <= a.last; i++) if (shadows(others[i], a)) return false;
    return true;
  });
}

/** The hits that begin at a token from `from` to `to`, of hits in order of the first token. */
export function beginningIn<T>(hits: readonly Hit<T>[], from: number, to: number): readonly Hit<T>[] {
  const start = firstFrom(hits, from);
  return hits.slice(start, firstFrom(hits, to + 1, start));
}

function firstFrom(hits: readonly Hit<unknown>[], token: number, low = 0): number {
  let high = hits.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (hits[mid].first < token) low = mid + 1;
    else high = mid;
  }
  return low;
}
