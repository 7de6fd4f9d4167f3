import type { Group } from './groups.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** Whether a group stands at the head of the sentence that begins at token `first`. */
export const opens = (r: Reading, first: number, g: Group): boolean => r.words(first, g.first - 1) === 0;

/** Whether nothing that a group could lead follows it up to token `last`. */
export function closed(r: Reading, g: Group, last: number): boolean {
  const next = g.last + 1;
  if (next > last) return true;
  const c = r.mark1(next);
  return c === ',' || c === ';' || c === '.' || c === ')' || r.is(next, ROLE.joiner | ROLE.contrast);
}

/** Inside a sentence that a marker opened: whether this one leads what follows, too. */
export function leadsInside(r: Reading, g: Group): boolean {
  return g.leads || (!g.mention && (g.before !== 'text' || !closed(r, g, r.count - 1)));
}

/**
 * Whether the markers of a sentence lead their texts rather than trail them: each says so by what stands before and
 * after it.
 *
 * @param inclined a lone marker between two texts leads, where other sentences' markers do
 */
export function leads(r: Reading, first: number, last: number, groups: readonly Group[], inclined: boolean): boolean {
  if (groups.some((g) => g.leads) || opens(r, first, groups[0])) return true;
  let lead = 0;
  let trail = 0;
  for (const g of groups) {
    if (g.mention) continue;
    const end = closed(r, g, last);
    if (g.before !== 'text' && !end) lead++;
    else if ((g.before === 'text' || g.before === 'start') && end) trail++;
  }
  if (lead !== trail) return lead > trail;
  const [g] = groups;
  return groups.length === 1 && inclined && !closed(r, g, last) && !g.mention && r.capital(g.last + 1);
}

/** Items between trailing markers that are sentences of their own share neither head nor tail. */
export function clausal(r: Reading, groups: readonly Group[]): boolean {
  for (let i = groups[0].last + 1; i < groups[groups.length - 1].first; i++) {
    if (r.mark1(i) === ';' || r.is(i, ROLE.contrast | ROLE.be)) return true;
  }
  return false;
}

/** Where between two trailing markers the text about the second begins. */
export function boundary(r: Reading, from: number, to: number): number {
  const level = (i: number): boolean => r.depth[i] === r.depth[from];
  const c = r.mark1(from);
  const separated = c === ',' || c === ';' || c === '.' || r.is(from, ROLE.joiner | ROLE.contrast);
  let cut = from;
  for (let i = from + 1; i <= to; i++) if (r.mark1(i) === ';' && level(i)) cut = i;
  if (cut > from || separated) return cut;
  for (let i = to; i > from; i--) if (level(i) && (r.mark1(i) === ',' || r.is(i, ROLE.contrast))) return i;
  for (let i = to; i > from; i--) if (level(i) && r.is(i, ROLE.list)) return i;
  return from;
}
