import { candidateAt } from './frames.js';
import { isDash, labelsBetween } from './labels.js';
import type { Candidate } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** All candidates of a caption, left to right, none over another. Linear in its tokens. */
export function findCandidates(r: Reading): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < r.count;) {
    const candidate = candidateAt(r, i);
    if (candidate === null) i++;
    else {
      const range = spanned(r, found[found.length - 1], candidate);
      if (range === null) found.push(candidate);
      else found[found.length - 1] = range;
      i = candidate.last + 1;
    }
  }
  return found;
}

/** `(a)–(h)`, `(A) to (D)`: one marker; null where it is none. */
function spanned(r: Reading, from: Candidate | undefined, to: Candidate): Candidate | null {
  if (from?.frame !== 'bracket' || to.frame !== 'bracket' || to.first - from.last !== 2) return null;
  const link = from.last + 1;
  if (!isDash(r.mark1(link)) && !r.is(link, ROLE.range)) return null;
  const end = to.labels[0];
  const start = from.labels[from.labels.length - 1];
  if (
    to.alphabet !== from.alphabet ||
    end.alphabet === 'position' ||
    end.base !== start.base ||
    end.order <= start.order
  )
    return null;
  return { ...from, last: to.last, labels: [...from.labels, ...labelsBetween(start, end), ...to.labels], ranged: true };
}
