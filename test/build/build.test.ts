import { existsSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Crew } from '../../core/pipeline/build/desk.js';
import { inlineCrew } from '../../core/pipeline/build/buildFile.js';
import { dryRun } from '../../core/pipeline/build/dryRun.js';
import { licensesOf } from '../../core/pipeline/build/licenses.js';
import type { Manifest } from '../../core/dataset/manifest.js';
import {
  build,
  COMPOUND,
  contentOf,
  corpus,
  jats,
  optionsFor,
  picture,
  put,
  rejectsOf,
  removeFolders,
  sharedEngine,
  SINGLE,
  table,
  tables,
  tempFolder,
} from './fixture.js';

afterAll(removeFolders);

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

describe('a build', () => {
  let folder: string;
  let dataset: string;
  beforeAll(async () => {
    folder = await corpus(12);
    dataset = join(folder, 'dataset');
    await build(dataset, [join(folder, 'articles')], { images: [join(folder, 'figures')] });
  });

  it('has rows of all levels that refer to each other', async () => {
    const { articles, cases, figures, images } = await tables(dataset);
    expect([articles.length, cases.length, figures.length, images.length]).toEqual([12, 12, 24, 36]);
    expect(articles.map((a) => a.article_id)).toEqual(Array.from({ length: 12 }, (_, i) => `PMC${7_000_001 + i}`));
    expect(articles[0]).toMatchObject({
      case_amount: 1,
      figure_amount: 2,
      image_amount: 3,
      license: 'CC BY',
      year: 2020,
      file: 'PMC7000001.xml',
    });
    expect(cases[0]).toMatchObject({
      case_id: 'PMC7000001_01',
      age: 45,
      age_unit: 'year',
      age_text: '45-year-old',
      gender: 'Female',
    });
    expect(cases[0].figures.map((f) => f.figure_id)).toEqual(['PMC7000001_F1', 'PMC7000001_F2']);
    expect(figures[0]).toMatchObject({
      status: 'matched-by-order',
      case_ids: ['PMC7000001_01'],
      main_image: 'case-1-g1.jpg',
      subcaption_amount: 2,
      panel_amount: 2,
    });
  });

  it('labels each panel by its own subcaption, and takes the kind of image from the taxonomy', async () => {
    const [a, b, whole] = await table(dataset, 'images');
    expect(a).toMatchObject({
      image_id: 'PMC7000001_F1_a',
      image_component: 'a',
      image_type: 'radiology',
      image_subtype: ['ct'],
      radiology_region: ['thorax'],
      radiology_view: ['axial'],
    });
    expect(a.labels).toContain('mass');
    expect(b).toMatchObject({ image_component: 'b', radiology_view: ['frontal'] });
    expect(b.labels).not.toContain('mass');
    expect(whole).toMatchObject({ image_component: 'undivided', image_subtype: ['x_ray'], status: 'single' });
    expect([a.case_substring, b.case_substring, whole.case_substring]).toEqual([
      ['Figure 1A'],
      ['Figure 1B'],
      ['Figure 2'],
    ]);
  });

  it('holds offsets in the caption of the figure', async () => {
    const { figures, images } = await tables(dataset);
    for (const image of images) {
      const caption = [...figures.find((f) => f.figure_id === image.figure_id)!.caption];
      for (const { start, end, text } of image.entities) expect(caption.slice(start, end).join('')).toBe(text);
      for (const { start, end } of image.caption_ranges)
        expect(image.caption).toContain(caption.slice(start, end).join('').trim());
    }
  });

  it('writes the pictures of the rows, no more and no less', async () => {
    const images = await table(dataset, 'images');
    const files = images.map((i) => i.file!);
    expect(files[0]).toBe('images/PMC7/PMC70/PMC7000001_F1_a_1_2.webp');
    expect(Object.keys(contentOf(dataset)).filter((f) => f.startsWith('images/'))).toEqual([...files].sort());
    for (const { file, width, height, file_size, box } of images) {
      const meta = await sharp(join(dataset, file!)).metadata();
      expect([meta.width, meta.height, statSync(join(dataset, file!)).size]).toEqual([width, height, file_size]);
      expect([box!.width, box!.height]).toEqual([width, height]);
    }
  });

  it('describes itself: card, dictionary, manifest, taxonomy, statistics', async () => {
    const card = readFileSync(join(dataset, 'README.md'), 'utf8');
    const front = load(card.split('---\n')[1]) as {
      license: string;
      configs: { config_name: string; data_files: string }[];
    };
    expect(front.license).toBe('cc');
    expect(front.configs.map((c) => c.data_files)).toEqual([
      'images.parquet',
      'cases.parquet',
      'figures.parquet',
      'articles.parquet',
    ]);
    for (const heading of ['## Licences', '## How to cite', '### images']) expect(card).toContain(heading);
    const manifest = json<Manifest>(join(dataset, 'manifest.json'));
    expect(manifest).toMatchObject({ format: 1, licenses: { 'CC BY': 12 }, images: 36 });
    expect(manifest.packs.every((p) => /^[0-9a-f]{64}$/.test(p.sha256))).toBe(true);
    expect(manifest.tables.images).toMatchObject({ rows: 36, sha256: contentOf(dataset)['images.parquet'] });
    expect(JSON.stringify(manifest)).not.toContain(folder);
    expect(json<{ classes: Record<string, unknown> }>(join(dataset, 'taxonomy.json')).classes.ct).toMatchObject({
      parents: ['radiology'],
    });
    expect(json(join(dataset, 'statistics.json'))).toMatchObject({
      articles: 12,
      genders: [{ name: 'Female', count: 12 }],
      image_types: [{ name: 'radiology', count: 36 }],
    });
    expect(readFileSync(join(dataset, 'data_dictionary.csv'), 'utf8')).toContain('images,entities.start,int32');
  });

  it('gives the same bytes in any order of the input and into any folder', async () => {
    const again = join(tempFolder(), 'dataset');
    const all = await table(dataset, 'articles');
    const files = all.map((a) => join(folder, 'articles', a.file)).reverse();
    await build(again, files, { images: [join(folder, 'figures')] });
    expect(contentOf(again)).toEqual(contentOf(dataset));
  });
});

describe('an incremental build', () => {
  it('does only what is new or changed, and ends as a build from scratch does', async () => {
    const folder = await corpus(4);
    const [articles, figures] = [join(folder, 'articles'), join(folder, 'figures')];
    const dataset = join(folder, 'dataset');
    const run = () => build(dataset, [articles], { images: [figures] });
    expect(await run()).toMatchObject({ built: 4, unchanged: 0 });
    const first = contentOf(dataset);
    expect(await run()).toMatchObject({ built: 0, unchanged: 4 });
    expect(contentOf(dataset)).toEqual(first);

    // A new article, a changed figure, one that is gone, and one that was only touched.
    put(join(articles, 'PMC7000009.xml'), jats({ pmcid: 'PMC7000009' }));
    put(join(figures, 'case-2-g1.jpg'), await picture(2, 77));
    unlinkSync(join(articles, 'PMC7000003.xml'));
    utimesSync(join(figures, 'case-4-g2.png'), new Date(), new Date());
    expect(await run()).toMatchObject({ built: 2, unchanged: 2, removed: 1, articles: 4 });
    const second = contentOf(dataset);
    expect(Object.keys(second).some((f) => f.includes('PMC7000003'))).toBe(false);
    const scratch = join(tempFolder(), 'dataset');
    await build(scratch, [articles], { images: [figures] });
    expect(second).toEqual(contentOf(scratch));
  });

  it('sees a figure file that comes, goes, or is damaged in the dataset', async () => {
    const folder = await corpus(2);
    const [articles, figures] = [join(folder, 'articles'), join(folder, 'figures')];
    const dataset = join(folder, 'dataset');
    const run = () => build(dataset, [articles], { images: [figures] });
    await run();
    const first = contentOf(dataset);
    renameSync(join(figures, 'case-1-g1.jpg'), join(folder, 'aside.jpg'));
    expect(await run()).toMatchObject({ built: 1, missing: 1, images: 5, rejects: 0 });
    renameSync(join(folder, 'aside.jpg'), join(figures, 'case-1-g1.jpg'));
    expect(await run()).toMatchObject({ built: 1, missing: 0 });
    unlinkSync(join(dataset, 'images/PMC7/PMC70/PMC7000002_F2_undivided_1_1.webp'));
    put(join(dataset, 'images/PMC7/PMC70/stray.webp'), 'left by somebody');
    expect(await run()).toMatchObject({ built: 1 });
    expect(contentOf(dataset)).toEqual(first);
  });

  it('--fresh does all again', async () => {
    const folder = await corpus(2);
    const dataset = join(folder, 'dataset');
    await build(dataset, [join(folder, 'articles')]);
    expect(await build(dataset, [join(folder, 'articles')], { fresh: true })).toMatchObject({ built: 2, unchanged: 0 });
  });
});

describe('licences', () => {
  it('are filtered, and the filter can be changed later', async () => {
    const folder = tempFolder();
    const licences = { PMC1: 'by/4.0', PMC2: 'by-nc/4.0', PMC3: '' };
    for (const [pmcid, license] of Object.entries(licences))
      put(join(folder, 'a', `${pmcid}.xml`), jats({ pmcid, license }));
    const dataset = join(folder, 'dataset');
    const run = (flags: string[]) => build(dataset, [join(folder, 'a')], { wanted: licensesOf(flags) });
    expect(await run(['cc-by,cc0'])).toMatchObject({ articles: 1, excluded: 2, licenses: { 'CC BY': 1 } });
    expect(await run([])).toMatchObject({
      articles: 3,
      unchanged: 1,
      built: 2,
      excluded: 0,
      licenses: { 'CC BY': 1, 'CC BY-NC': 1, unknown: 1 },
    });
    expect(await run(['unknown'])).toMatchObject({ articles: 1, unchanged: 3, excluded: 2 });
    expect((await table(dataset, 'articles'))[0].license).toBeNull();
    expect(() => licensesOf(['cc-bye'])).toThrow(/no licence 'cc-bye'/);
  });
});

describe('what does not go as it should', () => {
  it('keeps every figure, with its status and the reason', async () => {
    const folder = tempFolder();
    const figures = [
      { id: 'F1', caption: COMPOUND, file: 'one.jpg' },
      { id: 'F2', caption: SINGLE, file: 'broken.png' },
      { id: 'F3', caption: COMPOUND, file: 'nowhere.jpg' },
      { id: 'F4', caption: SINGLE },
      { id: 'F5', caption: SINGLE, file: 'two.jpg' },
    ];
    put(join(folder, 'a', 'PMC5.xml'), jats({ pmcid: 'PMC5', figures }));
    const flat = sharp({ create: { width: 300, height: 200, channels: 3, background: '#777' } });
    put(join(folder, 'f', 'one.jpg'), await flat.jpeg().toBuffer());
    put(join(folder, 'f', 'two.jpg'), await picture(2, 1));
    put(join(folder, 'f', 'broken.png'), 'this is no picture');
    const dataset = join(folder, 'dataset');
    expect(await build(dataset, [join(folder, 'a')], { images: [join(folder, 'f')] })).toMatchObject({
      figures: 5,
      images: 5,
      pictures: 2,
      missing: 2,
      rejects: 1,
    });
    const rows = await tables(dataset);
    expect(rows.figures.map((f) => f.status)).toEqual([
      'count-mismatch',
      'undecodable',
      'missing',
      'missing',
      'single',
    ]);
    expect(rows.figures[0].reasons).toContain('fewer-panels');
    expect(rows.figures[2].reasons).toContain('file-not-found');
    expect(rows.figures[3].reasons).toContain('no-file-named');
    expect(rows.figures[4].reasons).toContain('caption-not-compound');
    expect(rows.figures[4].proposed_boxes).toHaveLength(2);
    expect(rows.images.map((i) => i.file === null)).toEqual([false, true, true, true, false]);
    expect(rows.images[2].caption).toBe(COMPOUND);
    expect(rows.images[2].labels).toContain('ct');
    expect(rejectsOf(dataset)).toEqual([
      {
        file: join(folder, 'f', 'broken.png'),
        stage: 'image-splitter',
        error: expect.stringContaining('broken.png') as unknown,
      },
    ]);
  });

  it('rejects an unreadable article with the reason, and goes on', async () => {
    const folder = tempFolder();
    put(join(folder, 'a', 'cut.xml'), jats({ pmcid: 'PMC1' }).slice(0, 700));
    put(join(folder, 'a', 'good.xml'), jats({ pmcid: 'PMC2' }));
    put(join(folder, 'a', 'page.xml'), '<!doctype html><html><body>502 Bad Gateway</body></html>');
    const dataset = join(folder, 'dataset');
    expect(await build(dataset, [join(folder, 'a')])).toMatchObject({ articles: 1, rejects: 2 });
    expect(rejectsOf(dataset).map((r) => [r.file.slice(folder.length), r.stage])).toEqual([
      ['/a/cut.xml', 'article-reader'],
      ['/a/page.xml', 'article-reader'],
    ]);
    expect(rejectsOf(dataset)[1].error).toMatch(/HTML page/);
    // Once it is repaired, the reject is gone.
    put(join(folder, 'a', 'cut.xml'), jats({ pmcid: 'PMC1' }));
    unlinkSync(join(folder, 'a', 'page.xml'));
    expect(await build(dataset, [join(folder, 'a')])).toMatchObject({
      articles: 2,
      built: 1,
      unchanged: 1,
      rejects: 0,
    });
    expect(existsSync(join(dataset, 'rejects.jsonl'))).toBe(false);
  });

  it('takes the first of two articles with one id, by the names of their files, with the pictures of the first', async () => {
    const folder = tempFolder();
    const figures = [{ id: 'F1', caption: SINGLE, file: 'x.jpg' }];
    const more = [...figures, { id: 'F2', caption: SINGLE, file: 'x.jpg' }];
    put(join(folder, 'a', 'first', 'article.xml'), jats({ pmcid: 'PMC8', figures }));
    put(join(folder, 'a', 'first', 'x.jpg'), await picture(1, 11));
    put(join(folder, 'a', 'second', 'article.xml'), jats({ pmcid: 'PMC8', figures: more }));
    put(join(folder, 'a', 'second', 'x.jpg'), await picture(1, 99));
    const dataset = join(folder, 'dataset');
    expect(await build(dataset, [join(folder, 'a')])).toMatchObject({ articles: 1, figures: 1, rejects: 1 });
    const [reject] = rejectsOf(dataset);
    expect(reject).toEqual({
      file: join(folder, 'a/second/article.xml'),
      stage: 'duplicate',
      error: `PMC8: the article was read from ${join(folder, 'a/first/article.xml')} already`,
    });
    const alone = join(tempFolder(), 'dataset');
    await build(alone, [join(folder, 'a', 'first')]);
    const pictures = (of: string) => Object.entries(contentOf(of)).filter(([name]) => name.startsWith('images/'));
    expect(pictures(dataset)).toEqual(pictures(alone));
    expect(pictures(dataset)).toHaveLength(1);
    // The same again changes nothing; without the first, the second stands.
    expect(await build(dataset, [join(folder, 'a')])).toMatchObject({ built: 0 });
    rmSync(join(folder, 'a', 'first'), { recursive: true });
    expect(await build(dataset, [join(folder, 'a')])).toMatchObject({ articles: 1, figures: 2, rejects: 0 });
    expect((await table(dataset, 'images')).every((i) => existsSync(join(dataset, i.file!)))).toBe(true);
  });

  it('an image that disappears in the middle leaves a row, a reject and one clear sentence', async () => {
    const folder = await corpus(2);
    const dataset = join(folder, 'dataset');
    const gone = join(folder, 'figures', 'case-2-g1.jpg');
    const options = { images: [join(folder, 'figures')] };
    const engine = await sharedEngine();
    const crew = () => {
      unlinkSync(gone);
      return Promise.resolve(inlineCrew(engine, dataset));
    };
    expect(await build(dataset, [join(folder, 'articles')], { ...options, crew })).toMatchObject({
      articles: 2,
      missing: 1,
      rejects: 1,
    });
    expect(rejectsOf(dataset)).toEqual([
      { file: gone, stage: 'figure-file', error: 'PMC7000002_F1: the figure file disappeared while the build ran' },
    ]);
    expect((await table(dataset, 'figures')).find((f) => f.figure_id === 'PMC7000002_F1')).toMatchObject({
      status: 'missing',
      width: null,
      reasons: ['file-lost'],
    });
    // The next build sees that it is not there at all.
    expect(await build(dataset, [join(folder, 'articles')], options)).toMatchObject({ missing: 1, rejects: 0 });
  });

  it('refuses a folder that is not its own, and touches nothing in it', async () => {
    const folder = tempFolder();
    put(join(folder, 'a', 'x.xml'), jats({ pmcid: 'PMC1' }));
    put(join(folder, 'mine', 'images', 'holiday.jpg'), 'precious');
    await expect(build(join(folder, 'mine'), [join(folder, 'a')])).rejects.toThrow(
      /is not empty and was not made by build/,
    );
    expect(readFileSync(join(folder, 'mine', 'images', 'holiday.jpg'), 'utf8')).toBe('precious');
    await expect(build(join(folder, 'a', 'x.xml'), [join(folder, 'a')])).rejects.toThrow(
      /is a file; a dataset is a folder/,
    );
    await expect(build(join(folder, 'a', 'x.xml', 'below'), [join(folder, 'a')])).rejects.toThrow(
      /cannot be written \(ENOTDIR/,
    );
  });
});

describe('low confidence of the caption', () => {
  it('asks the picture once, and takes its count', async () => {
    const folder = tempFolder();
    const caption = 'Axial CT of the abdomen. Spleen (A) and liver (B).';
    const asked: (number | undefined)[] = [];
    const figures = [1, 2].map((n) => ({ id: `F${n}`, caption, file: `${n}.jpg` }));
    put(join(folder, 'a', 'PMC4.xml'), jats({ pmcid: 'PMC4', figures }));
    for (const n of [1, 2]) put(join(folder, 'f', `${n}.jpg`), await picture(n, n));
    const engine = await sharedEngine();
    const real = engine.processor('image-splitter');
    const watched = Object.create(engine, {
      processor: {
        value: (slot: Parameters<typeof engine.processor>[0]) =>
          slot === 'image-splitter'
            ? {
                split: (input: Parameters<typeof real.split>[0]) => (
                  asked.push(input.expectedPanels),
                  real.split(input)
                ),
              }
            : engine.processor(slot),
      },
    }) as typeof engine;
    const dataset = join(folder, 'dataset');
    await build(dataset, [join(folder, 'a')], {
      images: [join(folder, 'f')],
      crew: () => Promise.resolve(inlineCrew(watched, dataset)),
    });
    const rows = await table(dataset, 'figures');
    expect(rows.map((r) => r.caption_confidence)).toEqual(['low', 'low']);
    expect(rows.map((r) => r.subcaption_amount)).toEqual([1, 2]);
    // Unaided each; with a number only where the caption then names panels.
    expect(asked).toEqual([undefined, undefined, 2]);
  });
});

describe('a dry run', () => {
  it('says what would be done, and writes nothing', async () => {
    const folder = await corpus(3);
    const dataset = join(folder, 'dataset');
    unlinkSync(join(folder, 'figures', 'case-1-g1.jpg'));
    put(join(folder, 'figures', 'other', 'case-2-g1.jpg'), await picture(2, 5));
    const readers = (await sharedEngine()).processors('article-reader');
    const plan = async () =>
      dryRun(await optionsFor(dataset, [join(folder, 'articles')], { images: [join(folder, 'figures')] }), readers);
    const before = await plan();
    expect(before).toMatchObject({
      files: 3,
      new: 3,
      articles: 3,
      figures: 6,
      found: 5,
      missing: [{ article_id: 'PMC7000001', figures: ['F1'] }],
    });
    expect(before.ambiguous).toHaveLength(1);
    expect(existsSync(dataset)).toBe(false);
    await build(dataset, [join(folder, 'articles')], { images: [join(folder, 'figures')] });
    put(join(folder, 'articles', 'PMC7000002.xml'), jats({ pmcid: 'PMC7000002' }));
    const stood = contentOf(dataset);
    expect(await plan()).toMatchObject({ new: 0, changed: 1, unchanged: 2, articles: 1 });
    expect(contentOf(dataset)).toEqual(stood);
  });
});

describe('a file of many articles', () => {
  it('is shared by all hands, and gives the same bytes', async () => {
    const folder = tempFolder();
    const filler = 'The course was uneventful. '.repeat(20_000);
    const all = Array.from({ length: 9 }, (_, i) => {
      const figures = [{ id: 'F1', caption: COMPOUND, file: 'f1.jpg' }];
      return jats({
        pmcid: `PMC${i + 1}`,
        figures,
        paragraphs: ['A 45-year-old woman was admitted (Figure 1).', filler],
      });
    });
    const set = `<?xml version="1.0"?><pmc-articleset>${all.map((a) => a.replace(/<\?xml[^>]*>/, '')).join('')}</pmc-articleset>`;
    put(join(folder, 'a', 'all.xml'), set);
    put(join(folder, 'f', 'f1.jpg'), await picture(2, 3));
    const engine = await sharedEngine();
    const shares: string[] = [];
    const of = (width: number, dataset: string) => {
      const builders = Array.from({ length: width }, () => inlineCrew(engine, dataset));
      let turn = 0;
      const crew: Crew = {
        width,
        run: (task, desk) => {
          shares.push(`${task.share}/${task.of}`);
          return builders[turn++ % width].run(task, desk);
        },
        close: () => Promise.resolve(),
      };
      return build(dataset, [join(folder, 'a')], { images: [join(folder, 'f')], crew: () => Promise.resolve(crew) });
    };
    const [one, three] = [join(folder, '1', 'dataset'), join(folder, '3', 'dataset')];
    expect(await of(1, one)).toMatchObject({ articles: 9, built: 9 });
    expect(await of(3, three)).toMatchObject({ articles: 9, built: 9 });
    expect(shares).toEqual(['0/1', '0/3', '1/3', '2/3']);
    expect(contentOf(three)).toEqual(contentOf(one));
  });
});

describe('JSON Lines', () => {
  it('hold the same rows', async () => {
    const folder = await corpus(2);
    const dataset = join(folder, 'dataset');
    await build(dataset, [join(folder, 'articles')], { images: [join(folder, 'figures')] });
    const rows = await table(dataset, 'images');
    await build(dataset, [join(folder, 'articles')], { images: [join(folder, 'figures')], format: 'jsonl' });
    const lines = readFileSync(join(dataset, 'images.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
    expect(existsSync(join(dataset, 'images.parquet'))).toBe(false);
  });
});
