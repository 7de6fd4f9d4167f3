import { describe, expect, it } from 'vitest';
import {
  disagreements,
  EvalLineError,
  evaluate,
  goldOf,
  predictionOf,
  renderEval,
  thresholdOf,
} from '../../core/eval/index.js';
import type { GoldRecord, Prediction, PredictedEntity } from '../../core/eval/index.js';

const CAPTION = 'Axial CT of the left lung: a nodule, no effusion.';
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  ct: ['radiology'],
  mri: ['radiology'],
  axial: ['radiology'],
};
const options = {
  ancestorsOf: (label: string) => PARENTS[label] ?? [],
  knows: (label: string) => label in PARENTS || label === 'radiology',
};

const at = (text: string, entity: string, rest: Partial<PredictedEntity> = {}): PredictedEntity => {
  const start = CAPTION.indexOf(text);
  return { start, end: start + text.length, entity, ...rest };
};
const gold = (rest: object, line = 1): GoldRecord => goldOf({ id: `c${line}`, caption: CAPTION, ...rest }, line);
const found = (labels: readonly string[], entities: readonly PredictedEntity[] = []): Prediction => ({
  labels,
  entities,
});
const score = (rows: readonly GoldRecord[], predictions: readonly Prediction[]) =>
  evaluate(rows, new Map(predictions.map((one, i) => [rows[i].id, one])), options);

describe('labels', () => {
  it('count with their ancestors, on both sides', () => {
    const { labels } = score([gold({ labels: ['ct', 'axial'] })], [found(['mri'])]);
    // radiology is right although neither side names it
    expect(labels?.micro).toMatchObject({ tp: 1, fp: 1, fn: 2, precision: 0.5, recall: 1 / 3, f1: 0.4 });
    expect(labels?.by_label.mri).toMatchObject({ tp: 0, fp: 1, fn: 0, f1: 0 });
  });

  it('of a caption that nobody labelled are not scored', () => {
    const { labels, captions } = score(
      [gold({ labels: ['ct'] }), gold({ entities: [] }, 2)],
      [found(['ct']), found(['mri'])],
    );
    expect(captions).toBe(2);
    expect(labels).toMatchObject({ captions: 1, micro: { tp: 2, fp: 0, fn: 0 } });
  });

  it('an empty list says that there is none', () => {
    expect(score([gold({ labels: [] })], [found(['ct'])]).labels?.micro).toMatchObject({ tp: 0, fp: 2, fn: 0 });
  });

  it('the macro mean leaves out rare ones', () => {
    const rows = [gold({ labels: ['ct'] }), gold({ labels: ['ct'] }, 2), gold({ labels: ['ct', 'axial'] }, 3)];
    const { labels } = score(rows, [found(['ct']), found(['ct']), found(['axial'])]);
    expect(labels?.macro).toMatchObject({ labels: 2, min_support: 3 });
    expect(labels?.macro.f1).toBeCloseTo((0.8 + 1) / 2);
  });

  it('that the taxonomy lacks are named, and scored', () => {
    const report = score([gold({ labels: ['stent'] })], [found(['stent', 'radiology'])]);
    expect(report.unknown_labels).toEqual(['stent']);
    expect(report.labels?.micro).toMatchObject({ tp: 1, fp: 1 });
  });

  it('a caption without a prediction counts as an empty one', () => {
    expect(score([gold({ labels: ['ct'] })], [])).toMatchObject({ missing: 1, labels: { micro: { fn: 2 } } });
  });
});

describe('entities', () => {
  const marked = (rest: object = {}) =>
    gold({ entities: [{ ...at('nodule', 'finding'), ...rest }, at('effusion', 'finding', { assertion: 'absent' })] });
  const nodule = at('a nodule', 'finding', { assertion: 'present', value: 'mass' });
  const effusion = at('effusion', 'finding', { assertion: 'possible' });

  it('are scored by span, exact and overlapping, with and without assertion', () => {
    const { finding } = score([marked()], [found([], [nodule, effusion])]).entities;
    expect(finding.exact).toMatchObject({ tp: 1, fp: 1, fn: 1 });
    expect(finding.overlap).toMatchObject({ tp: 2, fp: 0, fn: 0 });
    expect(finding.exact_with_assertion).toMatchObject({ tp: 0, fp: 2, fn: 2 });
    expect(finding.overlap_with_assertion).toMatchObject({ tp: 1, fp: 1, fn: 1 });
    expect(finding.by_assertion).toMatchObject({
      absent: { tp: 0, fn: 1 },
      possible: { fp: 1 },
      present: { tp: 1, fp: 0, fn: 0 },
    });
    expect(finding.overlap_with_value).toBeUndefined();
  });

  it('are scored by value where the truth states one', () => {
    expect(
      score([marked({ value: 'nodule' })], [found([], [nodule, effusion])]).entities.finding.overlap_with_value,
    ).toMatchObject({ tp: 1, fp: 1 });
  });

  it('a marked span is found once', () => {
    const twice = found([], [nodule, at('nodule', 'finding')]);
    expect(score([gold({ entities: [at('nodule', 'finding')] })], [twice]).entities.finding.overlap).toMatchObject({
      tp: 1,
      fp: 1,
      fn: 0,
    });
  });

  it('only kinds that the truth has are scored', () => {
    expect(Object.keys(score([marked()], [found([], [at('lung', 'anatomy')])]).entities)).toEqual(['finding']);
  });

  it('findings, sites and laterality are short forms', () => {
    const row = gold({ findings: [{ ...at('effusion', ''), polarity: 'possible' }], sites: [], laterality: ['left'] });
    const prediction = found(
      [],
      [{ ...effusion, assertion: 'conditional' }, at('lung', 'anatomy'), at('left', 'laterality', { value: 'left' })],
    );
    const { entities } = score([row], [prediction]);
    // conditional is possible on the coarser scale
    expect(entities.finding.overlap_with_assertion).toMatchObject({ tp: 1, fp: 0, fn: 0 });
    expect(entities.anatomy.overlap).toMatchObject({ tp: 0, fp: 1, fn: 0 });
    expect(entities.laterality.values).toMatchObject({ tp: 1, fp: 0, fn: 0 });
    expect(entities.laterality.overlap).toBeUndefined();
  });

  it('offsets are code points', () => {
    const row = goldOf(
      { id: 'x', caption: '𝒙 nodule', entities: [{ start: 2, end: 8, text: 'nodule', entity: 'finding' }] },
      1,
    );
    expect(row.entities[0]).toMatchObject({ start: 2, end: 8 });
  });
});

describe('intervals', () => {
  const rows = Array.from({ length: 40 }, (_, i) => gold({ labels: ['ct'] }, i + 1));
  const predictions = new Map(rows.map(({ id }, i) => [id, found(i % 4 === 0 ? ['mri'] : ['ct'])]));
  const run = (seed: number) => evaluate(rows, predictions, { ...options, samples: 200, seed });

  it('are the same for the same seed, and others for another', () => {
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  it('hold the score and get wider with fewer captions', () => {
    const [low, high] = run(1).labels!.by_label.ct.interval!.recall;
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    const few = evaluate(rows.slice(0, 8), predictions, { ...options, samples: 200 });
    const [least, most] = few.labels!.by_label.ct.interval!.recall;
    expect(most - least).toBeGreaterThan(high - low);
    // The binomial 95 % interval of 30 out of 40 is about 0.6 to 0.87.
    expect(low).toBeGreaterThan(0.5);
    expect(high).toBeLessThan(0.95);
  });

  it('are of no width where all captions are alike', () => {
    const all = evaluate(rows, new Map(rows.map(({ id }) => [id, found(['ct'])])), { ...options, samples: 50 });
    expect(all.labels?.micro.interval).toEqual({ precision: [1, 1], recall: [1, 1], f1: [1, 1] });
    expect(all.labels?.macro.interval).toEqual([1, 1]);
  });
});

describe('disagreements', () => {
  it('name the entity, the rule and the line', () => {
    const origin = { pack: 'p@1.0.0', rule: 'findings/x', at: 'x.yaml:3', cue: { text: 'no' } };
    const row = gold({
      labels: ['axial', 'ct'],
      entities: [at('nodule', 'finding'), at('effusion', 'finding', { assertion: 'absent' })],
    });
    const prediction = found(
      ['mri'],
      [
        at('CT', 'modality', { labels: ['mri'], origin }),
        at('a nodule', 'finding', { assertion: 'present', origin }),
        at('left', 'finding', { assertion: 'present', origin }),
      ],
    );
    const all = disagreements([row], new Map([[row.id, prediction]]), options);
    expect(all.map(({ what, of, expected, found: given }) => [what, of, expected, given])).toEqual([
      ['lost', 'label', 'axial', undefined],
      ['lost', 'label', 'ct', undefined],
      ['extra', 'label', undefined, 'mri'],
      ['lost', 'finding', undefined, undefined],
      ['extra', 'finding', undefined, undefined],
      ['boundary', 'finding', 'nodule', 'a nodule'],
    ]);
    expect(all[2].by).toEqual([
      { text: 'CT', start: 6, end: 8, rule: 'findings/x', at: 'x.yaml:3', pack: 'p@1.0.0', cue: 'no' },
    ]);
    expect(all[3]).toMatchObject({ text: 'effusion', caption: CAPTION, id: 'c1' });
  });

  it('are none where the truth is predicted', () => {
    const row = gold({ labels: ['ct'], entities: [at('nodule', 'finding', { assertion: 'possible', value: 'v' })] });
    expect(disagreements([row], new Map([[row.id, found(['ct'], row.entities)]]), options)).toEqual([]);
  });

  it('tell the assertion apart from the span', () => {
    const row = gold({ entities: [at('effusion', 'finding', { assertion: 'absent', value: 'v' })] });
    const other = at('effusion', 'finding', { assertion: 'present', value: 'w' });
    const all = disagreements([row], new Map([[row.id, found([], [other])]]), options);
    expect(all.map(({ what, expected, found: given }) => [what, expected, given])).toEqual([
      ['value', 'v', 'w'],
      ['assertion', 'absent', 'present'],
    ]);
  });
});

describe('records', () => {
  it.each([
    [{ labels: [] }, "the field 'caption' is missing, not a string"],
    [{ caption: 'x' }, "the record has neither 'labels' nor 'entities'"],
    [{ caption: 'x', labels: 'ct' }, "the field 'labels' is neither a list nor the JSON text of one"],
    [{ caption: 'x', labels: [3] }, "the field 'labels' holds a number; it is a list of strings"],
    [
      { caption: 'xyz', entities: [{ start: 1, end: 1, entity: 'e' }] },
      'entities[0]: start 1 and end 1 are no span of code points',
    ],
    [
      { caption: 'xyz', entities: [{ start: 1, end: 9, entity: 'e' }] },
      'entities[0] ends at 9; the caption has 3 characters',
    ],
    [{ caption: 'xyz', entities: [{ start: 1, end: 2 }] }, "entities[0] has no 'entity'"],
    [{ caption: 'xyz', sites: [{ start: 1, end: 2, text: 'x' }] }, "sites[0] says 'x', but the caption has 'y' at 1-2"],
    [
      { caption: 'xyz', entities: [{ start: 1, end: 2, entity: 'e', assertion: 'no' }] },
      /^entities\[0\]: assertion is "no"; it is one of present, /,
    ],
  ])('%j is refused', (row, message) => {
    expect(() => goldOf(row, 1)).toThrow(EvalLineError);
    expect(() => goldOf(row, 1)).toThrow(message);
  });

  it('lists may be JSON text, as tables hold them', () => {
    expect(goldOf({ caption: 'x', labels: '["ct"]', entities: '' }, 4)).toMatchObject({
      id: 'line 4',
      labels: ['ct'],
      kinds: [],
    });
  });

  it('predictions need an id', () => {
    expect(() => predictionOf({ labels: [] })).toThrow("the record has no 'id'");
    expect(predictionOf({ id: 7 })).toEqual({ id: '7', labels: [], entities: [] });
  });
});

describe('thresholds and reports', () => {
  it.each([
    ['0.9', { of: 'labels', f1: 0.9 }],
    ['.5', { of: 'labels', f1: 0.5 }],
    ['finding=1', { of: 'finding', f1: 1 }],
    ['1.5', undefined],
    ['finding=', undefined],
    ['much', undefined],
  ])('%s', (text, threshold) => expect(thresholdOf(text)).toEqual(threshold));

  it('print as JSON with four places, as a table and as Markdown', () => {
    const report = score([gold({ labels: ['ct', 'axial'] })], [found(['mri'])]);
    expect(JSON.parse(renderEval(report, 'json'))).toMatchObject({ labels: { micro: { recall: 0.3333 } } });
    expect(renderEval(report, 'pretty')).toMatch(/^micro +0\.500 +0\.333 +0\.400 +1 +1 +2$/m);
    expect(renderEval(report, 'markdown')).toContain('| micro | 0.500 | 0.333 | 0.400 | 1 | 1 | 2 |');
  });
});
