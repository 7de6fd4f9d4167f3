import { codePointMap, type Span } from '../text/index.js';
import type { Article, Figure, Paragraph, Section } from './types.js';

/** An article as it leaves the program: the same fields, with every offset in code points. */
export type ArticleRecord = Article;

/** The JSON object of an article. Nothing of the article is changed or shared but strings. */
export function articleRecord(article: Article): ArticleRecord {
  return {
    ...article,
    sections: article.sections.map(section),
    figures: article.figures.map(figure),
  };
}

const section = (from: Section): Section => ({
  ...from,
  paragraphs: from.paragraphs.map(paragraph),
  sections: from.sections.map(section),
});

const paragraph = (from: Paragraph): Paragraph => ({ ...from, references: inCodePoints(from.text, from.references) });

const figure = (from: Figure): Figure => ({ ...from, markup: inCodePoints(from.caption, from.markup) });

function inCodePoints<T extends Span>(text: string, spans: readonly T[]): T[] {
  const map = codePointMap(text);
  return spans.map((span) => ({ ...span, start: map(span.start), end: map(span.end) }));
}
