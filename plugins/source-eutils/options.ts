import type { SearchOptions } from './search.js';

export interface EutilsOptions extends SearchOptions {
  readonly base_url: string;
  readonly idconv_url: string;
  readonly licenses: readonly string[];
}

const address = (description: string, address: string): object => ({
  type: 'string',
  pattern: '^https?://',
  default: address,
  description,
});

/** Of PubMed, a search can only reach so many. */
const REACH = 9999;

export const OPTIONS = {
  type: 'object',
  additionalProperties: false,
  properties: {
    base_url: address('Where E-utilities are.', 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils'),
    idconv_url: address('Where the converter of ids is.', 'https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1'),
    db: {
      enum: ['pmc', 'pubmed'],
      default: 'pubmed',
      description:
        'The database that is searched, in whose language queries are. Only PubMed knows case reports and MeSH; PMC searches full texts.',
    },
    page_size: {
      type: 'integer',
      minimum: 1,
      maximum: REACH,
      default: 5000,
      description: 'Articles in one answer of a search.',
    },
    window_size: {
      type: 'integer',
      minimum: 1,
      maximum: REACH,
      default: REACH,
      description: 'Articles that are taken of one search; what finds more is asked for in parts.',
    },
    licenses: {
      type: 'array',
      items: { type: 'string' },
      default: ['CC BY', 'CC0', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC BY-SA'],
      description: "Licences whose filters (`cc by license`) are asked for an article's licence.",
    },
  },
};
