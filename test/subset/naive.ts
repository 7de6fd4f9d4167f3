/**
 * The declared semantics of filters (docs/subset.md), written down again as plainly as can be, to test the real thing
 * against. Shares no code with it.
 */
import type { EntityCell } from '../../core/dataset/index.js';
import type { EntityCondition, Filter, TextFilter, Wanted } from '../../core/dataset/filter/types.js';
import { TAXONOMY, type Dataset } from './dataset.js';

type Classes = Record<string, { parents: readonly string[]; of?: readonly string[] }>;
const classes = TAXONOMY.classes as Classes;

const holds = <T>(wanted: Wanted<T> | undefined, has: (one: T) => boolean): boolean => {
  if (!wanted) return true;
  const { any = [], all = [], none = [] } = wanted;
  return (any.length === 0 || any.some(has)) && all.every(has) && none.every((one) => !has(one));
};
const between = (value: number | null, bounds: { min?: number; max?: number } | undefined): boolean => {
  if (!bounds || (bounds.min === undefined && bounds.max === undefined)) return true;
  return value !== null && value >= (bounds.min ?? -1e9) && value <= (bounds.max ?? 1e9);
};
const among = (value: string | null, list: readonly string[] | undefined): boolean =>
  !list || list.length === 0 || list.some((one) => one.toLowerCase() === (value ?? 'unknown').toLowerCase());

function isOrBelow(label: string, wanted: string): boolean {
  return label === wanted || (classes[label]?.parents ?? []).some((parent) => isOrBelow(parent, wanted));
}
function hasLabel(labels: readonly string[], wanted: string): boolean {
  if (labels.some((label) => isOrBelow(label, wanted))) return true;
  const parts = classes[wanted]?.of;
  return parts !== undefined && parts.every((part) => labels.some((label) => isOrBelow(label, part)));
}

function textHolds(text: string, filter: TextFilter | undefined): boolean {
  return holds(filter, (term) => {
    const flags = filter?.case ? 'u' : 'iu';
    if (filter?.match === 'regex') return new RegExp(term, flags).test(text);
    const literal = term.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return new RegExp(
      filter?.match === 'word' ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal,
      flags,
    ).test(text);
  });
}

function named(entities: readonly EntityCell[], condition: EntityCondition): boolean {
  return entities.some((thing) => {
    if (thing.entity !== condition.entity) return false;
    if (condition.value && condition.value.length > 0 && !condition.value.includes(thing.value)) return false;
    if (condition.assertion && !condition.assertion.includes(thing.assertion)) return false;
    if (condition.code && !thing.codes.some((code) => condition.code!.includes(code))) return false;
    if (thing.confidence < (condition.confidence ?? 0)) return false;
    return Object.entries(condition.with ?? {}).every(([entity, values]) =>
      entities.some(
        (other) =>
          other !== thing &&
          other.sentence === thing.sentence &&
          other.entity === entity &&
          (values.length === 0 || values.includes(other.value)),
      ),
    );
  });
}

/** Ids of what a filter takes, the slow way. */
export function naive(rows: Dataset, filters: readonly Filter[], pictures: boolean) {
  const asks = (level: 'articles' | 'cases' | 'images'): boolean =>
    filters.some((filter) => Object.values(filter[level] ?? {}).some((one) => one !== undefined && asksOf(one)));
  const [asksArticles, asksCases, asksImages] = [asks('articles'), asks('cases'), asks('images') || pictures];

  const passed = rows.articles.filter((row) =>
    filters.every(({ articles: f = {} }) => {
      const terms = (own: readonly string[], filter: typeof f.keywords): boolean =>
        holds(filter, (term) =>
          own.some((one) =>
            filter?.match === 'partial'
              ? one.toLowerCase().includes(term.toLowerCase())
              : one.toLowerCase() === term.toLowerCase(),
          ),
        );
      return (
        between(row.year, f.year) &&
        among(row.license, f.license) &&
        among(row.language, f.language) &&
        terms(row.specialties, f.specialties) &&
        terms(row.keywords, f.keywords) &&
        terms(row.mesh_terms, f.mesh)
      );
    }),
  );
  const inArticle = (id: string): boolean => !asksArticles || passed.some((row) => row.article_id === id);
  const cases0 = rows.cases.filter(
    (row) =>
      inArticle(row.article_id) &&
      filters.every(
        ({ cases: f = {} }) =>
          between(row.age, f.age) && among(row.gender, f.gender) && textHolds(row.case_text, f.text),
      ),
  );
  const confidences = ['low', 'medium', 'high'];
  const images = rows.images.filter(
    (row) =>
      inArticle(row.article_id) &&
      (!pictures || row.file !== null) &&
      filters.every(
        ({ images: f = {} }) =>
          among(row.status, f.status) &&
          (f.confidence === undefined || confidences.indexOf(row.confidence) >= confidences.indexOf(f.confidence)) &&
          holds(f.label, (label) => hasLabel(row.labels, label)) &&
          textHolds(row.caption, f.caption) &&
          holds(f.entity, (condition) => named(row.entities, condition)),
      ) &&
      (!asksCases || cases0.some((one) => row.case_ids.includes(one.case_id))),
  );
  const cases = asksImages ? cases0.filter((one) => images.some((row) => row.case_ids.includes(one.case_id))) : cases0;
  const figures = rows.figures.filter((row) =>
    asksImages
      ? images.some((one) => one.figure_id === row.figure_id)
      : inArticle(row.article_id) && (!asksCases || cases0.some((one) => row.case_ids.includes(one.case_id))),
  );
  const articles = rows.articles.filter((row) =>
    asksCases || asksImages
      ? cases.some((one) => one.article_id === row.article_id) ||
        images.some((one) => one.article_id === row.article_id)
      : inArticle(row.article_id),
  );
  return {
    articles: articles.map((row) => row.article_id),
    cases: cases.map((row) => row.case_id),
    figures: figures.map((row) => row.figure_id),
    images: images.map((row) => row.image_id),
  };
}

function asksOf(one: unknown): boolean {
  if (Array.isArray(one)) return one.length > 0;
  if (typeof one === 'string') return true;
  const map = one as Record<string, unknown>;
  return (
    ['min', 'max'].some((key) => map[key] !== undefined) ||
    ['any', 'all', 'none'].some((key) => Array.isArray(map[key]) && (map[key] as unknown[]).length > 0)
  );
}
