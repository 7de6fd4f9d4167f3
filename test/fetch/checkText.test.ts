import { describe, expect, it } from 'vitest';
import { checkText } from '../../core/fetch/checkText.js';
import { SourceError, type SourceText } from '../../core/plugin/index.js';

const FRONT = (id: string, type = 'pmc'): string =>
  `<front><article-meta><article-id pub-id-type="pmid">5</article-id><article-id pub-id-type="${type}">${id}</article-id></article-meta></front>`;
const BODY = '<body><sec><p>A man fell.</p><fig id="f1"><graphic xlink:href="gr1"/></fig></sec></body>';
const check = async (format: SourceText['format'], text: string): Promise<unknown> =>
  checkText({ format, bytes: new TextEncoder().encode(text), url: 'http://x/1' }, 'PMC12').catch((error: unknown) =>
    error instanceof SourceError ? error.fault : error,
  );
const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i ? i - 1 : ''};`.repeat(10)}">`).join('')}]>`;

describe('a text', () => {
  it.each<[string, SourceText['format'], string, unknown]>([
    ['of JATS', 'jats', `<article>${FRONT('12')}${BODY}</article>`, { figures: ['gr1'] }],
    [
      'of JATS in its namespace and envelope',
      'jats',
      `<o:OAI-PMH xmlns:o="o"><o:metadata><j:article xmlns:j="x">${(FRONT('PMC12', 'pmcid') + BODY).replace(/<(\/?)(\w)/g, '<$1j:$2')}</j:article></o:metadata></o:OAI-PMH>`,
      { figures: ['gr1'] },
    ],
    [
      'that is the second of a set',
      'jats',
      `<set><article>${FRONT('1')}${BODY}</article><article>${FRONT('12')}${BODY}</article></set>`,
      { figures: ['gr1'] },
    ],
    [
      'with figures behind its body, each once, and none of its formulas',
      'jats',
      `<article>${FRONT('12')}<body><p>A<inline-graphic xlink:href="i1"/><disp-formula><graphic xlink:href="e1"/></disp-formula></p></body><floats-group><fig><alternatives><graphic xlink:href="b"/><graphic xlink:href="a"/></alternatives></fig><fig-group><fig><graphic xlink:href="a"/></fig></fig-group></floats-group></article>`,
      { figures: ['b', 'a'] },
    ],
    [
      'without a body',
      'jats',
      `<article>${FRONT('12')}<!--The publisher does not allow downloading of the full text--></article>`,
      'no-body',
    ],
    ['with a body of nothing', 'jats', `<article>${FRONT('12')}<body><sec> <p/> </sec></body></article>`, 'no-body'],
    ['of another article', 'jats', `<article>${FRONT('13')}${BODY}</article>`, 'wrong-article'],
    ['that is cut off', 'jats', `<article>${FRONT('12')}<body><p>A man`, 'not-well-formed'],
    ['that is no article', 'jats', '<OAI-PMH><error code="idDoesNotExist">No</error></OAI-PMH>', 'not-well-formed'],
    ['with entities that grow', 'jats', `${bomb}<article>${FRONT('12')}<body><p>&a8;</p></body></article>`, 'unsafe'],
    [
      'that asks for a file',
      'jats',
      `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><article>${FRONT('12')}<body><p>&f;</p></body></article>`,
      'unsafe',
    ],
    ['that is nested without end', 'jats', `<article>${FRONT('12')}<body>${'<sec>'.repeat(400)}`, 'unsafe'],
    [
      'of BioC JSON',
      'bioc-json',
      JSON.stringify([
        {
          documents: [
            {
              id: 'PMC12',
              passages: [
                { infons: { section_type: 'TITLE' }, text: 'T' },
                { infons: { section_type: 'FIG', file: 'gr1.jpg' }, text: 'A scan.' },
              ],
            },
          ],
        },
      ]),
      { figures: ['gr1.jpg'] },
    ],
    [
      'of BioC JSON, front matter only',
      'bioc-json',
      JSON.stringify({ documents: [{ id: '12', passages: [{ infons: { section_type: 'ABSTRACT' }, text: 'T' }] }] }),
      'no-body',
    ],
    [
      'of BioC JSON, another one',
      'bioc-json',
      JSON.stringify({ documents: [{ id: '99', passages: [] }] }),
      'wrong-article',
    ],
    ['of BioC JSON, half of it', 'bioc-json', '{"documents":[', 'not-well-formed'],
    [
      'of BioC XML',
      'bioc-xml',
      '<collection><document><id>12</id><passage><infon key="section_type">CASE</infon><text>A man fell.</text></passage><passage><infon key="section_type">FIG</infon><infon key="file">g.jpg</infon><text>Scan.</text></passage></document></collection>',
      { figures: ['g.jpg'] },
    ],
    [
      'of BioC XML without its passages',
      'bioc-xml',
      '<collection><document><id>12</id></document></collection>',
      'no-body',
    ],
  ])('%s', async (_, format, text, expected) => {
    expect(await check(format, text)).toEqual(expected);
  });
});
