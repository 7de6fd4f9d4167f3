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
  source: Source;
}
export type Slot = keyof Slots;
export const SLOTS: readonly Slot[] = [
  'article-reader',
  'patient-segmenter',
  'demographics',
  'caption-splitter',
  'image-splitter',
  'assertion',
  'source',
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

/** How a concept is meant. The one list: everything else is derived from it. */
export const ASSERTIONS = [
  'present',
  'absent',
  'possible',
  'conditional',
  'hypothetical',
  'historical',
  'someone_else',
] as const;
export type Assertion = (typeof ASSERTIONS)[number];
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
  readonly figures: readonly {
    readonly figure_id: string;
    readonly text_references: readonly string[];
    readonly mentions: readonly string[];
  }[];
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

// ---- source ------------------------------------------------------------------------------------------------------

/** The names of an article. `pmcid` with its letters (`PMC123`), `pmid` digits, `doi` without its resolver. */
export interface ArticleIds {
  readonly pmcid: string | null;
  readonly pmid: string | null;
  readonly doi: string | null;
}

/** A web service that a source talks to. The core holds its base URL, its limit and its connections. */
export interface SourceService {
  /** Short and unique among all sources: `eutils`, `pmc-cloud`. `--base-url NAME=URL` and `--rate NAME=N` go by it. */
  readonly name: string;
  /** Where it is, without a slash at the end, up to what `HttpRequest.path` begins with. */
  readonly baseUrl: string;
  /** Requests a second without an API key. Services on one host share a limit, the lowest of theirs. */
  readonly perSecond: number;
  /** Requests a second when the user has an API key; the same as without one where absent. */
  readonly perSecondWithKey?: number;
  /** Names of the query parameters under which the service wants these; the core fills them in. */
  readonly identify?: { readonly tool?: string; readonly email?: string; readonly apiKey?: string };
}

/** One request. The core adds the base URL and identification, waits for its turn, repeats what fails, and caches. */
export interface HttpRequest {
  /** Name of one of the source's services. */
  readonly service: string;
  /** Begins with a slash (or is empty), already percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as `application/x-www-form-urlencoded` by POST: for lists of ids that are too long for an address. */
  readonly form?: Readonly<Record<string, string | number | undefined>>;
  /** What the answer must be. Anything else (an HTML page above all) is an error although its status is 200. */
  readonly expect: 'xml' | 'json' | 'text' | 'image' | 'zip' | 'bytes';
  /** Statuses that mean "the service does not have it" (default 404 and 410): the answer is null, nothing is repeated. */
  readonly absent?: readonly number[];
  /** Whether an answer with status 200 says in words that the service does not have it: the answer is null. `get` only. */
  readonly isAbsent?: (body: string) => boolean;
  /** Why an answer with status 200 is none (`<ERROR>…`), in a sentence, or null. It is repeated like a status 500. `get` only. */
  readonly fault?: (body: string) => string | null;
  /**
   * `revalidate` (default): kept, and asked for again by ETag or Last-Modified. `forever`: what is behind this address
   * never changes (a numbered version), it is asked for once. `no`: not kept (searches, cursors).
   */
  readonly cache?: 'revalidate' | 'forever' | 'no';
  /** MD5 of the body, hexadecimal, where the service states it: another body is repeated like a status 500. */
  readonly md5?: string;
  /** Largest body in bytes that is taken. Default 64 MiB for `get`, 1 GiB for files. */
  readonly maxBytes?: number;
}
export interface HttpAnswer {
  /** The address that answered, without keys. For messages. */
  readonly url: string;
  readonly bytes: Uint8Array;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON. @throws SourceError `bad-answer` */
  json(): unknown;
}
/** How a source reaches its services. It opens no connection of its own. */
export interface Http {
  /**
   * @returns the answer, or null where the service does not have it
   * @throws SourceError after the last attempt
   */
  get(request: HttpRequest): Promise<HttpAnswer | null>;
  /** Aborted when the user stops the pass. */
  readonly signal: AbortSignal;
}

export interface SourceQuery {
  /** In the language of the source's own search, as the user wrote it. */
  readonly text: string;
  /** First and last day of publication, both inclusive, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
  /** Only what the service took in on this day or later, `YYYY-MM-DD`: what is new. */
  readonly since?: string;
  /** Licences that are wanted (`CC BY`, `CC0` …). A hint: a source may narrow its search by it; the core checks each article. */
  readonly licenses?: readonly string[];
  /** The bookmark of the last page that was kept of an earlier, interrupted search: go on after it. */
  readonly after?: string;
}
export interface SearchPage {
  readonly hits: readonly ArticleIds[];
  /** How many the whole query finds, as far as the service tells. */
  readonly total?: number;
  /** With it, the search can go on after this page on another day: a date window, not a session of the server. */
  readonly bookmark?: string;
}

/** What a source knows of an article before its text is fetched. */
export interface SourceRecord {
  readonly ids: ArticleIds;
  /** The licence in the service's own words (`CC BY-NC`, `TDM`, `cc by`), or null where it states none. */
  readonly license: string | null;
  readonly title?: string | null;
  readonly journal?: string | null;
  /** `2021`, `2021-03` or `2021-03-09`. */
  readonly published?: string | null;
  /** An author's manuscript: may be mined, not passed on. */
  readonly manuscript?: boolean;
  readonly retracted?: boolean;
  readonly version?: string | null;
  /** Whatever the source needs again for `text` and `files`; plain JSON, handed back unchanged within a pass. */
  readonly memo?: unknown;
}
/** An article that is to be fetched. */
export interface SourceArticle {
  readonly ids: ArticleIds;
  /** What this very source said in `describe`, or null where it was not asked: another source described the article. */
  readonly record: SourceRecord | null;
}
export interface SourceText {
  readonly format: 'jats' | 'bioc-xml' | 'bioc-json';
  /** Exactly as the service gave it, an envelope (OAI, `pmc-articleset`) included where article readers read it. */
  readonly bytes: Uint8Array;
  readonly url: string;
}
/** A figure file of an article, or an archive that holds some. The core fetches, checks and unpacks them. */
export type SourceFile =
  | {
      /** File name; folders in it are dropped. */
      readonly name: string;
      readonly request: HttpRequest;
      /** Hexadecimal, where the service states it. */
      readonly md5?: string;
    }
  | { readonly archive: 'zip'; readonly request: HttpRequest };

/**
 * Where articles come from. Everything but `services` is optional: the core asks the sources in their order, each for
 * what it can do, and goes to the next where one answers null or fails. Methods keep nothing between calls but what
 * can be had again.
 */
export interface Source {
  readonly services: readonly SourceService[];
  /** All ids that a query finds, none lost whatever their number, page by page. The first source that can is asked. */
  search?(query: SourceQuery, http: Http): AsyncIterable<SearchPage>;
  /** How many a query finds, without listing them. */
  count?(query: SourceQuery, http: Http): Promise<number>;
  /** Completes ids: the PMCID above all. One answer for each, in their order; null where nothing is known. Up to 200 at once. */
  identify?(ids: readonly ArticleIds[], http: Http): Promise<readonly (ArticleIds | null)[]>;
  /** One answer for each article, in their order; null where the service does not have it. */
  describe?(ids: readonly ArticleIds[], http: Http): Promise<readonly (SourceRecord | null)[]>;
  /** How many articles `describe` takes at once. Default 1. */
  readonly describeBatch?: number;
  /** The full text, or null where the service does not have it (metadata without a body included). */
  text?(article: SourceArticle, http: Http): Promise<SourceText | null>;
  /** Every media file that the service has of an article, or null where it cannot tell. The core chooses among them. */
  files?(article: SourceArticle, http: Http): Promise<readonly SourceFile[] | null>;
  /** PubMed XML (`PubmedArticleSet`) of up to 200 articles, for MeSH terms. */
  pubmed?(pmids: readonly string[], http: Http): Promise<Uint8Array>;
}
