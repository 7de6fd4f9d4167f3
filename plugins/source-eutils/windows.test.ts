import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from './days.js';
import { dayParts, isOpen, termOf, uidParts, windowSince } from './windows.js';

test('a part is asked for by days, and by numbers within one', () => {
  expect(termOf(windowSince())).toBe('');
  expect(termOf(windowSince(dayOf('2021-03-01')))).toBe('2021/03/01:2199/12/31[edat]');
  expect(termOf({ firstDay: dayOf('2021-03-01'), lastDay: dayOf('2021-03-01'), uids: [5, 9] })).toBe(
    '2021/03/01:2021/03/01[edat] AND 5:9[uid]',
  );
  expect([isOpen(windowSince()), isOpen({ firstDay: 0, lastDay: 1 })]).toEqual([true, false]);
});

test('parts by days lie side by side, in order, and are all of the whole', () => {
  const whole = fc.tuple(
    fc.nat(60_000),
    fc.integer({ min: 1, max: 5000 }),
    fc.integer({ min: 1, max: 1e6 }),
    fc.integer({ min: 1, max: 9999 }),
  );
  fc.assert(
    fc.property(whole, ([firstDay, length, found, cap]) => {
      const parts = dayParts({ firstDay, lastDay: firstDay + length }, found, cap);
      expect(parts.length).toBeGreaterThan(1);
      sideBySide(
        parts.map((part) => [part.firstDay, part.lastDay]),
        firstDay,
        firstDay + length,
      );
    }),
  );
  expect(dayParts({ firstDay: 1, lastDay: 1 }, 20_000, 9999)).toEqual([]);
});

test('parts by numbers do so too, whatever is known of them', () => {
  const uid = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(uid, uid, fc.array(uid, { maxLength: 20 }), (a, b, some) => {
      fc.pre(a !== b);
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const parts = uidParts({ firstDay: 1, lastDay: 1, uids: [low, high] }, some);
      expect(parts.length).toBeGreaterThan(1);
      sideBySide(
        parts.map(({ uids }) => uids!),
        low,
        high,
      );
    }),
  );
  expect(uidParts({ firstDay: 1, lastDay: 1, uids: [4, 4] }, [4])).toEqual([]);
  expect(uidParts({ firstDay: 1, lastDay: 1 }, [])).toHaveLength(2);
});

function sideBySide(ranges: readonly (readonly [number, number])[], low: number, high: number): void {
  expect([ranges[0][0], ranges.at(-1)![1]]).toEqual([low, high]);
  for (const [from, to] of ranges) expect(to).toBeGreaterThanOrEqual(from);
  for (let at = 1; at < ranges.length; at++) expect(ranges[at][0]).toBe(ranges[at - 1][1] + 1);
}
