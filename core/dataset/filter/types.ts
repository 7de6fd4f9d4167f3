/** Wanted things: at least one of `any`, every one of `all`, and not one of `none`. An empty or missing list asks nothing. */
export interface Wanted<T> {
  readonly any?: readonly T[];
  readonly all?: readonly T[];
  readonly none?: readonly T[];
}

/** Both inclusive. What is unknown (null) does not fit where a bound is given. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Terms of a list column such as `mesh_terms`: a whole entry (`full`) or a part of one (`partial`), case folded. */
export interface TermFilter extends Wanted<string> {
  readonly match?: 'full' | 'partial';
}

/** Terms in a running text. */
export interface TextFilter extends Wanted<string> {
  /**
   * `substring` (default): anywhere, inside words too. `word`: not directly beside another letter or digit. `regex`: a
   * regular expression in Unicode mode (captions only).
   */
  readonly match?: 'substring' | 'word' | 'regex';
  /** Whether upper and lower case differ. Default false. */
  readonly case?: boolean;
}

export interface ArticleFilter {
  readonly year?: Bounds;
  /** Any of these; `unknown` stands for articles that state none. */
  readonly license?: readonly string[];
  /** Any of these ISO 639-1 codes; `unknown` as above. */
  readonly language?: readonly string[];
  /** As in the column `specialties`. */
  readonly specialties?: TermFilter;
  readonly keywords?: TermFilter;
  readonly mesh?: TermFilter;
}
export interface CaseFilter {
  /** Years. */
  readonly age?: Bounds;
  readonly gender?: readonly string[];
  readonly text?: TextFilter;
}
export interface ImageFilter {
  readonly caption?: TextFilter;
  /** Classes; one that is given stands for all below it in the taxonomy too. */
  readonly label?: Wanted<string>;
  readonly entity?: Wanted<EntityCondition>;
  /** Any of these. */
  readonly status?: readonly string[];
  /** At least this sure. */
  readonly confidence?: 'low' | 'medium' | 'high';
}

/** One thing named in a caption, with what has to stand in the same sentence. */
export interface EntityCondition {
  readonly entity: string;
  /** Any of these values; every value where it is missing. */
  readonly value?: readonly string[];
  /** Other entities that the same sentence of the caption has to name for the same image: entity → any of these values. */
  readonly with?: Readonly<Record<string, readonly string[]>>;
  readonly assertion?: readonly string[];
  /** At least this sure, 0 to 1. */
  readonly confidence?: number;
  /** Any of these codes, as `mesh:D009369`. */
  readonly code?: readonly string[];
}

/** What has to hold at the three levels. How one restricts the others is `select`'s to say. */
export interface Filter {
  readonly articles?: ArticleFilter;
  readonly cases?: CaseFilter;
  readonly images?: ImageFilter;
}

export const SUBSET_TYPES = ['text', 'image', 'multimodal', 'case-series', 'classification'] as const;
export type SubsetType = (typeof SUBSET_TYPES)[number];

export const STRATA = ['label', 'gender', 'age', 'year', 'license', 'class'] as const;
export type Stratum = (typeof STRATA)[number];

export interface SplitPlan {
  /** Names and shares in their order; the shares sum to 1. */
  readonly shares: Readonly<Record<string, number>>;
  readonly seed?: number;
  readonly stratify?: Stratum;
}

/** A subset as a file keeps it (`subset.schema.json`). */
export interface SubsetPlan extends Filter {
  readonly name?: string;
  readonly description?: string;
  readonly type?: SubsetType;
  /** Further filters, all of which have to hold too. */
  readonly also?: readonly Filter[];
  /** Classes of a classification, each by a filter that is added to the common one. */
  readonly classes?: Readonly<Record<string, Filter>>;
  readonly split?: SplitPlan;
  /** What stands for an image in a text; `{file}` and `{image_id}` are filled in. */
  readonly image_token?: string;
}

/** The filters of a plan that all images and cases of it have to pass. */
export const commonFilters = ({ articles, cases, images, also = [] }: SubsetPlan): readonly Filter[] => [
  { articles, cases, images },
  ...also,
];
