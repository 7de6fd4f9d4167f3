import type { Gender, AgeUnit, Assertion } from '../plugin/contract.js';

/** A row of `articles`. */
export interface ArticleRow {
  readonly article_id: string;
  readonly file: string;
  readonly file_sha256: string;
  readonly language: string | null;
  readonly article_type: string | null;
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly journal: string | null;
  readonly year: number | null;
  readonly published: string | null;
  readonly doi: string | null;
  readonly pmid: string | null;
  readonly pmcid: string | null;
  readonly keywords: readonly string[];
  readonly mesh_terms: readonly string[];
  readonly major_mesh_terms: readonly string[];
  readonly publication_types: readonly string[];
  readonly subjects: readonly string[];
  readonly specialties: readonly string[];
  readonly abstract: string | null;
  readonly link: string | null;
  readonly license: string | null;
  readonly case_amount: number;
  readonly figure_amount: number;
  readonly image_amount: number;
  readonly skipped_reason: string | null;
  readonly warnings: readonly string[];
}

/** A row of `cases`. */
export interface CaseRow {
  readonly case_id: string;
  readonly article_id: string;
  readonly case_text: string;
  readonly age: number | null;
  readonly age_value: number | null;
  readonly age_unit: AgeUnit | null;
  readonly age_from: number | null;
  readonly age_to: number | null;
  readonly age_text: string | null;
  readonly gender: Gender;
  readonly language: string | null;
  readonly license: string | null;
  readonly figures: readonly CaseFigure[];
}
/** A figure that a case refers to. */
export interface CaseFigure {
  readonly figure_id: string;
  readonly mentions: readonly string[];
  readonly text_references: readonly string[];
}

/** A row of `figures`. */
export interface FigureRow {
  readonly figure_id: string;
  readonly article_id: string;
  readonly case_ids: readonly string[];
  readonly label: string | null;
  readonly caption: string;
  readonly main_image: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly status: string;
  readonly reasons: readonly string[];
  readonly caption_confidence: string;
  readonly image_confidence: string | null;
  readonly subcaption_amount: number;
  readonly panel_amount: number | null;
  readonly proposed_boxes: readonly Box[];
  readonly labels: readonly string[];
  readonly entities: readonly EntityCell[];
  readonly license: string | null;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A row of `images`: a panel with its subcaption, or a whole figure. */
export interface ImageRow {
  readonly image_id: string;
  readonly file: string | null;
  readonly main_image: string | null;
  readonly image_component: string;
  readonly figure_id: string;
  readonly article_id: string;
  readonly case_id: string | null;
  readonly case_ids: readonly string[];
  readonly license: string | null;
  readonly file_size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly box: Box | null;
  readonly caption: string;
  readonly caption_ranges: readonly Range[];
  readonly case_substring: readonly string[];
  readonly status: string;
  readonly confidence: string;
  readonly labels: readonly string[];
  readonly image_type: string | null;
  readonly image_subtype: readonly string[];
  readonly radiology_region: readonly string[];
  readonly radiology_view: readonly string[];
  readonly entities: readonly EntityCell[];
}
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A named thing with where it comes from. Offsets: code points of the figure's caption. */
export interface EntityCell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly entity: string;
  readonly value: string;
  readonly labels: readonly string[];
  readonly assertion: Assertion;
  /** `mesh:D014057`, sorted. */
  readonly codes: readonly string[];
  readonly confidence: number;
  /** Number of the sentence of the caption, from 0. */
  readonly sentence: number;
  readonly pack: string;
  readonly rule: string;
  readonly at: string;
  readonly cue: string | null;
}

export interface Rows {
  articles: ArticleRow;
  cases: CaseRow;
  figures: FigureRow;
  images: ImageRow;
}
export type TableName = keyof Rows;
export const TABLE_NAMES: readonly TableName[] = ['articles', 'cases', 'figures', 'images'];
