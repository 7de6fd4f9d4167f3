import { nearest } from '../../diagnostics/nearest.js';
import { RowSet } from './rowSet.js';
import type { DatasetTables } from './tableSource.js';
import type { EntityCondition, Filter } from './types.js';

/**
 * What to say of kinds of entities that filters ask for and no image of the dataset has, a sentence each. All entities are read
 * for it: it is for a subset in which nothing was found.
 */
export async function unknownKinds(tables: DatasetTables, filters: readonly Filter[]): Promise<string[]> {
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
