import { caseRecord } from '../article/caseRecord.js';
import { articleRecord } from '../article/record.js';
import type { Article } from '../article/types.js';
import type { Engine } from '../engine.js';
import { readArticles } from './articles.js';
import { readPubmed, type PubmedIndex } from './pubmed.js';
import type { StreamItem } from './recordPass.js';

/** The slots whose results are records of articles. */
export type ArticleSlot = 'article-reader' | 'patient-segmenter';

/** What is refused, or told of, while articles are printed: see `watchedArticles`. */
export interface ArticleWatch {
  /** An article begins, by its place from 0, in the order in which they come. Returns why it is refused, if it is. */
  begin(index: number): string | undefined;
}

/** Articles, or the cases in them, as records: one for each article, in the order of the files. */
export async function* articleStream(
  engine: Engine,
  slot: ArticleSlot,
  paths: readonly string[],
  metadata: readonly string[],
): AsyncGenerator<StreamItem> {
  yield* articleItems(engine, slot, paths, metadata.length > 0 ? await readPubmed(metadata) : undefined);
}

/** The same with metadata that were read before. */
export async function* articleItems(
  engine: Engine,
  slot: ArticleSlot,
  paths: readonly string[],
  pubmed?: PubmedIndex,
  watch?: ArticleWatch,
): AsyncGenerator<StreamItem> {
  const print = slot === 'article-reader' ? articleRecord : casePrinter(engine);
  let index = 0;
  for await (const item of readArticles(paths, engine.processors('article-reader'), pubmed)) {
    const refused = watch?.begin(index++);
    if ('reject' in item) yield item;
    else if (refused !== undefined)
      yield { reject: { file: item.article.file, error: `${item.article.article_id}: ${refused}` } };
    else yield printed(item.article, print);
  }
}

function printed(article: Article, print: (article: Article) => object): StreamItem {
  try {
    return { json: JSON.stringify(print(article)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { reject: { file: article.file, error: `${article.article_id}: ${message}` } };
  }
}

function casePrinter(engine: Engine): (article: Article) => object {
  const segmenter = engine.processor('patient-segmenter');
  const demographics = engine.processor('demographics');
  return (article) => caseRecord(article, segmenter.segment(article), (text) => demographics.read(engine.doc(text)));
}
