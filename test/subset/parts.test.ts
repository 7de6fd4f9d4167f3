import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealOut, Units, type Unit } from '../../core/dataset/subset/parts.js';

describe('units', () => {
  it('are the groups of a shared key, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(6)), { maxLength: 12 }),
        fc.nat(),
        (pairs, turn) => {
          const unitsOf = (list: readonly (readonly [string, number])[]): Record<string, string> => {
            const units = new Units();
            for (const [article, key] of list) units.share(article, String(key));
            return Object.fromEntries(
              [...new Set(pairs.map(([article]) => article))].sort().map((article) => [article, units.of(article)]),
            );
          };
          const found = unitsOf(pairs);
          expect(unitsOf([...pairs].reverse())).toEqual(found);
          const shift = pairs.length === 0 ? 0 : turn % pairs.length;
          expect(unitsOf([...pairs.slice(shift), ...pairs.slice(0, shift)])).toEqual(found);
          for (const [a, key] of pairs)
            for (const [b, other] of pairs) if (key === other) expect(found[a]).toBe(found[b]);
          for (const [article, unit] of Object.entries(found)) expect(unit <= article).toBe(true);
        },
      ),
    );
  });
});

const unit = (id: string, weight = 1, ...strata: string[]): Unit => ({ id, articles: [id], weight, strata });
const shares = { train: 0.8, validation: 0.1, test: 0.1 };
const sizes = (units: readonly Unit[], parts: ReadonlyMap<string, string>): Record<string, number> => {
  const count: Record<string, number> = {};
  for (const { id, weight } of units) count[parts.get(id)!] = (count[parts.get(id)!] ?? 0) + weight;
  return count;
};

describe('dealing out', () => {
  it('gives every unit one part, the same in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.integer({ min: 1, max: 5 }), fc.subarray(['x', 'y', 'z'])), {
          selector: ([id]) => id,
          maxLength: 40,
        }),
        fc.integer(),
        (list, seed) => {
          const units = list.map(([id, weight, strata]) => unit(id, weight, ...strata));
          const parts = dealOut(units, { shares, seed });
          expect(parts.size).toBe(units.length);
          const again = dealOut([...units].reverse(), { shares, seed });
          for (const { id } of units) expect(again.get(id)).toBe(parts.get(id));
        },
      ),
    );
  });

  it('holds the shares exactly where it can, overall and in each stratum', () => {
    const units = Array.from({ length: 200 }, (_, i) => unit(`u${i}`, 1, i % 4 === 0 ? 'rare' : 'common'));
    const parts = dealOut(units, { shares, seed: 7 });
    expect(sizes(units, parts)).toEqual({ train: 160, validation: 20, test: 20 });
    const rare = units.filter((one) => one.strata[0] === 'rare');
    expect(sizes(rare, parts)).toEqual({ train: 40, validation: 5, test: 5 });
  });

  it('leaves no part empty although every unit is a stratum of its own', () => {
    const units = Array.from({ length: 20 }, (_, i) => unit(`u${i}`, 1, `s${i}`));
    expect(sizes(units, dealOut(units, { shares }))).toEqual({ train: 16, validation: 2, test: 2 });
  });

  it('changes with the seed, and gives nothing to a part without a share', () => {
    const units = Array.from({ length: 50 }, (_, i) => unit(`u${i}`));
    const by = (seed: number): string => JSON.stringify([...dealOut(units, { shares, seed })].sort());
    expect(by(1)).toBe(by(1));
    expect(by(1)).not.toBe(by(2));
    expect(sizes(units, dealOut(units, { shares: { train: 1, test: 0 } }))).toEqual({ train: 50 });
  });
});
