/** A class as the taxonomy file gives it. */
export interface TaxonomyClassSource {
  readonly id: string;
  readonly parents: readonly string[];
  /** Any one of these must hold (itself or a descendant), else the class is not given. */
  readonly requires: readonly string[];
}
export interface DisjointSource {
  readonly id: string;
  readonly classes: readonly string[];
  /** Pairs that may stand together after all (`[ct, pet]`). */
  readonly compatible: readonly (readonly string[])[];
}
export interface TaxonomySource {
  readonly classes: readonly TaxonomyClassSource[];
  readonly disjoint: readonly DisjointSource[];
  readonly compounds: readonly { readonly id: string; readonly of: readonly string[] }[];
}

/** What a set of classes comes to. All are class indices. */
export interface Resolution {
  /** Given classes and all their ancestors. */
  readonly closure: ReadonlySet<number>;
  /** The most specific ones, in the order of the taxonomy. */
  readonly leaves: readonly number[];
  readonly compounds: readonly number[];
  /** Disjoint sets that were broken. */
  readonly conflicts: readonly { readonly set: string; readonly classes: readonly number[] }[];
}

const NONE: ReadonlySet<number> = new Set();
const MEMO_LIMIT = 20_000;

/** A compiled taxonomy: classes are small integers in the order in which the file names them. */
export class Taxonomy {
  readonly ids: readonly string[];
  private readonly index = new Map<string, number>();
  /** Ancestors of each class, itself not among them. */
  private readonly ancestors: readonly (readonly number[])[];
  /** Per class, groups of which each needs one that holds: its own and its ancestors'. */
  private readonly requirements: readonly (readonly (readonly number[])[])[];
  private readonly memo = new Map<string, Resolution>();

  constructor(private readonly source: TaxonomySource) {
    this.ids = [...source.classes.map((c) => c.id), ...source.compounds.map((c) => c.id)];
    this.ids.forEach((id, i) => this.index.set(id, i));
    this.ancestors = this.ids.map((_, i) => [...this.climb(i, new Set())]);
    const own = this.ids.map((_, i) => this.indices(source.classes[i]?.requires ?? []));
    this.requirements = this.ids.map((_, i) =>
      [i, ...this.ancestors[i]].map((c) => own[c]).filter((group) => group.length > 0),
    );
  }

  /** The index of a class, or undefined. */
  indexOf(id: string): number | undefined {
    return this.index.get(id);
  }

  /** The ids of `classes`. */
  idsOf(classes: Iterable<number>): string[] {
    return [...classes].sort((a, b) => a - b).map((c) => this.ids[c]);
  }

  /** Whether class `c` is a descendant of class `of`. */
  isBelow(c: number, of: number): boolean {
    return this.ancestors[c].includes(of);
  }

  /** The groups of classes of which a class needs one each, by id. */
  requirementsOf(c: number): string[][] {
    return this.requirements[c].map((group) => group.map((k) => this.ids[k]));
  }

  ancestorsOf(id: string): string[] {
    const at = this.index.get(id);
    return at === undefined ? [] : this.idsOf(this.ancestors[at]);
  }

  /**
   * Admits the classes whose requirements hold, adds ancestors and compounds, and finds broken disjoint sets.
   *
   * @param given indices of the classes that were named
   * @param context classes that count for requirements only, as those of the figure for one of its panels
   */
  resolve(given: readonly number[], context: ReadonlySet<number> = NONE): Resolution {
    const key = `${[...new Set(given)].sort((a, b) => a - b).join(',')}|${[...context].join(',')}`;
    let resolution = this.memo.get(key);
    if (resolution === undefined) {
      resolution = this.admit(given, context);
      if (this.memo.size >= MEMO_LIMIT) this.memo.clear();
      this.memo.set(key, resolution);
    }
    return resolution;
  }

  private admit(given: readonly number[], context: ReadonlySet<number>): Resolution {
    const closure = new Set<number>();
    const waiting = new Set(given);
    const holds = (group: readonly number[]): boolean => group.some((c) => closure.has(c) || context.has(c));
    for (let grew = true; grew;) {
      grew = false;
      for (const c of waiting) {
        if (!this.requirements[c].every(holds)) continue;
        waiting.delete(c);
        closure.add(c);
        for (const ancestor of this.ancestors[c]) closure.add(ancestor);
        grew = true;
      }
    }
    const compounds = this.source.compounds
      .filter(({ of }) => this.indices(of).every((c) => closure.has(c)))
      .map(({ id }) => this.index.get(id)!);
    const inner = new Set([...closure].flatMap((c) => this.ancestors[c]));
    const leaves = [...closure].filter((c) => !inner.has(c)).sort((a, b) => a - b);
    return { closure, leaves, compounds, conflicts: this.conflictsIn(closure) };
  }

  private conflictsIn(closure: ReadonlySet<number>): Resolution['conflicts'] {
    return this.source.disjoint.flatMap(({ id, classes, compatible }) => {
      const present = this.indices(classes).filter((c) => closure.has(c));
      const together = (a: number, b: number): boolean =>
        compatible.some((pair) => pair.every((c) => c === this.ids[a] || c === this.ids[b]));
      const broken = present.filter((a) => present.some((b) => a !== b && !together(a, b)));
      return broken.length > 1 ? [{ set: id, classes: broken }] : [];
    });
  }

  private indices(ids: readonly string[]): number[] {
    return ids.map((id) => this.index.get(id)).filter((c): c is number => c !== undefined);
  }

  private climb(of: number, seen: Set<number>): Set<number> {
    for (const parent of this.indices(this.source.classes[of]?.parents ?? [])) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      this.climb(parent, seen);
    }
    return seen;
  }
}
