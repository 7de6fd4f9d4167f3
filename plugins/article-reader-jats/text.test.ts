import { describe, expect, test } from 'vitest';
import type { Section } from '../../core/article/index.js';
import { testContext } from '../../test/article/context.js';
import { article, meta, readOne } from '../../test/article/read.js';
import jats from './index.js';

const reader = jats.setup(testContext(), {});
const read = (body: string, rest = ''): ReturnType<typeof readOne> =>
  readOne(reader, article(meta(''), `<body>${body}</body>`, rest));
const paragraphs = (section: Section): string[] => section.paragraphs.map(({ text }) => text);
/** Sections in short: title, paragraphs, sections. */
type Short = [string | null, string[], Short[]];
const short = (section: Section): Short => [section.title, paragraphs(section), section.sections.map(short)];

describe('sections', () => {
  test('form a tree, in the order of the text', async () => {
    const { sections } = await read(`
      <p>Before any heading.</p>
      <sec sec-type="Cases"><label>2.</label><title>Cases</title>
        <p>Two came.</p>
        <sec><title>Case 1</title><p>The first.</p></sec>
        <p>Between them.</p>
        <sec><title>Case 2<xref ref-type="fn" rid="n">a</xref></title><p>The second.</p></sec>
      </sec>`);
    expect(sections.map(short)).toEqual([
      [null, ['Before any heading.'], []],
      [
        '2. Cases',
        ['Two came.'],
        [
          ['Case 1', ['The first.'], []],
          [null, ['Between them.'], []],
          ['Case 2', ['The second.'], []],
        ],
      ],
    ]);
    expect(sections[1].type).toBe('cases');
  });

  test('hold lists item by item, boxes as sections, and no floats', async () => {
    const { sections } = await read(`<sec><title>Findings</title>
      <p>There were<list><list-item><label>1.</label><p>a rash</p></list-item><list-item><p>and a cough</p></list-item></list>which passed.</p>
      <p>Then<fig id="f1"><label>Fig. 1</label><caption><p>Rash.</p></caption></fig> nothing.</p>
      <boxed-text><caption><title>Box 1</title></caption><p>Watch the skin.</p></boxed-text>
      <disp-quote><p>“It itched.”</p></disp-quote></sec>`);
    expect(short(sections[0])).toEqual([
      'Findings',
      ['There were', '1. a rash', 'and a cough', 'which passed.', 'Then nothing.'],
      [
        ['Box 1', ['Watch the skin.'], []],
        [null, ['“It itched.”'], []],
      ],
    ]);
    expect(sections[0].sections[0].type).toBe('boxed-text');
  });

  test('of the back are the appendices and statements, marked', async () => {
    const { sections } = await read(
      '<p>Body.</p>',
      `<back><ack><p>Thanks.</p></ack><app-group><app><title>Appendix</title><p>More on case 3.</p></app></app-group>
       <sec sec-type="COI-statement"><title>Conflicts</title><p>None.</p></sec><notes><title>Consent</title><p>Given.</p></notes>
       <ref-list><title>References</title><ref><mixed-citation>Book</mixed-citation></ref></ref-list></back>`,
    );
    expect(sections.slice(1).map(({ title, type }) => [title, type])).toEqual([
      ['Appendix', 'appendix'],
      ['Conflicts', 'coi-statement'],
      ['Consent', 'back'],
    ]);
  });

  test('are none where there is no body', async () => {
    const { sections, title } = await readOne(
      reader,
      article(
        meta('<title-group><article-title>Only this</article-title></title-group>'),
        '',
        '<back><app><p>x</p></app></back>',
      ),
    );
    expect([title, sections]).toEqual(['Only this', []]);
  });
});

describe('text', () => {
  const textOf = async (inner: string): Promise<string> =>
    (await read(`<p>${inner}</p>`)).sections[0].paragraphs[0].text;

  test.each([
    ['white space is single, a no-break space stays', 'a \n\t b&#160;c', 'a b\u00a0c'],
    ['comments and instructions are no text', 'a<!-- no --><?pi no?>b', 'ab'],
    ['CDATA is text', '<![CDATA[5 < 6]]> &amp; 7', '5 < 6 & 7'],
    [
      'names of characters of HTML are known without a DTD',
      '&alpha;-fetoprotein 3&thinsp;&times;&nbsp;4',
      'α-fetoprotein 3\u2009×\u00a04',
    ],
    [
      'raised citations do not run into the word',
      'carcinoma<sup><xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup>.',
      'carcinoma [1,2].',
    ],
    ['nor where the superscript is inside', 'rare<xref ref-type="bibr"><sup>3</sup></xref>', 'rare [3]'],
    ['other superscripts stay', '10<sup>3</sup> cells/mm<sup>3</sup>, Ca<sup>2+</sup>', '103 cells/mm3, Ca2+'],
    [
      'footnotes and their marks are left out',
      'done<xref ref-type="fn" rid="n">*</xref><fn><p>In May.</p></fn> well',
      'done well',
    ],
    [
      'of a formula in two languages one is taken',
      'p <inline-formula><alternatives><tex-math>\\begin{document}$$&lt;5$$\\end{document}</tex-math><mml:math xmlns:mml="m"><mml:mo>&lt;</mml:mo><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math></alternatives></inline-formula>',
      'p <1/2',
    ],
    [
      'TeX alone loses its preamble',
      '<tex-math>\\documentclass{x}\\begin{document}$$x^2$$\\end{document}</tex-math>',
      'x^2',
    ],
  ])('%s', async (_, inner, expected) => {
    expect(await textOf(inner)).toBe(expected);
  });
});

describe('references', () => {
  const FLOATS = `<fig id="f1"/><fig-group id="g"><fig id="f2"/><fig id="f3"/></fig-group><table-wrap id="t1"/>`;
  test('keep their place and their target', async () => {
    const { sections } = await read(
      `<p>See <xref ref-type="fig" rid="f1"><bold>Figure 1</bold></xref> and <xref rid="t1">Table 1</xref>, not <xref ref-type="bibr" rid="r1">[7]</xref>;
       <xref ref-type="fig" rid="f2 f3">Figs. 2,3</xref>, <xref ref-type="fig" rid="g">the group</xref>.</p>${FLOATS}`,
    );
    const [{ text, references }] = sections[0].paragraphs;
    expect(references.map(({ start, end, kind, target }) => [text.slice(start, end), kind, target])).toEqual([
      ['Figure 1', 'figure', 'f1'],
      ['Table 1', 'table', 't1'],
      ['Figs. 2,3', 'figure', 'f2'],
      ['Figs. 2,3', 'figure', 'f3'],
      ['the group', 'figure', 'f2'],
      ['the group', 'figure', 'f3'],
    ]);
  });
});
