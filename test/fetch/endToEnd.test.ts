import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../core/index.js';
import {
  fetchPass,
  fetchSettings,
  licenseFilter,
  openFolder,
  type FetchFlags,
  type ManifestRow,
  type PassOptions,
} from '../../core/fetch/index.js';
import type { Engine } from '../../core/engine.js';
import { readArticles } from '../../core/pipeline/articles.js';
import { readPubmed } from '../../core/pipeline/pubmed.js';
import { startServices, type Services } from '../services/server.js';
import type { FaultRule } from '../services/faults.js';
import { scratch } from './local.js';

// The plugins and the core together, against a server that answers as the services do.

let engine: Engine;
let readers: Engine;
let services: Services;
let disk: ReturnType<typeof scratch>;
beforeAll(async () => {
  engine = await openEngine({ slots: ['source'] });
  readers = await openEngine({ slots: ['article-reader'] });
  services = await startServices({ world: { articles: 240 } });
});
afterAll(() => services.close());
beforeEach(() => {
  disk = scratch();
  services.setFaults([]);
  services.resetCounts();
});
afterEach(() => disk.remove());

const WAITS = { first_wait_ms: 5, longest_wait_ms: 100 };
async function fetchInto(
  folder: string,
  options: Partial<PassOptions>,
  licenses: readonly string[] = [],
  flags: FetchFlags = {},
) {
  const settings = fetchSettings(
    { 'base-url': [services.baseUrls], rate: ['*=100000'], email: 'a@b.org', timeout: 1, ...flags },
    WAITS,
    {},
  );
  const setup = {
    settings,
    plugins: sourceNames(),
    sources: engine.processors('source'),
    pack: engine.pack,
    filter: licenseFilter(licenses),
  };
  const opened = await openFolder(folder, { ...setup, pictures: 'figures', signal: new AbortController().signal });
  try {
    const summary = await fetchPass(opened.work, opened.searches, {
      asked: [],
      ids: [],
      update: false,
      jobs: 8,
      mesh: true,
      ...options,
    });
    const { manifest } = opened.work;
    return { summary, rows: [...manifest.ids(() => true)].map((id) => manifest.get(id)!) };
  } finally {
    await opened.close();
  }
}
/** The engine labels as well; sources come last. */
const sourceNames = (): string[] => engine.plugins.slice(engine.plugins.length - engine.processors('source').length);
const idsOf = (rows: readonly ManifestRow[], status?: string): string[] =>
  rows
    .filter((row) => !status || row.status === status)
    .map(({ id }) => id)
    .sort();
const ASKED = [{ text: '"case reports"[pt] AND brain tumor', from: '2020-01-01', to: '2022-12-31' }];

describe('a query', () => {
  it('brings every article that may be had, with its figures and MeSH terms, as build reads them', async () => {
    const { rows, summary } = await fetchInto(disk.folder, { asked: ASKED });
    // A search may be narrowed to the licences that are wanted, and PubMed has only what has a PMID: what the search
    // leaves out must not be an article that is wanted.
    for (const id of services.idsOf(ASKED[0].text)) {
      const article = services.world.byPmcid(id)!;
      const row = rows.find((one) => one.id === id) ?? { id, status: 'left out', files: [], missing: [] };
      const open =
        article.licenseCode !== null &&
        article.licenseCode !== 'TDM' &&
        article.licenseCode !== 'CC BY-ND' &&
        article.open &&
        article.pmid !== null;
      expect([row.id, row.status === 'done' || row.status === 'incomplete']).toEqual([row.id, open]);
      if (!open) continue;
      const there = article.figures.filter(({ state }) => state === 'there').length;
      expect(row.files.filter(({ kind }) => kind === 'figure')).toHaveLength(there);
      expect(row.missing).toHaveLength(article.figures.length - there);
    }
    expect(summary.articles.failed).toBe(0);
    const pubmed = await readPubmed([disk.at('pubmed.mesh')]);
    const read: string[] = [];
    for await (const result of readArticles([disk.folder], readers.processors('article-reader'), pubmed)) {
      if ('reject' in result) throw new Error(result.reject.error);
      read.push(result.article.article_id);
      if (result.article.pmid !== null) expect(result.article.mesh_terms.length).toBeGreaterThan(0);
    }
    expect(read.sort()).toEqual([...idsOf(rows, 'done'), ...idsOf(rows, 'incomplete')].sort());
  });

  it('says who asks wherever that is asked for', async () => {
    await fetchInto(disk.folder, { asked: ASKED, limit: 5 });
    for (const { anonymous } of Object.values(services.counts.services)) expect(anonymous).toBe(0);
  });

  it('asks for nothing that it has, nor for what is known not to be there', async () => {
    const first = await fetchInto(disk.folder, { asked: ASKED });
    const manifest = readFileSync(disk.at('manifest.jsonl'), 'utf8');
    services.resetCounts();
    const second = await fetchInto(disk.folder, { asked: ASKED });
    expect(second.summary.traffic.requests).toBe(0);
    expect(readFileSync(disk.at('manifest.jsonl'), 'utf8')).toBe(manifest);
    expect(second.rows).toEqual(first.rows);
  });
});

describe('a list of ids', () => {
  it('of all three kinds brings the same articles', async () => {
    const articles = [3, 30, 60, 90]
      .map((n) => services.world.at(n)!)
      .filter(({ pmid, doi, open }) => pmid && doi && open);
    expect(articles.length).toBeGreaterThan(1);
    const lists = (['pmcid', 'pmid', 'doi'] as const).map((kind) =>
      articles.map((article) => ({ pmcid: null, pmid: null, doi: null, [kind]: article[kind] })),
    );
    const results = [];
    for (const [at, ids] of lists.entries())
      results.push(idsOf((await fetchInto(disk.at(`by-${at}`), { ids }, ['any', 'tdm'])).rows));
    expect(results[0]).toEqual(articles.map(({ pmcid }) => pmcid).sort());
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});

describe('faults', () => {
  let calm: Awaited<ReturnType<typeof fetchInto>> | undefined;

  it.each<[string, readonly FaultRule[]]>([
    ['refusals with Retry-After', [{ fault: 'too-many', oneIn: 20, retryAfter: 0 }]],
    ['statuses 500 in bursts', [{ fault: '500', every: 40, length: 12 }]],
    ['slow answers', [{ fault: 'slow', oneIn: 10, ms: 50 }]],
    ['connections that are cut', [{ fault: ['cut', 'reset'], oneIn: 8 }]],
    ['wrong lengths', [{ fault: ['long-length', 'short-length'], oneIn: 12 }]],
    ['pages and errors with status 200', [{ fault: ['html', 'error', 'empty'], oneIn: 8 }]],
    [
      'damage on the way',
      [{ fault: ['truncated', 'garbled'], oneIn: 5, services: ['pmc-cloud'], match: '\\d/PMC[^/]*\\.(xml|jpg)$' }],
    ],
  ])('of one kind change nothing: %s', async (_, faults) => {
    calm ??= await fetchInto(disk.at('calm'), { asked: ASKED, limit: 25 });
    services.setFaults(faults);
    const rough = await fetchInto(disk.at('rough'), { asked: ASKED, limit: 25 });
    expect(rough.rows.map(({ id, status, files }) => [id, status, files.map(({ sha256 }) => sha256)]).sort()).toEqual(
      calm.rows.map(({ id, status, files }) => [id, status, files.map(({ sha256 }) => sha256)]).sort(),
    );
  });

  it('that lie about a text are seen, and another source is asked', async () => {
    services.setFaults([
      { fault: ['front-only', 'wrong-article', 'xml-bomb', 'xml-file'], services: ['pmc-cloud'], match: '\\.xml$' },
    ]);
    const { rows } = await fetchInto(disk.folder, { asked: ASKED, limit: 20 });
    const fetched = rows.filter(({ status }) => status === 'done' || status === 'incomplete');
    expect(fetched.length).toBeGreaterThan(8);
    for (const { sources } of fetched) expect(sources.text).not.toBe('pmc-cloud');
  });

  it('of every source leave an article failed, and the next pass has it', async () => {
    services.setFaults([
      {
        fault: 'xml-bomb',
        services: ['pmc-cloud', 'eutils', 'oai-pmh', 'bioc', 'europepmc'],
        match: '\\.xml$|efetch|GetRecord|BioC_|fullTextXML',
      },
    ]);
    const first = await fetchInto(disk.folder, { asked: ASKED, limit: 6, mesh: false });
    expect(idsOf(first.rows, 'done')).toEqual([]);
    expect(first.summary.articles.failed).toBeGreaterThan(2);
    services.setFaults([]);
    const second = await fetchInto(disk.folder, { asked: ASKED, mesh: false });
    expect(second.summary.articles.failed).toBe(0);
  });

  it('of archives are refused: what climbs out of its folder, and bombs', async () => {
    services.setFaults([
      { fault: ['zip-slip', 'zip-bomb', 'truncated'], services: ['europepmc'], match: 'supplementaryFiles' },
      { fault: 'missing', services: ['pmc-cloud'], match: '\\.jpg$' },
    ]);
    const { rows } = await fetchInto(disk.folder, { asked: ASKED, limit: 25, mesh: false });
    const missing = rows.flatMap((row) => row.missing.map(({ reason }) => reason));
    expect(new Set(missing)).toContain('unsafe');
    expect(rows.flatMap(({ files }) => files).filter(({ kind }) => kind === 'figure')).toEqual([]);
  });
});

describe('the limit', () => {
  it('of three requests a second is never passed by any service', async () => {
    await fetchInto(disk.folder, { asked: ASKED, limit: 4, mesh: false }, [], { rate: [] });
    const peaks = Object.values(services.counts.services).map(({ peak }) => peak);
    expect(Math.max(...peaks)).toBeLessThanOrEqual(3);
    expect(Math.max(...peaks)).toBeGreaterThanOrEqual(2);
  });
});
