import type { Article, Paragraph, Section } from '../../core/article/index.js';

/** A section as the tests write it: title, then paragraphs and inner sections. */
export type Written = readonly [title: string | null, ...content: readonly (string | Written)[]];

/** An article with what a test needs; everything else is empty. */
export function makeArticle(sections: readonly Written[], more: Partial<Article> = {}): Article {
  return {
    article_id: 'PMC1',
    file: 'a.xml',
    language: null,
    article_type: 'case-report',
    pmcid: 'PMC1',
    pmid: null,
    doi: null,
    title: null,
    journal: null,
    year: null,
    license: null,
    authors: [],
    keywords: [],
    mesh_terms: [],
    publication_types: [],
    abstract: null,
    figures: [],
    tables: [],
    ...more,
    sections: sections.map(makeSection),
  };
}

function makeSection([title, ...content]: Written): Section {
  const paragraphs: Paragraph[] = [];
  const sections: Section[] = [];
  for (const part of content) {
    if (typeof part === 'string') paragraphs.push({ text: part, references: [] });
    else sections.push(makeSection(part));
  }
  return { title, type: null, paragraphs, sections };
}
