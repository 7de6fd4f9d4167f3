import { UsageError } from '../../pipeline/usageError.js';
import { LAYOUT } from '../layout.js';
import { TABLE_NAMES } from '../rows.js';
import { exportCard, languagesOf } from './card.js';
import { citationCff, dataciteHead, zenodoMetadata, type RelatedArticle } from './deposition.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import { writeParquetTables } from './parquetTables.js';
import { zipPictures } from './zipPictures.js';

/** Articles that `.zenodo.json` names; all of them are in `datacite.json` and the citations. */
const MAX_RELATED = 1_000;

/**
 * A folder to be put on Zenodo: tables as Parquet, pictures in archives (a record may have 100 files), `.zenodo.json`,
 * `CITATION.cff`, and `datacite.json` with every article that the dataset is derived from.
 *
 * @throws UsageError without creators, since Zenodo takes no record without them
 */
export async function exportZenodo({
  source,
  out,
  options,
  description,
  licenses,
  progress,
}: ExportJob): Promise<ExportResult> {
  if (description.creators.length === 0)
    throw new UsageError(
      "Zenodo needs to know who made the dataset: --creator 'Family, Given', or creators in --about FILE",
    );
  await writeParquetTables(source, out, progress);
  const { archives, pictures } =
    (options.pictures ?? true) ? await zipPictures(source, out, () => progress(1)) : { archives: [], pictures: 0 };
  const languages = await languagesOf(source);

  const related: RelatedArticle[] = [];
  let articles = 0;
  const datacite = out.file('datacite.json');
  datacite.write(
    `${JSON.stringify(dataciteHead(description, licenses, languages), null, 2).slice(0, -2)},\n  "relatedIdentifiers": [`,
  );
  for await (const { doi, pmid, link } of source.columns('articles', ['doi', 'pmid', 'link'])) {
    const article: RelatedArticle | undefined =
      doi !== null
        ? { identifier: doi, scheme: 'DOI' }
        : pmid !== null
          ? { identifier: pmid, scheme: 'PMID' }
          : link !== null
            ? { identifier: link, scheme: 'URL' }
            : undefined;
    if (!article) continue;
    const { identifier, scheme } = article;
    datacite.write(
      `${articles++ > 0 ? ',' : ''}\n    ${JSON.stringify({ relatedIdentifier: identifier, relatedIdentifierType: scheme, relationType: 'IsDerivedFrom', resourceTypeGeneral: 'JournalArticle' })}`,
    );
    if (related.length < MAX_RELATED) related.push(article);
  }
  datacite.write('\n  ]\n}\n');
  datacite.close();
  out.text('.zenodo.json', `${JSON.stringify(zenodoMetadata(description, licenses, languages, related), null, 2)}\n`);
  out.text('CITATION.cff', citationCff(description, licenses));
  if (source.manifest) out.text(LAYOUT.manifest, `${JSON.stringify(source.manifest, null, 2)}\n`);

  const counts: Record<string, number> = {};
  for (const table of TABLE_NAMES) counts[table] = await source.count(table);
  counts.pictures = pictures;
  counts.archives = archives.length;
  const notes =
    articles > related.length
      ? [`.zenodo.json names the first ${related.length} of ${articles} articles; datacite.json names all`]
      : [];
  out.text(
    'README.md',
    exportCard(description, licenses, counts.images, {
      counts,
      notes,
      languages,
      use: 'Unpack the archives here: `images.file` is then the path of each picture. Parquet is read by pandas, polars, DuckDB, R (`arrow`) and others.',
    }),
  );
  return { counts, notes };
}
