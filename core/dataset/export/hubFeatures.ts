import type { Column, ColumnType } from '../column.js';

const DTYPE = { string: 'string', int32: 'int32', double: 'float64', boolean: 'bool', binary: 'binary' } as const;

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

/**
 * The metadata by which `datasets` knows the types of a Parquet file: what is a picture is decoded. Lists are written in the
 * form that both its old and its new versions read.
 */
export function hubFeatures(columns: readonly Column[]): string {
  const features = Object.fromEntries(columns.map((column) => [column.name, column === PICTURE ? { _type: 'Image' } : featureOf(column.type)]));
  return JSON.stringify({ info: { features } });
}

function featureOf(type: ColumnType): unknown {
  if (typeof type === 'string') return { dtype: DTYPE[type], _type: 'Value' };
  if ('list' in type) return [featureOf(type.list)];
  return Object.fromEntries(type.struct.map((field) => [field.name, featureOf(field.type)]));
}
