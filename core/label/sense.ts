import type { Assertion } from '../plugin/contract.js';
import type { CompiledExceptions } from '../match/contextual/exceptions.js';
import type { Nearby } from '../match/nearby.js';

/** What a term or rule means once it is compiled: all that a hit needs, and nothing of the YAML. */
export interface Sense {
  /** Place in the compiled pack; the last resort of the order of winners, so it follows the id. */
  readonly index: number;
  /** `modality/ct`, or the id of a rule. */
  readonly id: string;
  readonly entity: string;
  /** As the chosen normalisation prints it; undefined means the matched text, folded. */
  readonly value: string | undefined;
  readonly layer: number;
  readonly priority: number;
  readonly labels: readonly string[];
  /** Taxonomy indices of `labels`. */
  readonly classes: readonly number[];
  readonly codes: Readonly<Record<string, string>>;
  readonly assertion: Assertion | undefined;
  readonly context: Nearby | undefined;
  /** Words near which the hit is dropped. */
  readonly except: CompiledExceptions | undefined;
  /** A phrase in which the value is not meant: it takes the place and is not reported. */
  readonly blocks: boolean;
  readonly pack: string;
  readonly at: string;
}

/** A regular expression of a rule, run only where one of its anchors was seen. */
export interface RegexRule {
  readonly sense: Sense;
  readonly regex: RegExp;
  readonly wholeTokens: boolean;
  readonly complete: boolean;
  readonly scope: 'sentence' | 'subcaption' | 'caption';
}

/** What a term of the automaton leads to. */
export type Entry =
  { readonly kind: 'sense'; readonly sense: Sense } | { readonly kind: 'anchor'; readonly rule: number };
