import type { Article, Paragraph, Section } from '../../article/types.js';

const paragraph = (text: string, target?: string): Paragraph => {
  const start = text.indexOf('Figure');
  const references =
    target === undefined || start < 0
      ? []
      : [{ kind: 'figure' as const, target, start, end: start + 'Figure 1'.length }];
  return { text, references };
};
const section = (title: string | null, ...paragraphs: Paragraph[]): Section => ({
  title,
  type: null,
  paragraphs,
  sections: [],
});

/** An article with the sections given; everything else is unknown. */
export function sampleArticle(article_id: string, title: string | null, sections: readonly Section[]): Article {
  return {
    article_id,
    file: `${article_id}.xml`,
    language: 'en',
    article_type: 'case-report',
    pmcid: null,
    pmid: null,
    doi: null,
    title,
    journal: null,
    year: 2020,
    license: 'CC BY',
    authors: [],
    keywords: [],
    mesh_terms: [],
    publication_types: ['Case Reports'],
    abstract: null,
    sections,
    figures: [
      {
        figure_id: 'f1',
        label: 'Figure 1',
        caption: '(A) Radiograph of the hand. (B) MRI of the wrist.',
        markup: [{ style: 'bold', start: 1, end: 2 }],
        file: null,
      },
    ],
    tables: [],
  };
}

/** Articles as a segmenter may get them: one patient, two, none, and nothing at all. */
export const SAMPLE_ARTICLES: readonly Article[] = [
  sampleArticle('one', 'A swollen hand: a case report', [
    section('Introduction', paragraph('Swelling of the hand has many causes.')),
    section(
      'Case presentation',
      paragraph('A 34-year-old man came with a swollen hand. Figure 1 shows it.', 'f1'),
      paragraph('He recovered.'),
    ),
    section('Discussion', paragraph('We know of no such case.')),
  ]),
  sampleArticle('two', 'Two brothers with the same rash', [
    section('Case 1', paragraph('A 4-year-old boy had a rash. Figure 1 shows it.', 'f1')),
    section('Case 2', paragraph('His 7-year-old brother had it too.')),
  ]),
  sampleArticle('none', 'A review of rashes', [section(null, paragraph('Rashes are common.'))]),
  sampleArticle('empty', null, []),
];

/** The same article with a text of one's own in every place. */
export const articleOf = (text: string): Article => ({
  ...sampleArticle('text', text, [section(text, paragraph(text), paragraph(text))]),
  abstract: text,
  figures: [{ figure_id: 'f1', label: text, caption: text, markup: [], file: null }],
});
