import type { Column, ColumnType } from '../column.js';
import { TABLE_NAMES, type TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { SPLIT } from './parquetTables.js';

/** The `@context` of the specification, word for word: readers compare it. */
export const CROISSANT_CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  description: { '@container': '@language' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  name: { '@container': '@language' },
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const;

const DATA_TYPE = {
  string: 'sc:Text',
  int32: 'cr:Int32',
  int64: 'cr:Int64',
  double: 'cr:Float64',
  boolean: 'sc:Boolean',
  binary: 'sc:Text',
} as const;
const KEY: Readonly<Record<TableName, string>> = {
  articles: 'article_id',
  cases: 'case_id',
  figures: 'figure_id',
  images: 'image_id',
};

/**
 * Columns that are ids of another table. They refer to the column of its file and not to the field of its record set:
 * mlcroissant 1.1.1 cannot read a chain of record sets that refer to each other.
 */
const REFERENCES: Readonly<Record<string, TableName>> = { article_id: 'articles', figure_id: 'figures' };
const columnOf = (file: string, column: string): Json => ({ fileObject: { '@id': file }, extract: { column } });

type Json = Readonly<Record<string, unknown>>;

/** A record set for each table, one for the picture files, and one for the names of the splits. */
export function recordSets(
  fileOf: (table: TableName) => string,
  { splits, pictures }: { readonly splits: readonly string[]; readonly pictures: string | undefined },
): Json[] {
  const sets = TABLE_NAMES.map((table): Json => {
    const columns: readonly Column[] = splits.length > 0 ? [...SCHEMA[table], SPLIT] : SCHEMA[table];
    return {
      '@type': 'cr:RecordSet',
      '@id': table,
      name: table,
      key: { '@id': `${table}/${KEY[table]}` },
      field: columns.map((column) => fieldOf(table, column, fileOf)),
    };
  });
  const all = pictures === undefined ? sets : [...sets, pictureSet(pictures, fileOf('images'))];
  if (splits.length === 0) return all;
  return [
    ...all,
    {
      '@type': 'cr:RecordSet',
      '@id': 'splits',
      name: 'splits',
      dataType: 'cr:Split',
      key: { '@id': 'splits/name' },
      field: [{ '@type': 'cr:Field', '@id': 'splits/name', name: 'name', dataType: 'sc:Text' }],
      data: splits.map((name) => ({ 'splits/name': name })),
    },
  ];
}

function fieldOf(table: TableName, column: Column, fileOf: (table: TableName) => string): Json {
  const id = `${table}/${column.name}`;
  const list = typeof column.type === 'object' && 'list' in column.type;
  const inner = innermost(column.type);
  const common = {
    '@type': 'cr:Field',
    '@id': id,
    name: column.name,
    description: column.about,
    ...(list && { isArray: true, arrayShape: '-1' }),
  };
  const source = (jsonPath?: string): Json => ({
    ...columnOf(fileOf(table), column.name),
    ...(jsonPath !== undefined && { transform: { jsonPath } }),
  });
  if (typeof inner === 'object' && 'struct' in inner) {
    return {
      ...common,
      subField: inner.struct.map((field) => ({
        '@type': 'cr:Field',
        '@id': `${id}/${field.name}`,
        name: field.name,
        description: field.about,
        dataType: typeOf(field.type),
        source: source(field.name),
      })),
    };
  }
  const target = REFERENCES[column.name];
  return {
    ...common,
    dataType: typeOf(column.type),
    source: source(),
    ...(target !== undefined && target !== table && { references: columnOf(fileOf(target), column.name) }),
  };
}

/**
 * The picture files, to be joined with `images` by their path. They are a record set of their own: a reader that joins
 * archives to a table would lose the images that have no picture.
 */
const pictureSet = (files: string, table: string): Json => ({
  '@type': 'cr:RecordSet',
  '@id': 'pictures',
  name: 'pictures',
  key: { '@id': 'pictures/file' },
  field: [
    {
      '@type': 'cr:Field',
      '@id': 'pictures/file',
      name: 'file',
      description: 'Path of the picture: `file` of `images`.',
      dataType: 'sc:Text',
      source: { fileSet: { '@id': files }, extract: { fileProperty: 'fullpath' } },
      references: columnOf(table, 'file'),
    },
    {
      '@type': 'cr:Field',
      '@id': 'pictures/picture',
      name: 'picture',
      description: 'The picture itself.',
      dataType: 'sc:ImageObject',
      source: { fileSet: { '@id': files }, extract: { fileProperty: 'content' } },
    },
  ],
});

const innermost = (type: ColumnType): ColumnType =>
  typeof type === 'object' && 'list' in type ? innermost(type.list) : type;

function typeOf(type: ColumnType): string {
  const inner = innermost(type);
  return typeof inner === 'string' ? DATA_TYPE[inner] : 'sc:Text';
}
