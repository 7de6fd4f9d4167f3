import { assertionOn, sameValue, type KindPlan } from './compareEntities.js';
import { closureOf, type AncestorsOf } from './compareLabels.js';
import { hasSpans, planKinds } from './evaluate.js';
import { overlapping, pairSpans, sameSpan } from './pairSpans.js';
import type { Culprit, Disagreement, GoldEntity, GoldRecord, PredictedEntity, Prediction } from './types.js';

/** All on which truth and predictions differ, in the order of the truth: labels first, then each kind from left to right. */
export function disagreements(
  gold: readonly GoldRecord[],
  predictions: ReadonlyMap<string, Prediction>,
  options: { readonly ancestorsOf: AncestorsOf; readonly kinds?: readonly string[] },
): Disagreement[] {
  const plans = planKinds(gold, options.kinds);
  return gold.flatMap((row) => {
    const found = predictions.get(row.id) ?? { labels: [], entities: [] };
    return [
      ...labelDisagreements(row, found, options.ancestorsOf),
      ...[...plans].flatMap(([kind, plan]) => kindDisagreements(row, found, kind, plan)),
    ];
  });
}

function labelDisagreements(row: GoldRecord, found: Prediction, ancestorsOf: AncestorsOf): Disagreement[] {
  if (row.labels === undefined) return [];
  const expected = closureOf(row.labels, ancestorsOf);
  const given = closureOf(found.labels, ancestorsOf);
  const makers = (label: string): Culprit[] =>
    found.entities
      .filter(({ labels = [] }) => closureOf(labels, ancestorsOf).has(label))
      .map((one) => culprit(row, one));
  const { id, caption } = row;
  return [
    ...[...expected]
      .filter((label) => !given.has(label))
      .map((label) => ({ id, caption, what: 'lost', of: 'label', expected: label, by: makers(label) }) as const),
    ...[...given]
      .filter((label) => !expected.has(label))
      .map((label) => ({ id, caption, what: 'extra', of: 'label', found: label, by: makers(label) }) as const),
  ];
}

function kindDisagreements(row: GoldRecord, found: Prediction, kind: string, plan: KindPlan): Disagreement[] {
  const { id, caption } = row;
  const own = found.entities.filter(({ entity }) => entity === kind);
  const all: Disagreement[] = [];
  if (row.values[kind] !== undefined) {
    const stated = new Set(row.values[kind]);
    const given = new Set(own.map(({ value }) => value));
    for (const value of stated) {
      if (!given.has(value)) all.push({ id, caption, what: 'lost', of: kind, expected: value, by: [] });
    }
    for (const one of own) {
      if (one.value === undefined || stated.has(one.value)) continue;
      all.push({ id, caption, what: 'extra', of: kind, found: one.value, ...place(row, one), by: [culprit(row, one)] });
    }
  }
  if (!hasSpans(row, kind)) return all;
  const marked = row.entities.filter(({ entity }) => entity === kind);
  const { pairs, lost, extra } = pairSpans(marked, own, overlapping);
  for (const one of lost)
    all.push({ id, caption, what: 'lost', of: kind, expected: one.value, ...place(row, one), by: [] });
  for (const one of extra) {
    all.push({ id, caption, what: 'extra', of: kind, found: one.value, ...place(row, one), by: [culprit(row, one)] });
  }
  for (const [one, other] of pairs) all.push(...pairDisagreements(row, kind, plan, one, other));
  return all;
}

function pairDisagreements(
  row: GoldRecord,
  kind: string,
  plan: KindPlan,
  marked: GoldEntity,
  found: PredictedEntity,
): Disagreement[] {
  const all: Disagreement[] = [];
  const add = (what: Disagreement['what'], expected: string | undefined, given: string | undefined): void => {
    const { id, caption } = row;
    all.push({ id, caption, what, of: kind, expected, found: given, ...place(row, marked), by: [culprit(row, found)] });
  };
  if (!sameSpan(marked, found)) add('boundary', sliceOf(row, marked), sliceOf(row, found));
  if (plan.values && !sameValue(marked, found)) add('value', marked.value, found.value);
  if (plan.assertions === undefined) return all;
  const [expected, given] = [assertionOn(plan.assertions, marked), assertionOn(plan.assertions, found)];
  if (expected !== given) add('assertion', expected, given);
  return all;
}

function culprit(row: GoldRecord, { start, end, assertion, origin }: PredictedEntity): Culprit {
  const { rule, at, pack, cue } = origin ?? {};
  return { text: sliceOf(row, { start, end }), start, end, assertion, rule, at, pack, cue: cue?.text };
}

const place = (row: GoldRecord, { start, end }: GoldEntity | PredictedEntity) => ({
  start,
  end,
  text: sliceOf(row, { start, end }),
});

const sliceOf = ({ caption }: GoldRecord, { start, end }: { start: number; end: number }): string =>
  [...caption].slice(start, end).join('');
