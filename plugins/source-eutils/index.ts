import { definePlugin } from '../../core/plugin/index.js';
import { esearch, faultUnless, searchOf } from './entrez.js';
import { identify } from './identify.js';
import { OPTIONS, type EutilsOptions } from './options.js';
import { search } from './search.js';
import { summariesOf } from './summary.js';

const IDENTIFY = { tool: 'tool', email: 'email', apiKey: 'api_key' };
const LIMIT = { perSecond: 3, perSecondWithKey: 10, identify: IDENTIFY };

export default definePlugin({
  name: 'eutils',
  version: '1.0.0',
  api: 1,
  slot: 'source',
  options: OPTIONS,
  optionsExamples: [{ db: 'pmc', page_size: 100 } as unknown as EutilsOptions],
  setup(_context, options: EutilsOptions) {
    return {
      services: [
        { name: 'eutils', baseUrl: options.base_url, ...LIMIT },
        { name: 'idconv', baseUrl: options.idconv_url, ...LIMIT },
      ],
      search: (query, http) => search(query, options, http),
      async count(query, http) {
        return (await esearch(searchOf(query, options.db, ''), 0, http)).count;
      },
      identify,
      describeBatch: 200,
      describe: (articles, http) => summariesOf(articles, options.licenses, http),
      async text({ ids: { pmcid } }, http) {
        if (pmcid === null) return null;
        const answer = await http.get({
          service: 'eutils',
          path: '/efetch.fcgi',
          query: { db: 'pmc', id: pmcid.slice(3), retmode: 'xml' },
          expect: 'xml',
          // Of what is not open, only the front matter comes, and nothing says so.
          isAbsent: (body) => !/<body[\s>]/.test(body) && /<(?:article|error)[\s>]/.test(body),
          fault: faultUnless(/<article[\s>]/),
        });
        return answer && { format: 'jats', bytes: answer.bytes, url: answer.url };
      },
      async pubmed(pmids, http) {
        const answer = await http.get({
          service: 'eutils',
          path: '/efetch.fcgi',
          form: { db: 'pubmed', id: pmids.join(','), retmode: 'xml' },
          expect: 'xml',
          absent: [],
          cache: 'no',
          fault: faultUnless(/<PubmedArticleSet[\s>]/),
        });
        return answer!.bytes;
      },
    };
  },
});
