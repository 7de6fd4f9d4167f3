import { naturalOrder } from '../../dataset/naturalOrder.js';
import type { Journal, KnownArticle } from './journal.js';
import type { BuildReject } from './journalEntry.js';
import { imagesAreOwn, imagesStand, isWanted, type PlannedFile, type WantedLicenses } from './plan.js';

/** An article of the journal, with the file that it is in. */
export interface PlacedArticle {
  readonly known: KnownArticle;
  readonly plan: PlannedFile;
}
/** The articles of one id. The first stands, by the names of their files; the others are rejects. */
export interface ArticleGroup {
  readonly first: PlacedArticle;
  readonly others: readonly PlacedArticle[];
}
/** What goes into the tables, in their order, and into the rejects. */
export interface OrderedArticles {
  readonly articles: readonly KnownArticle[];
  readonly rejects: readonly BuildReject[];
}

/** The wanted articles of files that are all in the journal, in the order of the tables. */
export function groupArticles(
  planned: readonly PlannedFile[],
  journal: Journal,
  wanted: WantedLicenses,
): ArticleGroup[] {
  const placed = planned.flatMap((plan): PlacedArticle[] => {
    const { articles } = journal.files.get(plan.file)!;
    return Array.from({ length: articles }, (_, nth) => journal.article(plan.file, nth)).flatMap((known) =>
      known && isWanted(wanted, known.license) ? [{ known, plan }] : [],
    );
  });
  placed.sort(
    ({ known: a }, { known: b }) =>
      naturalOrder(a.article_id, b.article_id) || naturalOrder(a.file, b.file) || a.nth - b.nth,
  );
  const groups: { first: PlacedArticle; others: PlacedArticle[] }[] = [];
  for (const entry of placed) {
    const last = groups.at(-1);
    if (last?.first.known.article_id === entry.known.article_id) last.others.push(entry);
    else groups.push({ first: entry, others: [] });
  }
  return groups;
}

/** Articles whose images are not in their place: removed, or written over by another article of the same id. */
export function brokenArticles(groups: readonly ArticleGroup[], journal: Journal, output: string): PlacedArticle[] {
  return groups.flatMap(({ first, others }) => {
    if (!first.known.hasRows) return [];
    const check = others.length > 0 ? imagesAreOwn : imagesStand;
    return check(journal.head(first.known), output) ? [] : [first];
  });
}

export function orderArticles(
  planned: readonly PlannedFile[],
  journal: Journal,
  wanted: WantedLicenses,
): OrderedArticles {
  const rejects = planned.flatMap(({ file }) => journal.files.get(file)!.rejects);
  const articles: KnownArticle[] = [];
  for (const { first, others } of groupArticles(planned, journal, wanted)) {
    if (first.known.hasRejects) rejects.push(...journal.head(first.known).rejects);
    if (first.known.hasRows) articles.push(first.known);
    for (const { known, plan } of others) {
      const error = `${known.article_id}: the article was read from ${first.plan.path} already`;
      rejects.push({ file: plan.path, stage: 'duplicate', error });
    }
  }
  rejects.sort((a, b) => naturalOrder(a.file, b.file));
  return { articles, rejects };
}
