import type { Clause } from './clauses.js';
import { itemStart, modifiersOnly, sharedTail } from './coordination.js';
import { exceeds, groupsOf, union, type Group, type Panels } from './groups.js';
import { isHeading, isLegend, legendKind } from './context.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** A stretch of tokens, both inclusive, and the panels it describes. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  readonly panels: Panels;
}

interface Sentence extends Clause {
  readonly groups: readonly Group[];
}

/**
 * Gives every stretch of a caption to the panels that it describes: text after a leading marker, text before a
 * trailing one, and what all or some of them share.
 */
export class Attachment {
  readonly segments: Segment[] = [];
  private readonly all: Panels;
  /** Panels that an unmarked sentence goes on about; null: all. */
  private owner: Panels | null = null;
  /** Panels of the last marker that led its text. */
  private lastLed: Panels | null = null;
  /** The last list of panels had something before it that they share. */
  private headed = false;
  private readonly legendKinds = new Set<string>();
  private readonly leadsMostly: boolean;
  /** Some markers lead their text and some trail it. */
  readonly mixed: boolean;
  private readonly sentences: readonly Sentence[];

  constructor(
    private readonly r: Reading,
    clauses: readonly Clause[],
    index: ReadonlyMap<string, number>,
  ) {
    this.all = Array.from({ length: index.size }, (_, n) => n);
    this.sentences = clauses.map((c) => ({ ...c, groups: groupsOf(r, c.markers, index) }));
    let leads = 0;
    let trails = 0;
    for (const s of this.sentences) {
      s.groups.forEach((g) => {
        if (g.leads || this.opens(s.first, g)) leads++;
        else if (!g.mention && g.before === 'text' && this.closed(g, s.last)) trails++;
      });
    }
    this.leadsMostly = leads > trails;
    this.mixed = leads > 0 && trails > 0;
    this.attach();
  }

  private attach(): void {
    const { sentences } = this;
    let lastMarked = -1;
    sentences.forEach((s, i) => {
      if (s.groups.some((g) => !g.mention)) lastMarked = i;
    });
    if (lastMarked < 0) lastMarked = sentences.reduce((n, s, i) => (s.groups.length > 0 ? i : n), -1);
    let seen = false;
    let legend = false;
    let repeats: boolean | null = null;
    sentences.forEach((s, i) => {
      if (s.groups.length > 0) {
        this.marked(s, i);
        seen = true;
        return;
      }
      if (!seen) this.unmarkedHead(s, i);
      else if (i > lastMarked) {
        const own = this.owner;
        // Where an earlier panel has such a legend of its own, these are the last panel's.
        repeats ??= sentences.slice(i).some((o) => this.legendKinds.has(legendKind(this.r, o.first, o.last) ?? ''));
        if (!legend && !repeats && isLegend(this.r, s.first, s.last)) legend = true;
        this.add(s.first, s.last, legend || own === null ? this.all : own);
      } else this.unmarkedInner(s, i);
    });
  }

  /** A sentence before the first marker. Where a like heading comes later ("Patient 1." ... "Patient 2."), it is for a group only. */
  private unmarkedHead(s: Sentence, i: number): void {
    const next = this.sentences[i + 1];
    const later = this.sentences.findIndex((o, k) => k > i + 1 && this.headsGroup(o, k));
    if (next !== undefined && next.groups.length > 0 && later > 0 && this.short(s)) {
      this.add(s.first, s.last, this.ahead(i + 1, later));
    } else this.add(s.first, s.last, this.all);
  }

  private unmarkedInner(s: Sentence, i: number): void {
    if (this.headsGroup(s, i)) {
      let end = this.sentences.findIndex((o, k) => k > i && this.headsGroup(o, k));
      if (end < 0) end = this.sentences.length;
      this.add(s.first, s.last, this.ahead(i + 1, end));
      return;
    }
    const kind = legendKind(this.r, s.first, s.last);
    if (kind !== null) this.legendKinds.add(kind);
    this.add(s.first, s.last, (this.headed ? this.owner : (this.lastLed ?? this.owner)) ?? this.all);
  }

  /** Whether a sentence is a heading of the panels after it, as no other text is. */
  private headsGroup(s: Sentence, i: number): boolean {
    const next = this.sentences[i + 1];
    if (s.groups.length > 0) return s.groups.length === 1 && s.groups[0].leads && this.headTokens(s) > 0 && this.short(s);
    if (next === undefined || next.groups.length === 0 || !this.leadsMostly) return false;
    if (!this.opens(next.first, next.groups[0]) && !next.groups[0].leads) return false;
    return this.r.mark1(s.last) === ':' || isHeading(this.r, s.first, s.last);
  }

  private short(s: Clause): boolean {
    const end = 'groups' in s && (s as Sentence).groups.length > 0 ? (s as Sentence).groups[0].first - 1 : s.last;
    return this.r.words(s.first, end) <= 8;
  }

  private headTokens(s: Sentence): number {
    return this.r.words(s.first, s.groups[0].first - 1);
  }

  /** Panels named in the sentences `from` to before `to`. */
  private ahead(from: number, to: number): Panels {
    let panels: Panels = [];
    for (let k = from; k < to; k++) for (const g of this.sentences[k].groups) if (!g.mention) panels = union(panels, g.panels);
    return panels.length > 0 ? panels : this.all;
  }

  private marked(s: Sentence, i: number): void {
    const { groups } = s;
    if (groups.every((g) => g.mention) && !groups.some((g) => this.opens(s.first, g))) {
      // "The star marks the tumour in (A) and (C)." "Relative to panel A."
      const aside = this.owner !== null && groups.every((g) => g.aside);
      const panels = aside ? (this.owner ?? this.all) : groups.reduce<Panels>((p, g) => union(p, g.panels), []);
      let cut = groups[0].first - 1;
      while (cut > s.first && this.r.mark1(cut) !== ';') cut--;
      if (cut > s.first) this.add(s.first, cut, this.owner ?? this.all);
      else if (this.owner === null && this.lastLed === null) cut = this.topic(s, groups[0]);
      this.around(Math.max(cut, s.first), s.last, groups, panels);
      this.owner = this.leadsMostly ? panels : null;
      return;
    }
    const lead = this.leads(s.first, s.last, groups);
    if (lead) {
      let shared = this.all;
      const head = this.r.words(s.first, groups[0].first - 1) > 0;
      if (head) {
        const run = groups.reduce<Panels>((p, g) => (g.mention ? p : union(p, g.panels)), []);
        if (this.headsGroup(s, i)) {
          let end = this.sentences.findIndex((o, k) => k > i && this.headsGroup(o, k));
          if (end < 0) end = this.sentences.length;
          shared = union(run, this.ahead(i, end));
        } else if (this.owner !== null && this.continues(s.first, groups[0])) shared = this.lastLed ?? this.owner;
        else if (groups.length > 1) shared = run;
        else if (this.segments.length > 0 && this.owner !== null) shared = run;
      }
      this.lead(s.first, s.last, groups, shared, head);
      const own = groups.filter((g) => !g.mention).map((g) => g.panels);
      const top = own[0] ?? this.all;
      const end = own[own.length - 1] ?? null;
      this.lastLed = end !== null && exceeds(top, end) ? top : end;
      this.headed = head;
      const run = own.reduce<Panels>((p, q) => union(p, q), []);
      this.owner = own.length > 1 && !(exceeds(top, own[own.length - 1])) ? (run.length === this.all.length ? null : run) : top;
      if (groups.length > 1 && !head && groups.slice(1).every((g) => !this.leadsInside(g))) this.owner = top;
    } else {
      const run = groups.reduce<Panels>((p, g) => union(p, g.panels), []);
      this.trail(s.first, s.last, groups, run);
      this.lastLed = null;
      const next = this.sentences[i + 1];
      const anaphor = next !== undefined && this.anaphoric(next);
      this.owner = anaphor && (groups.length === 1 || this.clausal(groups)) ? groups[groups.length - 1].panels : this.leadsMostly && groups.length === 1 ? run : null;
    }
  }

  /** "Note the caries; B) after a week": what stands before the marker still is about the panel of the sentence before. */
  private continues(first: number, g: Group): boolean {
    const c = this.r.mark1(g.first - 1);
    return c === ';' || c === ',' || (g.before === 'text' && !isHeading(this.r, first, g.first - 1));
  }

  /**
   * "Photomicrograph of the colon, showing the layers in image (A). In image (B) we see ...": what the first sentence
   * names is the topic of all, unless the next one names a picture of its own. Returns where its own part begins.
   */
  private topic(s: Sentence, g: Group): number {
    const { r } = this;
    let verb = s.first;
    while (verb < g.first && !r.is(verb, ROLE.show)) verb++;
    const next = this.sentences.find((o) => o.first > s.last && o.groups.length > 0);
    const named = (first: number, last: number): boolean => {
      for (let i = first; i <= last; i++) if (r.is(i, ROLE.image | ROLE.images) && !r.is(i, ROLE.picture)) return true;
      return false;
    };
    if (next === undefined || verb >= g.first || !named(s.first, verb) || named(next.first, next.last)) return s.first;
    this.add(s.first, verb - 1, this.all);
    return verb;
  }

  private anaphoric(s: Sentence): boolean {
    const from = this.firstText(s.first);
    for (let i = from; i <= Math.min(s.last, from + 3); i++) if (this.r.is(i, ROLE.anaphor)) return true;
    return false;
  }

  /** Whether the markers of a sentence lead their texts rather than trail them. */
  private leads(first: number, last: number, groups: readonly Group[]): boolean {
    if (groups.some((g) => g.leads) || this.opens(first, groups[0])) return true;
    let lead = 0;
    let trail = 0;
    for (const g of groups) {
      if (g.mention) continue;
      const closed = this.closed(g, last);
      if (g.before !== 'text' && !closed) lead++;
      else if ((g.before === 'text' || g.before === 'start') && closed) trail++;
    }
    if (lead !== trail) return lead > trail;
    return groups.length === 1 && (this.leadsMostly || this.lastLed !== null) && !this.closed(groups[0], last) && !groups[0].mention && this.r.capital(groups[0].last + 1);
  }

  /** Whether a group stands at the head of its sentence. */
  private opens(first: number, g: Group): boolean {
    return this.r.words(first, g.first - 1) === 0;
  }

  /** Whether nothing that a group could lead follows it. */
  private closed(g: Group, last: number): boolean {
    const next = g.last + 1;
    if (next > last) return true;
    const c = this.r.mark1(next);
    return c === ',' || c === ';' || c === '.' || c === ')' || this.r.is(next, ROLE.joiner | ROLE.contrast);
  }

  /** Inside a sentence that a marker opened: whether this one leads what follows, too. */
  private leadsInside(g: Group): boolean {
    return g.leads || (!g.mention && g.before !== 'text') || (!g.mention && !this.closed(g, this.r.count - 1));
  }

  private lead(first: number, last: number, groups: readonly Group[], shared: Panels, coordinated: boolean): void {
    const { r } = this;
    if (groups[0].first > first) this.add(first, groups[0].first - 1, shared);
    for (let k = 0; k < groups.length; ) {
      const g = groups[k];
      // `(A,B) Flow plots of (A) total and (B) sorted cells`.
      let inner = k + 1;
      while (inner < groups.length && exceeds(g.panels, groups[inner].panels)) inner++;
      const end = inner < groups.length ? groups[inner].first - 1 : last;
      this.addInner(g);
      if (inner > k + 1) {
        const own = groups.slice(k + 1, inner);
        if (own.every((o) => o.mention)) this.around(g.last + 1, end, own, g.panels);
        else if (this.leads(g.last + 1, end, own)) this.lead(g.last + 1, end, own, g.panels, true);
        else this.trail(g.last + 1, end, own, g.panels);
        k = inner;
        continue;
      }
      // Marks that only refer stay inside this text.
      let next = k + 1;
      const mentions: Group[] = [];
      while (next < groups.length && !this.leadsInside(groups[next])) mentions.push(groups[next++]);
      const to = next < groups.length ? groups[next].first - 1 : last;
      const from = g.last + 1;
      if (next >= groups.length && k > 0 && mentions.length === 0) this.leadLast(groups, k, from, to, coordinated);
      else this.around(from, this.withoutJoiner(from, to, next < groups.length), mentions, g.panels);
      this.newMentions(from, to, mentions, g.panels);
      k = next;
    }
    void r;
  }

  /** The last text of a list may hold what all its items share: `(A) low and (B) high magnifications`. */
  private leadLast(groups: readonly Group[], k: number, from: number, to: number, coordinated: boolean): void {
    const items = groups.slice(0, k).map((g, n) => ({ first: g.last + 1, last: groups[n + 1].first - 1 }));
    // Commas part the items, so a semicolon ends the last one.
    const stronger = this.strongerStop(groups, from, to);
    if (stronger > 0) {
      this.leadLast(groups, k, from, stronger, coordinated);
      this.add(stronger + 1, to, groups.slice(0, k + 1).reduce<Panels>((p, g) => union(p, g.panels), []));
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
  private newMentions(from: number, to: number, mentions: readonly Group[], owner: Panels): void {
    let start = from;
    for (const m of mentions) {
      const fresh = m.panels.filter((p) => !owner.includes(p) && !this.segments.some((s) => s.panels.includes(p) && s.panels.length < this.all.length));
      if (fresh.length > 0) {
        let cut = m.first - 1;
        while (cut > start && ![',', ';'].includes(this.r.mark1(cut))) cut--;
        this.add(cut, m.first - 1, fresh);
      }
      start = m.last + 1;
    }
    void to;
  }

  private trail(first: number, last: number, groups: readonly Group[], shared: Panels): void {
    const { r } = this;
    let from = first;
    let clauseLevel = false;
    groups.forEach((g, k) => {
      const to = g.first - 1;
      if (k === 0) {
        const cut = groups.length > 1 ? itemStart(r, first, to, this.items(groups), this.tailStart(groups, last)) : first;
        if (cut > first) this.add(first, cut - 1, shared);
        this.add(cut, to, g.panels);
      } else {
        const previous = groups[k - 1].panels;
        const cut = this.boundary(from, to);
        if (cut > from) this.add(from, cut - 1, previous);
        if (r.is(cut, ROLE.contrast)) clauseLevel = true;
        this.trailItem(cut, to, groups, k, last, shared);
      }
      this.addInner(g);
      from = g.last + 1;
    });
    if (from <= last) {
      const end = groups[groups.length - 1];
      // Adjectives need the noun that follows, whatever parts them: `ventral (B); medial (C) and lateral (D) views`.
      const bare = groups.length > 1 && !this.closed(end, last) && modifiersOnly(r, end.first - 1, end.first - 1);
      const own = groups.length === 1 || (!bare && (clauseLevel || this.clausal(groups)));
      this.add(from, last, own ? end.panels : shared);
    }
  }

  /** An item between two trailing markers; the last one may hold the noun of all: `normal (a) and increased thickness (b)`. */
  private trailItem(from: number, to: number, groups: readonly Group[], k: number, last: number, shared: Panels): void {
    if (k === groups.length - 1 && groups.length > 1) {
      const items = this.items(groups);
      const before = { first: itemStart(this.r, 0, groups[0].first - 1, items, this.tailStart(groups, last)), last: groups[0].first - 1 };
      const cut = sharedTail(this.r, [before, ...items.slice(0, -1)], from, to, false, false);
      if (cut !== null && cut.since === 0) {
        this.add(from, cut.at - 1, groups[k].panels);
        this.add(cut.at, to, shared);
        return;
      }
    }
    this.add(from, to, groups[k].panels);
  }

  private items(groups: readonly Group[]): { first: number; last: number }[] {
    return groups.slice(1).map((g, n) => ({ first: this.boundary(groups[n].last + 1, g.first - 1), last: g.first - 1 }));
  }

  /** The first token after the last marker, or -1 where a boundary follows. */
  private tailStart(groups: readonly Group[], last: number): number {
    const end = groups[groups.length - 1];
    return this.closed(end, last) ? -1 : end.last + 1;
  }

  /** Items that are sentences of their own share neither head nor tail. */
  private clausal(groups: readonly Group[]): boolean {
    const { r } = this;
    let found = false;
    groups.forEach((g, k) => {
      if (k === 0) return;
      const from = groups[k - 1].last + 1;
      for (let i = from; i < g.first; i++) if (r.mark1(i) === ';' || r.is(i, ROLE.contrast) || r.is(i, ROLE.be)) found = true;
    });
    return found;
  }

  /** Where between two trailing markers the text about the second begins. */
  private boundary(from: number, to: number): number {
    const { r } = this;
    const c = r.mark1(from);
    const separated = c === ',' || c === ';' || c === '.' || r.is(from, ROLE.joiner | ROLE.contrast);
    let cut = from;
    for (let i = from + 1; i <= to; i++) if (r.mark1(i) === ';' && r.depth[i] === r.depth[from]) cut = i;
    if (cut > from || separated) return cut;
    for (let i = to; i > from; i--) if (r.depth[i] === r.depth[from] && (r.mark1(i) === ',' || r.is(i, ROLE.contrast))) return i;
    for (let i = to; i > from; i--) if (r.depth[i] === r.depth[from] && r.is(i, ROLE.list)) return i;
    return from;
  }

  private addInner(g: Group): void {
    if (g.innerFirst <= g.innerLast) this.add(g.innerFirst, g.innerLast, g.panels);
  }

  /** Adds a stretch without the markers inside it. */
  private around(first: number, last: number, groups: readonly Group[], panels: Panels): void {
    let from = first;
    for (const g of groups) {
      this.add(from, g.first - 1, panels);
      if (g.innerFirst <= g.innerLast) this.add(g.innerFirst, g.innerLast, panels);
      from = g.last + 1;
    }
    this.add(from, last, panels);
  }

  private withoutJoiner(from: number, to: number, more: boolean): number {
    let end = to;
    while (more && end >= from && (this.r.is(end, ROLE.joiner) || this.r.mark1(end) === ',')) end--;
    return end;
  }

  private firstText(from: number): number {
    let i = from;
    while (i < this.r.count && !this.r.isText(i)) i++;
    return i;
  }

  private add(first: number, last: number, panels: Panels): void {
    const { r } = this;
    let from = first;
    let to = last;
    const trim = (i: number): boolean => {
      const c = r.mark1(i);
      return c === ',' || c === ';' || c === ':' || c === '=' || c === '/';
    };
    while (from <= to && (trim(from) || (r.mark1(from) === '.' && from < to) || (r.is(from, ROLE.joiner) && !this.startsSentence(from)))) from++;
    if (from > to || r.words(from, to) === 0) return;
    this.segments.push({ first: from, last: to, panels });
  }

  private startsSentence(i: number): boolean {
    return this.r.capital(i);
  }
}
