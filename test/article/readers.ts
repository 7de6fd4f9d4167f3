import type { ArticleReader } from '../../core/plugin/contract.js';
import jats from '../../plugins/article-reader-jats/index.js';
import bioc from '../../plugins/article-reader-bioc/index.js';
import text from '../../plugins/article-reader-text/index.js';
import { testContext } from './context.js';

/** The built-in article readers with their default options, in their order. */
export function readers(): ArticleReader[] {
  const context = testContext();
  return [jats, bioc, text].map((plugin) => plugin.setup(context, {} as never));
}
