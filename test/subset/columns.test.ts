import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHEMA, TableWriter, type ImageRow } from '../../core/dataset/index.js';
import { openParquet } from '../../core/dataset/filter/parquetSource.js';
import type { TableSource } from '../../core/dataset/filter/tableSource.js';
import { image } from '../dataset/rows.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-columns-'));
let source: TableSource;
afterAll(() => {
  source.close();
  rmSync(folder, { recursive: true });
});

const GROUP = 900;
/** Captions that fill many pages, some of them none; lists that are empty; structs that are missing. */
const rows: readonly ImageRow[] = Array.from({ length: 2_000 }, (_, i) => ({
  ...image,
  image_id: `image ${i}`,
  caption: i % 7 === 0 ? '' : `${i} ${'é🦵x'.repeat(i % 50)} ${String(i * 7919).repeat(20)}`,
  file: i % 3 === 0 ? null : `images/${i}.webp`,
  labels: i % 5 === 0 ? [] : ['mri', `l${i % 40}`],
  box: i % 4 === 0 ? null : { x: i, y: 1, width: 2, height: 3 },
  caption_ranges: Array.from({ length: i % 3 }, (_unused, k) => ({ start: k, end: i })),
  proposed: undefined,
  entities: Array.from({ length: i % 4 }, (_unused, k) => ({
    ...image.entities[0],
    start: i,
    value: `v${(i + k) % 30}`,
    labels: k === 1 ? [] : ['a', 'b'],
    cue: k === 2 ? 'no' : null,
  })),
})).map(({ proposed: _proposed, ...row }) => row);

beforeAll(async () => {
  const path = join(folder, 'images.parquet');
  const writer = await TableWriter.open<ImageRow>(path, SCHEMA.images, { groupRows: GROUP });
  for (const row of rows) await writer.write(row);
  await writer.close();
  source = await openParquet(path);
});

describe('columns of a Parquet table', () => {
  it('come back for any rows of any group', async () => {
    expect(source.groups).toEqual([900, 900, 200]);
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.uniqueArray(fc.nat(GROUP - 1), { maxLength: 30 }), async (group, numbers) => {
        const picked = numbers.filter((n) => n < source.groups[group]).sort((a, b) => a - b);
        const values = await source.read(group, picked, source.columns);
        const found = picked.map((_, i) => Object.fromEntries(source.columns.map((name, c) => [name, values[c][i]])));
        expect(found).toEqual(picked.map((n) => rows[group * GROUP + n]));
      }),
      { numRuns: 40, seed: 2 },
    );
  }, 60_000);

  it('come back whole, and by some fields of their structs', async () => {
    const [captions, entities] = await source.read(1, undefined, [
      'caption',
      { name: 'entities', fields: ['value', 'labels'] },
    ]);
    expect(captions).toEqual(rows.slice(900, 1800).map((row) => row.caption));
    expect(entities).toEqual(
      rows.slice(900, 1800).map((row) => row.entities.map(({ value, labels }) => ({ value, labels }))),
    );
  });

  it('that are not there are null', async () => {
    expect(await source.read(2, [0, 5], ['split'])).toEqual([[null, null]]);
    expect(await source.read(2, [], ['caption'])).toEqual([[]]);
  });
});
