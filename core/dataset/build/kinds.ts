import type { Taxonomy } from '../../pack/model.js';
import type { ImageRow } from '../rows.js';

/** What kind of image the labels make of a panel. */
export type Kinds = Pick<ImageRow, 'image_type' | 'image_subtype' | 'radiology_region' | 'radiology_view'>;

/**
 * Reads the kind of image from labels, by what the taxonomy's file says of its classes: a class without parents and without
 * a group is an image type, classes below it without a group are its subtypes; `group: region` and `group: view` are regions
 * and views.
 */
export class KindReader {
  private readonly order: ReadonlyMap<string, number>;
  private readonly lineages = new Map<string, ReadonlySet<string>>();

  constructor(private readonly taxonomy: Taxonomy) {
    this.order = new Map([...taxonomy.classes.keys()].map((id, i) => [id, i]));
  }

  /**
   * @param labels classes, with or without their ancestors
   * @param evidence for each entity in order, the classes that it gives: of several image types the one named most, and
   * then first, is taken
   * @param compounds classes that hold because several others do; those inside the image type are subtypes of it
   */
  read(labels: readonly string[], evidence: readonly (readonly string[])[], compounds: readonly string[] = []): Kinds {
    const closure = this.sorted(labels.flatMap((id) => [...this.lineage(id)]));
    const type = this.typeOf(closure, evidence);
    const below = closure.filter(
      (id) => id !== type && type !== null && this.lineage(id).has(type) && this.group(id) === undefined,
    );
    const made = compounds.filter(
      (id) => type !== null && this.parts(id).every((part) => this.lineage(part).has(type)),
    );
    return {
      image_type: type,
      image_subtype: [...below, ...made],
      radiology_region: this.deepest(closure.filter((id) => this.group(id) === 'region')),
      radiology_view: this.deepest(closure.filter((id) => this.group(id) === 'view')),
    };
  }

  private typeOf(closure: readonly string[], evidence: readonly (readonly string[])[]): string | null {
    const types = closure.filter((id) => this.isType(id));
    if (types.length < 2) return types[0] ?? null;
    const named = (type: string): number[] =>
      evidence.flatMap((classes, i) => (classes.some((id) => this.lineage(id).has(type)) ? [i] : []));
    const counts = types.map((type) => ({ type, at: named(type) }));
    counts.sort((a, b) => b.at.length - a.at.length || (a.at[0] ?? Infinity) - (b.at[0] ?? Infinity));
    return counts[0].type;
  }

  private isType(id: string): boolean {
    const found = this.taxonomy.classes.get(id);
    return found !== undefined && found.parents.length === 0 && found.group === undefined;
  }

  private group = (id: string): string | undefined => this.taxonomy.classes.get(id)?.group;
  private parts = (id: string): readonly string[] => this.taxonomy.compounds.find((c) => c.id === id)?.of ?? [];

  /** Those of which no other is a descendant. */
  private deepest(ids: readonly string[]): string[] {
    return ids.filter((id) => !ids.some((other) => other !== id && this.lineage(other).has(id)));
  }

  private sorted(ids: readonly string[]): string[] {
    return [...new Set(ids)].sort((a, b) => (this.order.get(a) ?? Infinity) - (this.order.get(b) ?? Infinity));
  }

  /** A class with all its ancestors. */
  private lineage(id: string): ReadonlySet<string> {
    let found = this.lineages.get(id);
    if (found === undefined) {
      const seen = new Set<string>();
      const climb = (at: string): void => {
        if (seen.has(at)) return;
        seen.add(at);
        for (const parent of this.taxonomy.classes.get(at)?.parents ?? []) climb(parent);
      };
      climb(id);
      this.lineages.set(id, (found = seen));
    }
    return found;
  }
}
