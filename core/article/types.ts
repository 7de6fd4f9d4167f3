import type { Span } from '../text/span.js';

export type License = 'CC BY' | 'CC BY-NC' | 'CC BY-NC-ND' | 'CC BY-NC-SA' | 'CC BY-SA' | 'CC0' | 'other';

export interface Author {
  readonly surname: string;
  readonly given_names: string | null;
  readonly orcid: string | null;
  readonly affiliations: readonly string[];
  /** A group of authors, named in `surname`. */
  readonly collective?: true;
}

/** A mention of a figure or table in a paragraph, as the publisher tagged it. */
export interface InlineReference extends Span {
  readonly kind: 'figure' | 'table';
  /** The id of the figure or table it points to. */
  readonly target: string;
}

/** A run of bold or italic characters; bold panel letters matter to the caption splitter. */
export interface MarkupRun extends Span {
  readonly style: 'bold' | 'italic';
}

export interface Paragraph {
  readonly text: string;
  readonly references: readonly InlineReference[];
}

/** Sections form a tree; a section without a title has null. */
export interface Section {
  readonly title: string | null;
  /** `sec-type` of JATS or the section type of BioC, lower case, where given. */
  readonly type: string | null;
  readonly paragraphs: readonly Paragraph[];
  readonly sections: readonly Section[];
}

export interface Figure {
  readonly figure_id: string;
  /** As printed: `Figure 1`, `Fig. 2`. */
  readonly label: string | null;
  readonly caption: string;
  readonly markup: readonly MarkupRun[];
  /** File name as the article gives it, null where it names none. */
  readonly file: string | null;
  /** Every file name of the figure, `file` first: other formats of the picture, or further pictures. */
  readonly files?: readonly string[];
}

/** A table as text, row by row: cells may name patients. */
export interface Table {
  readonly table_id: string;
  readonly label: string | null;
  readonly caption: string;
  readonly rows: readonly (readonly string[])[];
}

/** An article as a reader gives it, whatever the format it came in. */
export interface Article {
  /** The PMCID where the file states one, else the DOI, else the file's stem. */
  readonly article_id: string;
  /** The path as given. */
  readonly file: string;
  /** ISO 639-1, or null where the file does not say. */
  readonly language: string | null;
  readonly article_type: string | null;
  readonly pmcid: string | null;
  readonly pmid: string | null;
  readonly doi: string | null;
  readonly title: string | null;
  readonly journal: string | null;
  readonly year: number | null;
  readonly license: License | null;
  readonly authors: readonly Author[];
  readonly keywords: readonly string[];
  readonly mesh_terms: readonly string[];
  readonly publication_types: readonly string[];
  /** Major topics among `mesh_terms`. */
  readonly major_mesh_terms?: readonly string[];
  /** Headings under which the journal files the article, such as `Case Report`. */
  readonly subjects?: readonly string[];
  /** Day of the first publication as far as it is told: `2021`, `2021-03` or `2021-03-09`. */
  readonly published?: string | null;
  readonly abstract: string | null;
  readonly sections: readonly Section[];
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  /** What a reader could not make sense of, one sentence each, such as a licence that is not understood. */
  readonly warnings?: readonly string[];
}
