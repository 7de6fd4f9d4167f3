import type { SchemaElement } from 'hyparquet';
import type { Column, ColumnType } from './column.js';

const PRIMITIVE = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  binary: { type: 'BYTE_ARRAY' },
} as const;

/**
 * The flat schema of a Parquet file with these columns: lists in the three-level form (`list`, `element`) that the format's
 * specification asks for, so that every reader sees lists and structs.
 */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.flatMap(({ name, type, required }) => elements(name, type, required ? 'REQUIRED' : 'OPTIONAL')),
  ];
}

function elements(name: string, type: ColumnType, repetition_type: 'REQUIRED' | 'OPTIONAL'): SchemaElement[] {
  if (typeof type === 'string') return [{ name, repetition_type, ...PRIMITIVE[type] }];
  if ('list' in type) {
    return [
      { name, repetition_type, num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elements('element', type.list, 'OPTIONAL'),
    ];
  }
  return [
    { name, repetition_type, num_children: type.struct.length },
    ...type.struct.flatMap((field) => elements(field.name, field.type, 'OPTIONAL')),
  ];
}
