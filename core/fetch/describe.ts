import type { ArticleIds, SourceRecord } from '../plugin/contract.js';
import { idOf, type ManifestRow } from './row.js';
import { faultOf, type Fault, type NamedSource, type Workplace } from './workplace.js';

/** What the sources that were asked say of an article, by their names. Null: asked, and it does not know the article. */
export type Records = Map<string, SourceRecord | null>;

/** An article on its way: its row, what was said of it so far, and what went wrong on the way. */
export interface Underway {
  readonly row: ManifestRow;
  readonly records: Records;
  readonly faults: Fault[];
}

export const underway = (row: ManifestRow): Underway => ({ row, records: new Map(), faults: [] });

/**
 * Completes the ids of articles that have no PMCID yet. An article whose PMCID becomes known goes on under it; where
 * that one is in the manifest already, this one is done with.
 *
 * @returns those that go on
 */
export async function identifyAll(work: Workplace, articles: readonly Underway[]): Promise<readonly Underway[]> {
  const nameless = articles.filter(({ row }) => row.pmcid === null);
  if (nameless.length === 0) return articles;
  const found = new Map<Underway, ArticleIds>();
  for (const { source } of work.sources) {
    const open = nameless.filter((article) => !found.has(article));
    if (!source.identify || open.length === 0) continue;
    try {
      const answers = await source.identify(
        open.map(({ row }) => row),
        work.http.of(source),
      );
      answers.forEach((ids, i) => {
        if (ids?.pmcid) found.set(open[i], ids);
      });
    } catch (error) {
      const fault = faultOf(error);
      for (const { faults } of open) faults.push(fault);
    }
  }
  const renamed: ManifestRow[] = [];
  const going = articles.flatMap((article): Underway[] => {
    const ids = found.get(article);
    return ids ? renameRow(work, article, ids, renamed) : [article];
  });
  work.manifest.append(renamed);
  return going;
}

function renameRow(work: Workplace, article: Underway, ids: ArticleIds, rows: ManifestRow[]): Underway[] {
  const { row } = article;
  const id = idOf(ids);
  const pmid = ids.pmid ?? row.pmid;
  const doi = ids.doi ?? row.doi;
  const asked = [...new Set([...(row.asked ?? []), row.id])];
  rows.push({ ...row, became: id });
  const there = work.manifest.get(id) ?? rows.find((one) => one.id === id);
  const next: ManifestRow = there
    ? {
        ...there,
        pmid: there.pmid ?? pmid,
        doi: there.doi ?? doi,
        asked: [...new Set([...(there.asked ?? []), ...asked])],
      }
    : { ...row, id, pmcid: ids.pmcid, pmid, doi, asked };
  rows.push(next);
  return there ? [] : [{ ...article, row: next }];
}

/** Asks the first source that describes several articles at once for a whole batch. */
export async function describeBatch(work: Workplace, articles: readonly Underway[]): Promise<void> {
  const first = work.sources.find(({ source }) => source.describe);
  const size = first?.source.describeBatch ?? 1;
  if (!first || size <= 1) return;
  const slices: Underway[][] = [];
  for (let at = 0; at < articles.length; at += size) slices.push(articles.slice(at, at + size));
  await Promise.all(slices.map((slice) => describeBy(work, first, slice)));
}

/** Asks the sources in turn until one states a licence. */
export async function describeOne(work: Workplace, article: Underway): Promise<void> {
  for (const named of work.sources) {
    if (bestRecord(article.records)?.license) return;
    if (!named.source.describe || article.records.has(named.name)) continue;
    await describeBy(work, named, [article]);
  }
}

async function describeBy(
  work: Workplace,
  { name, source }: NamedSource,
  articles: readonly Underway[],
): Promise<void> {
  try {
    const answers = await source.describe!(
      articles.map(({ row }) => row),
      work.http.of(source),
    );
    answers.forEach((record, i) => articles[i].records.set(name, record));
  } catch (error) {
    const fault = faultOf(error);
    for (const { faults } of articles) faults.push(fault);
  }
}

/** The record that states a licence, else the first there is. */
export function bestRecord(records: Records): SourceRecord | null {
  let first: SourceRecord | null = null;
  for (const record of records.values()) {
    if (record?.license) return record;
    first ??= record;
  }
  return first;
}

/** The row with what its sources say of the article: the first that says something stands. */
export function describedRow(work: Workplace, { row, records }: Underway): ManifestRow {
  const best = bestRecord(records);
  if (best === null) return row;
  const all = [best, ...records.values()].filter((record) => record !== null);
  const id = (key: keyof ArticleIds): string | null =>
    row[key] ?? all.find(({ ids }) => ids[key] !== null)?.ids[key] ?? null;
  const by = [...records].find(([, record]) => record === best)![0];
  return {
    ...row,
    pmcid: id('pmcid'),
    pmid: id('pmid'),
    doi: id('doi'),
    title: row.title ?? all.find(({ title }) => title)?.title ?? null,
    license: work.reuse(best),
    license_stated: best.license,
    retracted: all.some(({ retracted }) => retracted === true),
    sources: { ...row.sources, metadata: by },
  };
}
