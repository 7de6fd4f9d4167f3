import type { Taxonomy } from '../pack/model.js';
import type { TaxonomyFile, TaxonomyFileClass } from './manifest.js';

/** The classes of a taxonomy as `taxonomy.json` holds them, compounds among them. */
export function taxonomyFile({ classes, compounds }: Taxonomy): TaxonomyFile {
  const all: Record<string, TaxonomyFileClass> = {};
  for (const { id, name, parents, group, codes } of classes.values()) {
    all[id] = {
      name: name ?? id,
      parents,
      ...(group !== undefined && { group }),
      ...(Object.keys(codes).length > 0 && { codes }),
    };
  }
  for (const { id, of } of compounds) all[id] ??= { name: id, parents: [], of };
  return { classes: all };
}
