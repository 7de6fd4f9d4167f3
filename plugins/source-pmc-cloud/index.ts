import { definePlugin, type Http, type SourceArticle } from '../../core/plugin/index.js';
import { recordOf, type Memo, type VersionRecord } from './metadata.js';
import { versionsOf } from './versions.js';

export interface PmcCloudOptions {
  readonly base_url: string;
  /** Which of several versions is taken. */
  readonly version: 'published' | 'highest';
}

export default definePlugin({
  name: 'pmc-cloud',
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
        default: 'https://pmc-oa-opendata.s3.amazonaws.com',
        description: 'Where the bucket is read.',
      },
      version: {
        enum: ['published', 'highest'],
        default: 'published',
        description:
          "`published`: the highest version that is no author's manuscript, else the highest. `highest`: the highest.",
      },
    },
  },
  optionsExamples: [{ version: 'highest' } as PmcCloudOptions],
  setup(_context, options: PmcCloudOptions) {
    /** The version to take, or null where the bucket has none. Its number does not tell which one was published. */
    const chosen = async (pmcid: string, http: Http): Promise<VersionRecord | null> => {
      let highest: VersionRecord | null = null;
      for (const version of await versionsOf(pmcid, http)) {
        const record = await recordOf(pmcid, version, http);
        if (record === null) continue;
        if (!record.manuscript || options.version === 'highest') return record;
        highest ??= record;
      }
      return highest;
    };
    const memoOf = async ({ ids, record }: SourceArticle, http: Http): Promise<Memo | null> => {
      if (record?.memo) return record.memo as Memo;
      return ids.pmcid === null ? null : ((await chosen(ids.pmcid, http))?.memo ?? null);
    };
    return {
      services: [{ name: 'pmc-cloud', baseUrl: options.base_url, perSecond: 3, perSecondWithKey: 10 }],
      describe: (articles, http) =>
        Promise.all(articles.map(async ({ pmcid }) => (pmcid === null ? null : chosen(pmcid, http)))),
      async text(article, http) {
        const xml = (await memoOf(article, http))?.xml;
        if (!xml) return null;
        const answer = await http.get({
          service: 'pmc-cloud',
          path: xml.path,
          expect: 'xml',
          cache: 'forever',
          md5: xml.md5,
        });
        return answer && { format: 'jats', bytes: answer.bytes, url: answer.url };
      },
      async files(article, http) {
        const memo = await memoOf(article, http);
        return (
          memo &&
          memo.media.map(({ name, path, md5 }) => ({
            name,
            md5,
            request: { service: 'pmc-cloud', path, expect: 'bytes', cache: 'forever' },
          }))
        );
      },
    };
  },
});
