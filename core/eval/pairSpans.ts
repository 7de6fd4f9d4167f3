interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Pairing<G, P> {
  readonly pairs: readonly (readonly [gold: G, found: P])[];
  readonly lost: readonly G[];
  readonly extra: readonly P[];
}

const byPlace = (a: Span, b: Span): number => a.start - b.start || a.end - b.end;
export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
export const overlapping = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/**
 * Pairs predicted spans with marked ones from left to right: each takes the first one it fits that is not taken.
 * The order of the two lists does not count.
 */
export function pairSpans<G extends Span, P extends Span>(
  gold: readonly G[],
  found: readonly P[],
  fits: (a: Span, b: Span) => boolean,
): Pairing<G, P> {
  const marked = [...gold].sort(byPlace);
  const taken = new Set<G>();
  const pairs: (readonly [G, P])[] = [];
  const extra: P[] = [];
  for (const one of [...found].sort(byPlace)) {
    const partner = marked.find((span) => !taken.has(span) && fits(span, one));
    if (partner === undefined) {
      extra.push(one);
      continue;
    }
    taken.add(partner);
    pairs.push([partner, one]);
  }
  return { pairs, lost: marked.filter((span) => !taken.has(span)), extra };
}
