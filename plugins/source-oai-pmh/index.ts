import { childOf, childrenOf, descendantsOf, plainText } from '../../core/article/index.js';
import { definePlugin, SourceError, type ArticleIds } from '../../core/plugin/index.js';
import { recordOf } from './front.js';
import { ask, identifierOf, pmcidOf } from './oai.js';

export interface OaiOptions {
  readonly base_url: string;
}

export default definePlugin({
  name: 'oai-pmh',
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
        default: 'https://pmc.ncbi.nlm.nih.gov/api/oai/v1/mh',
        description: 'Where the repository is, without the slash before its arguments.',
      },
    },
  },
  setup(_context, { base_url }: OaiOptions) {
    return {
      services: [{ name: 'oai-pmh', baseUrl: base_url, perSecond: 3, perSecondWithKey: 10 }],
      /** The query is the name of a set (`pmc-open`, a journal's), or `*`; there is no other search in this protocol. */
      async *search({ text, since }, http) {
        const set = text.trim() === '*' ? undefined : text.trim();
        if (set === '' || (set !== undefined && /\s/.test(set))) {
          throw new SourceError(
            'refused',
            `OAI-PMH finds sets by name, such as pmc-open, and no words: '${text}' is no name of one`,
          );
        }
        let query: Readonly<Record<string, string | undefined>> = { metadataPrefix: 'pmc_fm', set, from: since };
        for (;;) {
          const list = childOf((await ask('ListIdentifiers', query, http))?.root, 'ListIdentifiers');
          const hits = childrenOf(list, 'header').flatMap((header): ArticleIds | [] => {
            const pmcid = pmcidOf(header);
            return pmcid === null ? [] : { pmcid, pmid: null, doi: null };
          });
          yield { hits };
          const resumptionToken = plainText(childOf(list, 'resumptionToken'));
          if (resumptionToken === null) return;
          query = { resumptionToken };
        }
      },
      describe: (articles, http) =>
        Promise.all(
          articles.map(async ({ pmcid }) => {
            if (pmcid === null) return null;
            const found = await ask('GetRecord', { identifier: identifierOf(pmcid), metadataPrefix: 'pmc_fm' }, http);
            const article = descendantsOf(found?.root, 'article')[0];
            return article ? recordOf(article, pmcid) : null;
          }),
        ),
      async text({ ids: { pmcid } }, http) {
        if (pmcid === null) return null;
        const found = await ask('GetRecord', { identifier: identifierOf(pmcid), metadataPrefix: 'pmc' }, http);
        if (!found || descendantsOf(found.root, 'body').length === 0) return null;
        return { format: 'jats', bytes: found.answer.bytes, url: found.answer.url };
      },
    };
  },
});
