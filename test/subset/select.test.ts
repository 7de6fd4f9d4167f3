import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { LabelTree } from '../../core/dataset/filter/labels.js';
import type { RowSet } from '../../core/dataset/filter/rowSet.js';
import { select, selectedRows } from '../../core/dataset/filter/select.js';
import { DatasetTables } from '../../core/dataset/filter/tableSource.js';
import { TAXONOMY, writeDataset, type Dataset } from './dataset.js';
import { datasets, filters } from './generated.js';
import { naive } from './naive.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-select-'));
afterAll(() => rmSync(folder, { recursive: true }));
const labels = new LabelTree(TAXONOMY);
let number = 0;

async function taken(
  rows: Dataset,
  wanted: Parameters<typeof select>[1],
  pictures: boolean,
  format: 'parquet' | 'jsonl',
) {
  const tables = DatasetTables.at(await writeDataset(join(folder, String(number++)), rows, format));
  const selection = await select(tables, wanted, labels, { pictures });
  const ids = async (set: RowSet, column: string): Promise<string[]> => {
    const found: string[] = [];
    await set.each([column], (id) => found.push(id as string));
    return found;
  };
  const result = {
    articles: await ids(await selectedRows(tables, selection, 'articles'), 'article_id'),
    cases: await ids(selection.cases, 'case_id'),
    figures: await ids(await selectedRows(tables, selection, 'figures'), 'figure_id'),
    images: await ids(selection.images, 'image_id'),
  };
  expect([...selection.caseIds].sort()).toEqual([...result.cases].sort());
  expect([...selection.figureIds].sort()).toEqual([...result.figures].sort());
  await tables.close();
  return result;
}

describe('a selection', () => {
  for (const format of ['parquet', 'jsonl'] as const) {
    it(`from ${format} tables is that of the declared semantics`, async () => {
      let [kept, tried] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          datasets,
          fc.array(filters, { minLength: 1, maxLength: 3 }),
          fc.boolean(),
          async (rows, wanted, pictures) => {
            const expected = naive(rows, wanted, pictures);
            tried++;
            if (expected.images.length > 0 && expected.images.length < rows.images.length) kept++;
            expect(await taken(rows, wanted, pictures, format)).toEqual(expected);
          },
        ),
        { numRuns: format === 'parquet' ? 250 : 100, seed: 11 },
      );
      // The test says something only where filters neither take all nor nothing.
      expect(kept).toBeGreaterThan(tried / 10);
    }, 120_000);
  }

  it('does not depend on the size of row groups and pages', async () => {
    const rows = fc
      .sample(datasets, { seed: 5, numRuns: 40 })
      .filter((one) => one.images.length > 4)
      .slice(0, 5);
    expect(rows).toHaveLength(5);
    for (const one of rows) {
      const filter = [{ images: { label: { any: ['radiology'] } } }];
      const expected = naive(one, filter, false);
      for (const size of [1, 2, 1000]) {
        const tables = DatasetTables.at(await writeDataset(join(folder, String(number++)), one, 'parquet', size));
        const { images } = await select(tables, filter, labels);
        const found: string[] = [];
        await images.each(['image_id'], (id) => found.push(id as string));
        expect(found).toEqual(expected.images);
        await tables.close();
      }
    }
  });
});
