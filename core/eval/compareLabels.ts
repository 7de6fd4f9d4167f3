import { countSets } from './score.js';
import type { Tally } from './types.js';

/** The ancestors of a label in a taxonomy; none for one that it lacks. */
export type AncestorsOf = (label: string) => readonly string[];

export const closureOf = (labels: readonly string[], ancestorsOf: AncestorsOf): Set<string> =>
  new Set(labels.flatMap((label) => [label, ...ancestorsOf(label)]));

/** Labels of a caption counted one by one, both sides with their ancestors. */
export function compareLabels(
  gold: readonly string[],
  found: readonly string[],
  ancestorsOf: AncestorsOf,
): Map<string, Tally> {
  const expected = closureOf(gold, ancestorsOf);
  const given = closureOf(found, ancestorsOf);
  const only = (set: ReadonlySet<string>, label: string): Set<string> => new Set(set.has(label) ? [label] : []);
  return new Map(
    [...new Set([...expected, ...given])].map((label) => [label, countSets(only(expected, label), only(given, label))]),
  );
}
