import { renameSync, rmSync } from 'node:fs';
import { partialName, type Output } from './output.js';

/** Rows a row group: small enough to filter well, large enough to compress. */
const GROUP_ROWS = 10_000;

/**
 * Records as a Parquet file with one text, number or boolean column for each field of the first record; nested values
 * are JSON text, which every reader takes. Built group by group, so that memory does not grow.
 */
export async function parquetOutput(path: string): Promise<Output> {
  const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
  const writer = await fileWriter(partialName(path));
  const decoder = new TextDecoder();
  let table: InstanceType<typeof ParquetWriter> | undefined;
  let fields: { name: string; type: 'STRING' | 'DOUBLE' | 'BOOLEAN' | 'JSON' }[] = [];
  let rows: Record<string, unknown>[] = [];
  let written = 0;

  const open = (first: Record<string, unknown>): InstanceType<typeof ParquetWriter> => {
    fields = Object.keys(first).map((name) => ({ name, type: columnType(first[name]) }));
    const children = fields.map(({ name, type }) => ({ name, ...SCHEMA[type], repetition_type: 'OPTIONAL' as const }));
    return new ParquetWriter({ writer, schema: [{ name: 'root', num_children: fields.length }, ...children] });
  };
  const flush = (): void => {
    if (rows.length === 0) return;
    table ??= open(rows[0]);
    table.write({
      columnData: fields.map(({ name, type }) => ({ name, data: rows.map((row) => columnValue(row[name], type)) })),
      rowGroupSize: GROUP_ROWS,
    });
    rows = [];
  };
  return {
    write(bytes) {
      if (bytes.length === 0) return;
      for (const line of decoder.decode(bytes).trimEnd().split('\n'))
        rows.push(JSON.parse(line) as Record<string, unknown>);
      written += bytes.length;
      if (rows.length >= GROUP_ROWS) flush();
    },
    get bytes() {
      return written;
    },
    sync: () => Promise.resolve(),
    async commit() {
      flush();
      table ??= open({ id: '' });
      await table.finish();
      renameSync(partialName(path), path);
    },
    discard: () => rmSync(partialName(path), { force: true }),
  };
}

const SCHEMA = {
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  JSON: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  DOUBLE: { type: 'DOUBLE' },
  BOOLEAN: { type: 'BOOLEAN' },
} as const;

function columnType(value: unknown): 'STRING' | 'DOUBLE' | 'BOOLEAN' | 'JSON' {
  if (typeof value === 'number') return 'DOUBLE';
  if (typeof value === 'boolean') return 'BOOLEAN';
  return typeof value === 'object' && value !== null ? 'JSON' : 'STRING';
}

function columnValue(value: unknown, type: 'STRING' | 'DOUBLE' | 'BOOLEAN' | 'JSON'): unknown {
  if (value === null || value === undefined) return undefined;
  if (type === 'JSON') return JSON.stringify(value);
  if (type === 'STRING') return typeof value === 'string' ? value : JSON.stringify(value);
  return value;
}
