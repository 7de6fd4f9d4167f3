import type { Candidate } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** A sentence in tokens, both inclusive, with its markers. */
export interface Clause {
  readonly first: number;
  readonly last: number;
  readonly markers: readonly Candidate[];
}

/**
 * Cuts a caption into sentences as its markers want them: none ends inside a bracket or a marker, and a marker that
 * leads (`A.`, `b)`) opens one where the sentence before is closed.
 *
 * @param markers left to right
 */
export function cutClauses(r: Reading, markers: readonly Candidate[]): Clause[] {
  const starts = new Set<number>();
  for (const sentence of r.doc.sentences) starts.add(r.doc.tokenAt(sentence.start));
  for (const m of markers) {
    for (let i = m.first + 1; i <= m.last + 1; i++) {
      if (i <= m.last || m.frame !== 'bracket' || m.before === 'start') starts.delete(i);
    }
    // Without white space: `brain.(B) MRI`.
    if (m.before === 'start' && (m.frame !== 'bracket' || r.mark1(m.first - 1) === '.')) starts.add(m.first);
  }
  for (let i = 1; i < r.count; i++) {
    // `(ppCT).Optical`, `uptake.(Image: ...)`.
    if (
      r.mark1(i - 1) === '.' &&
      r.glued(i) &&
      r.depth[i] === 0 &&
      ((r.capital(i) && r.isClose(i - 2)) || (r.isOpen(i) && r.isWord(i - 2)))
    ) {
      if (!markers.some((m) => m.first < i && m.last >= i - 1)) starts.add(i);
    }
  }
  // A bracket that is closed off again trails, whatever stands before it: `Allium cepa L. (a-c) and`.
  for (const m of markers) {
    if (m.frame === 'bracket' && starts.has(m.first) && !m.mention && trails(r, m, markers)) starts.delete(m.first);
  }
  const clauses: Clause[] = [];
  let first = 0;
  let k = 0;
  for (let i = 1; i <= r.count; i++) {
    if (i < r.count && !(starts.has(i) && (r.depth[i] === 0 || startsInBracket(r, i)))) continue;
    const own: Candidate[] = [];
    for (; k < markers.length && markers[k].first < i; k++) own.push(markers[k]);
    clauses.push({ first, last: i - 1, markers: own });
    first = i;
  }
  return clauses;
}

function trails(r: Reading, m: Candidate, markers: readonly Candidate[]): boolean {
  const next = m.last + 1;
  if (m.first === 0) return false;
  if (next >= r.count) return true;
  if (markers.some((o) => o.first === next || o.first === next + 1 || o.first === next + 2)) return false;
  return (
    r.is(next, ROLE.list) ||
    r.mark1(next) === ';' ||
    (r.mark1(next) === '.' && (next + 1 >= r.count || r.capital(next + 1)))
  );
}

/** A bracket that is never closed does not hold the rest of the caption together. */
function startsInBracket(r: Reading, i: number): boolean {
  for (let k = i; k < r.count; k++) if (r.isClose(k) && r.depth[k] === r.depth[i]) return false;
  return true;
}
