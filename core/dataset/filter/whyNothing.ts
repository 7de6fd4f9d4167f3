import { nearest } from '../../diagnostics/nearest.js';
import { RowSet } from './rowSet.js';
import type { DatasetTables } from './tableSource.js';
import type { EntityCondition, Filter, SubsetType } from './types.js';

/**
 * What may be the reason that nothing was found, a sentence each: no image of the dataset has a picture, or one of an entity
 * that is asked for. Whole columns are read for it.
 */
export async function whyNothing(
  tables: DatasetTables,
  filters: readonly Filter[],
  type: SubsetType,
): Promise<string[]> {
  const kinds = await unknownKinds(tables, filters);
  return type === 'text' || (await hasPicture(tables)) ? kinds : [...kinds, NO_PICTURE];
}

const NO_PICTURE = "no image has a picture: give 'legenda build' the figure files by --images, or ask for --type text";

async function hasPicture(tables: DatasetTables): Promise<boolean> {
  let found = false;
  await RowSet.all(await tables.open('images')).each(['file'], (file) => (found ||= file !== null));
  return found;
}

async function unknownKinds(tables: DatasetTables, filters: readonly Filter[]): Promise<string[]> {
  const asked = new Set(filters.flatMap(({ images }) => conditionsOf(images?.entity)).flatMap(kindsOf));
  if (asked.size === 0) return [];
  const there = new Set<string>();
  const column = { name: 'entities', fields: ['entity'] };
  await RowSet.all(await tables.open('images')).each([column], (entities) => {
    for (const { entity } of (entities ?? []) as readonly { readonly entity: string }[]) there.add(entity);
  });
  return [...asked]
    .filter((kind) => !there.has(kind))
    .map((kind) => {
      const meant = nearest(kind, there);
      const known = [...there].sort().join(', ') || 'none';
      return `no image has an entity '${kind}'${meant === undefined ? `; there are: ${known}` : `; did you mean '${meant}'?`}`;
    });
}

type Wanted = NonNullable<NonNullable<Filter['images']>['entity']>;

const conditionsOf = ({ all = [], any = [] }: Wanted = {}): EntityCondition[] => [...all, ...any];
const kindsOf = (condition: EntityCondition): string[] => [condition.entity, ...Object.keys(condition.with ?? {})];
