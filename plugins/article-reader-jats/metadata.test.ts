import { describe, expect, test } from 'vitest';
import { testContext } from '../../test/article/context.js';
import { article, meta, readOne } from '../../test/article/read.js';
import jats from './index.js';

const reader = jats.setup(testContext(), {});
const metaOf = (content: string): ReturnType<typeof readOne> => readOne(reader, article(meta(content)));

const FRONT = `
  <journal-meta>
    <journal-id journal-id-type="nlm-ta">J Made Cases</journal-id>
    <journal-title-group><journal-title>Journal of Made-up Cases</journal-title></journal-title-group>
  </journal-meta>
  <article-meta>
    <article-id pub-id-type="pmcid">PMC900001</article-id>
    <article-id pub-id-type="pmid">31000001</article-id>
    <article-id pub-id-type="doi">10.5555/made.up.1</article-id>
    <article-categories><subj-group><subject>Case Report</subject></subj-group></article-categories>
    <title-group>
      <article-title>A swollen <italic>knee</italic><xref ref-type="fn" rid="n1">*</xref></article-title>
      <subtitle>three lessons</subtitle>
    </title-group>
    <contrib-group>
      <contrib contrib-type="author">
        <contrib-id contrib-id-type="orcid">https://orcid.org/0000-0001-0000-000X</contrib-id>
        <name><surname>Ito</surname><given-names>Ken B</given-names><suffix>Jr</suffix></name>
        <xref ref-type="aff" rid="a1">1</xref><xref ref-type="aff" rid="a2">2</xref>
      </contrib>
      <contrib contrib-type="author"><collab>The Knee Group</collab></contrib>
      <contrib contrib-type="editor"><name><surname>Editor</surname><given-names>An</given-names></name></contrib>
    </contrib-group>
    <aff id="a1"><label>1</label><institution>Hill Hospital</institution><city>Lund</city>, <country>Sweden</country></aff>
    <aff id="a2"><sup>2</sup>Lake Clinic, Graz, Austria</aff>
    <pub-date pub-type="pmc-release"><year>2023</year></pub-date>
    <pub-date pub-type="epub"><day>7</day><month>11</month><year>2021</year></pub-date>
    <pub-date pub-type="collection"><year>2022</year></pub-date>
    <permissions>
      <license><license-p>Under <ext-link xlink:href="https://creativecommons.org/licenses/by-nc/4.0/">these terms</ext-link>.</license-p></license>
    </permissions>
    <abstract abstract-type="graphical"><p>A picture.</p></abstract>
    <abstract><title>Abstract</title>
      <sec><title>Background:</title><p>Knees swell.</p></sec><sec><title>Case</title><p>This one did.</p></sec>
    </abstract>
    <kwd-group kwd-group-type="abbreviations"><kwd>MRI</kwd></kwd-group>
    <kwd-group xml:lang="es"><kwd>rodilla</kwd></kwd-group>
    <kwd-group xml:lang="en"><kwd>knee;</kwd><kwd><italic>Borrelia</italic> infection</kwd><kwd>knee</kwd></kwd-group>
  </article-meta>`;

test('reads the metadata of a modern article', async () => {
  const read = await readOne(
    reader,
    `<article article-type="case-report" xml:lang="en-GB" xmlns:xlink="http://www.w3.org/1999/xlink"><front>${FRONT}</front></article>`,
  );
  expect(read).toMatchObject({
    article_id: 'PMC900001',
    file: 'some/case.xml',
    language: 'en',
    article_type: 'case-report',
    pmcid: 'PMC900001',
    pmid: '31000001',
    doi: '10.5555/made.up.1',
    title: 'A swollen knee: three lessons',
    journal: 'Journal of Made-up Cases',
    year: 2022,
    published: '2021-11-07',
    license: 'CC BY-NC',
    keywords: ['knee', 'Borrelia infection'],
    subjects: ['Case Report'],
    abstract: 'Background: Knees swell.\nCase: This one did.',
    sections: [],
    warnings: [],
  });
  expect(read.authors).toEqual([
    {
      surname: 'Ito Jr',
      given_names: 'Ken B',
      orcid: '0000-0001-0000-000X',
      affiliations: ['Hill Hospital, Lund, Sweden', 'Lake Clinic, Graz, Austria'],
    },
    { surname: 'The Knee Group', given_names: null, collective: true, orcid: null, affiliations: [] },
  ]);
});

test('reads NLM 2: journal title by itself, bare PMCID, licence in the words of the copyright', async () => {
  const read = await readOne(
    reader,
    article(
      `<journal-meta><journal-title>Old Journal</journal-title></journal-meta><article-meta>
       <article-id pub-id-type="pmc">900002</article-id>
       <title-group><article-title>Gout</article-title></title-group>
       <pub-date pub-type="ppub"><year>2003</year></pub-date>
       <copyright-statement>Open access under the Creative Commons Attribution-ShareAlike License.</copyright-statement>
       </article-meta>`,
    ),
  );
  expect(read).toMatchObject({ pmcid: 'PMC900002', journal: 'Old Journal', year: 2003, license: 'CC BY-SA' });
});

describe('names an article', () => {
  test.each([
    ['PMC12', '<article-id pub-id-type="pmc">12</article-id><article-id pub-id-type="doi">10.5555/x</article-id>'],
    ['10.5555/x', '<article-id pub-id-type="doi">https://doi.org/10.5555/x</article-id>'],
    ['case', '<article-id pub-id-type="publisher-id">77</article-id>'],
  ])('%s', async (id, ids) => {
    expect((await metaOf(ids)).article_id).toBe(id);
  });
});

describe('reads dates', () => {
  test.each<[string, number | null, string | null]>([
    ['<pub-date pub-type="pmc-release"><year>2020</year></pub-date>', null, null],
    ['<pub-date date-type="pub" iso-8601-date="2019-04-02"/>', 2019, '2019-04-02'],
    ['<pub-date pub-type="ppub"><month>13</month><year>2018</year></pub-date>', 2018, '2018'],
    ['<pub-date><string-date>Spring 2011</string-date></pub-date>', 2011, '2011'],
    ['<permissions><copyright-year>2009</copyright-year></permissions>', 2009, null],
  ])('%s', async (xml, year, published) => {
    expect(await metaOf(xml)).toMatchObject({ year, published });
  });
});

describe('reads a licence', () => {
  const license = async (xml: string): Promise<unknown> => (await metaOf(`<permissions>${xml}</permissions>`)).license;

  test.each<[string, string | null]>([
    ['<license xlink:href="http://creativecommons.org/licenses/by-nc-nd/3.0/"/>', 'CC BY-NC-ND'],
    [
      '<license><ali:license_ref xmlns:ali="a">https://creativecommons.org/licenses/by/4.0/</ali:license_ref></license>',
      'CC BY',
    ],
    [
      '<license><license-p>Under the Creative Commons Attribution-NonCommercial-NoDerivs licence.</license-p></license>',
      'CC BY-NC-ND',
    ],
    [
      '<license><license-p>Creative Commons Attribution Non-Commercial Share Alike 4.0</license-p></license>',
      'CC BY-NC-SA',
    ],
    ['<license><p>Creative Commons Attribution License (CC BY-NC)</p></license>', 'CC BY-NC'],
    ['<license license-type="creativeCommonsBy"/>', 'CC BY'],
    [
      '<license><license-p>Made available under the Creative Commons CC0 public domain dedication.</license-p></license>',
      'CC0',
    ],
    // A waiver for the data is not the text's licence.
    [
      `<license><license-p>Creative Commons Attribution 4.0 International License. The Creative Commons Public Domain Dedication
       waiver (<ext-link xlink:href="http://creativecommons.org/publicdomain/zero/1.0/">1</ext-link>) applies to the data.</license-p></license>`,
      'CC BY',
    ],
    // The publisher's own terms for text mining do not hide the licence behind them.
    [
      '<license><license_ref>https://terms.example/tdm</license_ref></license><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/>',
      'CC BY',
    ],
    ['<license><license-p>Creative Commons Attribution-NoDerivatives 4.0</license-p></license>', 'other'],
    ['<license><license-p>Readers may look at this article.</license-p></license>', 'other'],
    ['<copyright-statement>© 2001 The Society. All rights reserved.</copyright-statement>', null],
    ['<license/>', null],
  ])('%s', async (xml, expected) => {
    expect(await license(xml)).toBe(expected);
  });

  test('and says what it does not understand', async () => {
    const read = await metaOf('<permissions><license><license-p>Readers may look.</license-p></license></permissions>');
    expect(read.warnings).toEqual(['The licence is not understood: “Readers may look.”.']);
  });
});
