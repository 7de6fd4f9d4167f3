import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableReader, type CaseRow, type ImageRow } from '../../core/dataset/index.js';
import { DatasetTables } from '../../core/dataset/filter/tableSource.js';
import type { SubsetPlan } from '../../core/dataset/filter/types.js';
import { countsOf, prepare } from '../../core/dataset/subset/prepare.js';
import { writeSubset, type SubsetManifest, type WriteOptions } from '../../core/dataset/subset/write.js';
import { image } from '../dataset/rows.js';
import { aCase, aFigure, anArticle, anImage, writeDataset, type Dataset } from './dataset.js';
import { datasets } from './generated.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-subset-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...names: string[]): string => join(folder, ...names);

const entity = (name: string, value: string, sentence = 0, assertion: 'present' | 'absent' = 'present') => ({
  ...image.entities[0],
  entity: name,
  value,
  sentence,
  assertion,
});

/** Four patients in three articles; article 3 is the second article printed again. */
const rows: Dataset = {
  articles: [
    anArticle({
      article_id: 'PMC1',
      license: 'CC BY',
      year: 2015,
      doi: '10.1/1',
      pmid: '1',
      pmcid: 'PMC1',
      case_amount: 2,
      figure_amount: 2,
      image_amount: 3,
    }),
    anArticle({ article_id: 'PMC2', license: 'CC BY-NC', year: 2020, doi: '10.1/2', pmid: '2', pmcid: 'PMC2' }),
    anArticle({ article_id: 'PMC3', license: null, year: 2021, doi: '10.1/3', pmid: '3', pmcid: 'PMC3' }),
  ],
  cases: [
    aCase({
      case_id: 'PMC1_01',
      article_id: 'PMC1',
      age: 40,
      gender: 'Male',
      case_text: 'A man with a brain tumor (Fig. 1A, Fig. 10).',
      figures: [
        { figure_id: 'PMC1_f1', mentions: ['Fig. 1A'], text_references: [] },
        { figure_id: 'PMC1_f10', mentions: ['Fig. 10'], text_references: [] },
      ],
    }),
    aCase({
      case_id: 'PMC1_02',
      article_id: 'PMC1',
      age: 12,
      gender: 'Female',
      case_text: 'A girl, "well", had none (Fig. 10).',
      figures: [{ figure_id: 'PMC1_f10', mentions: ['Fig. 10'], text_references: [] }],
    }),
    aCase({
      case_id: 'PMC2_01',
      article_id: 'PMC2',
      age: 30,
      gender: 'Male',
      case_text: 'A man with lung cancer.',
      figures: [],
    }),
    aCase({
      case_id: 'PMC3_01',
      article_id: 'PMC3',
      age: 30,
      gender: 'Male',
      case_text: 'A  man with LUNG cancer.',
      figures: [],
    }),
  ],
  figures: [
    aFigure({ figure_id: 'PMC1_f1', article_id: 'PMC1', case_ids: ['PMC1_01'] }),
    aFigure({ figure_id: 'PMC1_f10', article_id: 'PMC1', case_ids: ['PMC1_01', 'PMC1_02'] }),
    aFigure({ figure_id: 'PMC2_f1', article_id: 'PMC2', case_ids: ['PMC2_01'] }),
  ],
  images: [
    anImage({
      image_id: 'PMC1_f1_a',
      figure_id: 'PMC1_f1',
      article_id: 'PMC1',
      image_component: 'a',
      case_id: 'PMC1_01',
      case_ids: ['PMC1_01'],
      file: 'images/1/PMC1_f1_a.webp',
      labels: ['t1', 'head'],
      caption: 'MRI of a mass',
      entities: [entity('finding', 'mass'), entity('anatomy', 'brain'), entity('laterality', 'left', 1)],
    }),
    anImage({
      image_id: 'PMC1_f1_b',
      figure_id: 'PMC1_f1',
      article_id: 'PMC1',
      image_component: 'b',
      case_id: 'PMC1_01',
      case_ids: ['PMC1_01'],
      file: 'images/1/PMC1_f1_b.webp',
      labels: ['ct', 'head'],
      caption: 'CT',
      entities: [entity('finding', 'mass', 0, 'absent'), entity('laterality', 'left')],
    }),
    anImage({
      image_id: 'PMC1_f10_u',
      figure_id: 'PMC1_f10',
      article_id: 'PMC1',
      case_id: 'PMC1_01',
      case_ids: ['PMC1_01', 'PMC1_02'],
      file: 'images/1/PMC1_f10_u.webp',
      labels: ['mri', 'ct'],
      caption: 'both',
      entities: [],
    }),
    anImage({
      image_id: 'PMC2_f1_u',
      figure_id: 'PMC2_f1',
      article_id: 'PMC2',
      case_id: 'PMC2_01',
      case_ids: ['PMC2_01'],
      file: 'images/2/PMC2_f1_u.webp',
      labels: ['pathology'],
      caption: 'slide',
      entities: [],
    }),
  ],
};
let dataset: string;
beforeAll(async () => {
  dataset = await writeDataset(at('dataset'), rows);
});

let number = 0;
async function subset(plan: SubsetPlan, options: Partial<WriteOptions> = {}, from = dataset) {
  const tables = DatasetTables.at(from);
  const out = options.out ?? at(`out${number++}`);
  try {
    const prepared = await prepare(tables, plan);
    const report = await writeSubset(prepared, { ...options, out });
    return { out, report, counts: countsOf(prepared) };
  } finally {
    await tables.close();
  }
}
const sheet = (...names: string[]): Record<string, string>[] => parse(readFileSync(join(...names)), { columns: true });
const lines = (...names: string[]): Record<string, unknown>[] =>
  readFileSync(join(...names), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
async function table<Row extends object>(path: string): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of (await TableReader.open<Row>(path)).rows()) all.push(row);
  return all;
}

describe('a subset', () => {
  it('of text has its cases as CSV and holds no pictures', async () => {
    const { out, counts } = await subset({ type: 'text', cases: { gender: ['Female'] } });
    expect(counts).toEqual({ articles: 1, cases: 1, figures: 1, images: 1 });
    expect(sheet(out, 'cases.csv')).toEqual([
      {
        case_id: 'PMC1_02',
        article_id: 'PMC1',
        gender: 'Female',
        age: '12',
        case_text: 'A girl, "well", had none (Fig. 10).',
        license: 'CC BY',
      },
    ]);
    expect(existsSync(join(out, 'images'))).toBe(false);
    expect((await table<ImageRow>(join(out, 'images.parquet'))).map((row) => row.file)).toEqual([null]);
  });

  it('is a dataset whose ids all lead somewhere and whose amounts are its own', async () => {
    const { out } = await subset({ type: 'image', cases: { gender: ['Female'] } });
    const [one] = await table<ImageRow>(join(out, 'images.parquet'));
    expect([one.case_id, one.case_ids]).toEqual(['PMC1_02', ['PMC1_02']]);
    expect(await table(join(out, 'articles.parquet'))).toMatchObject([
      { case_amount: 1, figure_amount: 1, image_amount: 1 },
    ]);
    const again = await subset({ type: 'image' }, {}, out);
    expect(again.counts).toEqual({ articles: 1, cases: 1, figures: 1, images: 1 });
    expect(readFileSync(join(again.out, one.file!), 'utf8')).toBe(`picture ${one.file}`);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as SubsetManifest;
    expect(manifest.subset.parent.manifest_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.tables.images.rows).toBe(1);
  });

  it('of images copies them, or links them', async () => {
    const copied = await subset({ type: 'image', images: { label: { all: ['mri', 'head'] } } });
    expect(copied.counts).toEqual({ articles: 1, cases: 1, figures: 1, images: 1 });
    expect(lines(copied.out, 'image_metadata.jsonl')).toMatchObject([
      { image_id: 'PMC1_f1_a', file: 'images/1/PMC1_f1_a.webp', labels: ['t1', 'head'] },
    ]);
    const inode = (...names: string[]): number => statSync(join(...names)).ino;
    expect(inode(copied.out, 'images/1/PMC1_f1_a.webp')).not.toBe(inode(dataset, 'images/1/PMC1_f1_a.webp'));
    const linked = await subset({ type: 'image', images: { label: { all: ['mri', 'head'] } } }, { link: true });
    expect(inode(linked.out, 'images/1/PMC1_f1_a.webp')).toBe(inode(dataset, 'images/1/PMC1_f1_a.webp'));
  });

  it('of text and images has tokens in place of mentions, and of images in the subset only', async () => {
    const { out } = await subset({
      type: 'multimodal',
      cases: { gender: ['Male'] },
      images: { label: { any: ['ct'] } },
      image_token: '<{image_id}>',
    });
    expect(lines(out, 'cases.jsonl')).toMatchObject([
      {
        case_id: 'PMC1_01',
        text: 'A man with a brain tumor (Fig. 1A, <PMC1_f10_u>).',
        images: ['images/1/PMC1_f10_u.webp'],
        unmentioned_images: ['images/1/PMC1_f1_b.webp'],
      },
    ]);
    expect((await table<CaseRow>(join(out, 'cases.parquet')))[0].case_text).toBe(rows.cases[0].case_text);
  });

  it('as a case series has a folder for each patient', async () => {
    const { out } = await subset({ type: 'case-series' });
    expect(readdirSync(join(out, 'patients')).sort()).toEqual(['PMC1_01', 'PMC1_02', 'PMC2_01']);
    expect(readdirSync(join(out, 'patients/PMC1_02')).sort()).toEqual(['PMC1_f10_u.webp', 'case.txt']);
    expect(sheet(out, 'cases.csv').map((row) => [row.case_id, row.amount_of_images, row.image_folder])).toEqual([
      ['PMC1_01', '3', 'patients/PMC1_01'],
      ['PMC1_02', '1', 'patients/PMC1_02'],
      ['PMC2_01', '1', 'patients/PMC2_01'],
    ]);
  });

  it('as a classification has a folder for each class, without images of two', async () => {
    const plan: SubsetPlan = {
      classes: {
        mri: { images: { label: { any: ['mri'] } } },
        ct: { images: { label: { any: ['ct'] } } },
        slide: { images: { label: { any: ['pathology'] } } },
      },
    };
    const { out, counts } = await subset(plan);
    expect(counts).toMatchObject({ images: 3, overlaps: 1, classes: { mri: 1, ct: 1, slide: 1 } });
    expect(sheet(out, 'classification.csv').map((row) => [row.file_path, row.class])).toEqual([
      ['images/mri/PMC1_f1_a.webp', 'mri'],
      ['images/ct/PMC1_f1_b.webp', 'ct'],
      ['images/slide/PMC2_f1_u.webp', 'slide'],
    ]);
    for (const row of sheet(out, 'classification.csv')) expect(existsSync(join(out, row.file_path))).toBe(true);
  });

  it('asks of a finding that its qualifiers stand in the same sentence', async () => {
    const images = async (condition: object): Promise<number> =>
      (await subset({ type: 'image', images: { entity: { all: [condition as never] } } })).counts.images;
    expect(
      await images({ entity: 'finding', value: ['mass'], with: { anatomy: ['Brain'] }, assertion: ['present'] }),
    ).toBe(1);
    await expect(
      subset({
        type: 'image',
        images: {
          entity: {
            all: [{ entity: 'finding', value: ['mass'], with: { laterality: ['left'] }, assertion: ['present'] }],
          },
        },
      }).then((s) => s.counts.images),
    ).resolves.toBe(0);
    expect(await images({ entity: 'finding', value: ['mass'], with: { laterality: ['left'] } })).toBe(1);
  });

  it('carries its citations and licences', async () => {
    const { out, report } = await subset({ type: 'text' });
    expect(readFileSync(join(out, 'citations.bib'), 'utf8').match(/^@article\{PMC/gm)).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(out, 'citations.json'), 'utf8'))).toHaveLength(3);
    expect(report.licenses).toEqual([
      { license: 'CC BY', articles: 1, cases: 4, images: 4 },
      { license: 'CC BY-NC', articles: 1, cases: 0, images: 0 },
      { license: null, articles: 1, cases: 0, images: 0 },
    ]);
    expect(readFileSync(join(out, 'LICENSES.md'), 'utf8')).toContain(
      '| [CC BY-NC](https://creativecommons.org/licenses/by-nc/4.0/) | 1 | 0 | 0 | no | yes | no |',
    );
  });

  it('is the same again, byte by byte', async () => {
    const plan: SubsetPlan = { type: 'multimodal', split: { shares: { train: 0.5, test: 0.5 }, seed: 3 } };
    const [a, b] = [await subset(plan), await subset(plan)];
    const files = readdirSync(a.out, { recursive: true }) as string[];
    expect((readdirSync(b.out, { recursive: true }) as string[]).sort()).toEqual([...files].sort());
    for (const file of files.filter((name) => statSync(join(a.out, name)).isFile()))
      expect(readFileSync(join(b.out, file)).equals(readFileSync(join(a.out, file))), file).toBe(true);
  });

  it('goes on without a picture that is not there, and says so', async () => {
    const broken = await writeDataset(at('broken'), {
      ...rows,
      images: [
        ...rows.images,
        anImage({
          image_id: 'evil',
          figure_id: 'PMC2_f1',
          article_id: 'PMC2',
          case_ids: ['PMC2_01'],
          file: '../../secret.webp',
        }),
      ],
    });
    rmSync(join(broken, 'images/2/PMC2_f1_u.webp'));
    const { out, report } = await subset({ type: 'image' }, {}, broken);
    expect(report.lost.map((one) => one.file)).toEqual(['images/2/PMC2_f1_u.webp', '../../secret.webp']);
    expect(lines(out, 'rejects.jsonl')).toHaveLength(2);
    expect((await table<ImageRow>(join(out, 'images.parquet'))).map((row) => row.file)).toEqual([
      'images/1/PMC1_f1_a.webp',
      'images/1/PMC1_f1_b.webp',
      'images/1/PMC1_f10_u.webp',
      null,
      null,
    ]);
  });

  it('keeps tables as JSON Lines where the dataset has them, and on request', async () => {
    const jsonl = await writeDataset(at('jsonl'), rows, 'jsonl');
    const { out } = await subset({ type: 'text', cases: { age: { max: 18 } } }, {}, jsonl);
    expect(lines(out, 'cases.jsonl')).toMatchObject([{ case_id: 'PMC1_02' }]);
    const { out: other } = await subset({ type: 'text' }, { format: 'parquet' }, jsonl);
    expect(existsSync(join(other, 'cases.parquet'))).toBe(true);
  });

  it('never goes over what is there, nor into its dataset', async () => {
    const { out } = await subset({ type: 'text' });
    await expect(subset({ type: 'text' }, { out })).rejects.toThrow(/is there already; --force/);
    await subset({ type: 'text', cases: { gender: ['Female'] } }, { out, force: true });
    expect(sheet(out, 'cases.csv')).toHaveLength(1);
    await expect(subset({ type: 'text' }, { out: dataset, force: true })).rejects.toThrow(/into its own dataset/);
    await expect(subset({ type: 'text' }, { out: join(dataset, 'sub') })).rejects.toThrow(/into its own dataset/);
    await expect(subset({ type: 'text' }, { out: folder, force: true })).rejects.toThrow(/nor around it/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('goes over what a killed process left, and not over what another is writing', async () => {
    mkdirSync(at('busy.partial'), { recursive: true });
    writeFileSync(at('busy.partial/.writer'), String(process.ppid));
    await expect(subset({ type: 'text' }, { out: at('busy') })).rejects.toThrow(/another subset is just being written/);
    writeFileSync(at('busy.partial/.writer'), '999999999');
    const { out } = await subset({ type: 'text' }, { out: at('busy') });
    expect(existsSync(join(out, '.writer'))).toBe(false);
    rmSync(out, { recursive: true });
  });

  it('that cannot be written says why', async () => {
    writeFileSync(at('a-file'), '');
    await expect(subset({ type: 'text' }, { out: at('a-file', 'out') })).rejects.toThrow(
      /cannot be written: a part of the path is no folder/,
    );
  });

  it('of a table that is damaged says which', async () => {
    const damaged = await writeDataset(at('damaged'), rows);
    const bytes = readFileSync(join(damaged, 'images.parquet'));
    bytes.fill(255, 4, 400);
    writeFileSync(join(damaged, 'images.parquet'), bytes);
    await expect(subset({ type: 'image' }, {}, damaged)).rejects.toThrow(/images\.parquet cannot be read/);
    writeFileSync(join(damaged, 'images.parquet'), 'PAR1');
    await expect(subset({ type: 'image' }, {}, damaged)).rejects.toThrow(/images\.parquet is no Parquet table/);
  });

  it('of a class that the dataset does not know is refused', async () => {
    await expect(subset({ images: { label: { any: ['mir'] } } })).rejects.toThrow(
      /no class 'mir' in the taxonomy of the dataset; did you mean 'mri'\?/,
    );
  });
});

describe('a split', () => {
  const shares = { train: 0.6, validation: 0.2, test: 0.2 };

  it('keeps an article and its double together, in all tables', async () => {
    // PMC2 and PMC3 tell of one patient in the same words.
    for (let seed = 0; seed < 8; seed++) {
      const { out } = await subset({ type: 'text', split: { shares: { train: 0.5, test: 0.5 }, seed } });
      const parts = Object.fromEntries(sheet(out, 'splits.csv').map((row) => [row.article_id, row.split]));
      expect(parts.PMC2).toBe(parts.PMC3);
      expect(new Set(Object.values(parts)).size).toBe(2);
      for (const row of sheet(out, 'cases.csv')) expect(row.split).toBe(parts[row.article_id]);
      for (const row of await table<ImageRow & { split: string }>(join(out, 'images.parquet')))
        expect(row.split).toBe(parts[row.article_id]);
    }
  });

  it('of a dataset is that of its subsets, unless they ask for another', async () => {
    for (const format of ['parquet', 'jsonl'] as const) {
      const { out } = await subset({ type: 'text', split: { shares: { train: 0.5, test: 0.5 }, seed: 3 } }, { format });
      const parts = Object.fromEntries(sheet(out, 'splits.csv').map((row) => [row.article_id, row.split]));
      const child = await subset({ type: 'text', cases: { gender: ['Male'] } }, { format: 'parquet' }, out);
      const rowsOfChild = await table<CaseRow & { split: string }>(join(child.out, 'cases.parquet'));
      expect(rowsOfChild).toHaveLength(3);
      for (const row of rowsOfChild) expect(row.split).toBe(parts[row.article_id]);
      const other = await subset({ type: 'text', split: { shares: { a: 1, b: 0 } } }, {}, out);
      expect(sheet(other.out, 'cases.csv').map((row) => row.split)).toEqual(['a', 'a', 'a', 'a']);
    }
  });

  it('holds its shares as far as units allow, in each stratum too', async () => {
    const many = fc.sample(datasets, { seed: 21, numRuns: 60 });
    // One large dataset of many small ones, ids made different.
    const large = { articles: [], cases: [], figures: [], images: [] } as unknown as { [T in keyof Dataset]: object[] };
    many.forEach((one, i) => {
      const mark = (value: unknown): unknown =>
        JSON.parse(
          JSON.stringify(value)
            .replaceAll('PMC', `PMC${i + 1}0`)
            .replaceAll('"10.1/', `"10.1/${i}/`)
            .replace(/"pmid":"(\d+)"/g, `"pmid":"${i}-$1"`),
        );
      for (const name of ['articles', 'cases', 'figures', 'images'] as const)
        large[name].push(...(mark(one[name]) as object[]));
    });
    large.cases = large.cases.map((row, i) => ({ ...row, case_text: `${(row as CaseRow).case_text} ${i}` }));
    const path = await writeDataset(at('large'), large as unknown as Dataset, 'parquet', 100);
    const { report, out } = await subset({ type: 'text', split: { shares, seed: 1 } }, {}, path);
    const total = report.counts.cases;
    expect(total).toBeGreaterThan(150);
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs(report.split![name].cases - share * total)).toBeLessThan(4);
    const other = sheet((await subset({ type: 'text', split: { shares, seed: 2 } }, {}, path)).out, 'splits.csv');
    expect(other).not.toEqual(sheet(out, 'splits.csv'));

    const stratified = await subset({ type: 'text', split: { shares, seed: 1, stratify: 'gender' } }, {}, path);
    const cases = sheet(stratified.out, 'cases.csv');
    for (const gender of ['Male', 'Female', 'Unknown']) {
      const own = cases.filter((row) => row.gender === gender);
      const test = own.filter((row) => row.split === 'test').length / own.length;
      expect(test).toBeGreaterThan(0.1);
      expect(test).toBeLessThan(0.3);
    }
  }, 60_000);
});
