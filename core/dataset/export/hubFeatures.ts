import type { Column, ColumnType } from '../column.js';

const DTYPE = {
  string: 'string',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  boolean: 'bool',
  binary: 'binary',
} as const;

/** A column that holds a picture, as the `datasets` library stores pictures. */
export const PICTURE: Column = {
  name: 'image',
  type: {
    struct: [
      { name: 'bytes', type: 'binary', about: 'The picture file.' },
      { name: 'path', type: 'string', about: 'Its name.' },
    ],
  },
  about: 'The picture.',
};

/** The class of an image in a classification: its place in the names. `datasets` takes it for a class only in 64 bits. */
export const CLASS: Column = { name: 'class', type: 'int64', about: 'The class, by its place among the names.' };

/**
 * The metadata by which `datasets` knows the types of a Parquet file: what is a picture is decoded. Lists are written in the
 * form that both its old and its new versions read.
 *
 * @param classes names of the classes, where there is a column `CLASS`
 */
export function hubFeatures(columns: readonly Column[], classes: readonly string[] = []): string {
  const feature = (column: Column): unknown =>
    column === PICTURE
      ? { _type: 'Image' }
      : column === CLASS
        ? { names: classes, _type: 'ClassLabel' }
        : featureOf(column.type);
  const features = Object.fromEntries(columns.map((column) => [column.name, feature(column)]));
  return JSON.stringify({ info: { features } });
}

function featureOf(type: ColumnType): unknown {
  if (typeof type === 'string') return { dtype: DTYPE[type], _type: 'Value' };
  if ('list' in type) return [featureOf(type.list)];
  return Object.fromEntries(type.struct.map((field) => [field.name, featureOf(field.type)]));
}
