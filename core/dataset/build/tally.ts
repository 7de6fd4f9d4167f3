import type { ArticleRow, CaseRow, FigureRow, ImageRow } from '../rows.js';

type Counts = Record<string, number>;

/** The numbers of a dataset, as `statistics.json` holds them. */
export interface Statistics {
  readonly articles: number;
  readonly cases: number;
  readonly figures: number;
  readonly images: number;
  /** Images that have a picture file. */
  readonly pictures: number;
  readonly age: {
    readonly known: number;
    readonly mean: number | null;
    readonly min: number | null;
    readonly max: number | null;
  };
  readonly genders: Counts;
  readonly years: Counts;
  readonly licenses: Counts;
  readonly languages: Counts;
  readonly skipped: Counts;
  readonly figure_status: Counts;
  readonly image_types: Counts;
  readonly labels: Counts;
}

/** Counts rows as they pass. */
export class Tally {
  private articles = 0;
  private cases = 0;
  private figures = 0;
  private images = 0;
  private pictures = 0;
  private ages = { known: 0, sum: 0, min: Infinity, max: -Infinity };
  private readonly by = new Map<string, Map<string, number>>();

  article(row: ArticleRow): void {
    this.articles++;
    this.count('licenses', row.license ?? 'unknown');
    this.count('years', row.year === null ? 'unknown' : String(row.year));
    this.count('languages', row.language ?? 'unknown');
    if (row.skipped_reason !== null) this.count('skipped', row.skipped_reason);
  }

  case(row: CaseRow): void {
    this.cases++;
    this.count('genders', row.gender);
    if (row.age === null) return;
    const { known, sum, min, max } = this.ages;
    this.ages = { known: known + 1, sum: sum + row.age, min: Math.min(min, row.age), max: Math.max(max, row.age) };
  }

  figure(row: FigureRow): void {
    this.figures++;
    this.count('figure_status', row.status);
    if (row.reasons.includes('several-files')) this.count('reasons', 'several-files');
  }

  image(row: ImageRow): void {
    this.images++;
    if (row.file !== null) this.pictures++;
    this.count('image_types', row.image_type ?? 'unknown');
    for (const label of row.labels) this.count('labels', label);
  }

  /** How often something was counted. */
  of(what: string, value: string): number {
    return this.by.get(what)?.get(value) ?? 0;
  }

  get statistics(): Statistics {
    const { known, sum, min, max } = this.ages;
    return {
      articles: this.articles,
      cases: this.cases,
      figures: this.figures,
      images: this.images,
      pictures: this.pictures,
      age: {
        known,
        mean: known > 0 ? Math.round((sum / known) * 100) / 100 : null,
        min: known > 0 ? min : null,
        max: known > 0 ? max : null,
      },
      genders: this.sorted('genders'),
      years: this.sorted('years'),
      licenses: this.sorted('licenses'),
      languages: this.sorted('languages'),
      skipped: this.sorted('skipped'),
      figure_status: this.sorted('figure_status'),
      image_types: this.sorted('image_types'),
      labels: this.sorted('labels'),
    };
  }

  private count(what: string, value: string): void {
    let counts = this.by.get(what);
    if (!counts) this.by.set(what, (counts = new Map()));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }

  private sorted(what: string): Counts {
    const entries = [...(this.by.get(what) ?? [])];
    return Object.fromEntries(entries.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
  }
}
