import { createHash } from 'node:crypto';
import type { SplitPlan } from '../filter/types.js';

/** What never comes apart: the patients of an article, of articles that are one work published twice, and of equal pictures. */
export interface Unit {
  /** The smallest of its articles' ids. */
  readonly id: string;
  readonly articles: readonly string[];
  /** Rows that it counts for: patients, or images where these are what is handed out. */
  readonly weight: number;
  /** What its rows are of (labels, genders …), for stratification. */
  readonly strata: readonly string[];
}

/** Joins articles that share a key: a DOI, the same text of a patient, the same picture. */
export class Units {
  private readonly parent = new Map<string, string>();
  private readonly owner = new Map<string, string>();

  add(article: string): void {
    if (!this.parent.has(article)) this.parent.set(article, article);
  }

  /** Articles that give the same key become one unit. */
  share(article: string, key: string): void {
    this.add(article);
    const owner = this.owner.get(key);
    if (owner === undefined) this.owner.set(key, article);
    else this.join(owner, article);
  }

  /** The id of an article's unit. */
  of(article: string): string {
    let root = article;
    for (let next = this.parent.get(root); next !== undefined && next !== root; next = this.parent.get(root))
      root = next;
    this.parent.set(article, root);
    return root;
  }

  private join(a: string, b: string): void {
    const [x, y] = [this.of(a), this.of(b)];
    // The smaller id stands for both, so that the order of rows does not matter.
    if (x < y) this.parent.set(y, x);
    else if (y < x) this.parent.set(x, y);
  }
}

/**
 * Deals units out to parts. They come in the order of a hash of seed and id, and each goes where its stratum lacks most, so
 * that the shares hold as well as whole units allow, in each stratum (Sechidis et al. 2011, with the rarest stratum of a
 * unit first; https://doi.org/10.1007/978-3-642-23808-6_10). The same units and seed give the same parts, in whatever order.
 *
 * @returns the part of each unit
 */
export function dealOut(units: readonly Unit[], { shares, seed = 0 }: SplitPlan): ReadonlyMap<string, string> {
  const names = Object.keys(shares);
  const total = units.reduce((sum, unit) => sum + unit.weight, 0);
  const open = names.filter((name) => shares[name] > 0);
  const frequency = new Map<string, number>();
  const members = new Map<string, number>();
  for (const unit of units) {
    for (const one of new Set(unit.strata)) {
      frequency.set(one, (frequency.get(one) ?? 0) + unit.weight);
      members.set(one, (members.get(one) ?? 0) + 1);
    }
  }
  // Of a stratum of fewer units the smallest part would get none: it has no say.
  const enough = 1 / Math.min(...open.map((name) => shares[name]));
  const rarest = (unit: Unit): string =>
    [...new Set(unit.strata)]
      .filter((one) => members.get(one)! >= enough - 1e-9)
      .sort((a, b) => frequency.get(a)! - frequency.get(b)! || compare(a, b))[0] ?? '';
  const dealt = units.map((unit) => ({ unit, stratum: rarest(unit), hash: hashOf(seed, unit.id) }));
  dealt.sort(
    (a, b) =>
      (frequency.get(a.stratum) ?? Infinity) - (frequency.get(b.stratum) ?? Infinity) ||
      compare(a.stratum, b.stratum) ||
      compare(a.hash, b.hash) ||
      compare(a.unit.id, b.unit.id),
  );

  const lackingAll = new Map(names.map((name) => [name, shares[name] * total]));
  const lacking = new Map<string, Map<string, number>>();
  for (const [stratum, weight] of frequency)
    lacking.set(stratum, new Map(names.map((name) => [name, shares[name] * weight])));
  const parts = new Map<string, string>();
  for (const { unit, stratum } of dealt) {
    const own = lacking.get(stratum) ?? lackingAll;
    const part = open.reduce((best, name) => {
      const more = own.get(name)! - own.get(best)! || lackingAll.get(name)! - lackingAll.get(best)!;
      return more > 1e-9 ? name : best;
    }, open[0]);
    parts.set(unit.id, part);
    lackingAll.set(part, lackingAll.get(part)! - unit.weight);
    for (const one of new Set(unit.strata)) {
      const map = lacking.get(one)!;
      map.set(part, map.get(part)! - unit.weight);
    }
  }
  return parts;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const hashOf = (seed: number, id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
