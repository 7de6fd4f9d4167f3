/** What a column holds. `list` and `struct` nest. */
export type ColumnType =
  | 'string'
  | 'int32'
  | 'int64'
  | 'double'
  | 'boolean'
  | 'binary'
  | { readonly list: ColumnType }
  | { readonly struct: readonly Column[] };

/** A column of a table, or a field of a struct. Every value may be null unless `required`. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly required?: true;
  /** What it means, in a sentence or two: the data dictionary prints it. */
  readonly about: string;
  /** An example, as printed. */
  readonly example?: string;
}

/** `list<string>`, `struct<start: int32, …>`: how a type is printed in the data dictionary. */
export function typeName(type: ColumnType): string {
  if (typeof type === 'string') return type;
  if ('list' in type) return `list<${typeName(type.list)}>`;
  return `struct<${type.struct.map((field) => `${field.name}: ${typeName(field.type)}`).join(', ')}>`;
}
