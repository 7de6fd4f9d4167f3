import { SourceError, definePlugin } from 'legenda/plugin';

/** @typedef {{ url: string, perSecond: number }} Options */
/** What the service answers of an article. @typedef {{ pmcid?: string, doi?: string, license?: string, title?: string, xml: string }} Found */

/**
 * A repository with a search in JSON: `/articles?q=…` lists articles, each with the path of its JATS file.
 * @type {import('legenda/plugin').Plugin<'source', Options>}
 */
const plugin = {
  name: '{{name}}',
  version: '0.1.0',
  api: 1,
  slot: 'source',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      url: { type: 'string', pattern: '^https?://', default: 'http://localhost:8080', description: 'Where the repository is.' },
      perSecond: { type: 'number', exclusiveMinimum: 0, default: 3, description: 'Requests a second.' },
    },
  },
  optionsExamples: [{ url: 'https://repository.example', perSecond: 1 }],
  setup(_context, { url, perSecond }) {
    return {
      services: [{ name: '{{name}}', baseUrl: url, perSecond }],
      async *search({ text }, http) {
        const answer = await http.get({ service: '{{name}}', path: '/articles', query: { q: text }, expect: 'json', cache: 'no' });
        const found = answer?.json() ?? [];
        if (!Array.isArray(found)) throw new SourceError('bad-answer', `${answer?.url} answers no list`);
        yield { hits: found.map(readFound).map(idsOf), total: found.length };
      },
      async describe(ids, http) {
        return Promise.all(ids.map((one) => describe(one, http)));
      },
      async text({ ids, record }, http) {
        const known = record ?? (await describe(ids, http));
        if (known === null) return null;
        const path = /** @type {string} */ (known.memo);
        const answer = await http.get({ service: '{{name}}', path, expect: 'xml' });
        return answer && { format: 'jats', bytes: answer.bytes, url: answer.url };
      },
    };
  },
};

/**
 * @param {import('legenda/plugin').ArticleIds} ids
 * @param {import('legenda/plugin').Http} http
 * @returns {Promise<import('legenda/plugin').SourceRecord | null>}
 */
async function describe({ pmcid, doi }, http) {
  const answer = await http.get({ service: '{{name}}', path: `/articles/${encodeURIComponent(pmcid ?? doi ?? '')}`, expect: 'json' });
  if (answer === null) return null;
  const found = readFound(answer.json());
  return { ids: idsOf(found), license: found.license ?? null, title: found.title ?? null, memo: found.xml };
}

/**
 * What a service answers is looked at before it is believed.
 * @param {unknown} answer
 * @returns {Found}
 */
function readFound(answer) {
  const found = /** @type {Partial<Found> | null} */ (answer);
  if (typeof found?.xml !== 'string' || !(found.pmcid ?? found.doi)) {
    throw new SourceError('bad-answer', 'the repository answers something that is no article');
  }
  return { ...found, xml: found.xml };
}

/** @param {Found} found @returns {import('legenda/plugin').ArticleIds} */
const idsOf = ({ pmcid, doi }) => ({ pmcid: pmcid ?? null, pmid: null, doi: doi ?? null });

export default definePlugin(plugin);
