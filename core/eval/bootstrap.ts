import { f1Of } from './score.js';
import type { Interval, Score, Tally } from './types.js';

/** Share of samples inside an interval. */
export const LEVEL = 0.95;

/** Counts of one caption: metric → counts, for the metrics it has anything of. */
export type CaptionCounts = ReadonlyMap<number, Readonly<Tally>>;

export interface Samples {
  /** Percentile intervals of a metric. */
  interval(metric: number): NonNullable<Score['interval']>;
  /** Of the mean F1 over metrics; one that a sample has nothing of is left out of that sample's mean. */
  macro(metrics: readonly number[]): Interval;
}

/**
 * Draws as many captions as there are, with replacement, `samples` times (Efron's bootstrap), and adds up each draw.
 * Captions are drawn, not labels, since what stands in one caption depends on each other. Equal seeds give equal draws.
 */
export function bootstrap(captions: readonly CaptionCounts[], metrics: number, samples: number, seed: number): Samples {
  const random = mulberry32(seed);
  const sums = new Int32Array(samples * metrics * 3);
  for (let s = 0; s < samples; s++) {
    const base = s * metrics * 3;
    for (let i = 0; i < captions.length; i++) {
      for (const [metric, { tp, fp, fn }] of captions[Math.floor(random() * captions.length)]) {
        const at = base + metric * 3;
        sums[at] += tp;
        sums[at + 1] += fp;
        sums[at + 2] += fn;
      }
    }
  }
  const drawn = (s: number, metric: number): readonly [number, number, number] => {
    const at = (s * metrics + metric) * 3;
    return [sums[at], sums[at + 1], sums[at + 2]];
  };
  const share = (part: number, rest: number): number => (part === 0 ? 0 : part / (part + rest));
  return {
    interval(metric) {
      const precision: number[] = [];
      const recall: number[] = [];
      const f1: number[] = [];
      for (let s = 0; s < samples; s++) {
        const [tp, fp, fn] = drawn(s, metric);
        // Where a draw has nothing of it there is nothing to be right or wrong about.
        if (tp + fp > 0) precision.push(share(tp, fp));
        if (tp + fn > 0) recall.push(share(tp, fn));
        if (tp + fp + fn > 0) f1.push(f1Of(tp, fp, fn));
      }
      return { precision: middle(precision), recall: middle(recall), f1: middle(f1) };
    },
    macro(of) {
      const means: number[] = [];
      for (let s = 0; s < samples; s++) {
        const all = of.map((metric) => drawn(s, metric)).filter(([tp, fp, fn]) => tp + fp + fn > 0);
        if (all.length > 0) means.push(all.reduce((sum, [tp, fp, fn]) => sum + f1Of(tp, fp, fn), 0) / all.length);
      }
      return middle(means);
    },
  };
}

/** The middle 95 % of values, by the nearest rank. */
function middle(values: readonly number[]): Interval {
  if (values.length === 0) return [0, 0];
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  return [at((1 - LEVEL) / 2), at((1 + LEVEL) / 2)];
}

/** A small generator of numbers in [0, 1) that is the same on all machines (T. Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
