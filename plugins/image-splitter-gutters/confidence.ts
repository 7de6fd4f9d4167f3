import type { Analysis } from './split.js';

/** Why a result may be wrong. The whole list. */
export type Reason =
  | 'count-mismatch'
  | 'weak-cut'
  | 'edge-only-cut'
  | 'dark-gutter'
  | 'sparse-figure'
  | 'possible-nested'
  | 'order-guessed'
  | 'letters-disagree'
  | 'second-opinion'
  | 'decode-warning';

export interface Verdict {
  readonly confidence: 'high' | 'medium' | 'low';
  readonly reasons: readonly Reason[];
}

/** Margin of the weakest cut made, and of the strongest not made, from which a count without outside help is trusted. */
const SURE = 0.35;

/**
 * How far a split is to be trusted. High: the picture alone gives the number of panels that the caption or the letters
 * give, or every cut is far from the threshold. Medium: cuts were chosen to meet that number. Low: anything else.
 */
export function judge(
  a: Analysis,
  expected: number | undefined,
  labels: readonly (string | null)[],
  agree: boolean,
): Verdict {
  const count = a.panels.length;
  const margin = Math.min(a.pruned.weakest ?? 1, -(a.pruned.strongest ?? -1));
  const reasons: Reason[] = [];
  if (expected !== undefined && count !== expected) reasons.push('count-mismatch');
  if (margin < 0.12) reasons.push('weak-cut');
  const cuts = a.panels.flatMap((p) => p.cuts);
  if (cuts.some((c) => c.shade === null)) reasons.push('edge-only-cut');
  if (cuts.some((c) => c.shade === 'black' && c.rule !== 'gutter-between-pictures')) reasons.push('dark-gutter');
  const sparse = a.sparse;
  if (sparse) reasons.push('sparse-figure');
  const lettered = a.letters?.complete ? a.letters.letters.length : null;
  if (lettered !== null && lettered < count) reasons.push('possible-nested');
  if (!agree || (lettered !== null && lettered > count)) reasons.push('letters-disagree');
  if (count > 4 && labels.some((l) => l === null)) reasons.push('order-guessed');
  if (a.method === 'canny') reasons.push('second-opinion');
  return { confidence: level(a, expected, labels, lettered, margin), reasons };
}

function level(
  a: Analysis,
  expected: number | undefined,
  labels: readonly (string | null)[],
  lettered: number | null,
  margin: number,
): 'high' | 'medium' | 'low' {
  const count = a.panels.length;
  const allLettered = lettered === count && labels.every((l) => l !== null);
  if (expected !== undefined) {
    if (count !== expected) return 'low';
    return a.method === 'unaided' || allLettered ? 'high' : 'medium';
  }
  if (allLettered) return 'high';
  if (lettered !== null && lettered !== count) return 'low';
  return margin > SURE ? 'high' : margin > 0.12 ? 'medium' : 'low';
}
