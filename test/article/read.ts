import type { Article } from '../../core/article/index.js';
import type { ArticleReader } from '../../core/plugin/contract.js';

/** The bytes of a text in pieces of `size`. */
export async function* pieces(content: string | Uint8Array, size = 1 << 20): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All articles of a content; rejects as the reader throws. */
export async function readAll(
  reader: ArticleReader,
  content: string | Uint8Array,
  { file = 'some/case.xml', size = 1 << 20 } = {},
): Promise<Article[]> {
  const articles: Article[] = [];
  for await (const article of reader.read({ file, chunks: pieces(content, size) })) articles.push(article);
  return articles;
}

/** The one article of a content. */
export async function readOne(reader: ArticleReader, content: string | Uint8Array, file?: string): Promise<Article> {
  const articles = await readAll(reader, content, { file });
  if (articles.length !== 1) throw new Error(`${articles.length} articles`);
  return articles[0];
}

export const article = (front: string, body = '<body><p>Text.</p></body>', rest = ''): string =>
  `<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>${front}</front>${body}${rest}</article>`;
export const meta = (content: string): string => `<article-meta>${content}</article-meta>`;
