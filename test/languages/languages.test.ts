import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, readGold } from '../../core/eval/index.js';
import { openEngine, type Engine } from '../../core/index.js';

const LANGUAGES = [
  ['Spanish', 'es'],
  ['French', 'fr'],
  ['Portuguese', 'pt'],
] as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});

/** Captions written for this test, with what a reader takes from their words alone. */
describe('captions in other languages', () => {
  it.each(LANGUAGES)('%s', async (_, code) => {
    const { records, bad } = await readGold(fileURLToPath(new URL(`captions-${code}.jsonl`, import.meta.url)));
    expect(bad).toEqual([]);
    expect(records).toHaveLength(37);
    const { taxonomy } = engine.labeller.pack;
    const report = evaluate(records, new Map(records.map(({ id, caption }) => [id, engine.label(caption)])), {
      ancestorsOf: (label) => taxonomy.ancestorsOf(label),
      knows: (label) => taxonomy.indexOf(label) !== undefined,
    });
    expect(report.unknown_labels).toEqual([]);
    expect(report.labels?.micro.f1).toBeGreaterThan(0.97);
    expect(report.entities.laterality.values?.f1).toBeGreaterThan(0.97);
  });
});
