/** A name and how often it is there. Lists are sorted by count, then by name. */
export interface Count {
  readonly name: string;
  readonly count: number;
}
/** Patients of an age (years, `from` inclusive, `to` exclusive) by gender. */
export interface AgeBand {
  readonly from: number;
  readonly to: number;
  readonly female: number;
  readonly male: number;
  /** Transgender, and where the gender is not told. */
  readonly other: number;
}
export interface Spread {
  readonly known: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
}
/** How often two classes are on one image. `counts[i][j]` is of `labels[i]` and `labels[j]`; the diagonal is of one alone or not. */
export interface Cooccurrence {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The numbers of a dataset. `unknown` stands for what is not told. */
export interface DatasetStatistics {
  readonly articles: number;
  readonly cases: number;
  readonly figures: number;
  readonly images: number;
  readonly pictures: number;
  readonly authors: number;
  readonly journals: readonly Count[];
  /** An article may have several. */
  readonly specialties: readonly Count[];
  readonly years: readonly Count[];
  readonly licenses: readonly Count[];
  readonly languages: readonly Count[];
  readonly article_types: readonly Count[];
  readonly skipped: readonly Count[];
  readonly keywords: readonly Count[];
  readonly mesh_terms: readonly Count[];
  readonly genders: readonly Count[];
  readonly age: Spread;
  readonly ages: readonly AgeBand[];
  readonly case_text_length: Spread;
  readonly cases_per_article: number | null;
  readonly images_per_case: number | null;
  readonly figure_status: readonly Count[];
  readonly image_status: readonly Count[];
  readonly confidence: readonly Count[];
  readonly image_types: readonly Count[];
  readonly image_subtypes: readonly Count[];
  readonly regions: readonly Count[];
  readonly views: readonly Count[];
  /** Classes as images have them. */
  readonly labels: readonly Count[];
  /** Classes with all below them: `radiology` counts every CT. */
  readonly labels_with_descendants: readonly Count[];
  /** Findings that are present, by images that name them. */
  readonly findings: readonly Count[];
  readonly anatomy: readonly Count[];
  readonly assertions: readonly Count[];
  readonly cooccurrence: Cooccurrence;
}
