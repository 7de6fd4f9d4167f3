import { dateOf, dayOf, entrezDate } from './days.js';

/**
 * A part of a search that is asked for by itself: the articles that Entrez took in on some days, and, where one day is
 * too many, those among them whose numbers lie in a range. Every article has exactly one such day and one number, so
 * that parts neither overlap nor leave anything out. All ends are inclusive.
 */
export interface Window {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly uids?: readonly [low: number, high: number];
}

/** Before the first article and after the last: what is beyond has no day in Entrez. */
const EARLIEST = dayOf('1700-01-01');
const LATEST = dayOf('2199-12-31');
const HIGHEST_UID = 2 ** 30 - 1;
/** More parts at once would ask for much that is empty. */
const MOST_PARTS = 12;

/** Everything that was taken in from a day on. */
export const windowSince = (day: number = EARLIEST): Window => ({ firstDay: day, lastDay: LATEST });

/** Whether it reaches to days that are still to come. */
export const isOpen = ({ lastDay }: Window): boolean => lastDay >= LATEST;

/** The window as part of a search; `''` for what is not narrowed at all. */
export function termOf({ firstDay, lastDay, uids }: Window): string {
  const parts: string[] = [];
  if (firstDay > EARLIEST || lastDay < LATEST) {
    parts.push(`${entrezDate(dateOf(firstDay))}:${entrezDate(dateOf(lastDay))}[edat]`);
  }
  if (uids) parts.push(`${uids[0]}:${uids[1]}[uid]`);
  return parts.join(' AND ');
}

/**
 * A window of days in parts, earliest first; more of them where more was found. Empty where it is one day.
 * @param found how many articles are in it
 * @param cap how many can be had of one part
 */
export function dayParts({ firstDay, lastDay, uids }: Window, found: number, cap: number): readonly Window[] {
  if (uids || firstDay === lastDay) return [];
  const wanted = Math.min(MOST_PARTS, Math.max(2, Math.ceil((1.5 * found) / cap)));
  return cut(firstDay, lastDay, wanted).map(([from, to]) => ({ firstDay: from, lastDay: to }));
}

/**
 * A window in parts by numbers, lowest first: below, above and through the middle of some that are in it. Whatever
 * those are, the parts are all of the window, and each is less than it. Empty where it is one number.
 */
export function uidParts(
  { firstDay, lastDay, uids = [1, HIGHEST_UID] }: Window,
  some: readonly number[],
): readonly Window[] {
  const [low, high] = uids;
  if (low === high) return [];
  const inside = some.filter((uid) => uid >= low && uid <= high).sort((a, b) => a - b);
  const middle = inside[(inside.length - 1) >> 1] ?? Math.floor((low + high) / 2);
  // Each is the last number of a part; the window's own end is that of the last part.
  const ends = [(inside[0] ?? low) - 1, Math.min(middle, high - 1), inside.at(-1) ?? high, high];
  const parts: Window[] = [];
  let from = low;
  for (const end of ends) {
    if (end < from) continue;
    parts.push({ firstDay, lastDay, uids: [from, end] });
    from = end + 1;
  }
  return parts;
}

function cut(low: number, high: number, wanted: number): (readonly [number, number])[] {
  const size = high - low + 1;
  const count = Math.min(wanted, size);
  return Array.from({ length: count }, (_, at) => [
    low + Math.floor((at * size) / count),
    low + Math.floor(((at + 1) * size) / count) - 1,
  ]);
}
