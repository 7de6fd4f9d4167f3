import { bootstrap, LEVEL, type Samples } from './bootstrap.js';
import { compareEntities, compareValues, type AssertionScale, type KindPlan } from './compareEntities.js';
import { compareLabels, type AncestorsOf } from './compareLabels.js';
import { scoreOf, tally } from './score.js';
import type { EvalReport, GoldRecord, KindScores, MacroScore, Prediction, Score, Tally } from './types.js';

export interface EvalOptions {
  readonly ancestorsOf: AncestorsOf;
  /** Whether the taxonomy has a label; the ones that it lacks are reported. */
  readonly knows: (label: string) => boolean;
  /** Bootstrap samples; 0 (the default) for no intervals. */
  readonly samples?: number;
  readonly seed?: number;
  /** Labels with fewer captions in the truth are left out of the macro mean. Default 3. */
  readonly minSupport?: number;
  /** Kinds of entity to score. Default: those that the truth has. */
  readonly kinds?: readonly string[];
}

const NOTHING: Prediction = { labels: [], entities: [] };
const MICRO = 'labels';
const LABEL = 'label/';

/**
 * Scores predictions against the truth. Pure: the same input gives the same report, intervals included.
 *
 * @param predictions by the id of the caption
 */
export function evaluate(
  gold: readonly GoldRecord[],
  predictions: ReadonlyMap<string, Prediction>,
  options: EvalOptions,
): EvalReport {
  const { samples = 0, seed = 1, minSupport = 3 } = options;
  const plans = planKinds(gold, options.kinds);
  const metrics = new Map<string, number>();
  const totals: Tally[] = [];
  const unknown = new Set<string>();
  const captions = gold.map((row) => {
    const found = predictions.get(row.id) ?? NOTHING;
    for (const label of [...(row.labels ?? []), ...found.labels]) if (!options.knows(label)) unknown.add(label);
    const counts = new Map<number, Tally>();
    for (const [name, count] of countCaption(row, found, plans, options.ancestorsOf)) {
      let metric = metrics.get(name);
      if (metric === undefined) {
        metrics.set(name, (metric = totals.length));
        totals.push(tally());
      }
      add(totals[metric], count);
      counts.set(metric, count);
    }
    return counts;
  });
  const drawn = samples > 0 ? bootstrap(captions, totals.length, samples, seed) : undefined;
  const read = (name: string): Score | undefined => {
    const metric = metrics.get(name);
    if (metric === undefined) return undefined;
    const score = scoreOf(totals[metric]);
    return drawn === undefined ? score : { ...score, interval: drawn.interval(metric) };
  };
  const labelled = gold.filter((row) => row.labels !== undefined).length;
  const ids = new Set(gold.map(({ id }) => id));
  return {
    captions: gold.length,
    missing: gold.filter(({ id }) => !predictions.has(id)).length,
    unused: [...predictions.keys()].filter((id) => !ids.has(id)).length,
    unknown_labels: [...unknown].sort(),
    ...(labelled > 0
      ? {
          labels: {
            captions: labelled,
            micro: read(MICRO) ?? scoreOf(tally()),
            macro: macroOf(metrics, totals, minSupport, drawn),
            by_label: Object.fromEntries(namesBelow(metrics, LABEL).map((label) => [label, read(LABEL + label)!])),
          },
        }
      : {}),
    entities: Object.fromEntries([...plans.keys()].sort().map((kind) => [kind, kindScores(kind, metrics, read)])),
    ...(drawn === undefined ? {} : { bootstrap: { samples, seed, level: LEVEL } }),
  };
}

/** What each kind of entity is scored on: assertions and values only where the truth has some. */
export function planKinds(gold: readonly GoldRecord[], kinds?: readonly string[]): Map<string, KindPlan> {
  const marked = gold.flatMap(({ entities }) => entities);
  const seen = gold.flatMap((row) => [...(row.kinds === 'all' ? [] : row.kinds), ...Object.keys(row.values)]);
  const all = new Set([...marked.map(({ entity }) => entity), ...seen]);
  return new Map(
    [...(kinds ?? all)].map((kind) => {
      const own = marked.filter(({ entity }) => entity === kind);
      const scale: AssertionScale | undefined = own.some(({ assertion }) => assertion !== undefined)
        ? 'assertion'
        : own.some(({ polarity }) => polarity !== undefined)
          ? 'polarity'
          : undefined;
      return [kind, { assertions: scale, values: own.some(({ value }) => value !== undefined) }];
    }),
  );
}

/** Whether the spans of a kind were looked for in a caption. */
export const hasSpans = ({ kinds }: GoldRecord, kind: string): boolean => kinds === 'all' || kinds.includes(kind);

function countCaption(
  row: GoldRecord,
  found: Prediction,
  plans: ReadonlyMap<string, KindPlan>,
  ancestorsOf: AncestorsOf,
): Map<string, Tally> {
  const counts = new Map<string, Tally>();
  if (row.labels !== undefined) {
    const micro = tally();
    for (const [label, count] of compareLabels(row.labels, found.labels, ancestorsOf)) {
      counts.set(LABEL + label, count);
      add(micro, count);
    }
    counts.set(MICRO, micro);
  }
  for (const [kind, plan] of plans) {
    const own = found.entities.filter(({ entity }) => entity === kind);
    if (hasSpans(row, kind)) {
      const marked = row.entities.filter(({ entity }) => entity === kind);
      for (const [name, count] of compareEntities(marked, own, plan)) counts.set(`${kind}/${name}`, count);
    }
    if (row.values[kind] !== undefined) counts.set(`${kind}/values`, compareValues(row.values[kind], own));
  }
  return counts;
}

function macroOf(
  metrics: ReadonlyMap<string, number>,
  totals: readonly Tally[],
  minSupport: number,
  drawn: Samples | undefined,
): MacroScore {
  const own = namesBelow(metrics, LABEL)
    .map((label) => metrics.get(LABEL + label)!)
    .filter((metric) => totals[metric].tp + totals[metric].fn >= minSupport);
  const sum = own.reduce((all, metric) => all + scoreOf(totals[metric]).f1, 0);
  const macro = { f1: own.length === 0 ? 0 : sum / own.length, labels: own.length, min_support: minSupport };
  return drawn === undefined ? macro : { ...macro, interval: drawn.macro(own) };
}

function kindScores(
  kind: string,
  metrics: ReadonlyMap<string, number>,
  read: (name: string) => Score | undefined,
): KindScores {
  const names = namesBelow(metrics, `${kind}/`);
  const plain = names.filter((name) => !name.startsWith('by_assertion.'));
  const asserted = names.filter((name) => name.startsWith('by_assertion.'));
  const scores = Object.fromEntries(plain.map((name) => [name, read(`${kind}/${name}`)]));
  if (asserted.length === 0) return scores;
  return {
    ...scores,
    by_assertion: Object.fromEntries(
      asserted.map((name) => [name.slice('by_assertion.'.length), read(`${kind}/${name}`)!]),
    ),
  };
}

const namesBelow = (metrics: ReadonlyMap<string, number>, prefix: string): string[] =>
  [...metrics.keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .sort();

function add(to: Tally, { tp, fp, fn }: Readonly<Tally>): void {
  to.tp += tp;
  to.fp += fp;
  to.fn += fn;
}
