import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bibliography, bibtex, cslJson } from '../../core/dataset/citations.js';
import { article } from '../dataset/rows.js';

describe('citations', () => {
  it('as BibTeX', () => {
    expect(
      bibtex({
        ...article,
        title: 'Mass & 50% of {knee}: a_b $x$ #1',
        authors: ['Ada Example', 'Ludwig van Beethoven', 'Knee Study Group and Friends'],
      }),
    ).toBe(
      `@article{PMC99000001,
  title = {{Mass \\& 50\\% of \\{knee\\}: a\\_b \\$x\\$ \\#1}},
  author = {Example, Ada and van Beethoven, Ludwig and {Knee Study Group and Friends}},
  journal = {Journal of Invented Cases},
  year = {2021},
  doi = {10.5555/legenda.1},
  pmid = {99000001},
  pmcid = {PMC99000001},
  url = {https://example.org/PMC99000001},
  note = {License: CC BY},
}
`,
    );
  });

  it('as CSL-JSON', () => {
    expect(cslJson(article)).toEqual({
      id: 'PMC99000001',
      type: 'article-journal',
      title: 'A mass behind the knee',
      author: [
        { family: 'Example', given: 'Ada' },
        { family: 'Sample', given: 'Bo' },
      ],
      'container-title': 'Journal of Invented Cases',
      issued: { 'date-parts': [[2021, 3, 9]] },
      DOI: '10.5555/legenda.1',
      PMID: '99000001',
      PMCID: 'PMC99000001',
      URL: 'https://example.org/PMC99000001',
      language: 'en',
      note: 'License: CC BY',
    });
  });

  it('have one entry for each article, with braces that match and keys that are not shared, whatever the words', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ id: fc.string({ minLength: 1 }), title: fc.string({ unit: 'binary' }), author: fc.string() }),
          { maxLength: 5 },
        ),
        (list) => {
          const text = bibliography(
            list.map(({ id, title, author }) => ({
              ...article,
              article_id: id,
              title,
              authors: [author],
              doi: `10.1/${title}`,
            })),
          );
          let depth = 0;
          for (let i = 0; i < text.length; i++) {
            if (text[i] === '\\') i++;
            else if (text[i] === '{') depth++;
            else if (text[i] === '}') depth--;
            expect(depth).toBeGreaterThanOrEqual(0);
          }
          expect(depth).toBe(0);
          const keys = [...text.matchAll(/^@article\{([^,\s{}"]+),$/gm)].map((m) => m[1].toLowerCase());
          expect(keys).toHaveLength(list.length);
          expect(new Set(keys).size).toBe(list.length);
        },
      ),
      { seed: 9, numRuns: 300 },
    );
  });
});
