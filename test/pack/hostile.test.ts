import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reporters } from '../../core/diagnostics/index.js';
import { explainEffective, validatePacks } from '../../core/pack/index.js';
import { readMarked } from '../../core/pack/caseText.js';

const cwd = mkdtempSync(join(tmpdir(), 'legenda-hostile-'));
const SOUND: Readonly<Record<string, string>> = {
  'pack.yaml':
    'id: lab\nversion: 1.0.0\nengine: "*"\nnormalise: { a: { hue: b } }\noverrides:\n  - { id: hue/red, add_terms: [x], why: y }\n',
  'hue.yaml':
    'entity: hue\nattributes: { b: c }\nvalues:\n  red:\n    terms: [(a|b) c, { term: d, context: { before: [e] } }]\n    except: [f]\n',
  'rules.yaml': "rules:\n  - id: r\n    entity: s\n    regex: '\\d{1,2} mm'\n    anchors: [mm]\n",
  'rules.test.yaml': 'cases:\n  - text: "[4 mm]{s}"\n  - none: "x"\n',
  'classes.yaml': 'taxonomy: t\nclasses:\n  a: { parent: b }\n  b:\ndisjoint:\n  - { id: d, classes: [a, b] }\n',
};
const FRAGMENTS = [
  '\u0000',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '\n',
  '\t',
  '&a ',
  '*a',
  '!!int ',
  '__proto__: 1\n',
  'null',
  '~',
  '1e999',
  '(((',
  '|',
  '"',
  "'",
  '𝄞',
  '\u202e',
  '?',
  '<<: ',
  '---\n',
  '#',
  '%',
];

it('arbitrary files give diagnostics, never a crash', async () => {
  const damage = fc.tuple(
    fc.constantFrom(...Object.keys(SOUND)),
    fc.array(
      fc.tuple(
        fc.nat(200),
        fc.nat(12),
        fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 8 })),
      ),
      { maxLength: 4 },
    ),
  );
  await fc.assert(
    fc.asyncProperty(damage, async ([name, edits]) => {
      for (const [file, text] of Object.entries(SOUND)) writeFileSync(join(cwd, file), text);
      let text = SOUND[name];
      for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
      writeFileSync(join(cwd, name), text);
      const { diagnostics, effective } = await validatePacks(['.'], { builtin: false, cwd, engineVersion: '0.1.0' });
      for (const one of diagnostics) {
        expect(one.message).not.toBe('');
        if (one.range) expect(one.range.line).toBeGreaterThan(0);
      }
      for (const report of Object.values(reporters)) report(diagnostics, { version: '0.1.0', textOf: () => text });
      explainEffective(effective);
    }),
    { numRuns: 300 },
  );
});

it('a marked text gives spans inside the caption, or a problem', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom('[', ']', '{a=b}', ']{a=b}', '\\', '{', '}', '!absent', 'x ', '𝄞'),
          fc.string({ maxLength: 4 }),
        ),
        { maxLength: 12 },
      ),
      (parts) => {
        const read = readMarked(parts.join(''));
        if ('problem' in read) return;
        for (const { start, end } of read.spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(read.caption.length);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
