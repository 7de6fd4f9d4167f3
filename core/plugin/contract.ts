import type { Article } from '../article/types.js';
import type { Doc, Span } from '../text/index.js';

/** The plugin interface this engine speaks. A plugin of another number is refused before anything else is looked at. */
export const PLUGIN_API = 1;

/** What a processor of each slot is. The one list of slots: everything else is derived from it. */
export interface Slots {
  'article-reader': ArticleReader;
  'patient-segmenter': PatientSegmenter;
  demographics: DemographicsReader;
  'caption-splitter': CaptionSplitter;
  'image-splitter': ImageSplitter;
  assertion: AssertionClassifier;
}
export type Slot = keyof Slots;
export const SLOTS: readonly Slot[] = [
  'article-reader',
  'patient-segmenter',
  'demographics',
  'caption-splitter',
  'image-splitter',
  'assertion',
];

/** A dictionary that is for plugins, compiled. All offsets are UTF-16, into `doc.text`. */
export interface PluginLexicon {
  /** Longest hit at each place, left to right, no overlaps. `from` and `to` are token indices. */
  find(doc: Doc, from?: number, to?: number): readonly PluginHit[];
  /** Every hit, nested and overlapping ones too; `first` and `last` are token indices, both inclusive. */
  scan(doc: Doc, visit: (entry: LexiconEntry, first: number, last: number) => void, from?: number, to?: number): void;
}
export interface PluginHit extends Span {
  readonly entry: LexiconEntry;
}
/** One value of a dictionary: its name and whatever attributes its YAML gives it. */
export interface LexiconEntry {
  readonly value: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a plugin is given when it is set up. */
export interface PluginContext {
  readonly engineVersion: string;
  /** The compiled matcher of a dictionary with `lexicon: NAME`, from any pack that is loaded. Throws where there is none. */
  lexicon(name: string): PluginLexicon;
  /** Cuts a text that did not come as a Doc. The result lasts. */
  doc(text: string): Doc;
}

/** A plugin: a plain object. */
export interface Plugin<S extends Slot = Slot, O = unknown> {
  readonly name: string;
  readonly version: string;
  readonly api: number;
  readonly slot: S;
  /** JSON Schema of the options; they arrive validated, with defaults filled in. */
  readonly options?: object;
  /** Options that the conformance kit tries beside the defaults. */
  readonly optionsExamples?: readonly O[];
  setup(context: PluginContext, options: O): Slots[S];
}

// ---- caption-splitter --------------------------------------------------------------------------------------------

export interface CaptionInput {
  readonly doc: Doc;
  /** How many panels the picture seems to have. A hint for unclear captions; it never overrides a clear one. */
  readonly expectedPanels?: number;
}
export interface Subcaption {
  /** `A`, `A1`, `2`, `iv`, `left`, or null for a caption that is not compound. */
  readonly panel: string | null;
  readonly text: string;
  /** Stretches of the caption that describe the panel, shared ones too; UTF-16, left to right. */
  readonly ranges: readonly Span[];
}
export interface CaptionSplit {
  /** In the order of their names. Exactly one with `panel: null` where the caption stays whole. */
  readonly subcaptions: readonly Subcaption[];
  readonly confidence: 'high' | 'medium' | 'low';
  /** From a fixed list, such as `sequence-gap`, `mixed-styles`. */
  readonly reasons: readonly string[];
  /** What looked like a panel marker: taken or refused, and why. For `explain`. */
  readonly markers: readonly CaptionMarker[];
}
export interface CaptionMarker extends Span {
  readonly panels: readonly string[];
  readonly style: string;
  readonly taken: boolean;
  readonly why: string;
}
/** Synchronous and pure. */
export interface CaptionSplitter {
  split(input: CaptionInput): CaptionSplit;
}

// ---- assertion ---------------------------------------------------------------------------------------------------

export type Assertion =
  'present' | 'absent' | 'possible' | 'conditional' | 'hypothetical' | 'historical' | 'someone_else';
export interface AssertionResult {
  readonly assertion: Assertion;
  /** The words that decided, or null where nothing did. */
  readonly cue: Span | null;
}
/**
 * Who speaks. In notes and case reports `consistent with` voices doubt and what has resolved was there before; the author
 * of a figure's caption states a diagnosis, and what has resolved is not in the picture.
 */
export type Register = 'note' | 'caption';
/** Synchronous and pure. */
export interface AssertionClassifier {
  /** One result for each span, in their order. A classifier may do without the register; `note` where none is given. */
  classify(doc: Doc, concepts: readonly Span[], register?: Register): readonly AssertionResult[];
}

// ---- demographics ------------------------------------------------------------------------------------------------

export type AgeUnit = 'year' | 'month' | 'week' | 'day';
export interface Age extends Span {
  readonly value: number;
  readonly unit: AgeUnit;
  /** Whole years from 2 on, a fraction below: 18 months are 1.5. */
  readonly years: number;
  /** Both bounds of a stated range or decade, in `unit`; `value` is the lower one. */
  readonly range?: readonly [number, number];
  readonly confidence: number;
}
export type Gender = 'Female' | 'Male' | 'Transgender' | 'Unknown';
export interface Demographics {
  readonly age: Age | null;
  readonly gender: Gender;
  /** The words that gave the gender, or null. */
  readonly genderEvidence: Span | null;
  readonly genderConfidence: number;
}
/** Synchronous and pure. Reads the age and gender of the patient whom a text is about. */
export interface DemographicsReader {
  read(doc: Doc): Demographics;
}

// ---- article-reader ----------------------------------------------------------------------------------------------

export interface ArticleSource {
  /** The path as given; only for names and messages. */
  readonly file: string;
  /** The content in pieces, gzip already undone. */
  readonly chunks: AsyncIterable<Uint8Array>;
}
/** Several may be configured; the first that accepts a file reads it. */
export interface ArticleReader {
  /** Whether this reader can read a file that starts like `head` (up to 4096 characters, decoded as UTF-8). */
  accepts(head: string, file: string): boolean;
  /** The articles of a file, one at a time, in constant memory. Throws an `Error` with one clear sentence on bad input. */
  read(source: ArticleSource): AsyncIterable<Article>;
}

// ---- patient-segmenter -------------------------------------------------------------------------------------------

export interface PatientCase {
  readonly case_id: string;
  readonly text: string;
  /** Ids of the figures that this case refers to, each with the sentences and literal mentions. */
  readonly figures: readonly { readonly figure_id: string; readonly text_references: readonly string[]; readonly mentions: readonly string[] }[];
}
export interface Segmentation {
  readonly cases: readonly PatientCase[];
  /** Text that belongs to no single case (introduction, discussion), by role. */
  readonly shared_text: readonly { readonly role: string; readonly text: string }[];
  /** Why an article has no case: `review`, `trial`, `non-human`, `no-body`, `no-patient`; else null. */
  readonly skipped_reason: string | null;
}
/** Synchronous and pure. */
export interface PatientSegmenter {
  segment(article: Article): Segmentation;
}

// ---- image-splitter ----------------------------------------------------------------------------------------------

export interface ImageInput {
  /** For messages and loaders. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly expectedPanels?: number;
}
export interface Panel {
  /** The picture's content, border off; whole pixels of the original. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A printed letter that was read, or null. */
  readonly label: string | null;
  readonly score: number;
  /** x, y, width, height up to mid-gutter. */
  readonly cell: readonly [number, number, number, number];
}
export interface ImageSplit {
  readonly width: number;
  readonly height: number;
  /** In reading order: rows first. */
  readonly panels: readonly Panel[];
  readonly confidence: 'high' | 'medium' | 'low';
  readonly reasons: readonly string[];
  readonly status: 'single' | 'split' | 'undecodable';
}
/** May be asynchronous. Throws an `Error` with one clear sentence on a file that cannot be decoded. */
export interface ImageSplitter {
  split(input: ImageInput): Promise<ImageSplit>;
}
