import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testContext } from '../../test/article/context.js';
import { article, meta, pieces, readAll } from '../../test/article/read.js';
import jats from './index.js';

const reader = jats.setup(testContext(), {});
const one = (id: number, text = 'Text.'): string =>
  article(meta(`<article-id pub-id-type="pmc">${id}</article-id>`), `<body><p>${text}</p></body>`);
const ids = async (xml: string): Promise<string[]> => (await readAll(reader, xml)).map(({ article_id }) => article_id);

describe('takes', () => {
  test.each([
    ['an article', one(1)],
    ['a set', `<articleset>${one(1)}</articleset>`],
    [
      'PMC’s set behind a DOCTYPE',
      `<?xml version="1.0"?>\n<!DOCTYPE pmc-articleset PUBLIC "-//X//EN" "x.dtd">\n<pmc-articleset>${one(1)}</pmc-articleset>`,
    ],
    [
      'an answer of OAI-PMH with prefixes',
      `<oai:OAI-PMH xmlns:oai="o"><oai:GetRecord><oai:record><oai:header><oai:identifier>oai:x:1</oai:identifier></oai:header>
       <oai:metadata><j:article xmlns:j="jats"><j:front><j:article-meta><j:article-id pub-id-type="pmc">1</j:article-id></j:article-meta></j:front></j:article>
       </oai:metadata></oai:record></oai:GetRecord></oai:OAI-PMH>`,
    ],
    [
      'white space and a byte order mark before the declaration',
      `\uFEFF \n<?xml version="1.0" encoding="UTF-8"?>${one(1)}`,
    ],
    [
      'pictures named in the DTD, which are never fetched',
      `<!DOCTYPE article SYSTEM "a.dtd" [<!ENTITY g1 SYSTEM "g1.tif" NDATA TIFF>]>${one(1)}`,
    ],
  ])('%s', async (_, xml) => {
    expect(reader.accepts(xml.slice(0, 4096), 'a.xml')).toBe(true);
    expect(await ids(xml)).toEqual(['PMC1']);
  });

  test('several roots one after the other, each with its own prologue', async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE article>${one(1)}\n\n<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE article SYSTEM "x">\n<!-- next -->
      ${one(2)}<articleset>${one(3)}${one(4)}</articleset>\n<!-- end -->\n`;
    expect(await ids(xml)).toEqual(['PMC1', 'PMC2', 'PMC3', 'PMC4']);
  });

  test('articles without ids, which are numbered after the file', async () => {
    expect(await ids('<articles><article/><article/></articles>')).toEqual(['case', 'case_2']);
  });
});

test.each(['<html><body/></html>', '<collection/>', '<PubmedArticleSet/>', '{"a": 1}', 'Plain text', ''])(
  'leaves %s to others',
  (head) => {
    expect(reader.accepts(head, 'a.xml')).toBe(false);
  },
);

test('gives the same whatever the pieces a file comes in', async () => {
  const xml = `<?xml version="1.0"?>\r\n<!DOCTYPE article>\r\n${one(1, 'naïve 👩‍⚕️ — α\r\nβ &amp; γ')}\r\n${one(2, 'x\r\ny')}\r\n`;
  const whole = await readAll(reader, xml);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 90 }), async (size) => {
      expect(await readAll(reader, xml, { size })).toEqual(whole);
    }),
    { numRuns: 60 },
  );
  expect(whole[0].sections[0].paragraphs[0].text).toBe('naïve 👩‍⚕️ — α β & γ');
});

test('reads no further than it was asked to', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (let id = 1; ; id++) {
      const bytes = Buffer.from(one(id, 'word '.repeat(2000)));
      given += bytes.length;
      yield bytes;
    }
  }
  let read = 0;
  for await (const { article_id } of reader.read({ file: 'endless.xml', chunks: endless() })) {
    expect(article_id).toBe(`PMC${++read}`);
    if (read === 500) break;
  }
  expect(given).toBeLessThan(502 * 10_300);
});

describe('refuses', () => {
  const refused = (xml: string | Uint8Array): Promise<unknown> =>
    readAll(reader, xml).then(
      () => 'nothing',
      (error: Error) => error.message,
    );

  test.each([
    [
      'entities that grow',
      `<!DOCTYPE article [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><article><body><p>&b;</p></body></article>`,
      /declares entities of its own/,
    ],
    [
      'entities that fetch',
      `<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><body><p>&x;</p></body></article>`,
      /declares entities of its own/,
    ],
    [
      'parameter entities',
      `<!DOCTYPE article [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><article/>`,
      /declares entities of its own/,
    ],
    ['unknown entities', '<article><body><p>&mine;</p></body></article>', /line 1, column \d+: undefined entity/],
    ['a cut file', one(1).slice(0, -30), /^The file is cut off: it ends inside <\w+>\.$/],
    ['a file that is cut in a tag', '<article><body><p', /cut off/],
    [
      'a file that is cut in a character',
      Buffer.from('<article><body><p>\u00e9').subarray(0, -1),
      /ends inside a character/,
    ],
    [
      'tags that do not fit',
      '<article>\n<body>\n  <p>x</body></article>',
      /^The XML is not well-formed at line 3, column 13: /,
    ],
    ['text behind the end', `${one(1)} tail`, /not well-formed/],
    ['deep nesting', `<article><body>${'<sec>'.repeat(50_000)}`, /nested more than 256 deep/],
    ['control characters', '<article><body><p>\u0001</p></body></article>', /not well-formed/],
    [
      'an envelope without an article',
      '<OAI-PMH><error code="idDoesNotExist">No such record</error></OAI-PMH>',
      /<OAI-PMH> and no <article> in it: No such record\.$/,
    ],
    ['an empty file', ' \n', /empty/],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('<article><body><p>caf'), Buffer.from([0xe9]), Buffer.from('</p></body></article>')]),
      /UTF-8, but some of its bytes are not/,
    ],
    [
      'UTF-8 that calls itself Latin-1',
      '<?xml version="1.0" encoding="ISO-8859-1"?><article><body><p>café</p></body></article>',
      /ISO-8859-1, but its bytes are UTF-8/,
    ],
    [
      'UTF-8 that calls itself UTF-16',
      '<?xml version="1.0" encoding="UTF-16"?><article/>',
      /UTF-16, but its bytes are of another/,
    ],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><article/>', /klingon, which is not known/],
  ])('%s', async (_, xml, message) => {
    expect(await refused(xml)).toMatch(message);
  });

  test('only from the bad place on', async () => {
    const read: string[] = [];
    const reading = (async () => {
      for await (const found of reader.read({ file: 'a.xml', chunks: pieces(`${one(1)}${one(2)}<article><body>`, 50) }))
        read.push(found.article_id);
    })();
    await expect(reading).rejects.toThrow('cut off');
    expect(read).toEqual(['PMC1', 'PMC2']);
  });
});

test('reads other encodings that are declared rightly', async () => {
  const xml = '<article><body><p>café</p></body></article>';
  const latin = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`, 'latin1');
  const utf16 = Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${xml}`, 'utf16le');
  for (const content of [latin, utf16, utf16.swap16()]) {
    expect((await readAll(reader, content, { size: 7 }))[0].sections[0].paragraphs[0].text).toBe('café');
  }
});
