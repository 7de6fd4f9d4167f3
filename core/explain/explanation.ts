import type { Entity, LabelRecord } from '../label/record.js';

/** A term or rule that matched, in UTF-16-free terms: offsets are code points. */
export interface ExplainedHit {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Everything that happened to a caption. */
export interface Explanation {
  readonly record: LabelRecord;
  /** Hits that won, as they are printed. */
  readonly won: readonly Entity[];
  readonly shadowed: readonly { readonly hit: ExplainedHit; readonly by: ExplainedHit; readonly why: string }[];
  /** Hits that a context or an exception turned away. */
  readonly refused: readonly { readonly hit: ExplainedHit; readonly why: string }[];
  /** Panel markers: taken or not, and why. */
  readonly markers: readonly {
    readonly text: string;
    readonly panels: readonly string[];
    readonly taken: boolean;
    readonly why: string;
  }[];
  readonly split: { readonly confidence: string; readonly reasons: readonly string[] };
  /** Named classes that are no label, each with the reason. */
  readonly withheld: readonly { readonly label: string; readonly because: string }[];
}

/** An explanation without what the record has already. */
export type Trace = Omit<Explanation, 'record' | 'won'>;

/** How far a rule or a dictionary value got. */
export interface RuleVerdict {
  readonly rule: string;
  readonly outcome: 'fired' | 'not-found' | 'no-anchor' | 'no-match' | 'context' | 'shadowed' | 'blocked' | 'in-marker';
  /** One sentence: the first step that stopped it, or where it fired. */
  readonly sentence: string;
  readonly at: readonly string[];
}
