import type { ArticleRow } from './rows.js';

/** What a citation needs of an article. */
export type CitedArticle = Pick<
  ArticleRow,
  | 'article_id'
  | 'title'
  | 'authors'
  | 'journal'
  | 'year'
  | 'published'
  | 'doi'
  | 'pmid'
  | 'pmcid'
  | 'link'
  | 'license'
  | 'language'
>;
export const CITED_COLUMNS = [
  'article_id',
  'title',
  'authors',
  'journal',
  'year',
  'published',
  'doi',
  'pmid',
  'pmcid',
  'link',
  'license',
  'language',
] as const satisfies readonly (keyof CitedArticle)[];

/** Given names, then a surname: the last word with the small words before it, as BibTeX itself parts names. */
const NAME = /^(\S.*?)\s+((?:\p{Ll}\S*\s+)*\S+)$/u;

/** Characters that TeX reads as commands. */
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const tex = (text: string): string => oneLine(text).replace(/[\\{}$&%#_~^]/g, (c) => TEX[c]);
// Control characters have no place in either format.
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** An article as BibTeX, UTF-8. Keys are made of the article's id; the title keeps its capitals by a second pair of braces. */
export function bibtex(article: CitedArticle): string {
  const fields: [string, string | null][] = [
    ['title', article.title === null ? null : `{${tex(article.title)}}`],
    ['author', article.authors.length === 0 ? null : article.authors.map(bibName).join(' and ')],
    ['journal', article.journal === null ? null : tex(article.journal)],
    ['year', article.year === null ? null : String(article.year)],
    ['doi', article.doi === null ? null : plain(article.doi)],
    ['pmid', article.pmid === null ? null : plain(article.pmid)],
    ['pmcid', article.pmcid === null ? null : plain(article.pmcid)],
    ['url', article.link === null ? null : plain(article.link)],
    ['note', article.license === null ? null : `License: ${tex(article.license)}`],
  ];
  const lines = fields
    .filter((field): field is [string, string] => field[1] !== null && field[1] !== '')
    .map(([name, value]) => `  ${name} = {${value}},`);
  return `@article{${bibKey(article.article_id)},\n${lines.join('\n')}\n}\n`;
}

/** Ids and addresses are taken verbatim by BibTeX; what would end the field or the line is percent-encoded. */
const plain = (text: string): string =>
  oneLine(text).replace(/[{}\\\s"%]/g, (c) => (c === '%' ? '\\%' : encodeURIComponent(c)));

/** Characters that a key may not have become hyphens. */
export const bibKey = (id: string): string => id.replace(/[^A-Za-z0-9:.+/-]+/g, '-') || 'article';

function bibName(author: string): string {
  const name = oneLine(author);
  const match = NAME.exec(name);
  // A name that holds the word `and`, by which BibTeX parts authors, is kept whole.
  return match && !/\band\b/i.test(name) ? `${tex(match[2])}, ${tex(match[1])}` : `{${tex(name)}}`;
}

/** An article as CSL-JSON (version 1.0.2 of the schema). */
export function cslJson(article: CitedArticle): Record<string, unknown> {
  const date = (article.published ?? (article.year === null ? '' : String(article.year)))
    .split('-')
    .map(Number)
    .filter((n) => n > 0);
  return {
    id: article.article_id,
    type: 'article-journal',
    ...(article.title !== null && { title: oneLine(article.title) }),
    ...(article.authors.length > 0 && { author: article.authors.map(cslName) }),
    ...(article.journal !== null && { 'container-title': oneLine(article.journal) }),
    ...(date.length > 0 && { issued: { 'date-parts': [date.slice(0, 3)] } }),
    ...(article.doi !== null && { DOI: article.doi }),
    ...(article.pmid !== null && { PMID: article.pmid }),
    ...(article.pmcid !== null && { PMCID: article.pmcid }),
    ...(article.link !== null && { URL: article.link }),
    ...(article.language !== null && { language: article.language }),
    ...(article.license !== null && { note: `License: ${article.license}` }),
  };
}

function cslName(author: string): Record<string, string> {
  const name = oneLine(author);
  const match = NAME.exec(name);
  return match ? { family: match[2], given: match[1] } : { literal: name };
}

/** Keys of BibTeX that two ids share get a letter. */
export function bibliography(articles: readonly CitedArticle[]): string {
  const used = new Map<string, number>();
  return articles
    .map((article) => {
      const key = bibKey(article.article_id).toLowerCase();
      const before = used.get(key) ?? 0;
      used.set(key, before + 1);
      return bibtex(before === 0 ? article : { ...article, article_id: `${article.article_id}-${before + 1}` });
    })
    .join('\n');
}
