import { expect, test } from 'vitest';
import { articleRecord, languageCode, stemOf, xmlRoot, type Section } from '../../core/article/index.js';
import { article, meta, readOne } from './read.js';
import { readers } from './readers.js';

const [jats] = readers();
const slice = (text: string, start: number, end: number): string => [...text].slice(start, end).join('');

test('a record has its offsets in code points and its fields as the contract names them', async () => {
  const read = await readOne(
    jats,
    article(
      meta('<article-id pub-id-type="pmc">1</article-id>'),
      `<body><sec><title>Case</title><p>😀 In <xref ref-type="fig" rid="f1">Figure 1</xref>.</p>
       <sec><p>𝒜 <xref ref-type="fig" rid="f1">Fig. 1</xref></p></sec></sec><fig id="f1"><caption><p>😀😀 <bold>(A)</bold> Knee.</p></caption></fig></body>`,
    ),
  );
  const record = articleRecord(read);
  const spans = (section: Section): string[] => [
    ...section.paragraphs.flatMap(({ text, references }) =>
      references.map(({ start, end }) => slice(text, start, end)),
    ),
    ...section.sections.flatMap(spans),
  ];
  expect(record.sections.flatMap(spans)).toEqual(['Figure 1', 'Fig. 1']);
  const [{ caption, markup }] = record.figures;
  expect(markup.map(({ start, end }) => slice(caption, start, end))).toEqual(['(A)']);
  expect(Object.keys(record)).toEqual(
    expect.arrayContaining(
      'article_id file language article_type pmcid pmid doi title journal year license authors keywords mesh_terms abstract sections figures'.split(
        ' ',
      ),
    ),
  );
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
});

test.each([
  ['en-US', 'en'],
  ['FRE', 'fr'],
  ['spa', 'es'],
  ['pt_BR', 'pt'],
  ['und', null],
  ['not a tag!', null],
  ['', null],
  [undefined, null],
])('the language %s is %s', (tag, code) => {
  expect(languageCode(tag)).toBe(code);
});

test.each([
  ['a/b/PMC1.nxml.gz', 'PMC1'],
  ['C:\\x\\case.bioc.json', 'case.bioc'],
  ['.xml', '.xml'],
  ['plain', 'plain'],
])('the stem of %s is %s', (file, stem) => {
  expect(stemOf(file)).toBe(stem);
});

test.each<[string, string | null | undefined]>([
  ['<article>', 'article'],
  ['\uFEFF <?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE a [<!ELEMENT b (c)>]>\n<x:article a="1"', 'article'],
  ['<!DOCTYPE html><html>', 'html'],
  ['<?xml version="1.0"', undefined],
  ['<!-- long', undefined],
  ['text', null],
  ['< 5', null],
])('the root of %j is %s', (head, root) => {
  expect(xmlRoot(head)).toBe(root);
});

test('a long prologue is stepped over in no time', () => {
  const start = performance.now();
  for (const unit of ['<?a?>', '<!--a-->', ' ', '<!DOCTYPE a>', '<?']) xmlRoot(unit.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(1000);
});
