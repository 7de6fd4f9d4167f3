import type { Assertion } from '../plugin/contract.js';

/** A thing that somebody marked in a caption. Offsets are Unicode code points, `end` exclusive. */
export interface GoldEntity {
  readonly start: number;
  readonly end: number;
  readonly entity: string;
  readonly value?: string;
  /** One of the seven assertions. */
  readonly assertion?: Assertion;
  /** The coarser scale: hypothetical and conditional count as possible, historical and someone else's as present. */
  readonly polarity?: Polarity;
}

export type Polarity = 'present' | 'absent' | 'possible';

/** A caption with its truth. */
export interface GoldRecord {
  readonly id: string;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly caption: string;
  /** Undefined where nobody labelled this caption; an empty list says that it has none. */
  readonly labels?: readonly string[];
  readonly entities: readonly GoldEntity[];
  /** Kinds of entity that were looked for in this caption; `all` for a list of `entities`. */
  readonly kinds: 'all' | readonly string[];
  /** Kinds whose values are stated for the caption as a whole, without spans. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Where a predicted entity comes from, where the predictions say so. */
export interface PredictedOrigin {
  readonly pack?: string;
  readonly rule?: string;
  readonly at?: string;
  readonly cue?: { readonly text: string };
}

export interface PredictedEntity {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
  readonly entity: string;
  readonly value?: string;
  readonly labels?: readonly string[];
  readonly assertion?: string;
  readonly origin?: PredictedOrigin;
}

/** What is scored: the records of `legenda label`, or another system's in that shape. */
export interface Prediction {
  readonly labels: readonly string[];
  readonly entities: readonly PredictedEntity[];
}

/** True positives, false positives, false negatives. */
export interface Tally {
  tp: number;
  fp: number;
  fn: number;
}

export type Interval = readonly [low: number, high: number];

/** Shares from 0 to 1, 0 where there is nothing to divide by. */
export interface Score extends Readonly<Tally> {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** 95 % bootstrap intervals; left out where no samples were asked for. */
  readonly interval?: { readonly precision: Interval; readonly recall: Interval; readonly f1: Interval };
}

export interface MacroScore {
  readonly f1: number;
  readonly labels: number;
  readonly min_support: number;
  readonly interval?: Interval;
}

export interface KindScores {
  /** Same start and end. */
  readonly exact?: Score;
  /** At least one character in common; each marked span is counted once. */
  readonly overlap?: Score;
  readonly exact_with_assertion?: Score;
  readonly overlap_with_assertion?: Score;
  /** Overlapping spans with the same value. */
  readonly overlap_with_value?: Score;
  /** Values of the caption as a whole, without spans. */
  readonly values?: Score;
  /** Of overlapping spans, for each assertion that occurs in the truth. */
  readonly by_assertion?: Readonly<Record<string, Score>>;
}

export interface EvalReport {
  readonly captions: number;
  /** Captions without a prediction; they count as empty ones. */
  readonly missing: number;
  /** Predictions for captions that the truth does not have; they are not looked at. */
  readonly unused: number;
  /** Labels of either side that the taxonomy lacks. They are scored, without ancestors. */
  readonly unknown_labels: readonly string[];
  readonly labels?: {
    readonly captions: number;
    readonly micro: Score;
    readonly macro: MacroScore;
    readonly by_label: Readonly<Record<string, Score>>;
  };
  readonly entities: Readonly<Record<string, KindScores>>;
  readonly bootstrap?: { readonly samples: number; readonly seed: number; readonly level: number };
}

/** One thing on which truth and prediction differ. */
export interface Disagreement {
  readonly id: string;
  readonly caption: string;
  readonly what: 'lost' | 'extra' | 'boundary' | 'assertion' | 'value';
  /** `label`, or the kind of entity. */
  readonly of: string;
  /** The label, the value, or the assertion or value that was expected. */
  readonly expected?: string;
  readonly found?: string;
  /** The marked span, else the predicted one. */
  readonly start?: number;
  readonly end?: number;
  readonly text?: string;
  /** Predicted entities that made it, or that would have given a lost label were they asserted. */
  readonly by: readonly Culprit[];
}

export interface Culprit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly assertion?: string;
  readonly rule?: string;
  readonly at?: string;
  readonly pack?: string;
  /** The words that decided the assertion. */
  readonly cue?: string;
}
