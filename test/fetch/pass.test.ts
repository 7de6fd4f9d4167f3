import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SourceError,
  type ArticleIds,
  type Http,
  type SearchPage,
  type Source,
  type SourceQuery,
  type SourceRecord,
  type SourceText,
} from '../../core/plugin/index.js';
import { jats, pass } from './bench.js';
import { localServer, scratch, type LocalServer } from './local.js';
import { zip } from './zip.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
const ids = (n: number): ArticleIds => ({ pmcid: `PMC${n}`, pmid: null, doi: null });
const record = (n: number, license: string | null, more: Partial<SourceRecord> = {}): SourceRecord => ({
  ids: ids(n),
  license,
  ...more,
});
const SERVICE = { services: [{ name: 'none', baseUrl: 'http://127.0.0.1:9', perSecond: 100 }] };
const text = (xml: string): SourceText => ({
  format: 'jats',
  bytes: new TextEncoder().encode(xml),
  url: 'http://x/text',
});
const number = (one: ArticleIds): number => Number(one.pmcid!.slice(3));

/** A source that has every article, open, and without figures. */
const plain = (more: Partial<Source> = {}): Source => ({
  ...SERVICE,
  describe: (all) => Promise.resolve(all.map((one) => (one.pmcid === null ? null : record(number(one), 'CC BY')))),
  text: ({ ids: { pmcid } }) => Promise.resolve(text(jats(pmcid!))),
  ...more,
});

let disk: ReturnType<typeof scratch>;
let server: LocalServer | undefined;
beforeEach(() => void (disk = scratch()));
afterEach(async () => {
  await server?.close();
  server = undefined;
  disk.remove();
});
const told = ({ rows }: Awaited<ReturnType<typeof pass>>): unknown =>
  rows.map(({ id, status, reason }) => [id, status, reason]);

describe('licences', () => {
  const stated: Record<number, SourceRecord | null> = {
    1: record(1, 'CC BY'),
    2: record(2, 'CC BY-NC'),
    3: record(3, 'TDM', { manuscript: true }),
    4: record(4, null),
    5: null,
  };
  const fetched: string[] = [];
  const source = plain({
    describe: ([one]) => Promise.resolve([stated[number(one)]]),
    text: ({ ids: { pmcid } }) => {
      fetched.push(pmcid!);
      return Promise.resolve(text(jats(pmcid!)));
    },
  });

  it('are looked at before any text is fetched, and again when others are wanted', async () => {
    const all = [1, 2, 3, 4, 5].map(ids);
    const first = await pass(disk.folder, { source }, { ids: all, license: ['cc-by,cc0'], jobs: 1 });
    expect(told(first)).toEqual([
      ['PMC1', 'done', null],
      ['PMC2', 'skipped', 'license'],
      ['PMC3', 'skipped', 'manuscript'],
      ['PMC4', 'skipped', 'license-unknown'],
      ['PMC5', 'skipped', 'unknown-article'],
    ]);
    expect(fetched).toEqual(['PMC1']);
    const second = await pass(disk.folder, { source }, { ids: all, license: ['cc'], jobs: 1 });
    expect(second.summary.pass).toMatchObject({ found: 0, tried: 1 });
    expect(fetched).toEqual(['PMC1', 'PMC2']);
    await pass(disk.folder, { source }, { license: ['any', 'tdm'], jobs: 1 });
    expect(fetched).toEqual(['PMC1', 'PMC2', 'PMC3', 'PMC4']);
  });

  it('are asked of the next source where one does not state any', async () => {
    const first = plain({ describe: (all) => Promise.resolve(all.map(() => record(4, null, { title: 'A fall' }))) });
    const second: Source = { ...SERVICE, describe: (all) => Promise.resolve(all.map(() => record(4, 'CC0'))) };
    const { rows } = await pass(disk.folder, { first, second }, { ids: [ids(4)] });
    expect(rows[0]).toMatchObject({
      status: 'done',
      license: 'CC0',
      title: 'A fall',
      sources: { metadata: 'second', text: 'first' },
    });
  });

  it('that could not be asked for are no licence that is not there', async () => {
    const down: Source = { ...SERVICE, describe: () => Promise.reject(new SourceError('server-error', 'it is down')) };
    const silent = plain({ describe: (all) => Promise.resolve(all.map(() => null)), text: undefined });
    expect(told(await pass(disk.folder, { down, silent }, { ids: [ids(4)] }))).toEqual([
      ['PMC4', 'failed', 'server-error'],
    ]);
  });
});

describe('texts', () => {
  it.each<[string, Source['text'], unknown]>([
    ['has none', () => Promise.resolve(null), ['done', null, 'second']],
    ['fails', () => Promise.reject(new SourceError('timeout', 'late')), ['done', null, 'second']],
    [
      'gives metadata alone',
      () => Promise.resolve(text(jats('PMC1').replace(/<body>.*<\/body>/, ''))),
      ['done', null, 'second'],
    ],
    ['gives another article', () => Promise.resolve(text(jats('PMC2'))), ['done', null, 'second']],
    [
      'gives a bomb',
      () => Promise.resolve(text(`<!DOCTYPE a [<!ENTITY a "aa">]>${jats('PMC1')}`)),
      ['done', null, 'second'],
    ],
    [
      'breaks',
      () => {
        throw new TypeError('a bug');
      },
      ['done', null, 'second'],
    ],
  ])('come from the next source where the first %s', async (_, first, expected) => {
    const { rows } = await pass(disk.folder, { first: plain({ text: first }), second: plain() }, { ids: [ids(1)] });
    expect([rows[0].status, rows[0].reason, rows[0].sources.text]).toEqual(expected);
    expect(readdirSync(disk.at('PMC1'))).toEqual(['PMC1.xml']);
  });

  it('that nobody has are known not to be there; those that nobody could give are tried again', async () => {
    let answer: () => Promise<SourceText | null> = () => Promise.reject(new SourceError('html', 'a page'));
    const source = plain({ text: ({ ids: { pmcid } }) => (pmcid === 'PMC1' ? Promise.resolve(null) : answer()) });
    const first = await pass(disk.folder, { source }, { ids: [1, 2].map(ids) });
    expect(told(first)).toEqual([
      ['PMC1', 'skipped', 'no-full-text'],
      ['PMC2', 'failed', 'html'],
    ]);
    answer = () => Promise.resolve(text(jats('PMC2')));
    const second = await pass(disk.folder, { source }, { ids: [1, 2].map(ids) });
    expect(told(second)).toEqual([
      ['PMC1', 'skipped', 'no-full-text'],
      ['PMC2', 'done', null],
    ]);
    expect(second.rows.map(({ attempts }) => attempts)).toEqual([1, 2]);
    expect((await pass(disk.folder, { source })).summary.pass.tried).toBe(0);
  });

  it('of a plugin that answers nonsense are its failure, not the pass’s', async () => {
    const source = plain({ text: () => Promise.resolve({ format: 'pdf', bytes: 'x' } as unknown as SourceText) });
    const { rows } = await pass(disk.folder, { source }, { ids: [ids(1)] });
    expect(rows[0]).toMatchObject({ status: 'failed', reason: 'plugin' });
    expect(rows[0].detail).toMatch(/plugin 'source' \(source\): text must answer a format and bytes/);
  });
});

describe('figures', () => {
  const file = (name: string) => ({ name, request: { service: 'local', path: `/${name}`, expect: 'bytes' as const } });
  const archive = { archive: 'zip' as const, request: { service: 'local', path: '/all.zip', expect: 'zip' as const } };
  const withFiles = (files: Source['files'], named: readonly string[]): Source => ({
    ...plain({ text: ({ ids: { pmcid } }) => Promise.resolve(text(jats(pmcid!, named))) }),
    services: [{ name: 'local', baseUrl: server!.url, perSecond: 100_000 }],
    files,
  });
  let fails = false;
  beforeEach(async () => {
    fails = false;
    server = await localServer((r, { url }) => {
      if (url === '/gr2.png' && fails) r.writeHead(500).end();
      else if (url === '/gr3.png') r.writeHead(404).end();
      else if (url === '/all.zip')
        r.end(
          zip([
            { name: 'PMC1/GR2.png', data: PNG },
            { name: 'gr3.png', data: PNG },
            { name: 'film.mp4', data: PNG },
          ]),
        );
      else if (url === '/slip.zip') r.end(zip([{ name: '../gr3.png', data: PNG }]));
      else r.end(PNG);
    });
  });

  it('that the text names are fetched, and no other file', async () => {
    const source = withFiles(
      () => Promise.resolve(['gr1.png', 'gr2.png', 'film.mp4', 'logo.gif'].map(file)),
      ['gr1', 'GR2.tif'],
    );
    const { rows } = await pass(disk.folder, { source }, { ids: [ids(1)] });
    expect(readdirSync(disk.at('PMC1'))).toEqual(['PMC1.xml', 'gr1.png', 'gr2.png']);
    expect(rows[0].files.map(({ name, kind, bytes }) => [name, kind, bytes])).toEqual([
      ['PMC1.xml', 'text', readFileSync(disk.at('PMC1/PMC1.xml')).length],
      ['gr1.png', 'figure', PNG.length],
      ['gr2.png', 'figure', PNG.length],
    ]);
    const all = await pass(disk.at('all'), { source }, { ids: [ids(1)], pictures: 'all' });
    expect(all.rows[0].files.map(({ name }) => name)).toEqual(['PMC1.xml', 'gr1.png', 'gr2.png', 'logo.gif']);
    const none = await pass(disk.at('none'), { source }, { ids: [ids(1)], pictures: 'none' });
    expect(none.rows[0].files).toHaveLength(1);
  });

  it('come from an archive where the first source lacks them', async () => {
    const first = withFiles(() => Promise.resolve(['gr1.png', 'gr3.png'].map(file)), ['gr1', 'gr2', 'gr3']);
    const second: Source = {
      ...withFiles(() => Promise.resolve([archive]), []),
      services: [{ name: 'local', baseUrl: server!.url, perSecond: 1000 }],
    };
    const { rows } = await pass(disk.folder, { first, second }, { ids: [ids(1)] });
    expect(rows[0].status).toBe('done');
    expect(rows[0].files.map(({ name, source }) => [name, source])).toEqual([
      ['PMC1.xml', 'first'],
      ['GR2.png', 'second'],
      ['gr1.png', 'first'],
      ['gr3.png', 'second'],
    ]);
    expect(readFileSync(disk.at('PMC1/GR2.png')).equals(PNG)).toBe(true);
  });

  it('that are nowhere are told; those that failed are tried again, and nothing else', async () => {
    fails = true;
    const source = withFiles(
      () => Promise.resolve(['gr1.png', 'gr2.png', 'gr3.png'].map(file)),
      ['gr1', 'gr2', 'gr3', 'gr4'],
    );
    const first = await pass(disk.folder, { source }, { ids: [ids(1)] });
    expect(first.rows[0].missing.map(({ name, reason }) => [name, reason])).toEqual([
      ['gr2', 'server-error'],
      ['gr3', 'absent'],
      ['gr4', 'absent'],
    ]);
    expect(first.rows[0]).toMatchObject({ status: 'incomplete', reason: 'figure-missing' });
    fails = false;
    const before = server!.asked.length;
    const second = await pass(disk.folder, { source });
    expect(second.rows[0].missing.map(({ name }) => name)).toEqual(['gr3', 'gr4']);
    expect(server!.asked.slice(before).map(({ url }) => url)).toEqual(['/gr2.png', '/gr3.png']);
    expect((await pass(disk.folder, { source })).summary.pass.tried).toBe(0);
  });

  it('of an archive that climbs out of its folder are refused', async () => {
    const source = withFiles(
      () => Promise.resolve([{ ...archive, request: { ...archive.request, path: '/slip.zip' } }]),
      ['gr3'],
    );
    const { rows } = await pass(disk.folder, { source }, { ids: [ids(1)] });
    expect(rows[0].missing[0]).toMatchObject({ name: 'gr3', reason: 'unsafe' });
    expect(existsSync(disk.at('gr3.png'))).toBe(false);
  });
});

describe('ids', () => {
  const identify: Source['identify'] = (all) =>
    Promise.resolve(
      all.map(({ pmid, doi }) =>
        pmid === '404'
          ? null
          : { pmcid: `PMC${pmid ?? doi!.slice(-1)}`, pmid: pmid ?? doi!.slice(-1), doi: doi ?? `10.1000/${pmid}` },
      ),
    );

  it('of PubMed and DOIs become those of PMC, one row an article whatever it was asked by', async () => {
    const source = plain({ identify });
    const asked: ArticleIds[] = [
      { pmcid: null, pmid: '7', doi: null },
      ids(8),
      { pmcid: null, pmid: null, doi: '10.1000/8' },
      { pmcid: null, pmid: '404', doi: null },
    ];
    const first = await pass(disk.folder, { source }, { ids: asked, jobs: 1 });
    expect(told(first)).toEqual([
      ['PMC8', 'done', null],
      ['pmid:404', 'skipped', 'not-in-pmc'],
      ['PMC7', 'done', null],
    ]);
    expect(first.rows[2]).toMatchObject({ pmid: '7', doi: '10.1000/7', asked: ['pmid:7'] });
    const again = await pass(disk.folder, { source }, { ids: asked, jobs: 1 });
    expect(again.summary.pass).toMatchObject({ found: 0, tried: 0 });
    expect(again.summary.traffic.requests).toBe(0);
  });
});

describe('a search', () => {
  const pages = (list: readonly number[], bookmarks = true) =>
    async function* (query: SourceQuery, _http: Http): AsyncGenerator<SearchPage> {
      await Promise.resolve();
      for (const n of list)
        if (query.after === undefined || n > Number(query.after))
          yield { hits: [ids(n)], total: list.length, ...(bookmarks ? { bookmark: String(n) } : {}) };
    };

  it('goes on after its last bookmark', async () => {
    const queries: SourceQuery[] = [];
    const list = [1, 2, 3, 4];
    const broken = plain({
      async *search(query, http) {
        queries.push(query);
        for await (const page of pages(list)(query, http)) {
          if (page.bookmark === '3' && queries.length === 1) throw new SourceError('server-error', 'down');
          yield page;
        }
      },
    });
    const asked = [{ text: 'falls', from: '2020-01-01' }];
    const first = await pass(disk.folder, { broken }, { asked });
    expect(first.summary.faults).toEqual(['the search is not complete: down']);
    expect(first.rows.map(({ id }) => id)).toEqual(['PMC1', 'PMC2']);
    const second = await pass(disk.folder, { broken }, { asked });
    expect(queries[1]).toMatchObject({ text: 'falls', after: '2', from: '2020-01-01', to: queries[0].to });
    expect(second.rows.map(({ id }) => id)).toEqual(['PMC1', 'PMC2', 'PMC3', 'PMC4']);
    await pass(disk.folder, { broken }, { asked });
    expect(queries).toHaveLength(2);
  });

  it('asks for what is new, since a little before the last one', async () => {
    const queries: SourceQuery[] = [];
    const list = [1, 2];
    const source = plain({
      search(query, http) {
        queries.push(query);
        return pages(list)(query, http);
      },
    });
    const asked = [{ text: 'falls', to: '2030-12-31' }];
    await pass(disk.folder, { source }, { asked });
    list.push(3);
    const second = await pass(disk.folder, { source }, { asked, update: true });
    const days = (Date.now() - Date.parse(queries[1].since!)) / 86_400_000;
    expect(days).toBeGreaterThan(2);
    expect(days).toBeLessThan(4);
    expect(second.summary.pass).toMatchObject({ found: 1, tried: 1 });
    // The next one starts from the second.
    expect((await pass(disk.folder, { source }, { asked, update: true })).summary.pass.found).toBe(0);
  });

  it('that no source can make is a fault of usage', async () => {
    await expect(pass(disk.folder, { source: plain() }, { asked: [{ text: 'falls' }] })).rejects.toThrow(
      /none of the sources searches: source/,
    );
  });

  it('keeps the limit of a pass', async () => {
    const source = plain({ search: pages([1, 2, 3, 4, 5]) });
    const asked = [{ text: 'falls' }];
    expect((await pass(disk.folder, { source }, { asked, limit: 2 })).summary.articles).toMatchObject({
      done: 2,
      found: 3,
    });
    expect((await pass(disk.folder, { source }, { asked })).summary.articles).toMatchObject({ done: 5, found: 0 });
  });
});

describe('the disk', () => {
  it('that fails ends the pass, and what was done is kept', async () => {
    const source = plain();
    await pass(disk.folder, { source }, { ids: [ids(1)] });
    // A file where the folder of an article has to be.
    writeFileSync(disk.at('PMC2'), '');
    await expect(pass(disk.folder, { source }, { ids: [ids(2)] })).rejects.toThrow(/EEXIST|ENOTDIR/);
    rmSync(disk.at('PMC2'));
    expect(told(await pass(disk.folder, { source }, { ids: [1, 2].map(ids) }))).toEqual([
      ['PMC1', 'done', null],
      ['PMC2', 'done', null],
    ]);
  });

  it('MeSH terms go into one file, once an article', async () => {
    const asked: string[][] = [];
    const source = plain({
      describe: (all) =>
        Promise.resolve(all.map((one) => record(number(one), 'CC BY', { ids: { ...one, pmid: String(number(one)) } }))),
      pubmed: (pmids) => {
        asked.push([...pmids]);
        return Promise.resolve(
          new TextEncoder().encode(
            `<?xml version="1.0"?><PubmedArticleSet>${pmids.map((id) => `<PubmedArticle><MedlineCitation><PMID>${id}</PMID></MedlineCitation></PubmedArticle>`).join('')}</PubmedArticleSet>`,
          ),
        );
      },
    });
    await pass(disk.folder, { source }, { ids: [1, 2].map(ids), mesh: true, jobs: 1 });
    writeFileSync(disk.at('pubmed.mesh'), `${readFileSync(disk.at('pubmed.mesh'), 'utf8')}<torn`);
    await pass(disk.folder, { source }, { ids: [1, 2, 3].map(ids), mesh: true });
    expect(asked).toEqual([['1', '2'], ['3']]);
    const { readPubmed } = await import('../../core/pipeline/pubmed.js');
    expect((await readPubmed([join(disk.folder, 'pubmed.mesh')])).size).toBe(3);
  });
});
