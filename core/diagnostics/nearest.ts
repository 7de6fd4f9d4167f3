import { createRequire } from 'node:module';

type Distance = (a: string, b: string, options?: object) => number;
let distance: Distance | undefined;

/** Damerau-Levenshtein of `natural`, loaded when the first mistake is found: a run without one does not pay for it. */
function editDistance(a: string, b: string): number {
  distance ??= (
    createRequire(import.meta.url)('natural/lib/natural/distance/index.js') as { DamerauLevenshteinDistance: Distance }
  ).DamerauLevenshteinDistance;
  return distance(a, b, { restricted: true });
}

/**
 * The candidate that was probably meant: the nearest within a third of the word's letters, or the one that the word
 * is the beginning or a part of. Undefined where nothing is near; the first in the given order wins a tie.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normal(word);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const given = normal(candidate);
    if (given === wanted) return candidate;
    if (Math.abs(given.length - wanted.length) >= bestDistance) continue;
    const d = editDistance(wanted, given);
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  if (best !== undefined || wanted.length < 4) return best;
  for (const candidate of candidates) if (normal(candidate).split('_').includes(wanted)) return candidate;
  return undefined;
}

const normal = (word: string): string => word.toLowerCase().replace(/[-\s]+/g, '_');

/** "did you mean `x`?", or undefined. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const meant = nearest(word, candidates);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

/** A short list for a help line: `a`, `b`, `c` and 12 more. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
