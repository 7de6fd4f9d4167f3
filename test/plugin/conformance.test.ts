import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PLUGIN_API, type Plugin, type Slot, type Slots } from '../../core/plugin/index.js';
import {
  checkPlugin,
  conformance,
  ConformanceError,
  hostileTexts,
  pluginContext,
  type Check,
} from '../../core/testing/index.js';

const folder = new URL('../../plugins/', import.meta.url);
const builtin = readdirSync(folder);

describe('the built-in plugins keep the contract', () => {
  for (const name of builtin) {
    it(name, async () => {
      const { default: plugin } = (await import(new URL(`${name}/index.ts`, folder).href)) as {
        readonly default: Plugin;
      };
      expect(await conformance(plugin)).toEqual([]);
    });
  }
});

/** A sound plugin of a slot, parts of which a test spoils. */
function plugin<S extends Slot>(slot: S, processor: Slots[S], spoilt: object = {}): object {
  return { name: 'sample', version: '1.0.0', api: PLUGIN_API, slot, setup: () => processor, ...spoilt };
}
const whole: Slots['caption-splitter']['split'] = ({ doc: { text } }) => ({
  subcaptions: [{ panel: null, text, ranges: text === '' ? [] : [{ start: 0, end: text.length }] }],
  confidence: 'high',
  reasons: [],
  markers: [],
});
const nobody: Slots['demographics']['read'] = () => ({
  age: null,
  gender: 'Unknown',
  genderEvidence: null,
  genderConfidence: 0,
});
const present: Slots['assertion']['classify'] = (_, concepts) =>
  concepts.map(() => ({ assertion: 'present', cue: null }));
const none: Slots['patient-segmenter']['segment'] = () => ({
  cases: [],
  shared_text: [],
  skipped_reason: 'no-patient',
});
const splitter = (split = whole, spoilt: object = {}): object => plugin('caption-splitter', { split }, spoilt);
const png = [0x89, 0x50, 0x4e, 0x47];
const pixel: Slots['image-splitter']['split'] = ({ bytes }) => {
  if (bytes.length < 32 || png.some((byte, i) => bytes[i] !== byte))
    return Promise.reject(new Error('The file is no PNG.'));
  const panel = { x: 0, y: 0, width: 1, height: 1, label: null, score: 1, cell: [0, 0, 1, 1] as const };
  return Promise.resolve({ width: 1, height: 1, panels: [panel], confidence: 'high', reasons: [], status: 'single' });
};

describe('sound plugins have no findings', () => {
  it.each([
    splitter(),
    plugin('demographics', { read: nobody }),
    plugin('assertion', { classify: present }),
    plugin('patient-segmenter', { segment: none }),
    plugin('image-splitter', { split: pixel }),
    plugin('article-reader', {
      accepts: (head) => head.startsWith('MINE'),
      async *read({ chunks }) {
        for await (const chunk of chunks) if (chunk.length > 0) break;
        throw new Error('The file has no article.');
      },
    }),
  ])('%o', async (sound) => expect(await checkPlugin(sound)).toEqual([]));
});

let calls = 0;
describe('each check fails on a plugin that needs it', () => {
  const spoilt: [Check, string, unknown][] = [
    ['api', 'is for plugin interface 2', splitter(whole, { api: 2 })],
    ['shape', 'a plugin is an object', undefined],
    ['shape', 'is no name', splitter(whole, { name: 'my plugin' })],
    ['shape', 'is no version', splitter(whole, { version: 'new' })],
    ['shape', "there is no slot 'teleporter'", splitter(whole, { slot: 'teleporter' })],
    ['shape', 'it has no function setup', splitter(whole, { setup: undefined })],
    ['options', 'its schema does not compile', splitter(whole, { options: { type: 'strange' } })],
    [
      'options',
      'options/a must be number',
      splitter(whole, { options: { properties: { a: { type: 'number' } } }, optionsExamples: [{ a: 'x' }] }),
    ],
    [
      'options',
      'no options (all by default) are not valid',
      splitter(whole, { options: { type: 'object', required: ['a'] } }),
    ],
    ['options', 'but no schema for them', splitter(whole, { optionsExamples: [{ a: 1 }] })],
    [
      'set-up',
      "no pack has a dictionary with 'lexicon: nowhere'",
      splitter(whole, { setup: (context: { lexicon(name: string): unknown }) => context.lexicon('nowhere') }),
    ],
    ['set-up', "its processor has no method 'split'", plugin('caption-splitter', {} as Slots['caption-splitter'])],
    ['set-up', 'setup returned no processor', splitter(whole, { setup: () => undefined })],
    [
      'set-up',
      'with {"deep":true}',
      splitter(whole, {
        options: { properties: { deep: { type: 'boolean' } } },
        optionsExamples: [{ deep: true }],
        setup: (_: unknown, { deep }: { deep?: boolean }) => {
          if (deep) throw new Error('too deep');
          return { split: whole };
        },
      }),
    ],
    [
      'samples',
      'oh',
      splitter(({ doc }) => {
        if (doc.text.includes('Coronal')) throw new Error('oh');
        return whole({ doc });
      }),
    ],
    [
      'samples',
      'accepts none of the samples that it was given',
      plugin('article-reader', {
        accepts: () => false,
        async *read() {
          await Promise.resolve();
          throw new Error('The file is not mine.');
        },
      }),
    ],
    [
      'result',
      'a range lies outside the caption',
      splitter((input) => ({
        ...whole(input),
        subcaptions: [{ panel: null, text: '', ranges: [{ start: 0, end: 1e6 }] }],
      })),
    ],
    [
      'result',
      'a subcaption must have a panel',
      splitter((input) => ({ ...whole(input), subcaptions: [{ panel: null } as never] })),
    ],
    [
      'result',
      'a marker lies outside the caption',
      splitter((input) => ({ ...whole(input), markers: [{ start: 2, end: 1 } as never] })),
    ],
    [
      'result',
      'the age lies outside the text',
      plugin('demographics', {
        read: (doc) => ({
          ...nobody(doc),
          age: { start: 0, end: 1e6, value: 1, unit: 'year', years: 1, confidence: 1 },
        }),
      }),
    ],
    [
      'result',
      "'Femal' is no gender",
      plugin('demographics', { read: (doc) => ({ ...nobody(doc), gender: 'Femal' as 'Female' }) }),
    ],
    ['result', 'it answered 0', plugin('assertion', { classify: () => [] })],
    [
      'result',
      'a cue lies outside the text',
      plugin('assertion', { classify: (_, c) => c.map(() => ({ assertion: 'absent', cue: { start: 3, end: 3 } })) }),
    ],
    ['result', 'must answer at once', plugin('assertion', { classify: (async () => []) as never })],
    [
      'result',
      'a panel lies outside the picture',
      plugin('image-splitter', { split: async (input) => ({ ...(await pixel(input)), width: 0 }) }),
    ],
    [
      'result',
      'a cell lies outside the picture',
      plugin('image-splitter', {
        split: async (input) => ({
          ...(await pixel(input)),
          panels: [{ x: 0, y: 0, width: 1, height: 1, label: null, score: 1, cell: [0, 0, 2, 1] }],
        }),
      }),
    ],
    ['result', 'segment must return its cases', plugin('patient-segmenter', { segment: () => ({}) as never })],
    [
      'result',
      'a case must have a case_id',
      plugin('patient-segmenter', { segment: (a) => ({ ...none(a), cases: [{ text: 'x' } as never] }) }),
    ],
    [
      'result',
      'an article must have an article_id',
      plugin('article-reader', {
        accepts: () => true,
        async *read() {
          await Promise.resolve();
          yield {} as never;
        },
      }),
    ],
    [
      'result',
      'accepts must answer true or false',
      plugin('article-reader', { accepts: () => 'yes' as never, read: () => [] as never }),
    ],
    [
      'input',
      'the text or its tokens',
      splitter((input) => {
        input.doc.end[0] = 1000;
        return whole(input);
      }),
    ],
    [
      'input',
      'the concepts',
      plugin('assertion', {
        classify: (doc, concepts) => {
          const answers = present(doc, concepts);
          (concepts as unknown[]).pop();
          return answers;
        },
      }),
    ],
    [
      'input',
      'the article',
      plugin('patient-segmenter', {
        segment: (article) => {
          (article as { title: string | null }).title = 'mine';
          return none(article);
        },
      }),
    ],
    [
      'input',
      "the picture's bytes",
      plugin('image-splitter', {
        split: (input) => {
          const answer = pixel(input);
          input.bytes.fill(0);
          return answer;
        },
      }),
    ],
    ['deterministic', 'the second time', splitter((input) => ({ ...whole(input), reasons: [String(calls++)] }))],
    [
      'deterministic',
      'in another order',
      splitter(whole, {
        setup: () => {
          let before = '';
          return {
            split: (input: Parameters<typeof whole>[0]) => {
              const reasons = [before];
              before = input.doc.text;
              return { ...whole(input), reasons };
            },
          };
        },
      }),
    ],
    [
      'deterministic',
      'after it has been set up anew',
      splitter(whole, {
        setup: () => {
          const number = String(calls++);
          return { split: (input: Parameters<typeof whole>[0]) => ({ ...whole(input), reasons: [number] }) };
        },
      }),
    ],
    [
      'unicode',
      'no letters',
      splitter((input) => {
        if (/\p{Script=Arabic}/u.test(input.doc.text)) throw new Error('no letters');
        return whole(input);
      }),
    ],
    [
      'unicode',
      'URI malformed',
      plugin('demographics', {
        read: (doc) => {
          encodeURIComponent(doc.text);
          return nobody(doc);
        },
      }),
    ],
    [
      'bad-bytes',
      'answers instead of throwing an Error',
      plugin('image-splitter', {
        split: (input) =>
          pixel(input).catch(() => pixel({ ...input, bytes: Uint8Array.from({ length: 40 }, (_, i) => png[i] ?? 0) })),
      }),
    ],
    [
      'bad-bytes',
      'which is no Error with a sentence',
      plugin('article-reader', {
        accepts: () => false,
        async *read() {
          await Promise.resolve();
          throw new Error('');
        },
      }),
    ],
  ];
  it.each(spoilt)('%s: %s', async (check, message, bad) => {
    const samples = message.includes('that it was given') ? [{ file: 'own.txt', bytes: new Uint8Array(1) }] : [];
    const findings = await checkPlugin(bad, { samples });
    expect(findings.map((one) => one.check)).toContain(check);
    expect(
      findings.filter((one) => one.check === check).some((one) => one.message.includes(message)),
      JSON.stringify(findings),
    ).toBe(true);
    await expect(conformance(bad, { samples })).rejects.toThrow(ConformanceError);
  });
});

describe('the kit', () => {
  it('gives the same texts for the same seed, lone surrogates and a long one among them', () => {
    expect(hostileTexts(60, 7)).toEqual(hostileTexts(60, 7));
    expect(hostileTexts(60, 7)).not.toEqual(hostileTexts(60, 8));
    expect(hostileTexts().some((text) => /[\ud800-\udbff](?![\udc00-\udfff])/.test(text))).toBe(true);
    expect(Math.max(...hostileTexts().map((text) => text.length))).toBeGreaterThan(10_000);
  });

  it('sets a plugin up for a test of one’s own', async () => {
    const { default: own } = await import('../../plugins/demographics-rules/index.js');
    const { context, options } = await pluginContext(own);
    const { age } = own.setup(context, options).read(context.doc('A 45-year-old woman.'));
    expect(age).toMatchObject({ value: 45, unit: 'year' });
  });
});
