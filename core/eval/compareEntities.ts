import { overlapping, pairSpans, sameSpan } from './pairSpans.js';
import { countSets } from './score.js';
import type { GoldEntity, Polarity, PredictedEntity, Tally } from './types.js';

/** How assertions are compared: by name, or folded to present, absent and possible. */
export type AssertionScale = 'assertion' | 'polarity';

/** What a kind of entity can be scored on, which depends on what the truth states somewhere. */
export interface KindPlan {
  readonly assertions: AssertionScale | undefined;
  readonly values: boolean;
}

export const polarityOf = (assertion: string | undefined): Polarity => {
  if (assertion === 'absent') return 'absent';
  return assertion === 'possible' || assertion === 'hypothetical' || assertion === 'conditional'
    ? 'possible'
    : 'present';
};

/** The assertion of a marked or predicted entity on a scale; nothing said is present. */
export function assertionOn(scale: AssertionScale, one: GoldEntity | PredictedEntity): string {
  const stated = one.assertion ?? ('polarity' in one ? one.polarity : undefined) ?? 'present';
  return scale === 'polarity' ? polarityOf(stated) : stated;
}

/** Whether the value is right; where the truth states none, any is. */
export const sameValue = (gold: GoldEntity, found: PredictedEntity): boolean =>
  gold.value === undefined || gold.value === found.value;

/** Counts of the entities of one kind in one caption, by the names of `KindScores`; `absent` as `by_assertion.absent`. */
export function compareEntities(
  gold: readonly GoldEntity[],
  found: readonly PredictedEntity[],
  { assertions, values }: KindPlan,
): Map<string, Tally> {
  const counts = new Map<string, Tally>();
  const count = (name: string, right: number): void => {
    counts.set(name, { tp: right, fp: found.length - right, fn: gold.length - right });
  };
  const exact = pairSpans(gold, found, sameSpan).pairs;
  const overlap = pairSpans(gold, found, overlapping).pairs;
  count('exact', exact.length);
  count('overlap', overlap.length);
  if (values) count('overlap_with_value', overlap.filter(([a, b]) => sameValue(a, b)).length);
  if (assertions === undefined) return counts;
  const on = (one: GoldEntity | PredictedEntity): string => assertionOn(assertions, one);
  count('exact_with_assertion', exact.filter(([a, b]) => on(a) === on(b)).length);
  count('overlap_with_assertion', overlap.filter(([a, b]) => on(a) === on(b)).length);
  for (const name of new Set([...gold.map(on), ...found.map(on)])) {
    const tp = overlap.filter(([a, b]) => on(a) === name && on(b) === name).length;
    const all = (list: readonly (GoldEntity | PredictedEntity)[]): number =>
      list.filter((one) => on(one) === name).length;
    counts.set(`by_assertion.${name}`, { tp, fp: all(found) - tp, fn: all(gold) - tp });
  }
  return counts;
}

/** Values of a kind in a caption as a whole. */
export const compareValues = (gold: readonly string[], found: readonly PredictedEntity[]): Tally =>
  countSets(new Set(gold), new Set(found.flatMap(({ value }) => (value === undefined ? [] : [value]))));
