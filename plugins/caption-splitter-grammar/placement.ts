import { itemStart, modifiersOnly, sharedTail, type Item } from './coordination.js';
import { isLegend } from './context.js';
import { boundary, clausal, closed, leads, leadsInside } from './direction.js';
import { exceeds, union, type Group, type Panels } from './groups.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** A stretch of tokens, both inclusive, and the panels it describes. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  readonly panels: Panels;
}

/** Gives the stretches of one sentence after another to panels. */
export class Placement {
  readonly segments: Segment[] = [];

  constructor(
    private readonly r: Reading,
    /** Every panel of the caption. */
    private readonly all: Panels,
  ) {}

  /** Adds a stretch without the marks and joining words it begins with; nothing where no word is left. */
  add(first: number, last: number, panels: Panels): void {
    const { r } = this;
    let from = first;
    const trim = (i: number): boolean => {
      const c = r.mark1(i);
      return c === ',' || c === ';' || c === ':' || c === '=' || c === '/';
    };
    while (
      from <= last &&
      (trim(from) || (r.mark1(from) === '.' && from < last) || (r.is(from, ROLE.joiner) && !r.capital(from)))
    )
      from++;
    if (from > last || r.words(from, last) === 0) return;
    this.segments.push({ first: from, last, panels });
  }

  /** Adds a stretch without the markers inside it. */
  around(first: number, last: number, groups: readonly Group[], panels: Panels): void {
    let from = first;
    for (const g of groups) {
      this.add(from, g.first - 1, panels);
      if (g.innerFirst <= g.innerLast) this.add(g.innerFirst, g.innerLast, panels);
      from = g.last + 1;
    }
    this.add(from, last, panels);
  }

  /**
   * A sentence whose markers lead: each text goes to the marker before it.
   *
   * @param shared the panels of what stands before the first marker
   * @param coordinated something before the markers is shared by them
   */
  lead(first: number, last: number, groups: readonly Group[], shared: Panels, coordinated: boolean): void {
    if (groups[0].first > first) this.add(first, groups[0].first - 1, shared);
    for (let k = 0; k < groups.length;) {
      const g = groups[k];
      // `(A,B) Flow plots of (A) total and (B) sorted cells`.
      let inner = k + 1;
      while (inner < groups.length && exceeds(g.panels, groups[inner].panels)) inner++;
      const end = inner < groups.length ? groups[inner].first - 1 : last;
      this.addInner(g);
      if (inner > k + 1) {
        const own = groups.slice(k + 1, inner);
        if (own.every((o) => o.mention)) this.around(g.last + 1, end, own, g.panels);
        else if (leads(this.r, g.last + 1, end, own, false)) this.lead(g.last + 1, end, own, g.panels, true);
        else this.trail(g.last + 1, end, own, g.panels);
        k = inner;
        continue;
      }
      // Marks that only refer stay inside this text.
      let next = k + 1;
      const mentions: Group[] = [];
      while (next < groups.length && !leadsInside(this.r, groups[next])) mentions.push(groups[next++]);
      const to = next < groups.length ? groups[next].first - 1 : last;
      const from = g.last + 1;
      if (next >= groups.length && k > 0 && mentions.length === 0) this.leadLast(groups, k, from, to, coordinated);
      else this.around(from, this.withoutJoiner(from, to, next < groups.length), mentions, g.panels);
      this.newMentions(from, mentions, g.panels);
      k = next;
    }
  }

  /** The last text of a list may hold what all its items share: `(A) low and (B) high magnifications`. */
  private leadLast(groups: readonly Group[], k: number, from: number, to: number, coordinated: boolean): void {
    const items = groups.slice(0, k).map((g, n) => ({ first: g.last + 1, last: groups[n + 1].first - 1 }));
    // `CT (a: axial; b: sagittal) shows a mass`: the bracket ends the last text.
    const close = this.closing(groups[k].last, to);
    if (close > from && close < to) {
      this.leadLast(groups, k, from, close - 1, coordinated);
      this.add(
        close + 1,
        to,
        groups.slice(0, k + 1).reduce<Panels>((p, g) => union(p, g.panels), []),
      );
      return;
    }
    // Commas part the items, so a semicolon ends the last one.
    const stronger = this.strongerStop(groups, from, to);
    if (stronger > 0) {
      this.leadLast(groups, k, from, stronger, coordinated);
      this.add(
        stronger + 1,
        to,
        groups.slice(0, k + 1).reduce<Panels>((p, g) => union(p, g.panels), []),
      );
      return;
    }
    const legend = this.legendAfter(from, to);
    if (legend > 0) {
      this.leadLast(groups, k, from, legend - 1, coordinated);
      this.add(legend, to, this.all);
      return;
    }
    const cut = sharedTail(this.r, items, from, to, coordinated, this.r.is(groups[k].first - 1, ROLE.list));
    if (cut === null) {
      this.add(from, to, groups[k].panels);
      return;
    }
    let panels = groups[k].panels;
    for (let n = k - 1; n >= cut.since; n--) panels = union(panels, groups[n].panels);
    this.add(from, cut.at - 1, groups[k].panels);
    this.add(cut.at, to, panels);
  }

  /** The bracket in which the marker that ends at token `last` stands, where it is closed before `to`; else 0. */
  private closing(last: number, to: number): number {
    const { r } = this;
    const depth = r.depth[last];
    if (depth === 0 || r.isClose(last)) return 0;
    for (let i = last + 1; i <= to; i++) if (r.isClose(i) && r.depth[i] === depth) return i;
    return 0;
  }

  /** A semicolon in `from` to `to` where none parts the items before; 0 where there is none. */
  private strongerStop(groups: readonly Group[], from: number, to: number): number {
    const { r } = this;
    for (let i = groups[0].last + 1; i < from; i++) if (r.mark1(i) === ';') return 0;
    for (let i = from + 1; i < to; i++) if (r.mark1(i) === ';' && r.depth[i] === r.depth[from]) return i;
    return 0;
  }

  /** Where a legend begins after a semicolon in `from` to `to`; 0 where none does. */
  private legendAfter(from: number, to: number): number {
    const { r } = this;
    for (let i = from + 1; i < to; i++) {
      if (r.mark1(i) === ';' && r.depth[i] === r.depth[from] && isLegend(r, i + 1, to)) return i + 1;
    }
    return 0;
  }

  /** A panel that is named nowhere else before: the words next to its marker are about it, too. */
  private newMentions(from: number, mentions: readonly Group[], owner: Panels): void {
    let start = from;
    for (const m of mentions) {
      const fresh = m.panels.filter(
        (p) =>
          !owner.includes(p) && !this.segments.some((s) => s.panels.includes(p) && s.panels.length < this.all.length),
      );
      if (fresh.length > 0) {
        let cut = m.first - 1;
        while (cut > start && ![',', ';'].includes(this.r.mark1(cut))) cut--;
        this.add(cut, m.first - 1, fresh);
      }
      start = m.last + 1;
    }
  }

  /**
   * A sentence whose markers trail: each text goes to the marker after it, head and tail to `shared` where the texts
   * are parts of one sentence.
   */
  trail(first: number, last: number, groups: readonly Group[], shared: Panels): void {
    const { r } = this;
    let from = first;
    let clauseLevel = false;
    const nested = this.nested(groups);
    groups.forEach((g, k) => {
      const to = g.first - 1;
      if (k === 0) {
        const cut =
          groups.length > 1 ? itemStart(r, first, to, this.items(groups), this.tailStart(groups, last)) : first;
        if (cut > first) this.add(first, cut - 1, shared);
        this.add(cut, to, g.panels);
      } else {
        const previous = groups[k - 1].panels;
        const cut = boundary(r, from, to);
        if (cut > from) this.add(from, cut - 1, previous);
        if (r.is(cut, ROLE.contrast)) clauseLevel = true;
        this.trailItem(cut, to, groups, k, last, shared);
        if (nested) this.inherit(groups, k);
      }
      this.addInner(g);
      from = g.last + 1;
    });
    if (from <= last) {
      const end = groups[groups.length - 1];
      // Adjectives need the noun that follows, whatever parts them: `ventral (B); medial (C) and lateral (D) views`.
      const bare = groups.length > 1 && !closed(r, end, last) && modifiersOnly(r, end.first - 1, end.first - 1);
      const own = groups.length === 1 || (!bare && (clauseLevel || clausal(r, groups)));
      this.add(from, last, own ? end.panels : shared);
    }
  }

  /** An item between two trailing markers; the last one may hold the noun of all: `normal (a) and increased thickness (b)`. */
  private trailItem(from: number, to: number, groups: readonly Group[], k: number, last: number, shared: Panels): void {
    if (k === groups.length - 1 && groups.length > 1) {
      const items = this.items(groups);
      const before = {
        first: itemStart(this.r, 0, groups[0].first - 1, items, this.tailStart(groups, last)),
        last: groups[0].first - 1,
      };
      const cut = sharedTail(this.r, [before, ...items.slice(0, -1)], from, to, false, false);
      if (cut !== null && cut.since === 0) {
        this.add(from, cut.at - 1, groups[k].panels);
        this.add(cut.at, to, shared);
        return;
      }
    }
    this.add(from, to, groups[k].panels);
  }

  /** `early axial (A) and coronal (B), and late axial (C) and coronal (D)`: pairs of adjectives, joined by "and" twice. */
  private nested(groups: readonly Group[]): boolean {
    const items = this.items(groups);
    const pairs = items.filter((item) => this.r.is(item.first, ROLE.list)).length;
    return pairs > 1 && items.every((item) => modifiersOnly(this.r, item.first, item.last));
  }

  /** The second of a pair has the first words of the first one. */
  private inherit(groups: readonly Group[], k: number): void {
    const { r } = this;
    if (!r.is(groups[k - 1].last + 1, ROLE.list)) return;
    const previous = this.segments.find((s) => s.last === groups[k - 1].first - 1);
    if (previous === undefined) return;
    const own = r.words(groups[k - 1].last + 2, groups[k].first - 1);
    const more = r.words(previous.first, previous.last) - own;
    if (more > 0) this.add(previous.first, previous.first + more - 1, groups[k].panels);
  }

  private items(groups: readonly Group[]): Item[] {
    return groups
      .slice(1)
      .map((g, n) => ({ first: boundary(this.r, groups[n].last + 1, g.first - 1), last: g.first - 1 }));
  }

  /** The first token after the last marker, or -1 where a boundary follows. */
  private tailStart(groups: readonly Group[], last: number): number {
    const end = groups[groups.length - 1];
    return closed(this.r, end, last) ? -1 : end.last + 1;
  }

  private addInner(g: Group): void {
    if (g.innerFirst <= g.innerLast) this.add(g.innerFirst, g.innerLast, g.panels);
  }

  private withoutJoiner(from: number, to: number, more: boolean): number {
    let end = to;
    while (more && end >= from && (this.r.is(end, ROLE.joiner) || this.r.mark1(end) === ',')) end--;
    return end;
  }
}
