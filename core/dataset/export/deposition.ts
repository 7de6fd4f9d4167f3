import { dump } from 'js-yaml';
import type { Description } from './describe.js';
import { licenseStatement, licenseUrls, spdxLicense, zenodoLicense, type Licenses } from './licenses.js';

/** An article that a dataset is derived from. */
export interface RelatedArticle {
  readonly identifier: string;
  readonly scheme: 'DOI' | 'PMID' | 'URL';
}

const nameOf = ({ given, family }: Description['creators'][number]): string => (given ? `${family}, ${given}` : family);
const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

/** `.zenodo.json`: the metadata of a deposition, as Zenodo's deposit API has it. */
export function zenodoMetadata(
  about: Description,
  licenses: Licenses,
  languages: readonly string[],
  related: readonly RelatedArticle[],
): Record<string, unknown> {
  return {
    title: about.title,
    upload_type: 'dataset',
    description: `<p>${escaped(about.description)}</p><p>${escaped(licenseStatement(licenses))}</p>`,
    creators: about.creators.map((creator) => ({
      name: nameOf(creator),
      ...(creator.affiliation && { affiliation: creator.affiliation }),
      ...(creator.orcid && { orcid: creator.orcid }),
    })),
    publication_date: about.date,
    version: about.version,
    access_right: 'open',
    license: zenodoLicense(licenses),
    keywords: about.keywords,
    ...(about.doi && { doi: about.doi }),
    // Zenodo takes one language, by three letters; the card has them all.
    ...(languages.length === 1 && ISO_639_2[languages[0]] && { language: ISO_639_2[languages[0]] }),
    notes:
      'Every row has the licence of its article (column license); cite the articles whose rows are used (citations.bib).',
    related_identifiers: related.map(({ identifier, scheme }) => ({
      identifier,
      relation: 'isDerivedFrom',
      resource_type: 'publication-article',
      scheme: scheme.toLowerCase(),
    })),
  };
}

const ISO_639_2: Readonly<Record<string, string>> = {
  en: 'eng',
  es: 'spa',
  fr: 'fra',
  pt: 'por',
  de: 'deu',
  it: 'ita',
  nl: 'nld',
  pl: 'pol',
  tr: 'tur',
};

/** `CITATION.cff`, version 1.2.0. */
export function citationCff(about: Description, licenses: Licenses): string {
  const license = spdxLicense(licenses);
  return dump(
    {
      'cff-version': '1.2.0',
      message: 'If you use this dataset, cite it, and the articles whose rows you use (citations.bib).',
      type: 'dataset',
      title: about.title,
      abstract: about.description,
      authors: about.creators.map(({ given, family, orcid, affiliation }) => ({
        ...(given ? { 'family-names': family, 'given-names': given } : { name: family }),
        ...(orcid && { orcid: `https://orcid.org/${orcid}` }),
        ...(affiliation && { affiliation }),
      })),
      version: about.version,
      'date-released': about.date,
      ...(about.doi && { doi: about.doi }),
      ...(about.url && { url: about.url }),
      ...(license && { license }),
      keywords: [...about.keywords],
    },
    { lineWidth: 120 },
  );
}

/** The head of `datacite.json` (schema 4.6): all but the related identifiers, of which there may be many. */
export function dataciteHead(
  about: Description,
  licenses: Licenses,
  languages: readonly string[],
): Record<string, unknown> {
  const spdx = spdxLicense(licenses);
  const rights = licenseUrls(licenses);
  return {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Dataset' },
    identifiers: about.doi ? [{ identifier: about.doi, identifierType: 'DOI' }] : [],
    creators: about.creators.map((creator) => ({
      name: nameOf(creator),
      nameType: creator.given ? 'Personal' : 'Organizational',
      ...(creator.given && { givenName: creator.given, familyName: creator.family }),
      ...(creator.orcid && {
        nameIdentifiers: [
          {
            nameIdentifier: `https://orcid.org/${creator.orcid}`,
            nameIdentifierScheme: 'ORCID',
            schemeUri: 'https://orcid.org',
          },
        ],
      }),
      ...(creator.affiliation && { affiliation: [{ name: creator.affiliation }] }),
    })),
    titles: [{ title: about.title }],
    publisher: { name: about.publisher ?? 'Zenodo' },
    publicationYear: Number(about.date.slice(0, 4)),
    dates: [{ date: about.date, dateType: 'Issued' }],
    version: about.version,
    ...(languages.length === 1 && { language: languages[0] }),
    subjects: about.keywords.map((subject) => ({ subject })),
    descriptions: [{ description: about.description, descriptionType: 'Abstract' }],
    rightsList: [
      { rights: licenseStatement(licenses) },
      ...rights.map((rightsUri) => ({
        rightsUri,
        ...(spdx && { rightsIdentifier: spdx, rightsIdentifierScheme: 'SPDX' }),
      })),
    ],
  };
}
