import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SCHEMA, TABLE_NAMES, TableReader, TableWriter, typeName } from '../../core/dataset/index.js';
import { article, figure, image, patient } from './rows.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));
const samples = { articles: article, cases: patient, figures: figure, images: image } as const;

describe('the tables', () => {
  for (const table of TABLE_NAMES) {
    it(`${table} has the columns of its rows, in their order`, () => {
      expect(SCHEMA[table].map((c) => c.name)).toEqual(Object.keys(samples[table]));
    });

    it(`${table} comes back as it was written, nested values and nulls too`, async () => {
      const path = join(folder, `${table}.parquet`);
      const rows = Array.from({ length: 25 }, (_, i) =>
        i % 2 === 0
          ? samples[table]
          : emptied(samples[table], new Set(SCHEMA[table].filter((c) => c.required).map((c) => c.name))),
      );
      const writer = await TableWriter.open(path, SCHEMA[table], { groupRows: 10 });
      for (const row of rows) await writer.write(row);
      expect(existsSync(path)).toBe(false);
      await writer.close();
      const reader = await TableReader.open(path);
      expect(reader.groups).toEqual([10, 10, 5]);
      expect(reader.columns).toEqual(SCHEMA[table].map((c) => c.name));
      const back: object[] = [];
      for await (const row of reader.rows()) back.push(row);
      expect(back).toEqual(rows);
    });
  }

  it('give equal bytes for equal rows', async () => {
    const bytes = [];
    for (const name of ['a', 'b']) {
      const path = join(folder, `${name}.parquet`);
      const writer = await TableWriter.open(path, SCHEMA.images);
      await writer.write(image);
      await writer.close();
      bytes.push(readFileSync(path));
    }
    expect(bytes[0].equals(bytes[1])).toBe(true);
  });

  it('may be empty', async () => {
    const path = join(folder, 'empty.parquet');
    await (await TableWriter.open(path, SCHEMA.cases)).close();
    const reader = await TableReader.open(path);
    expect(reader.rowCount).toBe(0);
    expect(reader.columns[0]).toBe('case_id');
  });

  it('print their types', () => {
    expect(typeName(SCHEMA.images.find((c) => c.name === 'caption_ranges')!.type)).toBe(
      'list<struct<start: int32, end: int32>>',
    );
  });
});

/** A row with nothing but its required columns: lists empty, the rest null. */
function emptied(row: object, required: ReadonlySet<string>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, required.has(name) ? value : Array.isArray(value) ? [] : null]),
  );
}
