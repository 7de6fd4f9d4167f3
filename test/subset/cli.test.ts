import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { image } from '../dataset/rows.js';
import { aCase, aFigure, anArticle, anImage, writeDataset, type Dataset } from './dataset.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'legenda-subset-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function legenda(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/run.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** The example of the reference, and for each of its conditions a patient who fails it alone. */
const PATIENTS: readonly {
  id: string;
  age?: number | null;
  gender?: 'Male' | 'Female';
  text?: string;
  caption?: string;
  labels?: readonly string[];
}[] = [
  { id: 'yes' },
  { id: 'yes-upper', text: 'A CARCINOMA was found.', caption: 'A Metastasis.', labels: ['t1', 'head'], age: 18 },
  { id: 'no-age', age: 17 },
  { id: 'no-known-age', age: null },
  { id: 'no-gender', gender: 'Female' },
  { id: 'no-text', text: 'A man with a headache.' },
  { id: 'no-caption', caption: 'Normal findings.' },
  { id: 'no-mri', labels: ['ct', 'head'] },
  { id: 'no-head', labels: ['mri'] },
];
const rows: Dataset = {
  articles: PATIENTS.map(({ id }, i) => anArticle({ article_id: id, doi: `10.1/${i}`, pmid: `${i}`, pmcid: null })),
  cases: PATIENTS.map(({ id, age, gender, text }) =>
    aCase({
      case_id: `${id}_01`,
      article_id: id,
      age: age === undefined ? 54 : age,
      gender: gender ?? 'Male',
      case_text: text ?? 'A man with a brain tumor (Figure 1).',
      figures: [{ figure_id: `${id}_f1`, mentions: ['Figure 1'], text_references: [] }],
    }),
  ),
  figures: PATIENTS.map(({ id }) => aFigure({ figure_id: `${id}_f1`, article_id: id, case_ids: [`${id}_01`] })),
  images: PATIENTS.map(({ id, caption, labels }) =>
    anImage({
      image_id: `${id}_f1_undivided`,
      figure_id: `${id}_f1`,
      article_id: id,
      case_id: `${id}_01`,
      case_ids: [`${id}_01`],
      file: `images/other/${id}.webp`,
      caption: caption ?? 'MRI shows a mass in the left frontal lobe.',
      labels: labels ?? ['mri', 'head'],
      entities: [
        { ...image.entities[0], entity: 'finding', value: 'mass' },
        { ...image.entities[0], entity: 'laterality', value: 'left' },
      ],
    }),
  ),
};
const EXAMPLE = [
  '--min-age',
  '18',
  '--gender',
  'male',
  '--case-text-any',
  'tumor,cancer,carcinoma',
  '--caption-any',
  'metastasis,tumor,mass',
  '--label',
  'mri,head',
];

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  await writeDataset(join(folder, 'dataset'), rows);
  const images = rows.images.map((row) => ({ ...row, file: null }));
  await writeDataset(join(folder, 'bare'), { ...rows, images });
}, 240_000);

describe('legenda subset', () => {
  it('makes the male brain tumour dataset of the reference', () => {
    const { status, stderr } = legenda(
      'subset',
      'dataset',
      '-o',
      'brain',
      ...EXAMPLE,
      '--type',
      'image',
      '--name',
      'Male brain tumours',
    );
    expect(stderr).toBe('brain: 2 articles, 2 patients, 2 figures, 2 images\n');
    expect(status).toBe(0);
    const images = readFileSync(join(folder, 'brain/image_metadata.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { article_id: string }).article_id);
    expect(images).toEqual(['yes', 'yes-upper']);
    expect(existsSync(join(folder, 'brain/images/other/yes.webp'))).toBe(true);
    expect(readFileSync(join(folder, 'brain/README.md'), 'utf8')).toContain('# Male brain tumours');
  });

  it('keeps its filters in a file that makes the same again', () => {
    expect(legenda('subset', 'dataset', '--save-filter', 'brain.yaml', ...EXAMPLE).status).toBe(0);
    expect(legenda('subset', 'dataset', '--filter', 'brain.yaml', '--count').stdout).toBe(
      '2 articles, 2 patients, 2 figures, 2 images\n',
    );
    expect(legenda('subset', 'dataset', '-f', 'brain.yaml', '--count', '--max-age', '20').stdout).toBe(
      '1 article, 1 patient, 1 figure, 1 image\n',
    );
  });

  it('counts without writing', () => {
    const { status, stdout } = legenda(
      'subset',
      'dataset',
      '-o',
      'nothing',
      '--count',
      '--json',
      '--entity',
      'finding=mass laterality=left',
    );
    expect(JSON.parse(stdout)).toEqual({ type: 'multimodal', articles: 9, cases: 9, figures: 9, images: 9 });
    expect(status).toBe(0);
    const dry = legenda('subset', 'dataset', '-o', 'nothing', '--dry-run', '--label', 'ct');
    expect(dry.stdout).toBe(
      '1 article, 1 patient, 1 figure, 1 image\nlicences of the articles: CC BY 1\nwould write a subset of type multimodal to nothing\n',
    );
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it('says which kind of entity no image has', () => {
    const { status, stderr } = legenda('subset', 'dataset', '--count', '--entity', 'fnding=mass');
    expect(stderr).toBe(
      "legenda: nothing in dataset passes these filters\nlegenda: no image has an entity 'fnding'; did you mean 'finding'?\n",
    );
    expect(status).toBe(1);
  });

  it('says that a dataset has no pictures', () => {
    const { stderr } = legenda('subset', 'bare', '--count', '--type', 'image');
    expect(stderr).toBe(
      "legenda: nothing in bare passes these filters\nlegenda: no image has a picture: give 'legenda build' the figure files by --images, or ask for --type text\n",
    );
    expect(legenda('subset', 'bare', '--count', '--type', 'text').status).toBe(0);
  });

  it('says so where nothing is found, and writes nothing', () => {
    const { status, stderr } = legenda('subset', 'dataset', '-o', 'nothing', '--min-age', '99');
    expect(stderr).toBe('legenda: nothing in dataset passes these filters; nothing was written\n');
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it('splits and classifies', () => {
    writeFileSync(
      join(folder, 'classes.yaml'),
      'type: classification\nclasses:\n  ct: { images: { label: { any: [ct] } } }\n  mri: { images: { label: { any: [mri] } } }\n',
    );
    const { status, stderr } = legenda(
      'subset',
      'dataset',
      '-o',
      'classes',
      '-f',
      'classes.yaml',
      '--split',
      '0.5,0.5',
      '--seed',
      '7',
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^classes: 9 articles, 9 patients, 9 figures, 9 images\n {2}ct: \d images?\n {2}mri: \d images?\n {2}train: \d articles?, \d patients?, \d images?\n {2}test: \d/,
    );
    expect(existsSync(join(folder, 'classes/images/train/mri'))).toBe(true);
  });

  it('tells of a class that gets no image', () => {
    const any = (label: string): string => `{ images: { label: { any: [${label}] } } }`;
    writeFileSync(join(folder, 'alike.yaml'), `classes: { ct: ${any('ct')}, too: ${any('ct')}, mri: ${any('mri')} }\n`);
    const { stderr } = legenda('subset', 'dataset', '-o', 'alike', '-f', 'alike.yaml');
    expect(stderr).toMatch(
      /\n {2}ct: 0 images\n {2}too: 0 images\n {2}mri: \d images?\n {2}in two classes, left out: \d images?\n$/,
    );
  });

  it.each([
    ['no dataset', ['nowhere', '--count'], /no such dataset: nowhere/],
    ['a folder that is none', ['.', '--count'], /is no dataset: it has no table/],
    ['no place to go', ['dataset', '--min-age', '3'], /-o OUT/],
    ['an unknown class', ['dataset', '--count', '--label', 'mir'], /no class 'mir'.*did you mean 'mri'/],
    ['an unknown gender', ['dataset', '--count', '--gender', 'mail'], /there is no 'mail'/],
    ['an unsafe regular expression', ['dataset', '--count', '--caption-regex', '(a+)+$'], /refused/],
    ['a filter file that is wrong', ['dataset', '--count', '-f', 'wrong.yaml'], /wrong\.yaml:1:1: `label` is no key/],
    ['an unknown flag', ['dataset', '--colour'], /colour/],
  ])('%s is a usage error with a clear sentence', (_, args, message) => {
    writeFileSync(join(folder, 'wrong.yaml'), 'label: [ct]\n');
    const { status, stderr } = legenda('subset', ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('legenda stats', () => {
  it('prints a table, or JSON', () => {
    expect(legenda('stats', 'dataset').stdout).toMatch(/^articles +9\npatients +9\n/);
    expect(JSON.parse(legenda('stats', 'dataset', '--format', 'json').stdout)).toMatchObject({
      articles: 9,
      cases: 9,
      images: 9,
    });
  });

  it('draws a page and plots', () => {
    const { status, stdout } = legenda('stats', 'dataset', '--html', 'report.html', '--plots', 'plots', '--quiet');
    expect([status, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<svg');
    expect(existsSync(join(folder, 'plots/labels.svg'))).toBe(true);
  });

  it('of no dataset is a usage error', () => {
    const { status, stderr } = legenda('stats', 'nowhere');
    expect([status, stderr]).toEqual([2, 'legenda: no such dataset: nowhere\n']);
  });
});
