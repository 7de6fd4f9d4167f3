import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { xmlFaults } from './xml.js';
import { afterAll, describe, expect, it } from 'vitest';
import { LabelTree } from '../../core/dataset/filter/labels.js';
import { DatasetTables } from '../../core/dataset/filter/tableSource.js';
import { plotsOf } from '../../core/dataset/stats/plots.js';
import { reportPage } from '../../core/dataset/stats/report.js';
import { savePlots } from '../../core/dataset/stats/savePlots.js';
import { statisticsOf } from '../../core/dataset/stats/statisticsOf.js';
import { bars, statisticsTable } from '../../core/dataset/stats/table.js';
import { image } from '../dataset/rows.js';
import { aCase, aFigure, anArticle, anImage, TAXONOMY, writeDataset, type Dataset } from '../subset/dataset.js';
import { datasets } from '../subset/generated.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-stats-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tree = new LabelTree(TAXONOMY);
let number = 0;

async function statistics(rows: Dataset, format: 'parquet' | 'jsonl' = 'parquet') {
  const tables = DatasetTables.at(await writeDataset(join(folder, String(number++)), rows, format));
  return statisticsOf(tables, tree).finally(() => tables.close());
}
const finding = (value: string, assertion: 'present' | 'absent') => ({
  ...image.entities[0],
  entity: 'finding',
  value,
  assertion,
});

const rows: Dataset = {
  articles: [
    anArticle({
      article_id: 'A',
      year: 2001,
      license: 'CC BY',
      specialties: ['cardiology', 'oncology'],
      authors: ['Ada Example', 'Bo <b>Sample</b>'],
      keywords: ['Knee', 'knee'],
      mesh_terms: ['Humans'],
    }),
    anArticle({
      article_id: 'B',
      year: null,
      license: null,
      specialties: [],
      authors: ['Ada Example'],
      keywords: [],
      mesh_terms: ['Humans', '</script><b>'],
      skipped_reason: 'review',
    }),
  ],
  cases: [
    aCase({ case_id: 'A1', article_id: 'A', age: 3, gender: 'Female', case_text: 'abc' }),
    aCase({ case_id: 'A2', article_id: 'A', age: 12, gender: 'Male', case_text: 'abcde' }),
    aCase({ case_id: 'A3', article_id: 'A', age: null, gender: 'Unknown', case_text: 'a' }),
  ],
  figures: [aFigure({ figure_id: 'F', article_id: 'A', status: 'matched' })],
  images: [
    anImage({
      image_id: 'a',
      figure_id: 'F',
      article_id: 'A',
      case_ids: ['A1'],
      labels: ['t1', 'head'],
      image_type: 'radiology',
      entities: [finding('mass', 'present'), finding('mass', 'present'), finding('edema', 'absent')],
    }),
    anImage({
      image_id: 'b',
      figure_id: 'F',
      article_id: 'A',
      case_ids: [],
      labels: ['ct', 'head'],
      image_type: 'radiology',
      entities: [],
    }),
    anImage({
      image_id: 'c',
      figure_id: 'F',
      article_id: 'A',
      case_ids: ['A1'],
      labels: [],
      image_type: null,
      file: null,
      entities: [],
    }),
  ],
};

describe('statistics', () => {
  it('count what is in a dataset', async () => {
    const s = await statistics(rows);
    expect(s).toMatchObject({
      articles: 2,
      cases: 3,
      figures: 1,
      images: 3,
      pictures: 2,
      authors: 2,
      cases_per_article: 1.5,
      images_per_case: 0.33,
    });
    expect(s.years).toEqual([
      { name: '2001', count: 1 },
      { name: 'unknown', count: 1 },
    ]);
    expect(s.specialties.map(({ name }) => name)).toEqual(['cardiology', 'oncology', 'unknown']);
    expect(s.licenses).toEqual([
      { name: 'CC BY', count: 1 },
      { name: 'unknown', count: 1 },
    ]);
    expect(s.age).toEqual({ known: 2, mean: 7.5, median: 7.5, min: 3, max: 12 });
    expect(s.ages).toEqual([
      { from: 0, to: 5, female: 1, male: 0, other: 0 },
      { from: 5, to: 10, female: 0, male: 0, other: 0 },
      { from: 10, to: 15, female: 0, male: 1, other: 0 },
    ]);
    expect(s.case_text_length).toMatchObject({ known: 3, mean: 3, median: 3 });
    expect(s.keywords).toEqual([{ name: 'knee', count: 1 }]);
    expect(s.skipped).toEqual([{ name: 'review', count: 1 }]);
    expect(s.labels).toEqual([
      { name: 'head', count: 2 },
      { name: 'ct', count: 1 },
      { name: 't1', count: 1 },
    ]);
    expect(s.labels_with_descendants).toEqual([
      { name: 'head', count: 2 },
      { name: 'radiology', count: 2 },
      { name: 'ct', count: 1 },
      { name: 'mri', count: 1 },
      { name: 't1', count: 1 },
    ]);
    // A finding counts once an image, and not where it is absent.
    expect(s.findings).toEqual([{ name: 'mass', count: 1 }]);
    expect(s.assertions).toEqual([
      { name: 'present', count: 2 },
      { name: 'absent', count: 1 },
    ]);
    expect(s.cooccurrence).toEqual({
      labels: ['head', 'ct', 't1'],
      counts: [
        [2, 1, 1],
        [1, 1, 0],
        [1, 0, 1],
      ],
    });
  });

  it('hold together, whatever the dataset, and are the same from both formats', async () => {
    await fc.assert(
      fc.asyncProperty(datasets, async (generated) => {
        const s = await statistics(generated);
        const sum = (counts: readonly { count: number }[]): number =>
          counts.reduce((total, { count }) => total + count, 0);
        expect([s.articles, s.cases, s.figures, s.images]).toEqual(
          [generated.articles, generated.cases, generated.figures, generated.images].map((list) => list.length),
        );
        for (const list of [s.years, s.licenses, s.languages]) expect(sum(list)).toBe(s.articles);
        expect(sum(s.genders)).toBe(s.cases);
        expect(sum(s.image_status)).toBe(s.images);
        expect(s.ages.reduce((total, { female, male, other }) => total + female + male + other, 0)).toBe(s.age.known);
        expect(sum(s.labels)).toBe(generated.images.reduce((total, row) => total + row.labels.length, 0));
        s.cooccurrence.counts.forEach((row, i) =>
          row.forEach((n, j) => {
            expect(n).toBe(s.cooccurrence.counts[j][i]);
            expect(n).toBe(
              generated.images.filter(({ labels }) => [i, j].every((k) => labels.includes(s.cooccurrence.labels[k])))
                .length,
            );
          }),
        );
        expect(await statistics(generated, 'jsonl')).toEqual(s);
      }),
      { numRuns: 40, seed: 4 },
    );
  }, 60_000);

  it('are a table with bars', async () => {
    expect(
      bars(
        'Label',
        [
          { name: 'ct', count: 2000 },
          { name: 'mri', count: 500 },
          { name: 'x', count: 3 },
          { name: 'y', count: 2 },
        ],
        2,
      ),
    ).toEqual([
      'Label',
      `  ct   2,000  ${'█'.repeat(28)}`,
      `  mri    500  ${'█'.repeat(7)}`,
      '  and 2 more, 5 in all',
      '',
    ]);
    const table = statisticsTable(await statistics(rows));
    expect(table).toContain('age                  mean 7.5, median 7.5, 3 to 12; of 2 patients');
    expect(table).toContain(`  0                        10–14 ${'█'.repeat(20)} 1`);
  });

  it('of an empty dataset are zeros', async () => {
    const s = await statistics({ articles: [], cases: [], figures: [], images: [] });
    expect(s).toMatchObject({
      articles: 0,
      age: { known: 0, mean: null },
      ages: [],
      cases_per_article: null,
      cooccurrence: { labels: [], counts: [] },
    });
    expect(statisticsTable(s)).toContain('not known');
    expect(await plotsOf(s)).toEqual([]);
  });
});

describe('plots', () => {
  it('are SVG files that stand alone, the same each time', async () => {
    const s = await statistics(rows);
    const plots = await plotsOf(s);
    expect(plots.map(({ id }) => id)).toEqual([
      'age-gender',
      'years',
      'specialties',
      'image-types',
      'image-subtypes',
      'regions',
      'labels',
      'findings',
      'cooccurrence',
      'licenses',
      'status',
    ]);
    for (const { svg } of plots) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(xmlFaults(svg)).toEqual([]);
    }
    expect(await plotsOf(s)).toEqual(plots);
  });

  it('go into one page that asks for nothing and runs nothing', async () => {
    const s = await statistics(rows);
    const page = reportPage(s, await plotsOf(s), 'my <data>');
    expect(page).toContain('<h1>my &lt;data&gt;</h1>');
    expect(page).toContain('&lt;/script&gt;&lt;b&gt;');
    expect(page).not.toMatch(/<script|\b(?:src|href)="(?!#)|@import|url\(/i);
    expect(page.match(/<svg /g)).toHaveLength(11);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('are written as SVG or PNG', async () => {
    const s = await statistics(rows);
    await savePlots(s, { name: 'x', html: join(folder, 'report.html'), folder: join(folder, 'plots'), format: 'png' });
    expect(readdirSync(join(folder, 'plots'))).toHaveLength(11);
    expect(readFileSync(join(folder, 'plots/labels.png')).subarray(1, 4).toString()).toBe('PNG');
    await savePlots(s, { name: 'x', folder: join(folder, 'plots'), format: 'svg' });
    expect(existsSync(join(folder, 'plots/years.svg'))).toBe(true);
    await expect(savePlots(s, { name: 'x', html: join(folder, 'no/such/report.html'), format: 'svg' })).rejects.toThrow(
      /cannot be written/,
    );
  });
});
