import type { Assertion } from '../plugin/contract.js';

/** Where a hit comes from: enough to open the line that made it. */
export interface Origin {
  /** `radiology@1.0.0` */
  readonly pack: string;
  /** `modality/ct`, or the id of a rule. */
  readonly rule: string;
  /** `dictionaries/radiology/modality.yaml:12` */
  readonly at: string;
  /** The words that decided the assertion or the context, where there were any. */
  readonly cue?: { readonly text: string; readonly start: number; readonly end: number };
}

/** A thing named in a caption. Offsets are Unicode code points of the caption. */
export interface Entity {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly entity: string;
  readonly value: string;
  readonly labels: readonly string[];
  readonly assertion: Assertion;
  readonly codes: Readonly<Record<string, string>>;
  readonly confidence: number;
  readonly origin: Origin;
}

/** What a caption says of one panel. `entities` are indices into the caption's own. */
export interface LabelledSubcaption {
  readonly panel: string | null;
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
  readonly labels: readonly string[];
  readonly entities: readonly number[];
}

/** Classes that exclude each other and were named together; nothing is deleted because of it. */
export interface Conflict {
  readonly set: string;
  readonly labels: readonly string[];
  /** Entities that named them. */
  readonly entities: readonly number[];
}

/** The labelling of a caption: the record that `legenda label` writes, less `id` and fields passed through. */
export interface LabelRecord {
  readonly caption: string;
  readonly labels: readonly string[];
  /** Classes made of several others that hold together (`mammography`); left out where there is none. */
  readonly compounds?: readonly string[];
  readonly entities: readonly Entity[];
  readonly subcaptions: readonly LabelledSubcaption[];
  readonly conflicts?: readonly Conflict[];
}
