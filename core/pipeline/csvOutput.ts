import { fileOutput, type Output } from './output.js';

/** Records as a table: nested values as JSON text, columns those of the first record. */
export async function csvOutput(path: string): Promise<Output> {
  const { stringify } = await import('csv-stringify/sync');
  const file = fileOutput(path);
  const decoder = new TextDecoder();
  let columns: string[] | undefined;
  return {
    ...file,
    write(bytes) {
      if (bytes.length === 0) return undefined;
      const records = decoder
        .decode(bytes)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const header = columns === undefined;
      columns ??= Object.keys(records[0]);
      const rows = records.map((record) => columns!.map((name) => cell(record[name])));
      return file.write(new TextEncoder().encode(stringify(rows, { header, columns })));
    },
  };
}

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
