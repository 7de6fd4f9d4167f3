import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testContext } from '../../test/article/context.js';
import { readAll, readOne } from '../../test/article/read.js';
import bioc from './index.js';

const reader = bioc.setup(testContext(), {});

interface Passage {
  readonly infons: Record<string, string | number>;
  readonly text: string;
}
const passage = (section_type: string, type: string, text: string, more: Record<string, string> = {}): Passage => ({
  infons: { section_type, type, ...more },
  text,
});
const PASSAGES: readonly Passage[] = [
  passage('TITLE', 'front', 'A limp at two', {
    'article-id_pmc': '900010',
    'article-id_pmid': '31000010',
    'article-id_doi': '10.5555/limp',
    name_1: 'surname:Berg;given-names:Eva',
    name_0: 'surname:Ito;given-names:Ken',
    kwd: 'limp; child',
    license: 'This is an open access article under the Creative Commons Attribution License.',
    year: '2020',
  }),
  passage('ABSTRACT', 'abstract_title_1', 'Background'),
  passage('ABSTRACT', 'abstract', 'Limps are seen.'),
  passage('INTRO', 'title_1', 'Introduction'),
  passage('INTRO', 'paragraph', 'Children limp.'),
  passage('CASE', 'title_1', 'Cases'),
  passage('CASE', 'title_2', 'Case 1'),
  passage('CASE', 'paragraph', 'A boy limped (Figure 1).'),
  passage('FIG', 'fig_title_caption', 'The hip.', { id: 'F1', file: 'hip-g001.jpg' }),
  passage('FIG', 'fig_caption', 'Arrow: fluid.', { id: 'F1', file: 'hip-g001.jpg' }),
  passage('METHODS', 'title_2', 'Case 2'),
  passage('CASE', 'paragraph', 'A girl limped.'),
  passage('TABLE', 'table_caption', 'Both children.', { id: 'T1' }),
  passage('TABLE', 'table', 'No.\tAge\n1\t2 years', { id: 'T1' }),
  passage('DISCUSS', 'title_1', 'Discussion'),
  passage('DISCUSS', 'paragraph', 'They walk again.'),
  passage('REF', 'title', 'References'),
  passage('REF', 'ref', 'A book on limps', { year: '1999', source: 'Limps' }),
];
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const infons = (held: Passage['infons']): string =>
  Object.entries(held)
    .map(([key, value]) => `<infon key="${key}">${escaped(String(value))}</infon>`)
    .join('');
const xmlDocument = (id: string, passages: readonly Passage[]): string =>
  `<document><id>${id}</id>${passages.map((p) => `<passage>${infons(p.infons)}<offset>0</offset><text>${escaped(p.text)}</text></passage>`).join('')}</document>`;
const jsonDocument = (id: string, passages: readonly Passage[]): object => ({
  id,
  infons: {},
  passages,
  annotations: [],
});
const collection = (...documents: object[]): object => ({
  source: 'PMC',
  date: '20200101',
  key: 'pmc.key',
  infons: {},
  documents,
});

const XML = `<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>PMC</source><key>k</key>${xmlDocument('900010', PASSAGES)}</collection>`;
const JSON_TEXT = JSON.stringify([collection(jsonDocument('900010', PASSAGES))]);

describe.each([
  ['XML', XML],
  ['JSON', JSON_TEXT],
])('reads PMC’s %s', (_, content) => {
  test('metadata', async () => {
    expect(reader.accepts(content.slice(0, 4096), 'a')).toBe(true);
    expect(await readOne(reader, content)).toMatchObject({
      article_id: 'PMC900010',
      pmcid: 'PMC900010',
      pmid: '31000010',
      doi: '10.5555/limp',
      title: 'A limp at two',
      year: 2020,
      license: 'CC BY',
      authors: [{ surname: 'Ito', given_names: 'Ken' }, { surname: 'Berg' }],
      keywords: ['limp', 'child'],
      abstract: 'Background: Limps are seen.',
    });
  });

  test('sections, whatever their types say of each other', async () => {
    const { sections } = await readOne(reader, content);
    expect(sections.map(({ title, type }) => [title, type])).toEqual([
      ['Introduction', 'intro'],
      ['Cases', 'case'],
      ['Discussion', 'discuss'],
    ]);
    expect(sections[1].sections.map(({ title, paragraphs }) => [title, paragraphs.map(({ text }) => text)])).toEqual([
      ['Case 1', ['A boy limped (Figure 1).']],
      ['Case 2', ['A girl limped.']],
    ]);
  });

  test('figures and tables', async () => {
    const { figures, tables } = await readOne(reader, content);
    expect(figures).toEqual([
      { figure_id: 'F1', label: 'Figure 1', caption: 'The hip.\nArrow: fluid.', markup: [], file: 'hip-g001.jpg' },
    ]);
    expect(tables).toEqual([
      {
        table_id: 'T1',
        label: null,
        caption: 'Both children.',
        rows: [
          ['No.', 'Age'],
          ['1', '2 years'],
        ],
      },
    ]);
  });
});

const IDS = ['PMC1', 'PMC2'];
const two = [jsonDocument('PMC1', PASSAGES.slice(3, 5)), jsonDocument('PMC2', PASSAGES.slice(3, 5))];
test.each([
  ['a collection', JSON.stringify(collection(...two))],
  ['a list of collections', JSON.stringify([collection(two[0]), collection(two[1])])],
  ['a list of documents', JSON.stringify(two)],
  ['documents line by line', two.map((held) => JSON.stringify(held)).join('\n')],
  ['collections one after another', JSON.stringify(collection(two[0]), null, 2) + JSON.stringify(collection(two[1]))],
  [
    'fields of a collection behind its documents',
    JSON.stringify({ documents: two, infons: { a: [1, { b: '"]}' }] }, key: 'k' }),
  ],
])('takes JSON as %s', async (_, json) => {
  expect((await readAll(reader, json)).map(({ article_id }) => article_id)).toEqual(IDS);
});

test('an id of digits is a PMCID only in a collection of PMC, a PMID only in one of PubMed', async () => {
  const from = async (source: string): Promise<unknown> => {
    const { pmcid, pmid, article_id } = await readOne(
      reader,
      JSON.stringify({ source, documents: [jsonDocument('77', [])] }),
      'x/abstracts.json',
    );
    return [pmcid, pmid, article_id];
  };
  expect(await from('PMC')).toEqual(['PMC77', null, 'PMC77']);
  expect(await from('PubMed')).toEqual([null, '77', 'abstracts']);
  expect(await from('ours')).toEqual([null, null, 'abstracts']);
});

test.each([
  ['CC BY-NC', 'CC BY-NC', []],
  ['CC0', 'CC0', []],
  ['NO-CC CODE', 'other', ['The licence is not understood: “NO-CC CODE”.']],
  ['', null, []],
])('licence code “%s”', async (license, expected, warnings) => {
  const read = await readOne(reader, JSON.stringify({ documents: [{ id: 'a', infons: { license }, passages: [] }] }));
  expect([read.license, read.warnings]).toEqual([expected, warnings]);
});

test('takes the author’s label where a caption has it, and gives none where ids do not count', async () => {
  const figures = [
    passage('FIG', 'fig_caption', 'Fig. 4. The hip.', { id: 'x' }),
    passage('FIG', 'fig_caption', 'The knee.', { id: 'fig0010' }),
  ];
  const read = await readOne(reader, JSON.stringify({ documents: [jsonDocument('a', figures)] }));
  expect(read.figures.map(({ label }) => label)).toEqual(['Fig. 4', null]);
});

test.each([
  ['No.\tAge\t \t1\t2 years\t \t', 'PMC’s empty cells'],
  ['No.\tAge\r\n1\t2 years\n', 'line ends'],
])('parts the rows of %j by %s', async (cells) => {
  const read = await readOne(
    reader,
    JSON.stringify({ documents: [jsonDocument('a', [passage('TABLE', 'table', cells)])] }),
  );
  expect(read.tables[0].rows).toEqual([
    ['No.', 'Age'],
    ['1', '2 years'],
  ]);
});

test('takes text that is cut into sentences, and line ends of indented XML as spaces', async () => {
  const xml = `<collection><document><id>a</id><passage><infon key="type">paragraph</infon>
    <sentence><text>One\n      line.</text></sentence><sentence><text>Two.</text></sentence></passage></document></collection>`;
  expect((await readOne(reader, xml)).sections[0].paragraphs[0].text).toBe('One line. Two.');
});

test('gives the same whatever the pieces JSON comes in', async () => {
  const json = JSON.stringify([
    collection(jsonDocument('PMC1', [passage('CASE', 'paragraph', 'say “naïve” \\ "x" 👩‍⚕️ {]')]), two[1]),
  ]);
  const whole = await readAll(reader, json);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
      expect(await readAll(reader, json, { size })).toEqual(whole);
    }),
    { numRuns: 40 },
  );
  expect(whole[0].sections[0].paragraphs[0].text).toBe('say “naïve” \\ "x" 👩‍⚕️ {]');
});

test('reads no further than it was asked to', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"source":"PMC","documents":[');
    for (let id = 1; ; id++) {
      const bytes = Buffer.from(
        `${JSON.stringify(jsonDocument(`PMC${id}`, [passage('CASE', 'paragraph', 'word '.repeat(2000))]))},`,
      );
      given += bytes.length;
      yield bytes;
    }
  }
  let read = 0;
  for await (const { article_id } of reader.read({ file: 'endless.json', chunks: endless() })) {
    expect(article_id).toBe(`PMC${++read}`);
    if (read === 300) break;
  }
  expect(given).toBeLessThan(302 * 10_300);
});

describe('refuses', () => {
  test.each([
    ['an empty list', '[]', 'The file holds no BioC document.'],
    ['an empty collection', '{"source":"PMC","documents":[]}', 'The file holds no BioC document.'],
    ['an empty XML collection', '<collection></collection>', 'no <document> in it'],
    ['documents without passages', '{"documents":[{"id":"a"}]}', 'The file holds no BioC document.'],
    ['JSON that is cut off', JSON_TEXT.slice(0, -40), 'The JSON is cut off: it ends inside a document.'],
    [
      'JSON that is cut off in a string',
      JSON_TEXT.slice(0, JSON_TEXT.indexOf('limped')),
      'The JSON is cut off: it ends inside a document.',
    ],
    ['JSON that does not fit', '{"documents":[{"id": a, "passages": []}]}', 'The JSON is malformed: '],
    ['brackets that do not fit', '{"documents":[{"passages": [}]}', 'The JSON is malformed: an unexpected “}”.'],
    ['deep JSON', '{"documents":' + '['.repeat(50_000), 'nested more than 64 deep'],
    ['text behind JSON', '[] Service unavailable', 'The file is not JSON.'],
    ['deep XML', `<collection><document>${'<passage>'.repeat(50_000)}`, 'nested more than 256 deep'],
    ['XML that is cut off', XML.slice(0, -60), 'The file is cut off: it ends inside <'],
  ])('%s', async (_, content, message) => {
    await expect(readAll(reader, content)).rejects.toThrow(message);
  });

  test.each(['{"name": "other"}', '<article/>', 'documents', '["a", "b"]'])('to look at %s', (head) => {
    expect(reader.accepts(head, 'a.json')).toBe(false);
  });
});
