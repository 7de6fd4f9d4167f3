import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetMetadataAsync, parquetReadObjects, asyncBufferFromFile } from 'hyparquet';
import { load } from 'js-yaml';
import { unpackTar } from 'modern-tar';
import sharp from 'sharp';
import { fromBuffer, type Entry } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportDataset,
  EXPORT_FORMATS,
  parseSize,
  readDescription,
  type ExportRequest,
} from '../../core/dataset/export/index.js';
import { TABLE_NAMES, TableReader } from '../../core/dataset/index.js';
import { OutputFolder } from '../../core/dataset/export/outputFolder.js';
import { ParquetShards } from '../../core/dataset/export/parquetShards.js';
import { IDS, LICENSES, makeDataset, splitOf } from './dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-export-'));
const at = (...parts: string[]): string => join(folder, ...parts);
const ABOUT = {
  title: 'Made cases',
  creators: [{ given: 'Ada', family: 'Example', orcid: '0000-0002-1825-0097' }],
  url: 'https://example.org/made',
  keywords: ['cysts'],
};
const run = (to: string, output: string, more: Partial<ExportRequest> = {}) =>
  exportDataset({ dataset: at('plain'), to, output: at(output), description: ABOUT, ...more });
const json = <T = Record<string, unknown>>(...path: string[]): T => JSON.parse(readFileSync(at(...path), 'utf8')) as T;
const lines = <T = Record<string, unknown>>(...path: string[]): T[] =>
  readFileSync(at(...path), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

beforeAll(async () => {
  await makeDataset(at('plain'));
  await makeDataset(at('split'), { split: 'column' });
  await makeDataset(at('split-file'), { split: 'file' });
  await makeDataset(at('lines'), { format: 'jsonl' });
});
afterAll(() => rmSync(folder, { recursive: true }));

function hashes(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const full = join(entry.parentPath ?? entry.path, entry.name);
      return [full.slice(path.length + 1), createHash('sha256').update(readFileSync(full)).digest('hex')];
    }),
  );
}

/** All but the list of files, which holds the hashes of the dataset's own files too. */
const unlisted = (all: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([path]) => path !== 'export.json'));

describe.each(EXPORT_FORMATS)('export to %s', (to) => {
  it('gives equal bytes twice, lists every file with its hash, and takes licences and citations along', async () => {
    await run(to, `${to}-1`);
    await run(to, `${to}-2`);
    const first = hashes(at(`${to}-1`));
    expect(hashes(at(`${to}-2`))).toEqual(first);
    const { files } = json<{ files: { path: string; sha256: string; bytes: number }[] }>(`${to}-1`, 'export.json');
    const rest = unlisted(first);
    expect(Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]))).toEqual(rest);
    expect(readFileSync(at(`${to}-1`, 'LICENSES.md'), 'utf8')).toContain('| not stated | 1 | 1 | 2 |');
    expect(readFileSync(at(`${to}-1`, 'citations.bib'), 'utf8').match(/^@article/gm)).toHaveLength(IDS.length);
    expect(json<unknown[]>(`${to}-1`, 'citations.json')).toHaveLength(IDS.length);
    expect(readFileSync(at(`${to}-1`, 'README.md'), 'utf8')).toMatch(
      /The most restrictive one is that of articles which state none/,
    );
  });

  it('gives the same of a dataset in JSON Lines', async () => {
    await run(to, `${to}-lines`, { dataset: at('lines') });
    const of = unlisted(hashes(at(`${to}-lines`)));
    const expected = unlisted(hashes(at(`${to}-1`)));
    // Tables that are copied keep their row groups, and what is hashed of them differs then.
    const copied = new Set(
      to === 'croissant' || to === 'zenodo'
        ? [...TABLE_NAMES.map((table) => `${table}.parquet`), 'croissant.json']
        : [],
    );
    const cut = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => !copied.has(path)));
    expect(cut(of)).toEqual(cut(expected));
  });

  it('leaves nothing where a picture is missing, and says which', async () => {
    await makeDataset(at(`${to}-torn`));
    rmSync(at(`${to}-torn`, 'images/PMC9/PMC99/fig3_b_2_2.png'));
    const failed = run(to, `${to}-none`, { dataset: at(`${to}-torn`) });
    await expect(failed).rejects.toThrow(
      /fig3_b_2_2\.png of PMC99000004_f1_b cannot be read \(ENOENT\): the dataset .* is incomplete/,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith(`${to}-none`))).toEqual([]);
  });
});

describe('the output', () => {
  it('is not replaced without force, and never when it is no export', async () => {
    await run('csv', 'again');
    await expect(run('csv', 'again')).rejects.toThrow('is there already; --force replaces it');
    await run('jsonl', 'again', { force: true });
    expect(existsSync(at('again', 'images.jsonl'))).toBe(true);
    expect(existsSync(at('again', 'images.csv'))).toBe(false);
    mkdirSync(at('mine'));
    writeFileSync(at('mine', 'thesis.txt'), 'dear');
    await expect(run('csv', 'mine', { force: true })).rejects.toThrow('is no export');
    expect(readFileSync(at('mine', 'thesis.txt'), 'utf8')).toBe('dear');
    expect(readdirSync(folder).some((name) => /\.(partial|old)$/.test(name))).toBe(false);
  });

  it('is written by one at a time; what a dead process left is thrown away', async () => {
    const first = OutputFolder.create(at('busy'), false);
    await expect(run('csv', 'busy')).rejects.toThrow(`another export (process ${process.pid}) is writing to`);
    first.discard();
    mkdirSync(at('busy.partial'));
    writeFileSync(at('busy.partial', '.writing'), '4194999');
    writeFileSync(at('busy.partial', 'half.csv'), 'a,b');
    await run('csv', 'busy');
    expect(readdirSync(at('busy'))).not.toContain('half.csv');
    expect(readdirSync(at('busy'))).not.toContain('.writing');
  });

  it.each([
    ['no dataset', { dataset: '/nowhere' }, 'no such dataset: /nowhere'],
    ['an unknown format', { to: 'excel' }, "'excel' is no format"],
    ['a file in its place', { output: 'plain/taxonomy.json' }, 'is a file'],
  ])('%s is a usage error', async (_, more, message) => {
    await expect(run('csv', 'x', { ...more, ...('output' in more && { output: at(more.output) }) })).rejects.toThrow(
      message,
    );
  });

  it('does not read pictures outside of the dataset', async () => {
    await makeDataset(at('evil'), { format: 'jsonl' });
    const path = at('evil', 'images.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"file":"images[^"]*"/, '"file":"../plain/taxonomy.json"'));
    for (const to of ['huggingface', 'webdataset', 'coco', 'croissant', 'jsonl']) {
      await expect(run(to, 'x', { dataset: at('evil') })).rejects.toThrow('lies outside of the dataset');
    }
  });

  it.each([
    ['500MB', 500_000_000],
    ['1 GiB', 2 ** 30],
    ['12', 12],
    ['0.5kb', 500],
  ])('reads the size %s', (text, bytes) => expect(parseSize(text)).toBe(bytes));
  it.each(['', 'MB', '0', '5 TBs', '-1'])('refuses the size %j', (text) =>
    expect(() => parseSize(text)).toThrow('is no size'),
  );
});

describe('huggingface', () => {
  const rowsOf = async (path: string) => parquetReadObjects({ file: await asyncBufferFromFile(path) });

  it('has the pictures as bytes, told to `datasets` as pictures, and a card with the configs', async () => {
    const { counts, notes } = await run('huggingface', 'hub');
    expect(counts).toEqual({ images: 10, cases: 6, figures: 6, articles: 6 });
    expect(notes).toHaveLength(1);
    const path = at('hub', 'data/images/train-00000-of-00001.parquet');
    const file = await asyncBufferFromFile(path);
    const { key_value_metadata } = await parquetMetadataAsync(file);
    const { info } = JSON.parse(key_value_metadata!.find(({ key }) => key === 'huggingface')!.value!) as {
      info: { features: Record<string, unknown> };
    };
    expect(info.features.image).toEqual({ _type: 'Image' });
    expect(info.features.labels).toEqual([{ dtype: 'string', _type: 'Value' }]);
    const rows = (await parquetReadObjects({ file, utf8: false })) as {
      image: { bytes: Uint8Array; path: string };
      width: number;
      file: string;
    }[];
    for (const { image, width, file: name } of rows) {
      expect(await sharp(image.bytes).metadata()).toMatchObject({ width });
      expect(name.endsWith(image.path)).toBe(true);
    }
    const front = load(readFileSync(at('hub', 'README.md'), 'utf8').split('---\n')[1]) as {
      license: string;
      license_link: string;
      configs: { config_name: string; default?: boolean }[];
    };
    expect(front).toMatchObject({
      license: 'other',
      license_link: 'LICENSES.md',
      pretty_name: 'Made cases',
      language: ['en', 'es'],
    });
    expect(front.configs.map(({ config_name }) => config_name)).toEqual(['images', 'cases', 'figures', 'articles']);
    expect(front.configs[0].default).toBe(true);
  });

  it.each(['split', 'split-file'])('keeps the split (%s), no article in two parts', async (dataset) => {
    await run('huggingface', `hub-${dataset}`, { dataset: at(dataset) });
    const seen: Record<string, string> = {};
    for (const part of ['train', 'validation', 'test']) {
      for (const table of TABLE_NAMES) {
        for (const { article_id } of await rowsOf(
          at(`hub-${dataset}`, `data/${table}/${part}-00000-of-00001.parquet`),
        )) {
          expect(seen[article_id as string] ?? part).toBe(part);
          seen[article_id as string] = part;
        }
      }
    }
    expect(seen).toEqual(Object.fromEntries(IDS.map((id, i) => [id, splitOf(i)])));
  });

  it('has images without pictures too, and begins with the patients then', async () => {
    const { counts, notes } = await run('huggingface', 'hub-bare', { pictures: false });
    expect([counts.images, notes]).toEqual([11, []]);
    expect((await rowsOf(at('hub-bare', 'data/images/train-00000-of-00001.parquet')))[0]).not.toHaveProperty('image');
    const front = load(readFileSync(at('hub-bare', 'README.md'), 'utf8').split('---\n')[1]) as {
      configs: { config_name: string; default?: boolean }[];
    };
    expect(front.configs.filter((config) => config.default).map(({ config_name }) => config_name)).toEqual(['cases']);
  });

  it('has the class of each image of a classification, as `datasets` and WebDataset have classes', async () => {
    await makeDataset(at('classed'));
    const ids = IDS.filter((_, i) => i !== 4).flatMap((id) => [`${id}_f1_a`, `${id}_f1_b`]);
    writeFileSync(
      at('classed', 'classification.csv'),
      `file_id,file,class\n${ids.map((id) => `${id},x.webp,${id.endsWith('a') ? 'mri' : 'ct'}\n`).join('')}`,
    );
    await run('huggingface', 'hub-classed', { dataset: at('classed') });
    const path = at('hub-classed', 'data/images/train-00000-of-00001.parquet');
    const { key_value_metadata } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect(key_value_metadata![0].value).toContain('"class":{"names":["ct","mri"],"_type":"ClassLabel"}');
    const rows = await rowsOf(path);
    expect(rows.map(({ class: one }) => one)).toEqual(
      rows.map(({ image_component }) => (image_component === 'a' ? 1n : 0n)),
    );
    await run('webdataset', 'wds-classed', { dataset: at('classed') });
    const entries = await unpackTar(readFileSync(at('wds-classed', 'train-000000.tar')));
    const classes = entries
      .filter(({ header }) => header.name.endsWith('.cls'))
      .map(({ data }) => Buffer.from(data!).toString());
    expect(classes).toEqual(rows.map(({ class: one }) => String(one)));
  });

  it('begins a new file where one is full', async () => {
    const out = OutputFolder.create(at('shards'), false);
    const columns = [{ name: 'n', type: 'int32', about: 'A number.' }] as const;
    const shards = new ParquetShards(out, { prefix: 'data/train', columns, metadata: {}, shardBytes: 1, groupRows: 2 });
    for (let n = 0; n < 5; n++) await shards.write({ n });
    expect(await shards.close()).toBe(3);
    out.commit({});
    const files = readdirSync(at('shards', 'data')).sort();
    expect(files).toEqual([0, 1, 2].map((i) => `train-0000${i}-of-00003.parquet`));
    const rows = await Promise.all(files.map((name) => rowsOf(at('shards', 'data', name))));
    expect(rows.flat()).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
  });
});

describe('webdataset', () => {
  it('has picture, row and caption of a sample side by side, under a key without a dot', async () => {
    await run('webdataset', 'wds', { dataset: at('split'), shardRows: 4 });
    const shards = readdirSync(at('wds')).filter((name) => name.endsWith('.tar'));
    expect(shards).toEqual(['test-000000.tar', 'train-000000.tar', 'train-000001.tar', 'validation-000000.tar']);
    const keys = new Set<string>();
    for (const shard of shards) {
      const entries = await unpackTar(readFileSync(at('wds', shard)));
      expect(entries.length % 3).toBe(0);
      for (let i = 0; i < entries.length; i += 3) {
        const [picture, row, text] = entries.slice(i, i + 3);
        const key = picture.header.name.slice(0, picture.header.name.indexOf('.'));
        expect([row.header.name, text.header.name]).toEqual([`${key}.json`, `${key}.txt`]);
        expect(picture.header.name).toMatch(/^[\w-]+\.(webp|png)$/);
        const value = JSON.parse(Buffer.from(row.data!).toString()) as {
          __key__: string;
          caption: string;
          width: number;
        };
        expect(value.__key__).toBe(key);
        expect(Buffer.from(text.data!).toString()).toBe(value.caption);
        expect(await sharp(picture.data).metadata()).toMatchObject({ width: value.width });
        keys.add(key);
      }
    }
    expect(keys.size).toBe(10);
    const index = json<{ shardlist: { nsamples: number }[] }>('wds', 'train.index.json');
    expect(index.shardlist.map(({ nsamples }) => nsamples)).toEqual([4, 2]);
  });
});

describe('coco', () => {
  it('joins boxes, categories and captions by integer ids', async () => {
    await run('coco', 'coco');
    interface Coco {
      images: { id: number; file_name: string; width: number; height: number; license: number }[];
      annotations: {
        id: number;
        image_id: number;
        bbox: number[];
        area: number;
        category_id: number;
        caption: string;
      }[];
      categories: { id: number; name: string; supercategory: string }[];
      licenses: { id: number; name: string }[];
    }
    const panels = json<Coco>('coco', 'annotations/panels_train.json');
    expect(panels.images).toHaveLength(5);
    expect(panels.annotations).toHaveLength(10);
    expect(panels.categories).toEqual([{ id: 1, name: 'panel', supercategory: 'figure' }]);
    for (const {
      image_id,
      bbox: [x, y, w, h],
      area,
    } of panels.annotations) {
      const image = panels.images.find(({ id }) => id === image_id)!;
      expect(x + w).toBeLessThanOrEqual(image.width);
      expect(y + h).toBeLessThanOrEqual(image.height);
      expect(area).toBe(w * h);
    }
    const labels = json<Coco>('coco', 'annotations/labels_train.json');
    const named = labels.annotations.map(
      ({ category_id }) => labels.categories.find(({ id }) => id === category_id)!.name,
    );
    expect(new Set(named)).toEqual(new Set(['mri', 'ct', 'lower_limb']));
    expect(labels.categories.find(({ name }) => name === 'ct')!.supercategory).toBe('radiology');
    const captions = json<Coco>('coco', 'annotations/captions_train.json');
    expect(captions.images.every(({ file_name }) => existsSync(at('coco', file_name)))).toBe(true);
    expect(captions.annotations[0].caption).toBe('𝔐RI 🦵 shows a cyst');
    const ids = captions.images.map(({ license }) => captions.licenses.find(({ id }) => id === license)!.name);
    expect(ids.filter((name) => name === 'not stated')).toHaveLength(2);
  });
});

describe('croissant', () => {
  it('names every file with its hash, and every column with its source', async () => {
    await run('croissant', 'croissant', { dataset: at('split-file'), baseUrl: 'https://example.org/files' });
    interface Croissant {
      conformsTo: string;
      license: string[];
      distribution: { '@id': string; '@type': string; contentUrl?: string; sha256?: string }[];
      recordSet: {
        '@id': string;
        key: { '@id': string };
        field: {
          '@id': string;
          subField?: unknown[];
          source?: { fileObject?: { '@id': string }; extract: { column?: string } };
        }[];
      }[];
    }
    const { conformsTo, license, distribution, recordSet } = json<Croissant>('croissant', 'croissant.json');
    expect(conformsTo).toBe('http://mlcommons.org/croissant/1.1');
    expect(license).toHaveLength(4);
    const written = hashes(at('croissant'));
    for (const file of distribution.filter((one) => one['@type'] === 'cr:FileObject')) {
      expect(file.sha256).toBe(written[file['@id']]);
      expect(file.contentUrl).toBe(`https://example.org/files/${file['@id']}`);
    }
    expect(recordSet.map((set) => set['@id'])).toEqual([...TABLE_NAMES, 'pictures', 'splits']);
    for (const table of TABLE_NAMES) {
      const columns = (await TableReader.open(at('croissant', `${table}.parquet`))).columns;
      const fields = recordSet
        .find((set) => set['@id'] === table)!
        .field.map((field) => field['@id'].slice(table.length + 1));
      expect(fields).toEqual(columns);
      expect(columns.at(-1)).toBe('split');
    }
  });
});

describe('zenodo', () => {
  it('packs the pictures and says who made it, under which licence, out of what', async () => {
    await run('zenodo', 'zenodo');
    const metadata = json('zenodo', '.zenodo.json');
    expect(metadata).toMatchObject({
      title: 'Made cases',
      upload_type: 'dataset',
      license: 'other-closed',
      publication_date: '2020-03-06',
      creators: [{ name: 'Example, Ada', orcid: '0000-0002-1825-0097' }],
    });
    expect(metadata.related_identifiers).toHaveLength(IDS.length);
    expect(load(readFileSync(at('zenodo', 'CITATION.cff'), 'utf8'))).toMatchObject({
      'cff-version': '1.2.0',
      type: 'dataset',
      authors: [{ 'family-names': 'Example', 'given-names': 'Ada' }],
    });
    const datacite = json<{ relatedIdentifiers: unknown[]; titles: unknown[] }>('zenodo', 'datacite.json');
    expect(datacite.relatedIdentifiers).toHaveLength(IDS.length);
    expect(datacite.titles).toEqual([{ title: 'Made cases' }]);
    expect(await zipNames(at('zenodo', 'images-PMC9.zip'))).toHaveLength(8);
    expect((await zipNames(at('zenodo', 'images-other.zip'))).every((name) => existsSync(at('plain', name)))).toBe(
      true,
    );
  });

  it('asks for creators', () => expect(run('zenodo', 'x', { description: {} })).rejects.toThrow('--creator'));

  it.each([
    [['CC BY'], 'cc-by-4.0', 'cc', undefined],
    [['CC0'], 'cc-zero', 'cc0-1.0', undefined],
    [['CC BY', 'CC BY-NC-ND'], 'other-nc', 'other', 'CC BY-NC-ND'],
    [['CC BY', 'CC BY-ND'], 'other-at', 'other', 'CC BY-ND'],
    [['CC BY', 'CC0'], 'other-open', 'other', 'CC BY'],
    [[null], 'other-closed', 'other', undefined],
  ])('of articles under %j', async (licenses, zenodo, hub, strictest) => {
    const name = `licensed-${licenses.join('-')}`;
    await makeDataset(at(name), { licenses: LICENSES.map((_, i) => licenses[i % licenses.length]) });
    await run('zenodo', `${name}-out`, { dataset: at(name) });
    expect(json(`${name}-out`, '.zenodo.json').license).toBe(zenodo);
    const card = readFileSync(at(`${name}-out`, 'README.md'), 'utf8');
    expect(load(card.split('---\n')[1])).toMatchObject({ license: hub });
    expect(/most restrictive one is (CC [A-Z-]+|CC0)/.exec(card)?.[1]).toBe(strictest);
  });
});

function zipNames(path: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(readFileSync(path), (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      zip
        .on('entry', (entry: Entry) => names.push(entry.fileName))
        .on('end', () => resolve(names))
        .on('error', reject);
    });
  });
}

describe('tables', () => {
  it('are the rows, as JSON Lines and as CSV', async () => {
    await run('jsonl', 'jsonl', { dataset: at('split') });
    await run('csv', 'csv', { dataset: at('split') });
    for (const table of TABLE_NAMES) {
      const reader = await TableReader.open(at('split', `${table}.parquet`));
      const rows: object[] = [];
      for await (const row of reader.rows()) rows.push(row);
      expect(lines('jsonl', `${table}.jsonl`)).toEqual(rows);
      const cells = parse(readFileSync(at('csv', `${table}.csv`)), { columns: true }) as Record<string, string>[];
      expect(
        cells.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, text]) => [name, typed(text, rows, name)])),
        ),
      ).toEqual(rows);
    }
    expect(
      lines<{ file: string | null }>('jsonl', 'images.jsonl').every(
        ({ file }) => file === null || existsSync(at('jsonl', file)),
      ),
    ).toBe(true);
  });

  it('go without pictures if asked', async () => {
    await run('jsonl', 'bare', { pictures: false });
    expect(existsSync(at('bare', 'images'))).toBe(false);
  });
});

/** A cell as what the column holds elsewhere. */
function typed(text: string, rows: readonly object[], name: string): unknown {
  if (text === '') return null;
  const sample = rows.map((row) => (row as Record<string, unknown>)[name]).find((value) => value !== null);
  return typeof sample === 'string' ? text : JSON.parse(text);
}

describe('multicare', () => {
  it('has a row an article, patients nested, and paths by the first digits', async () => {
    await run('multicare', 'multicare');
    const rows = async (name: string) =>
      parquetReadObjects({ file: await asyncBufferFromFile(at('multicare', `${name}.parquet`)) });
    expect((await rows('cases'))[0]).toEqual({
      article_id: IDS[0],
      cases: [{ case_id: `${IDS[0]}_01`, case_text: expect.any(String) as string, age: 0, gender: 'Male' }],
    });
    expect((await rows('metadata'))[0]).toMatchObject({
      article_metadata: { year: '2015', license: 'CC BY', case_amount: 1 },
    });
    expect((await rows('case_images'))[1]).toMatchObject({
      case_images: [{ case_image_list: [{ file: 'f1.png', text_references: ['See Figure 1.'] }] }],
    });
    const captions = parse(readFileSync(at('multicare', 'captions_and_labels.csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(captions).toHaveLength(11);
    expect(captions[0]).toMatchObject({
      file_id: 'file_0000001',
      image_type: 'radiology',
      image_subtype: 'mri',
      case_substring: '["Figure 1"]',
    });
    expect(captions.every(({ file_path }) => file_path === '' || existsSync(at('multicare', file_path)))).toBe(true);
  });
});

describe('the description', () => {
  const read = (text: string) => {
    writeFileSync(at('about.yaml'), text);
    return readDescription(at('about.yaml'));
  };
  it('is read from YAML', () => {
    expect(read("title: T\nversion: '2.0.0'\ndate: 2026-01-02\ncreators: ['Example, Ada', {family: Lab}]\n")).toEqual({
      title: 'T',
      version: '2.0.0',
      date: '2026-01-02',
      creators: [{ family: 'Example', given: 'Ada' }, { family: 'Lab' }],
    });
  });
  it.each([
    ['titel: T', "'titel' is none of"],
    ['version: 2.0', "'version' is not a text; write it in quotes"],
    ['creators: Ada', "'creators' is not a list"],
    ['creators: [{family: A, orcid: 12}]', 'is not like 0000-0002-1825-0097'],
    ['date: tomorrow', "the date 'tomorrow' is not like"],
    ['- a', 'is no list of fields'],
    ['title: [', 'about.yaml'],
  ])('refuses %j', (text, message) => expect(() => read(text)).toThrow(message));
});
