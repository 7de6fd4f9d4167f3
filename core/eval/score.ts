import type { Score, Tally } from './types.js';

export const tally = (): Tally => ({ tp: 0, fp: 0, fn: 0 });

/** Counts two sets of names against each other. */
export function countSets(gold: ReadonlySet<string>, found: ReadonlySet<string>): Tally {
  let tp = 0;
  for (const one of found) if (gold.has(one)) tp++;
  return { tp, fp: found.size - tp, fn: gold.size - tp };
}

/** Precision, recall and F1 of counts. */
export function scoreOf({ tp, fp, fn }: Readonly<Tally>): Score {
  const precision = tp === 0 ? 0 : tp / (tp + fp);
  const recall = tp === 0 ? 0 : tp / (tp + fn);
  return { precision, recall, f1: f1Of(tp, fp, fn), tp, fp, fn };
}

export const f1Of = (tp: number, fp: number, fn: number): number => (tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn));
