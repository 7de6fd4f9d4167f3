import { stringify } from 'csv-stringify/sync';
import { typeName } from './column.js';
import { TABLE_NAMES } from './rows.js';
import { SCHEMA } from './schema.js';

/** `data_dictionary.csv`: every column of every table, fields of structs too. */
export function dataDictionary(): string {
  const rows: string[][] = [];
  for (const table of TABLE_NAMES) {
    for (const { name, type, required, about, example } of SCHEMA[table]) {
      rows.push([table, name, typeName(type), required ? 'no' : 'yes', about, example ?? '']);
      const inner = typeof type === 'object' && 'list' in type ? type.list : type;
      if (typeof inner === 'object' && 'struct' in inner) {
        for (const field of inner.struct) {
          rows.push([table, `${name}.${field.name}`, typeName(field.type), 'yes', field.about, field.example ?? '']);
        }
      }
    }
  }
  return stringify([['table', 'column', 'type', 'nullable', 'about', 'example'], ...rows]);
}
