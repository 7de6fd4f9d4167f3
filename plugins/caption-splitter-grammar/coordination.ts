import { GAP_APOSTROPHE, GAP_HYPHEN } from '../../core/plugin/index.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** Tokens of one described thing, both inclusive. */
export interface Item {
  readonly first: number;
  readonly last: number;
}

/** No item reaches further back than so many tokens. */
const FARTHEST = 24;
/** What it costs to begin an item after each kind of word; the difference in length is added, after a verb of showing half. */
const COST = { show: 0, picture: 0.5, preposition: 1, comma: 1, be: 1, conjunction: 4, start: 1.5, unlike: 1 } as const;

/**
 * Where the first of several coordinated things begins: `CT of the chest with |coronal (A) and sagittal (B)`.
 * What stands before it is shared.
 *
 * @param items the other things, which show how long one is
 * @param tail the first token after the last marker where that goes on without a boundary, else -1
 */
export function itemStart(r: Reading, first: number, last: number, items: readonly Item[], tail: number): number {
  return wordStart(r, findStart(r, first, last, items, tail), first);
}

function findStart(r: Reading, first: number, last: number, items: readonly Item[], tail: number): number {
  let from = first;
  for (let i = last; i > first; i--) {
    const c = r.mark1(i);
    if (r.depth[i] === r.depth[last] && (c === ':' || c === ';')) {
      from = i + 1;
      break;
    }
  }
  if (items.length === 0) return from;
  const repeated = repetition(r, from, last, items[0]);
  if (repeated >= 0) return repeated;
  const lengths = items.map((item) => open(r, contentStart(r, item.first, item.last), item.last));
  if (tail >= 0 && r.is(last, ROLE.preposition)) return occasionStart(r, from, last);
  if (r.is(contentStart(r, items[0].first, items[0].last), ROLE.preposition)) {
    const start = likePreposition(r, from, last, lengths[0]);
    if (start >= 0) return start;
  }
  if (modifiersOnly(r, last, last)) {
    // Adjectives whose noun comes later: as many as the other items have.
    const headed = items.every((item) => modifiersOnly(r, item.first, item.last));
    if (headed && (tail >= 0 || r.words(from, last) > 1)) return lastModifiers(r, from, last, Math.max(...lengths));
    if (tail < 0) {
      const end = items[items.length - 1];
      if (!modifiersOnly(r, end.first, end.last) && r.is(contentStart(r, end.first, end.last), ROLE.modifier)) {
        return lastModifiers(r, from, last, 2);
      }
    }
  }
  const headless = tail >= 0 && !r.is(tail, ROLE.verb | ROLE.preposition | ROLE.joiner) && r.isWord(tail);
  const want = lengths.reduce((a, b) => a + b, 0) / lengths.length;
  const determined = r.is(contentStart(r, items[0].first, items[0].last), ROLE.determiner);
  // Where others say where they are, the first one does.
  const situated = items.some((item) => hasPreposition(r, item));
  let placed = false;
  let best = from;
  let least = Infinity;
  for (let i = last; i >= Math.max(from, last - FARTHEST); i--) {
    placed ||= r.is(i, ROLE.preposition);
    const cost = startCost(r, i, from, determined);
    if (cost === null) continue;
    const difference = Math.abs(open(r, i, last) - want) + (situated && !placed ? COST.unlike : 0);
    const total = cost + (cost === COST.show ? difference / 2 : difference);
    if (total < least) {
      least = total;
      best = i;
    }
    // Nothing before the verb of showing belongs to the first thing only.
    if (cost === COST.show) break;
  }
  // `showing |a mass (A) and oedema (B)`: an article that the others lack is the first one's own.
  if (!determined) while (best - 2 >= from && r.is(best - 1, ROLE.determiner) && shown(r, best - 2)) best--;
  if (headless && r.words(best, last) > Math.max(...lengths)) return lastWords(best, last, Math.max(...lengths));
  return best;
}

/** `acquired |3 months before (C) and after (D) surgery`: the time that belongs to a preposition, from its number on. */
function occasionStart(r: Reading, from: number, last: number): number {
  let start = last;
  for (let i = last - 1; i >= from && r.isText(i); i--) {
    if (r.isNumber(i)) start = i;
    else if (!r.is(i, ROLE.content) || r.is(i, ROLE.image | ROLE.images | ROLE.technique)) break;
  }
  return start;
}

/** The second thing begins with a preposition, so the first does: `in onions (A) and in seeds of lettuce (B)`. Or -1. */
function likePreposition(r: Reading, from: number, last: number, want: number): number {
  let best = -1;
  let least = Infinity;
  for (let i = last - 1; i >= Math.max(from, last - FARTHEST); i--) {
    if (!r.is(i, ROLE.preposition) || r.depth[i] !== r.depth[last]) continue;
    const cost = Math.abs(open(r, i, last) - want) + (r.is(i, ROLE.genitive) ? 2 * COST.conjunction : 0);
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}

/** The cost of beginning an item at token `i`; null where none can begin. */
function startCost(r: Reading, i: number, from: number, determined: boolean): number | null {
  if (!r.isText(i) && !r.isOpen(i)) return null;
  // Where the other things have an article, the first one keeps its own.
  if (i > from && r.is(i, ROLE.determiner) !== determined && (r.is(i, ROLE.determiner) || r.is(i - 1, ROLE.determiner)))
    return null;
  if (i === from) return COST.start;
  let before = i - 1;
  while (before > from && r.is(before, ROLE.determiner)) before--;
  if (r.is(before, ROLE.show)) return COST.show;
  if (r.is(before, ROLE.be)) return COST.be;
  if (r.mark1(before) === ',') return COST.comma;
  if (r.is(before, ROLE.preposition))
    return r.is(before - 1, ROLE.image | ROLE.images) ? COST.picture : COST.preposition;
  if (r.is(before, ROLE.joiner)) return COST.conjunction;
  return null;
}

function hasPreposition(r: Reading, { first, last }: Item): boolean {
  for (let i = contentStart(r, first, last) + 1; i <= last; i++) if (r.is(i, ROLE.preposition)) return true;
  return false;
}

/** Whether a verb of showing ends at token `i`, articles aside. */
function shown(r: Reading, i: number): boolean {
  let before = i;
  while (before > 0 && r.is(before, ROLE.determiner)) before--;
  return r.is(before, ROLE.show);
}

/** The second thing begins like the first: `nMDS plot of X (A) and nMDS plot of Y (B)`. Its place, or -1. */
function repetition(r: Reading, from: number, last: number, item: Item): number {
  const start = contentStart(r, item.first, item.last);
  if (!r.isText(start) || r.is(start, ROLE.determiner) || (start >= item.last && !r.is(start, ROLE.preposition)))
    return -1;
  const same = (a: number, b: number): boolean => {
    const { doc } = r;
    const length = doc.end[a] - doc.start[a];
    if (length !== doc.end[b] - doc.start[b]) return false;
    return (
      doc.text.slice(doc.start[a], doc.end[a]).toLowerCase() === doc.text.slice(doc.start[b], doc.end[b]).toLowerCase()
    );
  };
  for (let i = last - 1; i >= from; i--) if (same(i, start)) return i;
  return -1;
}

/** The first token of an item after commas, "and" and the like. */
export function contentStart(r: Reading, first: number, last: number): number {
  let i = first;
  while (i < last && ((!r.isText(i) && !r.isOpen(i)) || r.is(i, ROLE.joiner | ROLE.contrast))) i++;
  return i;
}

/** Whether an item has no noun of its own: `axial`, `portal venous`. */
export function modifiersOnly(r: Reading, first: number, to: number): boolean {
  let any = false;
  let last = to;
  while (last > first && (!r.isText(last) || r.is(last, ROLE.joiner))) last--;
  for (let i = first; i <= last; i++) {
    if (!r.isText(i) || r.is(i, ROLE.joiner | ROLE.determiner)) continue;
    if (r.isNumber(i) && last > first) continue;
    if (!r.is(i, ROLE.modifier) || r.is(i, ROLE.noun | ROLE.image | ROLE.images | ROLE.verb)) return false;
    // `axial CT` has its noun, `CT (A) and PET (B) images` have not.
    if (any && i === last && r.is(i, ROLE.technique)) return false;
    any = true;
  }
  return any;
}

/** Only adjectives from `first` to the end of the phrase. */
function attributive(r: Reading, first: number, last: number): boolean {
  for (let i = first; i <= last && r.isText(i); i++)
    if (!r.is(i, ROLE.modifier) || r.is(i, ROLE.strong | ROLE.noun)) return false;
  return true;
}

function lastModifiers(r: Reading, from: number, last: number, most: number): number {
  let start = last;
  let n = 1;
  while (start > from && n < most && r.isText(start - 1) && modifiersOnly(r, start - 1, start - 1)) {
    start--;
    n++;
  }
  return start;
}

function lastWords(from: number, last: number, most: number): number {
  let start = last;
  for (let n = 1; start > from && n < most; n++) start--;
  return start;
}

/**
 * Where in the last text of a list begins what its items share: `(A) low and (B) high |magnifications`,
 * `(a) titles and (b) abstracts |of all works`. Null where it is all the last panel's own.
 *
 * @param items the things before
 * @param coordinated something before the list is shared, too
 * @param joined "and" stands before the last item
 * @returns the token, and the first item that shares it
 */
export function sharedTail(
  r: Reading,
  items: readonly Item[],
  first: number,
  last: number,
  coordinated: boolean,
  joined: boolean,
): { readonly at: number; readonly since: number } | null {
  if (items.length === 0 || r.mark1(items[items.length - 1].last) === ';') return null;
  let since = items.length;
  while (since > 0 && modifiersOnly(r, items[since - 1].first, items[since - 1].last)) since--;
  const start = contentStart(r, first, last);
  if (since < items.length) {
    let at = start;
    let longest = 1;
    for (let n = since; n < items.length; n++)
      longest = Math.max(longest, plainWords(r, items[n].first, items[n].last));
    while (at < last && at - start < longest && r.isText(at + 1) && modifiersOnly(r, at, at)) at++;
    const shared = wordStart(r, at, start);
    // The noun must be there: `CD3 negative, CD20 positive and Ki-67 high` share none.
    return shared > start && !attributive(r, shared, last) ? { at: shared, since } : null;
  }
  // Without "and" the last item is no more than another one.
  if (!joined) return null;
  let longest = 0;
  for (const item of items) {
    longest = Math.max(longest, r.words(item.first, item.last));
    for (let i = item.first; i <= item.last; i++) if (r.is(i, ROLE.show | ROLE.be)) return null;
  }
  // A verb of showing after a list of noun phrases speaks of them all.
  for (let i = start + 1; i <= last; i++) {
    if (r.depth[i] > r.depth[start]) continue;
    if (r.is(i, ROLE.show)) return { at: i, since: 0 };
    if (!r.isText(i) && !(r.mark1(i) === ',' && r.is(i + 1, ROLE.show)) && !r.isOpen(i) && !r.isClose(i)) break;
  }
  if (!coordinated || longest > 3) return null;
  for (const item of items) for (let i = item.first; i <= item.last; i++) if (r.is(i, ROLE.preposition)) return null;
  for (let i = start + 1; i <= last; i++) {
    if (!r.isText(i)) return null;
    if (r.is(i, ROLE.preposition)) return i - start <= longest + 1 ? { at: i, since: 0 } : null;
  }
  return null;
}

/** The first token of the hyphenated word that token `i` is in: `non-optimised` is not cut. */
function wordStart(r: Reading, i: number, first: number): number {
  let start = i;
  while (start > first && (r.doc.gap[start] === GAP_HYPHEN || r.doc.gap[start] === GAP_APOSTROPHE)) start--;
  return start;
}

/** Words that are no joiners. */
function plainWords(r: Reading, first: number, last: number): number {
  let n = 0;
  for (let i = first; i <= last; i++) if (r.isText(i) && !r.is(i, ROLE.joiner)) n++;
  return n;
}

/** Words outside brackets: `300 mg (4)` is two. */
function open(r: Reading, first: number, last: number): number {
  const depth = r.depth[last] - (r.isClose(last) ? 1 : 0);
  let n = 0;
  for (let i = first; i <= last; i++) if (r.isText(i) && r.depth[i] <= depth) n++;
  return n;
}
