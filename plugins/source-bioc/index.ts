import { definePlugin } from '../../core/plugin/index.js';

export interface BiocOptions {
  readonly base_url: string;
  readonly format: 'json' | 'xml';
}

/** The sentence with which the service says, with the status of success, that it does not have an article. */
const NOTHING = /^\s*\[Error\]|No result can be found/i;

export default definePlugin({
  name: 'bioc',
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
        default: 'https://www.ncbi.nlm.nih.gov/research/bionlp/RESTful/pmcoa.cgi',
        description: 'Where the service is, up to what stands before BioC_json.',
      },
      format: {
        enum: ['json', 'xml'],
        default: 'json',
        description: 'The form in which articles are asked for and kept.',
      },
    },
  },
  optionsExamples: [{ format: 'xml' } as BiocOptions],
  setup(_context, { base_url, format }: BiocOptions) {
    return {
      services: [{ name: 'bioc', baseUrl: base_url, perSecond: 3, perSecondWithKey: 10 }],
      async text({ ids }, http) {
        const id = ids.pmcid ?? ids.pmid;
        if (id === null) return null;
        const answer = await http.get({
          service: 'bioc',
          path: `/BioC_${format}/${id}/unicode`,
          // The sentence is no XML; what it is instead is for `isAbsent` to say.
          expect: format === 'json' ? 'json' : 'text',
          isAbsent: (body) => NOTHING.test(body.slice(0, 500)),
        });
        return answer && { format: format === 'json' ? 'bioc-json' : 'bioc-xml', bytes: answer.bytes, url: answer.url };
      },
    };
  },
});
