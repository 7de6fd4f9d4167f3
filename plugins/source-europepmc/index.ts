import { definePlugin, type ArticleIds, type Http, type HttpRequest } from '../../core/plugin/index.js';
import { idsText, queryText } from './query.js';
import { idsOf, recordOf, resultsOf } from './results.js';

export interface EuropePmcOptions {
  readonly base_url: string;
  readonly page_size: number;
  readonly inline_images: boolean;
}

/** Articles in one search by ids: more make an address that servers refuse. */
const BATCH = 50;

/** Behind comments and a DOCTYPE, an article begins within the first letters. */
const noArticle = (body: string): string | null =>
  /<article[\s>]/.test(body.slice(0, 8192)) ? null : 'it is no article';

export default definePlugin({
  name: 'europepmc',
  version: '1.0.0',
  api: 1,
  slot: 'source',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      base_url: {
        type: 'string',
        pattern: '^https?://',
        default: 'https://www.ebi.ac.uk/europepmc/webservices/rest',
        description: 'Where the service is.',
      },
      page_size: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        default: 1000,
        description: 'Articles in one answer of a search.',
      },
      inline_images: {
        type: 'boolean',
        default: false,
        description: 'Ask for the pictures between words as well. The service often fails then.',
      },
    },
  },
  optionsExamples: [{ page_size: 10 } as EuropePmcOptions],
  setup(_context, { base_url, page_size, inline_images }: EuropePmcOptions) {
    return {
      services: [{ name: 'europepmc', baseUrl: base_url, perSecond: 3, perSecondWithKey: 10 }],
      async *search(query, http) {
        let cursorMark = query.after ?? '*';
        for (;;) {
          const { total, next, results } = await resultsOf(
            { query: queryText(query), resultType: 'idlist', pageSize: page_size, cursorMark },
            http,
          );
          const hits = results
            .map(idsOf)
            .filter(({ pmcid, pmid, doi }) => pmcid !== null || pmid !== null || doi !== null);
          yield { hits, total, bookmark: next };
          // The last page has no mark, or the mark it was asked for by.
          if (next === undefined || next === cursorMark || results.length === 0) return;
          cursorMark = next;
        }
      },
      async count(query, http) {
        return (await resultsOf({ query: queryText(query), resultType: 'idlist', pageSize: 1, cursorMark: '*' }, http))
          .total;
      },
      async identify(articles, http) {
        const found: (ArticleIds | null)[] = [];
        for (let at = 0; at < articles.length; at += BATCH) {
          const records = await recordsOf(articles.slice(at, at + BATCH), http);
          found.push(...records.map((record) => record?.ids ?? null));
        }
        return found;
      },
      describeBatch: BATCH,
      describe: recordsOf,
      async text({ ids: { pmcid } }, http) {
        if (pmcid === null) return null;
        const answer = await http.get({
          service: 'europepmc',
          path: `/${pmcid}/fullTextXML`,
          expect: 'xml',
          fault: noArticle,
        });
        return answer && { format: 'jats', bytes: answer.bytes, url: answer.url };
      },
      files({ ids: { pmcid } }) {
        const query = { includeInlineImage: String(inline_images) };
        const request: HttpRequest = {
          service: 'europepmc',
          path: `/${pmcid}/supplementaryFiles`,
          query,
          expect: 'zip',
        };
        return Promise.resolve(pmcid === null ? null : [{ archive: 'zip', request }]);
      },
    };
  },
});

async function recordsOf(articles: readonly ArticleIds[], http: Http): Promise<(ReturnType<typeof recordOf> | null)[]> {
  const query = idsText(articles);
  if (query === '') return articles.map(() => null);
  // An id may be that of a preprint and of the article that came of it: room for more than was asked for.
  const { results } = await resultsOf({ query, resultType: 'core', pageSize: 2 * BATCH, cursorMark: '*' }, http);
  const records = results.map(recordOf);
  return articles.map((asked) => records.find(({ ids }) => isOne(asked, ids)) ?? null);
}

/** Whether what was found is what was asked for: by the id that was searched for. */
function isOne(asked: ArticleIds, found: ArticleIds): boolean {
  if (asked.pmcid !== null) return asked.pmcid === found.pmcid;
  if (asked.pmid !== null) return asked.pmid === found.pmid;
  return asked.doi !== null && asked.doi.toLowerCase() === found.doi?.toLowerCase();
}
