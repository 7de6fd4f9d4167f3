import type { License } from '../../article/types.js';
import type { Slot } from '../../plugin/contract.js';
import type { ArticleRow, CaseRow, FigureRow, ImageRow } from '../../dataset/rows.js';

/** Something that could not be done, for `rejects.jsonl`. */
export interface BuildReject {
  /** The article's file, or the figure's. */
  readonly file: string;
  readonly stage: BuildStage;
  /** One sentence. */
  readonly error: string;
}
/** Where an article or figure failed: the slot of the plugin, or what the build itself was doing. The whole list. */
export type BuildStage = Slot | 'label' | 'figure-file' | 'crop' | 'duplicate';

/** A figure's file as it was read: what tells later whether it is still the same. */
export interface UsedFile {
  readonly path: string;
  readonly size: number;
  readonly mtime: number;
  readonly sha256: string;
}
/** What is looked for as a figure's file. */
export interface FigureQuery {
  /** Its id in the article. */
  readonly figure_id: string;
  /** Names that the article gives, the best first; none where it names no file. */
  readonly names: readonly string[];
}
/** What was looked for, and what was found. */
export interface FigureSource extends FigureQuery {
  readonly used: UsedFile | null;
  /** Several files fitted. */
  readonly ambiguous: boolean;
  /** A file was found that could not be read then: it is looked for again. */
  readonly lost: boolean;
}

/** All that an article gives to the tables. */
export interface ArticleRows {
  readonly article: ArticleRow;
  readonly cases: readonly CaseRow[];
  readonly figures: readonly FigureRow[];
  readonly images: readonly ImageRow[];
}

/** What the journal says of an article, before its rows. */
export interface ArticleHead {
  readonly kind: 'article';
  /** The article's file, as its row names it, and the article's place in it. */
  readonly file: string;
  readonly sha256: string;
  readonly nth: number;
  readonly article_id: string;
  readonly pmcid: string | null;
  readonly pmid: string | null;
  readonly doi: string | null;
  readonly license: License | null;
  /** Its licence was not wanted: there are no rows. */
  readonly excluded: boolean;
  /** Hash of the PubMed record that was joined. */
  readonly pubmed: string | null;
  readonly figures: readonly FigureSource[];
  /** Files that were written, relative to the dataset. */
  readonly images: readonly { readonly file: string; readonly size: number; readonly sha256: string }[];
  readonly rejects: readonly BuildReject[];
}

/** Says that all articles of a file are in the journal. */
export interface FileHead {
  readonly kind: 'file';
  readonly file: string;
  readonly sha256: string;
  readonly stamp: string;
  readonly articles: number;
  readonly rejects: readonly BuildReject[];
}
export type JournalHead = ArticleHead | FileHead;
