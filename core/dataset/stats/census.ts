import type { LabelTree } from '../filter/labels.js';
import type { ArticleRow, CaseRow, EntityCell, FigureRow, ImageRow } from '../rows.js';
import type { AgeBand, Cooccurrence, Count, DatasetStatistics, Spread } from './statistics.js';

export type CountedArticle = Pick<
  ArticleRow,
  | 'year'
  | 'license'
  | 'language'
  | 'article_type'
  | 'journal'
  | 'specialties'
  | 'authors'
  | 'keywords'
  | 'mesh_terms'
  | 'skipped_reason'
>;
export type CountedCase = Pick<CaseRow, 'age' | 'gender'> & { readonly case_text?: string };
export type CountedFigure = Pick<FigureRow, 'status'>;
export type CountedEntity = Pick<EntityCell, 'entity' | 'value' | 'assertion'>;
export type CountedImage = Pick<
  ImageRow,
  | 'file'
  | 'status'
  | 'confidence'
  | 'labels'
  | 'image_type'
  | 'image_subtype'
  | 'radiology_region'
  | 'radiology_view'
  | 'case_ids'
> & {
  readonly entities: readonly CountedEntity[];
};

/** Years of a band of the pyramid. */
const BAND = 5;
/** Classes of the table of co-occurrence: the most frequent ones. */
const MOST_TOGETHER = 24;

class Counter {
  private readonly counts = new Map<string, number>();

  add(name: string | null, n = 1): void {
    const key = name ?? 'unknown';
    this.counts.set(key, (this.counts.get(key) ?? 0) + n);
  }
  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }
  get size(): number {
    return this.counts.size;
  }
  get list(): Count[] {
    return [...this.counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  }
}

/** Counts rows as they pass. */
export class Census {
  private articles = 0;
  private cases = 0;
  private images = 0;
  private pictures = 0;
  private imageCases = 0;
  private readonly authors = new Set<string>();
  private readonly by = new Map<string, Counter>();
  private readonly ages: number[] = [];
  private readonly lengths: number[] = [];
  private readonly bands = new Map<number, { female: number; male: number; other: number }>();
  private readonly sets = new Map<string, number>();

  constructor(private readonly tree: LabelTree) {}

  article(row: CountedArticle): void {
    this.articles++;
    for (const author of row.authors ?? []) this.authors.add(author);
    this.count('years', row.year === null ? null : String(row.year));
    for (const [what, value] of [
      ['licenses', row.license],
      ['languages', row.language],
      ['article_types', row.article_type],
      ['journals', row.journal],
    ] as const) {
      this.count(what, value);
    }
    if (row.specialties.length === 0) this.count('specialties', null);
    for (const specialty of row.specialties) this.count('specialties', specialty);
    if (row.skipped_reason !== null) this.count('skipped', row.skipped_reason);
    for (const keyword of new Set((row.keywords ?? []).map((one) => one.toLowerCase())))
      this.count('keywords', keyword);
    for (const term of new Set(row.mesh_terms ?? [])) this.count('mesh_terms', term);
  }

  case(row: CountedCase): void {
    this.cases++;
    this.count('genders', row.gender);
    if (row.case_text !== undefined) this.lengths.push(row.case_text.length);
    if (row.age === null) return;
    this.ages.push(row.age);
    const from = Math.floor(row.age / BAND) * BAND;
    let band = this.bands.get(from);
    if (!band) this.bands.set(from, (band = { female: 0, male: 0, other: 0 }));
    band[row.gender === 'Female' ? 'female' : row.gender === 'Male' ? 'male' : 'other']++;
  }

  figure(row: CountedFigure): void {
    this.count('figure_status', row.status);
  }

  image(row: CountedImage): void {
    this.images++;
    if (row.file !== null) this.pictures++;
    if (row.file !== null && (row.case_ids ?? []).length > 0) this.imageCases++;
    this.count('image_status', row.status);
    this.count('confidence', row.confidence);
    this.count('image_types', row.image_type);
    for (const [what, values] of [
      ['image_subtypes', row.image_subtype],
      ['regions', row.radiology_region],
      ['views', row.radiology_view],
      ['labels', row.labels],
    ] as const) {
      for (const value of values ?? []) this.count(what, value);
    }
    // Images share few sets of labels: what follows from a set is worked out once, at the end.
    const key = [...new Set(row.labels ?? [])].sort().join('\n');
    this.sets.set(key, (this.sets.get(key) ?? 0) + 1);
    const seen = new Set<string>();
    for (const { entity, value, assertion } of row.entities ?? []) {
      if (entity === 'finding') this.count('assertions', assertion);
      if (assertion !== 'present' || (entity !== 'finding' && entity !== 'anatomy')) continue;
      const once = `${entity}\n${value}`;
      if (seen.has(once)) continue;
      seen.add(once);
      this.count(entity === 'finding' ? 'findings' : 'anatomy', value);
    }
  }

  get statistics(): DatasetStatistics {
    const all = new Counter();
    for (const [key, n] of this.sets) for (const id of this.tree.withAncestors(labelsOf(key))) all.add(id, n);
    return {
      articles: this.articles,
      cases: this.cases,
      figures: this.list('figure_status').reduce((sum, { count }) => sum + count, 0),
      images: this.images,
      pictures: this.pictures,
      authors: this.authors.size,
      journals: this.list('journals'),
      specialties: this.list('specialties'),
      years: this.list('years').sort((a, b) => (a.name < b.name ? -1 : 1)),
      licenses: this.list('licenses'),
      languages: this.list('languages'),
      article_types: this.list('article_types'),
      skipped: this.list('skipped'),
      keywords: this.list('keywords'),
      mesh_terms: this.list('mesh_terms'),
      genders: this.list('genders'),
      age: spread(this.ages),
      ages: this.pyramid(),
      case_text_length: spread(this.lengths),
      cases_per_article: ratio(this.cases, this.articles),
      images_per_case: ratio(this.imageCases, this.cases),
      figure_status: this.list('figure_status'),
      image_status: this.list('image_status'),
      confidence: this.list('confidence'),
      image_types: this.list('image_types'),
      image_subtypes: this.list('image_subtypes'),
      regions: this.list('regions'),
      views: this.list('views'),
      labels: this.list('labels'),
      labels_with_descendants: all.list,
      findings: this.list('findings'),
      anatomy: this.list('anatomy'),
      assertions: this.list('assertions'),
      cooccurrence: this.cooccurrence(),
    };
  }

  private count(what: string, name: string | null): void {
    let counter = this.by.get(what);
    if (!counter) this.by.set(what, (counter = new Counter()));
    counter.add(name);
  }
  private list(what: string): Count[] {
    return this.by.get(what)?.list ?? [];
  }

  /** All bands from the lowest to the highest, empty ones too. */
  private pyramid(): AgeBand[] {
    if (this.bands.size === 0) return [];
    const [low, high] = [Math.min(...this.bands.keys()), Math.max(...this.bands.keys())];
    const bands: AgeBand[] = [];
    for (let from = low; from <= high; from += BAND)
      bands.push({ from, to: from + BAND, female: 0, male: 0, other: 0, ...this.bands.get(from) });
    return bands;
  }

  private cooccurrence(): Cooccurrence {
    const labels = this.list('labels')
      .slice(0, MOST_TOGETHER)
      .map(({ name }) => name);
    const place = new Map(labels.map((name, i) => [name, i]));
    const counts = labels.map(() => labels.map(() => 0));
    for (const [key, n] of this.sets) {
      const own = labelsOf(key)
        .map((label) => place.get(label))
        .filter((i) => i !== undefined);
      for (const i of own) for (const j of own) counts[i][j] += n;
    }
    return { labels, counts };
  }
}

const labelsOf = (key: string): string[] => (key === '' ? [] : key.split('\n'));
const round = (value: number): number => Math.round(value * 100) / 100;
const ratio = (a: number, b: number): number | null => (b === 0 ? null : round(a / b));

function spread(values: readonly number[]): Spread {
  if (values.length === 0) return { known: 0, mean: null, median: null, min: null, max: null };
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return {
    known: sorted.length,
    mean: round(mean),
    median: round(median),
    min: sorted[0],
    max: sorted[sorted.length - 1],
  };
}
