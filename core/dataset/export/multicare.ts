import { basename } from 'node:path';
import type { Column, ColumnType } from '../column.js';
import type { ArticleRow, CaseRow, FigureRow, ImageRow } from '../rows.js';
import { TableWriter } from '../tableWriter.js';
import { ArticleCursor } from './articleCursor.js';
import { exportCard, languagesOf } from './card.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import { cell, copyPictures } from './plainTables.js';

const text = (name: string, about: string): Column => ({ name, type: 'string', about });
const texts = (name: string, about: string): Column => ({ name, type: { list: 'string' }, about });
const structs = (...struct: Column[]): ColumnType => ({ list: { struct } });
const ARTICLE = text('article_id', 'The PMCID, else the DOI, else the name of the file.');

/** The Parquet files of MultiCaRe: one row an article. */
const TABLES = {
  metadata: [
    ARTICLE,
    {
      name: 'article_metadata',
      type: {
        struct: [
          text('title', 'Title.'),
          texts('authors', 'Authors.'),
          text('journal', 'Journal.'),
          text('journal_detail', 'Day of publication.'),
          text('year', 'Year, as text.'),
          text('doi', 'DOI.'),
          text('pmid', 'PubMed id.'),
          text('pmcid', 'PubMed Central id.'),
          texts('mesh_terms', 'Medical Subject Headings.'),
          texts('major_mesh_terms', 'Major topics.'),
          texts('keywords', 'Keywords.'),
          text('link', 'Address.'),
          text('license', 'Licence.'),
          { name: 'case_amount', type: 'int32', about: 'Number of cases.' },
        ],
      },
      about: 'What is known of the article.',
    },
  ],
  abstracts: [ARTICLE, text('abstract', 'The abstract.')],
  cases: [
    ARTICLE,
    {
      name: 'cases',
      type: structs(
        text('case_id', 'Article and number.'),
        text('case_text', 'The text of the case.'),
        { name: 'age', type: 'int32', about: 'Whole years, 0 below one.' },
        text('gender', 'Female, Male, Transgender or Unknown.'),
      ),
      about: 'The patients.',
    },
  ],
  case_images: [
    ARTICLE,
    {
      name: 'case_images',
      type: structs(text('case_id', 'A patient.'), {
        name: 'case_image_list',
        type: structs(
          text('tag', 'Id of the figure in this dataset.'),
          text('caption', 'Its caption.'),
          text('file', 'Name of its file.'),
          text('image_id', 'Patient and file.'),
          texts('text_references', 'Sentences that name it.'),
        ),
        about: 'Figures that the case names.',
      }),
      about: 'Figures by patient.',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Column[]>>;

/** `captions_and_labels.csv`: a row an image. Lists are JSON, which is a list for Python too. */
const CAPTIONS: readonly (readonly [name: string, about: string, value: (row: ImageRow, number: number) => unknown])[] =
  [
    ['file_id', 'Number of the image.', (_, number) => `file_${String(number).padStart(7, '0')}`],
    ['file', 'Name of the picture.', (row) => row.file && basename(row.file)],
    ['file_path', 'Its path.', (row) => row.file && pathOf(row.file)],
    ['main_image', 'File of the figure it was cut from.', (row) => row.main_image],
    ['image_component', 'The panel, or `undivided`.', (row) => row.image_component],
    ['patient_id', 'The first case that names it.', (row) => row.case_id],
    ['license', 'Licence of the article.', (row) => row.license],
    ['file_size', 'Bytes.', (row) => row.file_size],
    ['caption', 'What the caption says of it.', (row) => row.caption],
    ['case_substring', 'Words that name the figure in the case.', (row) => row.case_substring],
    ['image_type', 'Uppermost class.', (row) => row.image_type],
    ['image_subtype', 'The class below it.', (row) => row.image_subtype[0]],
    ['radiology_region', 'Region of the body.', (row) => row.radiology_region[0]],
    ['radiology_region_granular', 'All regions.', (row) => row.radiology_region],
    ['radiology_view', 'View.', (row) => row.radiology_view[0]],
    [
      'ml_labels_for_supervised_classification',
      'Type, subtypes, region and view.',
      (row) => [
        ...new Set([
          ...(row.image_type === null ? [] : [row.image_type]),
          ...row.image_subtype,
          ...row.radiology_region,
          ...row.radiology_view,
        ]),
      ],
    ],
    ['gt_labels_for_semisupervised_classification', 'All labels.', (row) => row.labels],
  ];

/** `PMC6/PMC67/…`: the layout of MultiCaRe, which has no folder `images`. */
const pathOf = (file: string): string => file.replace(/^images\//, '');

/** The files of MultiCaRe, for the scripts of those who know it. */
export async function exportMulticare(job: ExportJob): Promise<ExportResult> {
  const { source, out, options, description, licenses, progress } = job;
  const { stringify } = await import('csv-stringify/sync');
  const writers = new Map<keyof typeof TABLES, TableWriter<object>>();
  for (const [name, columns] of Object.entries(TABLES))
    writers.set(
      name as keyof typeof TABLES,
      await TableWriter.open<object>(out.at(`${name}.parquet`), columns, { groupRows: 1_000 }),
    );
  const counts = { articles: 0, cases: 0, images: 0, pictures: 0 };

  const cases = new ArticleCursor<CaseRow>('cases', source.rows('cases'));
  const figures = new ArticleCursor<FigureRow>('figures', source.rows('figures'));
  for await (const article of source.rows('articles')) {
    const { article_id } = article;
    const own = await cases.take(article_id);
    const shown = new Map((await figures.take(article_id)).map((figure) => [figure.figure_id, figure]));
    await writers.get('metadata')!.write({ article_id, article_metadata: metadataOf(article) });
    await writers.get('abstracts')!.write({ article_id, abstract: article.abstract });
    if (own.length > 0) {
      await writers.get('cases')!.write({
        article_id,
        cases: own.map(({ case_id, case_text, age, gender }) => ({
          case_id,
          case_text,
          age: age === null ? null : Math.floor(age),
          gender,
        })),
      });
      const case_images = own
        .map((one) => ({ case_id: one.case_id, case_image_list: imageList(one, shown) }))
        .filter(({ case_image_list }) => case_image_list.length > 0);
      if (case_images.length > 0) await writers.get('case_images')!.write({ article_id, case_images });
    }
    counts.articles++;
    counts.cases += own.length;
    progress(1 + own.length);
  }
  await cases.end();
  await figures.end();
  for (const [name, writer] of writers) {
    await writer.close();
    await out.adopt(`${name}.parquet`);
  }

  const captions = out.file('captions_and_labels.csv');
  captions.write(stringify([CAPTIONS.map(([name]) => name)]));
  for await (const row of source.rows('images')) {
    counts.images++;
    captions.write(stringify([CAPTIONS.map(([, , value]) => cell(value(row, counts.images)))]));
    progress(1);
  }
  captions.close();
  if (options.pictures ?? true) counts.pictures = await copyPictures(job, pathOf);
  out.text(
    'README.md',
    exportCard(description, licenses, counts.images, {
      counts,
      languages: await languagesOf(source),
      columns: false,
      use: 'The files of MultiCaRe (`metadata.parquet`, `abstracts.parquet`, `cases.parquet`, `case_images.parquet`, `captions_and_labels.csv`) with pictures by the first digits of the PMCID. Labels are those of Legenda; `multicare_dictionary.csv` says what is in the columns.',
    }),
  );
  out.text(
    'multicare_dictionary.csv',
    stringify([
      ['file', 'field', 'explanation'],
      ...Object.entries(TABLES).flatMap(([name, columns]) =>
        columns.map((column) => [`${name}.parquet`, column.name, column.about]),
      ),
      ...CAPTIONS.map(([name, about]) => ['captions_and_labels.csv', name, about]),
    ]),
  );
  return { counts, notes: [] };
}

const metadataOf = (article: ArticleRow): object => ({
  ...article,
  journal_detail: article.published,
  year: article.year === null ? null : String(article.year),
});

const imageList = (one: CaseRow, figures: ReadonlyMap<string, FigureRow>): object[] =>
  one.figures.flatMap(({ figure_id, text_references }) => {
    const figure = figures.get(figure_id);
    return figure
      ? [
          {
            tag: figure_id,
            caption: figure.caption,
            file: figure.main_image,
            image_id: `${one.case_id}_${figure.main_image ?? figure_id}`,
            text_references,
          },
        ]
      : [];
  });
