import { contains, type Span } from '../text/index.js';

/** Up to so many spans are looked through one by one: nearly every caption has fewer. */
const FEW = 8;

/** Whether one of several spans, in any order, holds another span. Looking takes the logarithm of their number. */
export function coverOf(spans: readonly Span[]): (span: Span) => boolean {
  if (spans.length <= FEW) return (span) => spans.some((one) => contains(one, span));
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  // Of all that begin before a place, the one that reaches farthest holds whatever any of them holds.
  let farthest = 0;
  const reach = sorted.map(({ end }) => (farthest = Math.max(farthest, end)));
  return ({ start, end }) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (sorted[mid].start <= start) low = mid + 1;
      else high = mid;
    }
    return low > 0 && reach[low - 1] >= end;
  };
}
