import type { TableName } from '../rows.js';
import type { LabelTree } from './labels.js';
import { RowSet } from './rowSet.js';
import type { DatasetTables } from './tableSource.js';
import { articleTests, caseTests, hasPicture, imageTests } from './tests.js';
import type { Filter } from './types.js';

/** What a subset is made of: ids, rows of cases and images, and on request the rows of the other tables. */
export interface Selection {
  readonly articleIds: ReadonlySet<string>;
  readonly caseIds: ReadonlySet<string>;
  readonly figureIds: ReadonlySet<string>;
  readonly cases: RowSet;
  readonly images: RowSet;
}

/** The rows of a table that a selection takes. */
export async function selectedRows(tables: DatasetTables, selection: Selection, table: TableName): Promise<RowSet> {
  if (table === 'cases' || table === 'images') return selection[table];
  const [column, ids] =
    table === 'articles'
      ? (['article_id', selection.articleIds] as const)
      : (['figure_id', selection.figureIds] as const);
  return RowSet.all(await tables.open(table)).where([column], (id) => ids.has(id as string));
}

export interface SelectOptions {
  /** Only images with a picture, as if a filter asked for it. */
  readonly pictures?: boolean;
}

/**
 * Selects by filters of which all have to hold. How one level restricts the others:
 *
 * 1. Articles pass by their own conditions.
 * 2. Cases pass by theirs, if their article passed.
 * 3. Images pass by theirs, if their article passed and, where cases are asked for, one of their cases did.
 * 4. Where images are asked for, a case stays only with an image that passed.
 * 5. A figure stays with an image that passed; where images are not asked for, with its article and, where cases are
 *    asked for, one of its cases.
 * 6. An article stays with a case or an image that stayed; where neither cases nor images are asked for, if it passed.
 *
 * A level is asked for where a condition is given for it. Cheap columns are read first, running texts and entities only
 * of rows that all else let through; the order of reading never changes the result.
 */
export async function select(
  tables: DatasetTables,
  filters: readonly Filter[],
  labels: LabelTree,
  options: SelectOptions = {},
): Promise<Selection> {
  const ofArticles = articleTests(filters);
  const ofCases = caseTests(filters);
  const ofImages = [...(options.pictures ? [hasPicture] : []), ...imageTests(filters, labels)];

  let passedArticles: ReadonlySet<string> | undefined;
  if (ofArticles.length > 0)
    passedArticles = await idsOf(await RowSet.all(await tables.open('articles')).passing(ofArticles), 'article_id');
  const inArticle = (id: unknown): boolean => passedArticles?.has(id as string) ?? true;

  let cases = RowSet.all(await tables.open('cases'));
  let images = RowSet.all(await tables.open('images'));
  if (passedArticles) {
    cases = await cases.where(['article_id'], inArticle);
    images = await images.where(['article_id'], inArticle);
  }
  cases = await cases.passing(ofCases.filter((test) => test.cost < 2));
  images = await images.passing(ofImages.filter((test) => test.cost < 2));

  const asksCases = ofCases.length > 0;
  const asksImages = ofImages.length > 0;
  let caseIds: ReadonlySet<string> | undefined;
  /** Cases stay with an image, images with a case, as far as each is asked for. */
  const join = async (): Promise<void> => {
    if (asksImages) {
      const named = await caseIdsOf(images);
      cases = await cases.where(['case_id'], (id) => named.has(id as string));
    }
    const ids = (caseIds = await idsOf(cases, 'case_id'));
    if (asksCases) images = await images.where(['case_ids'], (own) => namesAny(own, ids));
  };
  await join();
  const dearCases = ofCases.filter((test) => test.cost === 2);
  if (dearCases.length > 0) {
    cases = await cases.passing(dearCases);
    await join();
  }
  const dearImages = ofImages.filter((test) => test.cost === 2);
  if (dearImages.length > 0) {
    images = await images.passing(dearImages);
    await join();
  }

  const kept = caseIds ?? new Set<string>();
  const figureIds = asksImages
    ? await idsOf(images, 'figure_id')
    : await idsOf(await figuresOf(tables, passedArticles && inArticle, asksCases ? kept : undefined), 'figure_id');
  const articleIds =
    asksCases || asksImages
      ? new Set([...(await idsOf(cases, 'article_id')), ...(await idsOf(images, 'article_id'))])
      : (passedArticles ?? (await idsOf(RowSet.all(await tables.open('articles')), 'article_id')));
  return { articleIds, caseIds: kept, figureIds, cases, images };
}

async function figuresOf(
  tables: DatasetTables,
  inArticle: ((id: unknown) => boolean) | undefined,
  cases: ReadonlySet<string> | undefined,
): Promise<RowSet> {
  let figures = RowSet.all(await tables.open('figures'));
  if (inArticle) figures = await figures.where(['article_id'], inArticle);
  if (cases) figures = await figures.where(['case_ids'], (own) => namesAny(own, cases));
  return figures;
}

const namesAny = (own: unknown, ids: ReadonlySet<string>): boolean =>
  (own as string[] | null)?.some((id) => ids.has(id)) ?? false;

async function idsOf(rows: RowSet, column: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  await rows.each([column], (id) => ids.add(id as string));
  return ids;
}

async function caseIdsOf(images: RowSet): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  await images.each(['case_ids'], (own) => {
    for (const id of (own as string[] | null) ?? []) ids.add(id);
  });
  return ids;
}
