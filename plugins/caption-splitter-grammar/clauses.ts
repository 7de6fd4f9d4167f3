import type { Candidate } from './markers.js';
import type { Reading } from './reading.js';

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

/** A bracket that is never closed does not hold the rest of the caption together. */
function startsInBracket(r: Reading, i: number): boolean {
  for (let k = i; k < r.count; k++) if (r.isClose(k) && r.depth[k] === r.depth[i]) return false;
  return true;
}
