import { floatLabelReader, licenseReader, xmlRoot, xmlUnits } from '../../core/article/index.js';
import { definePlugin } from '../../core/plugin/index.js';
import { readArticle } from './article.js';

/** Elements of an article that no field needs. Sub-articles are letters, reviews and translations of the article. */
const SKIP = new Set([
  'ref-list',
  'sub-article',
  'response',
  'processing-meta',
  'counts',
  'history',
  'pub-history',
  'funding-group',
  'annotation',
  'alt-text',
  'long-desc',
]);
const OPTIONS = { units: new Set(['article']), skip: SKIP };

/** The roots an article comes in: itself, sets of it, and the envelopes of OAI-PMH and of services. */
const ROOTS = new Set([
  'article',
  'articles',
  'articleset',
  'pmc-articleset',
  'OAI-PMH',
  'ListRecords',
  'GetRecord',
  'record',
  'records',
  'metadata',
]);

export default definePlugin({
  name: 'jats',
  version: '1.0.0',
  api: 1,
  slot: 'article-reader',
  options: { type: 'object', properties: {}, additionalProperties: false },
  setup(context) {
    const tools = { license: licenseReader(context), floatLabel: floatLabelReader(context) };
    return {
      accepts(head) {
        const root = xmlRoot(head);
        // A root that does not come within the head stands behind a long comment: as good as any XML.
        return root === undefined || (root !== null && ROOTS.has(root));
      },
      async *read(source) {
        let index = 0;
        for await (const { element } of xmlUnits(source.chunks, OPTIONS)) {
          yield readArticle(element, source.file, index++, tools);
        }
      },
    };
  },
});
