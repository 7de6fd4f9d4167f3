import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bratAnnotations,
  bratConfig,
  exportForAnnotation,
  goldLine,
  importAnnotations,
  labelStudioConfig,
  labelStudioTask,
  readBrat,
  readTask,
  type AnnotatedText,
  type MarkedEntity,
} from '../../core/annotate/index.js';
import { byPlace } from '../../core/annotate/annotatedText.js';
import { ASSERTIONS } from '../../core/plugin/contract.js';
import { goldOf } from '../../core/eval/decode.js';
import { makeDataset, IDS } from './dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-annotate-'));
const at = (...parts: string[]): string => join(folder, ...parts);
const lines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
afterAll(() => rmSync(folder, { recursive: true }));

/** Texts of all characters there are (astral ones, line breaks, controls among them), and spans by code points. */
const texts: fc.Arbitrary<AnnotatedText> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'abc 𝔐🦵é\n\r\t"\u2028\u0085') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .chain((points) => {
    const caption = points.join('');
    const { length } = [...caption];
    const value = fc.oneof(
      fc.constantFrom('ct', 'mass', '', '"', 'a b ', 'value=x', 'ä\nb'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const entity = fc
      .record(
        {
          span: fc.tuple(fc.nat(length - 1), fc.nat(length - 1)),
          entity: fc.oneof(
            fc.constantFrom('finding', 'modality', 'region_cue', 'stage_u41_x'),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
          ),
          value,
          assertion: fc.constantFrom(...ASSERTIONS),
        },
        { requiredKeys: ['span', 'entity'] },
      )
      .map(({ span: [a, b], ...rest }): MarkedEntity => ({ start: Math.min(a, b), end: Math.max(a, b) + 1, ...rest }));
    return fc.record({
      id: fc.string({ minLength: 1, maxLength: 8 }),
      caption: fc.constant(caption),
      labels: fc.uniqueArray(fc.constantFrom('ct', 'mri', 'head')),
      entities: fc.array(entity, { maxLength: 6 }),
    });
  });
const sorted = (entities: readonly MarkedEntity[]): MarkedEntity[] => [...entities].sort(byPlace);

describe('there and back again', () => {
  it('Label Studio: an accepted prediction is what was sent', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const task = JSON.parse(JSON.stringify(labelStudioTask(text, 'm'))) as { predictions: [{ result: unknown }] };
        const answer = { ...task, annotations: [{ result: task.predictions[0].result }] };
        expect(readTask(answer)).toEqual({
          id: text.id,
          caption: text.caption,
          labels: text.labels,
          entities: text.entities,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('brat: what is read is what was written', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { entities, notes } = readBrat(text.caption, bratAnnotations(text));
        expect(entities).toEqual(text.entities);
        expect(notes).toEqual({});
      }),
      { numRuns: 200 },
    );
  });

  it('gold lines are what `legenda eval` takes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { id, caption, labels, entities } = goldOf(JSON.parse(goldLine(text)) as Record<string, unknown>, 1);
        expect({ id, caption, labels, entities }).toEqual({ ...text, entities: sorted(text.entities) });
      }),
    );
  });
});

const CAPTION = '𝔐RI 🦵 of a mass;\nno fracture';
const text: AnnotatedText = {
  id: 'a/1',
  caption: CAPTION,
  labels: ['mri'],
  entities: [
    { start: 0, end: 3, entity: 'modality', value: 'mri', assertion: 'present' },
    { start: 11, end: 20, entity: 'finding', assertion: 'absent' },
  ],
};

describe('brat', () => {
  it('counts code points and shows a span over a line break in fragments', () => {
    expect(bratAnnotations(text).split('\n')).toEqual([
      'T1\tmodality 0 3\t𝔐RI',
      'A1\tAssertion T1 present',
      '#1\tAnnotatorNotes T1\tvalue=mri',
      'T2\tfinding 11 16;17 20\tmass; no ',
      'A2\tAssertion T2 absent',
      '',
    ]);
    expect(bratConfig(['finding', 'odd kind'])).toContain('[entities]\nfinding\nodd_u20_kind\n');
  });

  it('reads what annotators add, and says what it leaves out', () => {
    const annotations =
      'T7\tfinding 11 15\tmass\r\nN1\tReference T7 MESH:D009369\tNeoplasms\nT8\tanatomy 0 3;6 8\t𝔐RI of\nR1\tsite Arg1:T7 Arg2:T8\nA4\tDoubt T7\n#3\tAnnotatorNotes T8\tnot sure\n\n';
    expect(readBrat(CAPTION, annotations)).toEqual({
      entities: [
        { start: 11, end: 15, entity: 'finding', value: 'D009369' },
        { start: 0, end: 8, entity: 'anatomy' },
      ],
      notes: { 'relations and events': 1, 'discontinuous spans': 1 },
    });
  });

  it.each([
    ['T1\tfinding 11 15\tmess\n', "line 1 says 'mess', but the text has 'mass' at 11-15"],
    ['\nT1\tfinding 11 99\tmass\n', 'line 2: 11-99 is no span of a text of 28 characters'],
    ['T1\tfinding 11 15\tmass\nA1\tAssertion T1 maybe\n', "line 2: 'maybe' is no assertion"],
    ['finding mass\n', 'line 1 is no annotation of brat'],
  ])('refuses %j', (annotations, message) => expect(() => readBrat(CAPTION, annotations)).toThrow(message));
});

describe('Label Studio', () => {
  const region = (start: number, end: number, words: string, id = 'r') => ({
    id,
    from_name: 'label',
    to_name: 'text',
    type: 'labels',
    value: { start, end, text: words, labels: ['finding'] },
  });
  const task = (...results: unknown[][]) => ({
    id: 5,
    data: { text: CAPTION },
    annotations: results.map((result, i) => ({ result, updated_at: `2026-01-0${i + 1}` })),
  });

  it('takes the annotation that is ground truth, else the latest, and never a cancelled one', () => {
    const two = task([region(11, 15, 'mass')], [region(20, 28, 'fracture')]);
    expect(readTask(two)!.entities[0].start).toBe(20);
    const [first, second] = two.annotations;
    expect(readTask({ ...two, annotations: [{ ...first, ground_truth: true }, second] })!.entities[0].start).toBe(11);
    expect(readTask({ ...two, annotations: [first, { ...second, was_cancelled: true }] })!.entities[0].start).toBe(11);
    expect(readTask({ ...two, annotations: [] })).toBeUndefined();
    expect(readTask({ ...two, annotations: [], predictions: [{ result: first.result }] }, true)!.entities).toHaveLength(
      1,
    );
    expect(readTask(two)!.id).toBe('5');
  });

  it('reads offsets of versions that counted UTF-16, by the words beside them', () => {
    const at16 = CAPTION.indexOf('mass');
    expect(readTask(task([region(at16, at16 + 4, 'mass')]))!.entities).toEqual([
      { start: 11, end: 15, entity: 'finding' },
    ]);
    expect(readTask(task([region(11, 20, 'mass;\\nno')]))!.entities[0]).toMatchObject({ start: 11, end: 20 });
  });

  it('tells labels that were taken away from labels that nobody was asked for', () => {
    const sent = labelStudioTask(text, 'm');
    expect(readTask({ ...sent, annotations: [{ result: [] }] })).toEqual({
      id: 'a/1',
      caption: CAPTION,
      labels: [],
      entities: [],
    });
    expect(readTask(task([region(11, 15, 'mass')]))).not.toHaveProperty('labels');
  });

  it.each([
    [task([region(11, 15, 'mess')]), "a region says 'mess', but the text has 'mass' at 11-15"],
    [task([region(11, 99, 'mass')]), 'a region ends at 99; the text has 28 characters'],
    [task([region(15, 11, 'mass')]), 'are no span'],
    [
      task([
        region(11, 15, 'mass'),
        { id: 'r', from_name: 'assertion', type: 'choices', value: { choices: ['maybe'] } },
      ]),
      "'maybe' is no assertion",
    ],
    [{ id: 1, text: CAPTION, label: [], annotation_id: 3 }, 'JSON-MIN'],
    [{ id: 1, data: {} }, "no 'data.text'"],
    [7, 'it is no task'],
  ])('refuses %j', (bad, message) => expect(() => readTask(bad)).toThrow(message));

  it('has a config with the kinds, assertions, values and labels', () => {
    const config = labelStudioConfig({ kinds: ['finding', 'a "b" & <c>'], labels: ['ct'], pictures: true });
    expect(config).toContain('<Label value="a &quot;b&quot; &amp; &lt;c&gt;"');
    for (const { from_name, to_name } of (
      labelStudioTask(text, 'm').predictions as { result: { from_name: string; to_name: string }[] }[]
    )[0].result) {
      expect(config).toContain(`name="${from_name}" toName="${to_name}"`);
    }
    expect(config).toContain('<Image name="pictures" valueList="$pictures"/>');
  });
});

describe.each(['label-studio', 'brat'])('files for %s', (to) => {
  const output = (name: string) => at(`${to}-${name}`);
  beforeAll(() => makeDataset(at(`${to}-dataset`)));

  /** What an annotator hands back who accepts everything. */
  function accept(path: string): string {
    if (to === 'brat') return path;
    const tasks = JSON.parse(readFileSync(join(path, 'tasks-001.json'), 'utf8')) as {
      predictions: { result: unknown }[];
    }[];
    const done = join(path, 'project-1-at-2026.json');
    writeFileSync(
      done,
      JSON.stringify(
        tasks.map((one, i) => ({ id: i + 1, ...one, annotations: [{ result: one.predictions[0].result }] })),
      ),
    );
    return done;
  }

  it('come back from a dataset as gold with the same spans, ids and all', async () => {
    const summary = await exportForAnnotation({ input: at(`${to}-dataset`), to, output: output('a') });
    expect(summary).toMatchObject({ counts: { texts: 6, entities: 12 }, rejects: 0 });
    expect(importAnnotations({ from: to, input: accept(output('a')), output: output('gold.jsonl') })).toMatchObject({
      texts: 6,
      entities: 12,
      rejects: 0,
      unseen: 0,
    });
    const gold = lines(output('gold.jsonl'));
    expect(new Set(gold.map(({ id }) => id))).toEqual(new Set(IDS.map((id) => `${id}_f1`)));
    for (const { caption, entities } of gold) {
      expect((entities as { text: string }[]).map((one) => one.text)).toEqual(['𝔐RI', 'mass']);
      expect(entities).toMatchObject([
        { value: 'mri', assertion: 'present' },
        { value: 'mass', assertion: 'absent', text: 'mass', start: [...String(caption).split('mass')[0]].length },
      ]);
    }
  });

  it('come back from records; lines that are none are rejected and told', async () => {
    mkdirSync(output('in'));
    const input = join(output('in'), 'records.jsonl');
    writeFileSync(
      input,
      `${goldLine(text)}{"caption":"no id","labels":[]}\n{"id":"x","caption":"CT","entities":[{"start":0,"end":9,"entity":"modality"}]}\n`,
    );
    expect(await exportForAnnotation({ input, to, output: output('b') })).toMatchObject({
      counts: { texts: 1 },
      rejects: 2,
    });
    expect(lines(`${output('b')}.rejects.jsonl`).map(({ line, error }) => [line, error])).toEqual([
      [2, "the record has no 'id'"],
      [3, 'entities[0] ends at 9; the caption has 2 characters'],
    ]);
    importAnnotations({ from: to, input: accept(output('b')), output: output('b.jsonl') });
    const [{ labels, ...rest }] = lines(output('b.jsonl'));
    expect(labels).toEqual(to === 'brat' ? undefined : ['mri']);
    expect(rest).toMatchObject({
      id: 'a/1',
      caption: CAPTION,
      entities: [
        { start: 0, end: 3 },
        { start: 11, end: 20, text: 'mass;\nno ' },
      ],
    });
    expect(existsSync(`${output('b.jsonl')}.rejects.jsonl`)).toBe(false);
  });

  it('leave out one that is broken, and say which', async () => {
    await exportForAnnotation({ input: at(`${to}-dataset`), to, output: output('c') });
    const path = accept(output('c'));
    const broken =
      to === 'brat'
        ? join(
            path,
            '001',
            readdirSync(join(path, '001')).find((name) => name.endsWith('.ann'))!,
          )
        : path;
    writeFileSync(
      broken,
      readFileSync(broken, 'utf8').replace(
        to === 'brat' ? /\t𝔐RI\n/u : /"text":"𝔐RI"/gu,
        to === 'brat' ? '\tCAT\n' : '"text":"CAT"',
      ),
    );
    const { texts: n, rejects } = importAnnotations({ from: to, input: path, output: output('c.jsonl') });
    expect([n, rejects]).toEqual(to === 'brat' ? [5, 1] : [0, 6]);
    expect(lines(`${output('c.jsonl')}.rejects.jsonl`)[0].error).toContain("says 'CAT', but the text has '𝔐RI'");
  });

  it('refuse two texts of one id, and leave nothing', async () => {
    const input = at(`${to}-twice.jsonl`);
    writeFileSync(input, goldLine(text).repeat(2));
    await expect(exportForAnnotation({ input, to, output: output('d') })).rejects.toThrow("the id 'a/1' occurs twice");
    expect(readdirSync(folder).filter((name) => name.startsWith(`${to}-d.`) || name === `${to}-d`)).toEqual([]);
  });

  it.each([
    ['nothing', '/nowhere', 'no such file or'],
    ['an empty folder', '.', 'holds no .'],
  ])('read from %s is a usage error', (_, input, message) => {
    mkdirSync(output('empty'), { recursive: true });
    expect(() =>
      importAnnotations({ from: to, input: input === '.' ? output('empty') : input, output: output('e.jsonl') }),
    ).toThrow(message);
  });
});
