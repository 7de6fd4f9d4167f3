import type { Clause } from './clauses.js';
import { clausal, closed, leads, leadsInside, opens } from './direction.js';
import { exceeds, groupsOf, union, type Group, type Panels } from './groups.js';
import { isHeading, isLegend, legendKind } from './context.js';
import { Placement, type Segment } from './placement.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

interface Sentence extends Clause {
  readonly groups: readonly Group[];
}

/**
 * Gives every stretch of a caption to the panels that it describes: text after a leading marker, text before a
 * trailing one, and what all or some of them share.
 */
export class Attachment {
  /** In the order of the text. */
  readonly segments: readonly Segment[];
  private readonly all: Panels;
  private readonly placement: Placement;
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
        if (g.leads || opens(r, s.first, g)) leads++;
        else if (!g.mention && g.before === 'text' && closed(r, g, s.last)) trails++;
      });
    }
    this.leadsMostly = leads > trails;
    this.mixed = leads > 0 && trails > 0;
    this.placement = new Placement(r, this.all);
    this.attach();
    this.segments = this.placement.segments.sort((a, b) => a.first - b.first || a.last - b.last);
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
        this.placement.add(s.first, s.last, legend || own === null ? this.all : own);
      } else this.unmarkedInner(s, i);
    });
  }

  /** A sentence before the first marker. Where a like heading comes later ("Patient 1." ... "Patient 2."), it is for a group only. */
  private unmarkedHead(s: Sentence, i: number): void {
    const next = this.sentences[i + 1];
    const later = this.sentences.findIndex((o, k) => k > i + 1 && this.headsGroup(o, k));
    if (next !== undefined && next.groups.length > 0 && later > 0 && this.short(s)) {
      this.placement.add(s.first, s.last, this.ahead(i + 1, later));
    } else this.placement.add(s.first, s.last, this.all);
  }

  private unmarkedInner(s: Sentence, i: number): void {
    if (this.headsGroup(s, i)) {
      let end = this.sentences.findIndex((o, k) => k > i && this.headsGroup(o, k));
      if (end < 0) end = this.sentences.length;
      this.placement.add(s.first, s.last, this.ahead(i + 1, end));
      return;
    }
    const kind = legendKind(this.r, s.first, s.last);
    if (kind !== null) this.legendKinds.add(kind);
    this.placement.add(s.first, s.last, (this.headed ? this.owner : (this.lastLed ?? this.owner)) ?? this.all);
  }

  /** Whether a sentence is a heading of the panels after it, as no other text is. */
  private headsGroup(s: Sentence, i: number): boolean {
    const next = this.sentences[i + 1];
    if (s.groups.length > 0)
      return s.groups.length === 1 && s.groups[0].leads && this.headTokens(s) > 0 && this.short(s);
    if (next === undefined || next.groups.length === 0 || !this.leadsMostly) return false;
    if (!opens(this.r, next.first, next.groups[0]) && !next.groups[0].leads) return false;
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
    for (let k = from; k < to; k++)
      for (const g of this.sentences[k].groups) if (!g.mention) panels = union(panels, g.panels);
    return panels.length > 0 ? panels : this.all;
  }

  private marked(s: Sentence, i: number): void {
    const { groups } = s;
    if (groups.every((g) => g.mention) && !groups.some((g) => opens(this.r, s.first, g))) {
      // "The star marks the tumour in (A) and (C)." "Relative to panel A."
      const aside = this.owner !== null && groups.every((g) => g.aside);
      const panels = aside ? (this.owner ?? this.all) : groups.reduce<Panels>((p, g) => union(p, g.panels), []);
      let cut = groups[0].first - 1;
      while (cut > s.first && this.r.mark1(cut) !== ';') cut--;
      if (cut > s.first) this.placement.add(s.first, cut, this.owner ?? this.all);
      else if (this.owner === null && this.lastLed === null) cut = this.topic(s, groups[0]);
      this.placement.around(Math.max(cut, s.first), s.last, groups, panels);
      this.owner = this.leadsMostly ? panels : null;
      return;
    }
    const lead = leads(this.r, s.first, s.last, groups, this.leadsMostly || this.lastLed !== null);
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
        else if (this.owner !== null) shared = run;
      }
      this.placement.lead(s.first, s.last, groups, shared, head);
      const own = groups.filter((g) => !g.mention).map((g) => g.panels);
      const top = own[0] ?? this.all;
      const end = own[own.length - 1] ?? null;
      this.lastLed = end !== null && exceeds(top, end) ? top : end;
      this.headed = head;
      const run = own.reduce<Panels>((p, q) => union(p, q), []);
      this.owner =
        own.length > 1 && !exceeds(top, own[own.length - 1]) ? (run.length === this.all.length ? null : run) : top;
      if (groups.length > 1 && !head && groups.slice(1).every((g) => !leadsInside(this.r, g))) this.owner = top;
    } else {
      const run = groups.reduce<Panels>((p, g) => union(p, g.panels), []);
      this.placement.trail(s.first, s.last, groups, run);
      this.lastLed = null;
      const next = this.sentences[i + 1];
      const anaphor = next !== undefined && this.anaphoric(next);
      this.owner =
        anaphor && (groups.length === 1 || clausal(this.r, groups))
          ? groups[groups.length - 1].panels
          : this.leadsMostly && groups.length === 1
            ? run
            : null;
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
    this.placement.add(s.first, verb - 1, this.all);
    return verb;
  }

  private anaphoric(s: Sentence): boolean {
    const from = this.firstText(s.first);
    for (let i = from; i <= Math.min(s.last, from + 3); i++) if (this.r.is(i, ROLE.anaphor)) return true;
    return false;
  }

  private firstText(from: number): number {
    let i = from;
    while (i < this.r.count && !this.r.isText(i)) i++;
    return i;
  }
}
