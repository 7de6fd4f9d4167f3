import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragment, JsonBytes } from '../../core/label/jsonBytes.js';

const text = (out: JsonBytes): string => new TextDecoder('utf-8', { fatal: true }).decode(out.view);

describe('JSON as bytes', () => {
  it('quotes any string as JSON.stringify does, lone surrogates too', () => {
    const units = fc.string({ unit: 'binary', maxLength: 60 });
    const lone = fc.array(fc.constantFrom('a', '"', '\\', '\u0007', '\n', 'é', '中', '🦵', '\ud83e', '\udd95'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          units,
          lone.map((l) => l.join('')),
        ),
        (s) => {
          const out = new JsonBytes();
          out.string(s);
          expect(text(out)).toBe(JSON.stringify(s));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('writes slices, numbers and pieces, and starts again', () => {
    const out = new JsonBytes();
    out.string('left kidney', 5, 11);
    expect(text(out)).toBe('"kidney"');
    out.clear();
    for (const n of [0, 7, 10, 99, 100, 65_536, 1_234_567_890]) {
      out.integer(n);
      out.put(fragment(','));
    }
    out.raw('{"a":"é"}');
    expect(text(out)).toBe('0,7,10,99,100,65536,1234567890,{"a":"é"}');
  });

  it('grows as far as it must', () => {
    const out = new JsonBytes();
    const long = 'é'.repeat(100_000);
    out.string(long);
    expect(text(out)).toBe(JSON.stringify(long));
  });
});
