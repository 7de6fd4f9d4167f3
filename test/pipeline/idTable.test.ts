import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdTable } from '../../core/pipeline/idTable.js';

it('a table of ids keeps what a map keeps', () => {
  const hash = fc.oneof(
    fc.integer({ min: 1, max: 50 }),
    fc.maxSafeInteger().map((n) => Math.abs(n) + 1),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(hash, fc.nat()), { maxLength: 300 }), (pairs) => {
      const table = new IdTable();
      const map = new Map<number, number>();
      for (const [key, line] of pairs) {
        table.set(key, line);
        map.set(key, line);
      }
      expect(table.size).toBe(map.size);
      for (const [key] of pairs) expect(table.get(key)).toBe(map.get(key));
      expect(table.get(2 ** 52 + 12345)).toBe(map.get(2 ** 52 + 12345));
    }),
  );
});

it('grows to a million', () => {
  const table = new IdTable();
  for (let i = 1; i <= 1_000_000; i++) table.set(i * 4097, i);
  expect(table.size).toBe(1_000_000);
  expect(table.get(4097 * 777_777)).toBe(777_777);
  expect(table.get(5)).toBeUndefined();
});
