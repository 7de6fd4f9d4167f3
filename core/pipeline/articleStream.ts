import { caseRecord } from '../article/caseRecord.js';
import { articleRecord } from '../article/record.js';
import type { Article } from '../article/types.js';
import type { Engine } from '../engine.js';
import { readArticles } from './articles.js';
import { readPubmed } from './pubmed.js';
import type { StreamItem } from './recordPass.js';

/** Articles, or the cases in them, as records: one for each article, in the order of the files. */
export async function* articleStream(
  engine: Engine,
  slot: 'article-reader' | 'patient-segmenter',
  paths: readonly string[],
  metadata: readonly string[],
): AsyncGenerator<StreamItem> {
  const print = slot === 'article-reader' ? articleRecord : casePrinter(engine);
  const pubmed = metadata.length > 0 ? await readPubmed(metadata) : undefined;
  for await (const item of readArticles(paths, engine.processors('article-reader'), pubmed)) {
    if ('reject' in item) yield item;
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
