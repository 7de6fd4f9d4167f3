/** A column, or some fields of a column that is a list of structs. */
export type ColumnRequest = string | { readonly name: string; readonly fields: readonly string[] };
export const columnName = (request: ColumnRequest): string => (typeof request === 'string' ? request : request.name);
