import { TABLE_NAMES, type TableName } from '../rows.js';
import { exportCard, languagesOf } from './card.js';
import { CROISSANT_CONTEXT, recordSets } from './croissantFields.js';
import type { Description } from './describe.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import { licenseUrls, type Licenses } from './licenses.js';
import { writeParquetTables } from './parquetTables.js';
import type { ExportedFile } from './types.js';
import { zipPictures } from './zipPictures.js';

/** Name of the metadata. */
const METADATA = 'croissant.json';

/**
 * Croissant 1.1 (http://mlcommons.org/croissant/1.1): `croissant.json` beside the tables as Parquet and the pictures in
 * archives, with size and SHA-256 of each file, and a record set for each table with the fields of nested columns.
 */
export async function exportCroissant(job: ExportJob): Promise<ExportResult> {
  const { source, out, options, description, licenses, progress } = job;
  const tables = await writeParquetTables(source, out, progress);
  const { archives, pictures } =
    (options.pictures ?? true) ? await zipPictures(source, out, () => progress(1)) : { archives: [], pictures: 0 };
  const languages = await languagesOf(source);
  const metadata = croissant({
    tables,
    archives,
    description,
    licenses,
    languages,
    splits: source.splits.names,
    baseUrl: options.baseUrl,
  });
  out.text(METADATA, `${JSON.stringify(metadata, null, 2)}\n`);
  const counts: Record<string, number> = {};
  for (const table of TABLE_NAMES) counts[table] = await source.count(table);
  counts.pictures = pictures;
  const notes = [
    ...(description.creators.length === 0
      ? ['no creators are named, which Croissant requires: --creator or --about']
      : []),
    ...(description.url === undefined && description.doi === undefined
      ? ['no address is given, which Croissant requires: --url or --about']
      : []),
  ];
  out.text(
    'README.md',
    exportCard(description, licenses, counts.images, {
      counts,
      languages,
      use: [
        '```python',
        'import mlcroissant as mlc',
        '',
        `dataset = mlc.Dataset("${METADATA}")`,
        'for record in dataset.records("images"):',
        '    ...',
        '```',
      ].join('\n'),
    }),
  );
  return { counts, notes };
}

interface CroissantParts {
  readonly tables: Readonly<Record<TableName, ExportedFile>>;
  readonly archives: readonly ExportedFile[];
  readonly description: Description;
  readonly licenses: Licenses;
  readonly languages: readonly string[];
  readonly splits: readonly string[];
  readonly baseUrl: string | undefined;
}

/** The JSON-LD. */
function croissant({
  tables,
  archives,
  description,
  licenses,
  languages,
  splits,
  baseUrl,
}: CroissantParts): Record<string, unknown> {
  const url = (path: string): string => (baseUrl === undefined ? path : `${baseUrl.replace(/\/*$/, '/')}${path}`);
  const fileObject = ({ path, bytes, sha256 }: ExportedFile, encodingFormat: string): Record<string, unknown> => ({
    '@type': 'cr:FileObject',
    '@id': path,
    name: path,
    contentUrl: url(path),
    contentSize: `${bytes} B`,
    encodingFormat,
    sha256,
  });
  const { creators, doi } = description;
  const page = description.url ?? (doi === undefined ? undefined : `https://doi.org/${doi}`);
  const urls = licenseUrls(licenses);
  return {
    '@context': CROISSANT_CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: description.title,
    description: description.description,
    ...(urls.length > 0 && { license: urls.length === 1 ? urls[0] : urls }),
    ...(page !== undefined && { url: page }),
    ...(doi !== undefined && { identifier: `https://doi.org/${doi}` }),
    ...(creators.length > 0 && {
      creator: creators.map(({ given, family, orcid, affiliation }) => ({
        '@type': 'sc:Person',
        name: given ? `${given} ${family}` : family,
        ...(given && { givenName: given }),
        familyName: family,
        ...(orcid && { sameAs: `https://orcid.org/${orcid}` }),
        ...(affiliation && { affiliation: { '@type': 'sc:Organization', name: affiliation } }),
      })),
    }),
    datePublished: description.date,
    version: description.version,
    citeAs: citeAs(description),
    keywords: description.keywords,
    ...(languages.length > 0 && { inLanguage: languages }),
    ...(description.publisher && { publisher: { '@type': 'sc:Organization', name: description.publisher } }),
    distribution: [
      ...TABLE_NAMES.map((table) => fileObject(tables[table], 'application/x-parquet')),
      ...archives.map((archive) => fileObject(archive, 'application/zip')),
      ...(archives.length === 0
        ? []
        : [
            {
              '@type': 'cr:FileSet',
              '@id': 'picture-files',
              name: 'picture-files',
              description: 'A file for each panel, or for each figure that was not divided.',
              containedIn: archives.map(({ path }) => ({ '@id': path })),
              encodingFormat: ['image/webp', 'image/png'],
              includes: 'images/**/*',
            },
          ]),
    ],
    recordSet: recordSets((table) => tables[table].path, {
      splits,
      pictures: archives.length > 0 ? 'picture-files' : undefined,
    }),
  };
}

/** The dataset as BibTeX. */
function citeAs({ title, creators, date, doi, url, version }: Description): string {
  const authors = creators.map(({ given, family }) => (given ? `${family}, ${given}` : family)).join(' and ');
  const fields = [
    `title={${title}}`,
    ...(authors === '' ? [] : [`author={${authors}}`]),
    `year={${date.slice(0, 4)}}`,
    `version={${version}}`,
    ...(doi ? [`doi={${doi}}`] : []),
    ...(url ? [`url={${url}}`] : []),
  ];
  return `@misc{dataset, ${fields.join(', ')}}`;
}
