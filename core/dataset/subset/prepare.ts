import { nearest } from '../../diagnostics/nearest.js';
import { UsageError } from '../../pipeline/usageError.js';
import { labelId, type LabelTree } from '../filter/labels.js';
import { readLabels } from '../filter/readLabels.js';
import { RowSet } from '../filter/rowSet.js';
import { select, type Selection } from '../filter/select.js';
import type { DatasetTables } from '../filter/tableSource.js';
import { commonFilters, type Filter, type SubsetPlan, type SubsetType } from '../filter/types.js';

/** A plan whose rows are found. */
export interface Prepared {
  readonly tables: DatasetTables;
  readonly plan: SubsetPlan;
  readonly type: SubsetType;
  readonly selection: Selection;
  /** The class of each image, of a classification. */
  readonly classes?: ReadonlyMap<string, string>;
  /** Images that were left out because two classes take them. */
  readonly overlaps: number;
}

export interface SubsetCounts {
  readonly articles: number;
  readonly cases: number;
  readonly figures: number;
  readonly images: number;
  readonly classes?: Readonly<Record<string, number>>;
  readonly overlaps?: number;
}

export const DEFAULT_TYPE: SubsetType = 'multimodal';

/**
 * Finds the rows of a plan in a dataset. Types that hand out pictures ask of each image that it has one.
 * @throws UsageError for a class of the taxonomy that the dataset does not know, and for a classification without classes
 */
export async function prepare(tables: DatasetTables, plan: SubsetPlan): Promise<Prepared> {
  const type = plan.type ?? (plan.classes ? 'classification' : DEFAULT_TYPE);
  const labels = readLabels(tables.folder);
  const common = commonFilters(plan);
  checkLabels([...common, ...Object.values(plan.classes ?? {})], labels);
  if (type !== 'classification') {
    return {
      tables,
      plan,
      type,
      overlaps: 0,
      selection: await select(tables, common, labels, { pictures: type !== 'text' }),
    };
  }
  const classes = Object.entries(plan.classes ?? {});
  if (classes.length < 2)
    throw new UsageError('a classification needs two classes or more: give them as `classes` in the file of --filter');
  return { tables, plan, type, ...(await classify(tables, common, classes, labels)) };
}

export function countsOf({ plan, selection, classes, overlaps }: Prepared): SubsetCounts {
  // A class that got no image is counted too: it is why a model would never learn it.
  const byClass: Record<string, number> = Object.fromEntries(Object.keys(plan.classes ?? {}).map((name) => [name, 0]));
  for (const name of classes?.values() ?? []) byClass[name]++;
  return {
    articles: selection.articleIds.size,
    cases: selection.caseIds.size,
    figures: selection.figureIds.size,
    images: selection.images.count,
    ...(classes && { classes: byClass, overlaps }),
  };
}

/** Images of each class; those of two are dropped. A patient is in where an image that stays shows it and its class takes it. */
async function classify(
  tables: DatasetTables,
  common: readonly Filter[],
  classes: readonly (readonly [string, Filter])[],
  labels: LabelTree,
): Promise<Pick<Prepared, 'selection' | 'classes' | 'overlaps'>> {
  const classOf = new Map<string, string>();
  const twice = new Set<string>();
  const casesOf = new Map<string, ReadonlySet<string>>();
  for (const [name, filter] of classes) {
    const { images, caseIds } = await select(tables, [...common, filter], labels, { pictures: true });
    casesOf.set(name, caseIds);
    await images.each(['image_id'], (value) => {
      const id = value as string;
      if (classOf.has(id)) twice.add(id);
      else classOf.set(id, name);
    });
  }
  for (const id of twice) classOf.delete(id);
  const images = await RowSet.all(await tables.open('images')).where(['image_id'], (id) => classOf.has(id as string));
  const [articleIds, caseIds, figureIds] = [new Set<string>(), new Set<string>(), new Set<string>()];
  await images.each(['image_id', 'article_id', 'figure_id', 'case_ids'], (image, article, figure, cases) => {
    articleIds.add(article as string);
    figureIds.add(figure as string);
    const taken = casesOf.get(classOf.get(image as string)!)!;
    for (const id of (cases as string[] | null) ?? []) if (taken.has(id)) caseIds.add(id);
  });
  const cases = await RowSet.all(await tables.open('cases')).where(['case_id'], (id) => caseIds.has(id as string));
  return { classes: classOf, overlaps: twice.size, selection: { articleIds, caseIds, figureIds, images, cases } };
}

/** Where there is a taxonomy, a label that it does not hold is a slip of the pen. */
function checkLabels(filters: readonly Filter[], labels: LabelTree): void {
  if (labels.ids.length === 0) return;
  for (const { images } of filters) {
    const { any = [], all = [], none = [] } = images?.label ?? {};
    for (const label of [...any, ...all, ...none]) {
      if (labels.has(label) || labels.has(labelId(label))) continue;
      const meant = nearest(labelId(label), labels.ids);
      throw new UsageError(
        `no class '${label}' in the taxonomy of the dataset${meant ? `; did you mean '${meant}'?` : ''}`,
      );
    }
  }
}
