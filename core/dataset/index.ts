export type { Column, ColumnType } from './column.js';
export { typeName } from './column.js';
export * from './rows.js';
export { SCHEMA, tableFile } from './schema.js';
export { parquetSchema } from './parquetSchema.js';
export { TableReader } from './tableReader.js';
export { TableWriter, type TableWriterOptions } from './tableWriter.js';
