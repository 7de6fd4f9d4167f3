import type { EffectivePack } from '../pack/index.js';

/** What the audit has to know of a hit. */
export interface AuditHit {
  readonly sense: { readonly id: string; readonly at: string; readonly blocks: boolean };
  readonly start: number;
  readonly end: number;
}

/** What the audit has to know of a labelling: the engine's own, with losers and refusals (`Engine.read(…, true)`). */
export interface AuditTrace {
  readonly found: readonly { readonly hit: AuditHit }[];
  readonly resolved: { readonly shadowed: readonly { readonly hit: AuditHit; readonly by: AuditHit }[] };
  readonly refusals: readonly Pick<AuditHit, 'sense'>[];
}

/** How often a value or rule did what, over a corpus. */
export interface Tally {
  /** Captions in which it made an entity. */
  fired: number;
  /** Hits that lost, by the id of what they lost to. */
  readonly lostTo: Map<string, number>;
  /** Hits that a context or an exception turned away. */
  refused: number;
  /** The first caption in which it fired, by number from 0. */
  first: number;
}

/** A tally for every value of an entity and every rule, those that never did anything too. */
export function emptyTallies(effective: EffectivePack, packs: ReadonlySet<string>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const add = (id: string): unknown => tallies.set(id, { fired: 0, lostTo: new Map(), refused: 0, first: -1 });
  for (const { entity, pack, values } of effective.dictionaries)
    if (entity !== undefined && packs.has(pack)) values.forEach(({ id }) => add(id));
  for (const { id, pack } of effective.rules) if (packs.has(pack)) add(id);
  return tallies;
}

/** Adds one caption. */
export function tally(tallies: ReadonlyMap<string, Tally>, trace: AuditTrace, caption: number): void {
  const fired = new Set(trace.found.map(({ hit }) => hit.sense.id));
  for (const id of fired) {
    const one = tallies.get(id);
    if (!one) continue;
    one.fired++;
    if (one.first < 0) one.first = caption;
  }
  for (const { hit, by } of trace.resolved.shadowed) {
    if (hit.sense.blocks || hit.sense.id === by.sense.id) continue;
    const lostTo = tallies.get(hit.sense.id)?.lostTo;
    const winner = by.sense.blocks ? `an exception of ${by.sense.id}` : by.sense.id;
    lostTo?.set(winner, (lostTo.get(winner) ?? 0) + 1);
  }
  for (const { sense } of trace.refusals) {
    const one = tallies.get(sense.id);
    if (one) one.refused++;
  }
}
