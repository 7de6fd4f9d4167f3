import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../core/config.js';
import { buildEngine } from '../../core/container.js';
import type { Engine } from '../../core/engine.js';
import { explainRule } from '../../core/explain/explain.js';
import { JsonBytes } from '../../core/label/jsonBytes.js';

let engine: Engine;
beforeAll(async () => {
  engine = await buildEngine(defaultConfig(process.cwd()), ['caption-splitter', 'assertion']);
});

const words = fc.constantFrom(
  'CT',
  'mass',
  'no',
  'left',
  'kidney',
  '(A)',
  '(B)',
  'MRI',
  '.',
  ',',
  'T2-weighted',
  '𝐀',
  'é',
  'tumour',
  '\u0301',
  '🩻',
  '\n',
  '"',
  '\\',
  '\u202e',
);
const captions = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(words, { maxLength: 40 }).map((w) => w.join(' ')),
);

describe('a labelling', () => {
  it('has entities whose text is that slice of the caption, in code points', () => {
    fc.assert(
      fc.property(captions, (caption) => {
        const points = Array.from(caption);
        const record = engine.label(caption);
        for (const { start, end, text } of record.entities) expect(points.slice(start, end).join('')).toBe(text);
        for (const { ranges, entities } of record.subcaptions) {
          for (const [start, end] of ranges)
            expect(start >= 0 && (start < end || points.length === 0) && end <= points.length).toBe(true);
          for (const i of entities) expect(record.entities[i]).toBeDefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('prints the same JSON fast as slowly', () => {
    const printer = engine.printer();
    const out = new JsonBytes();
    fc.assert(
      fc.property(captions, (caption) => {
        out.clear();
        printer.write(engine.read(caption), out);
        expect(`{${new TextDecoder().decode(out.view)}}`).toBe(JSON.stringify(engine.label(caption)));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a mass beside a negated neighbour', () => {
    const { labels, entities } = engine.label('CT of the abdomen shows a mass without metastasis.');
    expect(labels).toContain('mass');
    expect(entities.find((e) => e.text === 'metastasis')?.assertion).toBe('absent');
  });

  it('keeps both of CT and MRI, and reports the conflict with its evidence', () => {
    const record = engine.label('CT and MRI of the brain.');
    expect(record.labels).toEqual(expect.arrayContaining(['ct', 'mri', 'head']));
    const [conflict] = record.conflicts ?? [];
    expect(conflict.entities.map((i) => record.entities[i].text)).toEqual(['CT', 'MRI']);
  });

  it('takes PET/CT for both, without a conflict', () => {
    const record = engine.label('PET/CT of the chest.');
    expect(record.labels).toEqual(expect.arrayContaining(['pet', 'ct', 'thorax']));
    expect(record.conflicts).toBeUndefined();
  });

  it('gives no region where nothing says that the picture is radiology', () => {
    expect(engine.label('The left kidney.').labels).toEqual([]);
  });

  it('says what stopped a rule', () => {
    expect(explainRule(engine, 'CT of the chest.', 'radiology/ct/ct').outcome).toBe('fired');
    expect(explainRule(engine, 'MRI of the chest.', 'radiology/ct/ct').outcome).toBe('no-match');
    expect(explainRule(engine, 'CT', 'nothing/of/this').outcome).toBe('not-found');
  });

  it('prints values at the granularity that was chosen', async () => {
    const region = await buildEngine({ ...defaultConfig(process.cwd()), normalise: 'region' }, [
      'caption-splitter',
      'assertion',
    ]);
    const anatomy = (e: Engine): string | undefined =>
      e.label('Mass in the frontal lobe.').entities.find((x) => x.entity === 'anatomy')?.value;
    expect(anatomy(engine)).toBe('brain');
    expect(anatomy(region)).toBe('head');
  });
});
