import { createHash } from 'node:crypto';
import { selectedRows } from '../filter/select.js';
import type { Stratum } from '../filter/types.js';
import type { ArticleRow, CaseRow, ImageRow } from '../rows.js';
import { dealOut, Units, type Unit } from './parts.js';
import type { Prepared } from './prepare.js';

/** In which part each article's rows are. */
export interface Split {
  readonly names: readonly string[];
  partOf(article: string): string;
  /** Article → unit → part, sorted by article. */
  readonly rows: readonly { readonly article_id: string; readonly unit: string; readonly split: string }[];
}

/**
 * Splits a subset by patient, or keeps the split that its dataset has. Never parted are: the patients of an article; articles of the same DOI, PubMed or PMC id;
 * patients with the same text, whatever its case and white space; and images of the same bytes.
 *
 * @param pictureHash hash of a picture's bytes by the path in the parent, undefined where there is none
 */
export async function splitOf(
  prepared: Prepared,
  pictureHash: (file: string) => string | undefined,
): Promise<Split | undefined> {
  const { plan, selection, tables, type, classes } = prepared;
  if (!plan.split) return inherited(prepared);
  const units = new Units();
  const strata = new Map<string, Set<string>>();
  const weights = new Map<string, number>();
  const note = (article: string, stratum: Stratum, values: readonly string[]): void => {
    if (plan.split?.stratify !== stratum) return;
    const known = strata.get(article) ?? new Set();
    for (const value of values) known.add(value);
    strata.set(article, known);
  };
  const ofImages = type === 'image' || type === 'classification';
  const weigh = (article: string): void => void weights.set(article, (weights.get(article) ?? 0) + 1);

  const articles = await selectedRows(tables, selection, 'articles');
  for await (const row of articles.objects<ArticleRow>(['article_id', 'doi', 'pmid', 'pmcid', 'year', 'license'])) {
    units.add(row.article_id);
    for (const name of ['doi', 'pmid', 'pmcid'] as const) {
      if (row[name]) units.share(row.article_id, `${name}:${row[name].trim().toLowerCase()}`);
    }
    note(row.article_id, 'year', [String(row.year)]);
    note(row.article_id, 'license', [String(row.license)]);
  }
  for await (const row of selection.cases.objects<CaseRow>(['article_id', 'case_text', 'gender', 'age'])) {
    units.share(row.article_id, `text:${digest(row.case_text.toLowerCase().replace(/\s+/g, ' ').trim())}`);
    note(row.article_id, 'gender', [row.gender]);
    note(row.article_id, 'age', [ageBand(row.age)]);
    if (!ofImages) weigh(row.article_id);
  }
  for await (const row of selection.images.objects<ImageRow>(['image_id', 'article_id', 'file', 'labels'])) {
    units.add(row.article_id);
    const hash = type === 'text' || row.file === null ? undefined : pictureHash(row.file);
    if (hash !== undefined) units.share(row.article_id, `picture:${hash}`);
    note(row.article_id, 'label', row.labels ?? []);
    note(row.article_id, 'class', [classes?.get(row.image_id) ?? '']);
    if (ofImages) weigh(row.article_id);
  }

  const members = new Map<string, string[]>();
  for (const article of [...selection.articleIds].sort()) {
    const unit = units.of(article);
    members.set(unit, [...(members.get(unit) ?? []), article]);
  }
  const list = [...members].map(([id, own]): Unit => ({
    id,
    articles: own,
    weight: own.reduce((sum, article) => sum + (weights.get(article) ?? 0), 0),
    strata: [...new Set(own.flatMap((article) => [...(strata.get(article) ?? [])]))],
  }));
  const parts = dealOut(list, plan.split);
  const partOf = (article: string): string => parts.get(units.of(article)) ?? Object.keys(plan.split!.shares)[0];
  return {
    names: Object.keys(plan.split.shares),
    partOf,
    rows: [...selection.articleIds]
      .sort()
      .map((article_id) => ({ article_id, unit: units.of(article_id), split: partOf(article_id) })),
  };
}

/** The split of the dataset itself, where it has one and no other is asked for. */
async function inherited({ tables, selection }: Prepared): Promise<Split | undefined> {
  if (!(await tables.open('articles')).columns.includes('split')) return undefined;
  const parts = new Map<string, string>();
  await (
    await selectedRows(tables, selection, 'articles')
  ).each(['article_id', 'split'], (article, part) => parts.set(article as string, (part as string | null) ?? 'none'));
  return {
    names: [...new Set(parts.values())],
    partOf: (article) => parts.get(article) ?? 'none',
    rows: [...parts].map(([article_id, split]) => ({ article_id, unit: article_id, split })),
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Decades; children apart. */
const ageBand = (age: number | null): string =>
  age === null ? 'unknown' : age < 2 ? 'infant' : age < 18 ? 'child' : `${Math.floor(age / 10)}0s`;
