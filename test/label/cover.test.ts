import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coverOf } from '../../core/label/cover.js';
import { contains } from '../../core/text/index.js';

it('many spans hold what one of them holds, in whatever order they come', () => {
  const span = fc
    .tuple(fc.nat(60), fc.integer({ min: 1, max: 12 }))
    .map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), span, (spans, one) => {
      expect(coverOf(spans)(one)).toBe(spans.some((outer) => contains(outer, one)));
    }),
    { numRuns: 2000 },
  );
});
