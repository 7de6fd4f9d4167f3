/** `taxonomy.json` of a dataset. */
export interface DatasetTaxonomy {
  readonly classes: Readonly<
    Record<
      string,
      {
        readonly name?: string;
        readonly parents?: readonly string[];
        readonly group?: string;
        readonly of?: readonly string[];
      }
    >
  >;
}

/** The classes of a dataset as a tree, to be asked what stands below one. */
export class LabelTree {
  private readonly children = new Map<string, string[]>();

  constructor(private readonly taxonomy: DatasetTaxonomy) {
    for (const [id, { parents = [] }] of Object.entries(taxonomy.classes)) {
      for (const parent of parents) this.children.set(parent, [...(this.children.get(parent) ?? []), id]);
    }
  }

  get ids(): readonly string[] {
    return Object.keys(this.taxonomy.classes);
  }

  has(id: string): boolean {
    return Object.hasOwn(this.taxonomy.classes, id);
  }

  /** A class and all below it. One that the taxonomy does not know stands for itself. */
  below(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    for (const one of found) for (const child of this.children.get(one) ?? []) found.add(child);
    return found;
  }

  /**
   * Whether labels hold a class: it, one below it, or, of a compound class (a mammography is an x-ray of a breast), all of
   * its parts. Rows name their classes without ancestors and compounds.
   */
  test(label: string): (own: readonly string[]) => boolean {
    const id = this.has(label) ? label : labelId(label);
    const below = this.below(id);
    const parts = (this.taxonomy.classes[id]?.of ?? []).map((part) => this.below(part));
    return (own) =>
      own.some((one) => below.has(one)) ||
      (parts.length > 0 && parts.every((part) => own.some((one) => part.has(one))));
  }

  /** Classes and all their ancestors. */
  withAncestors(ids: readonly string[]): ReadonlySet<string> {
    const found = new Set(ids);
    for (const one of found) for (const parent of this.taxonomy.classes[one]?.parents ?? []) found.add(parent);
    return found;
  }
}

/** The id that a label is written by: `X-ray` is `x_ray`. */
export const labelId = (label: string): string =>
  label
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
