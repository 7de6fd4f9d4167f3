import type { LabelTree } from '../filter/labels.js';
import { RowSet } from '../filter/rowSet.js';
import type { ColumnRequest, DatasetTables } from '../filter/tableSource.js';
import type { TableName } from '../rows.js';
import { Census, type CountedArticle, type CountedCase, type CountedFigure, type CountedImage } from './census.js';
import type { DatasetStatistics } from './statistics.js';

const COLUMNS = {
  articles: [
    'year',
    'license',
    'language',
    'article_type',
    'journal',
    'specialties',
    'authors',
    'keywords',
    'mesh_terms',
    'skipped_reason',
  ],
  cases: ['age', 'gender', 'case_text'],
  figures: ['status'],
  images: [
    'file',
    'status',
    'confidence',
    'labels',
    'image_type',
    'image_subtype',
    'radiology_region',
    'radiology_view',
    'case_ids',
    { name: 'entities', fields: ['entity', 'value', 'assertion'] },
  ],
} as const satisfies Readonly<Record<TableName, readonly ColumnRequest[]>>;

/** The statistics of a dataset, read by the columns that they need. */
export async function statisticsOf(tables: DatasetTables, labels: LabelTree): Promise<DatasetStatistics> {
  const census = new Census(labels);
  const walk = async <Row>(table: TableName, visit: (row: Row) => void): Promise<void> => {
    const columns: readonly ColumnRequest[] = COLUMNS[table];
    const names = columns.map((column) => (typeof column === 'string' ? column : column.name));
    await RowSet.all(await tables.open(table)).each(columns, (...values) => {
      const row: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) row[names[i]] = values[i];
      visit(row as Row);
    });
  };
  await walk<CountedArticle>('articles', (row) => census.article(row));
  await walk<CountedCase>('cases', (row) => census.case(row));
  await walk<CountedFigure>('figures', (row) => census.figure(row));
  await walk<CountedImage>('images', (row) => census.image(row));
  return census.statistics;
}
