import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SourceQuery } from '../../core/plugin/index.js';
import { answering, clientOf, onlyPmcid, type Client } from '../../test/services/client.js';
import { startServices, type Services } from '../../test/services/server.js';
import type { WorldArticle } from '../../test/services/world.js';
import europepmc from './index.js';
import { idsText, queryText } from './query.js';

let services: Services;
let client: Client;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices({ world: { articles: 400 } });
  client = await clientOf(europepmc, services, { page_size: 40 });
  articles = Array.from({ length: 400 }, (_, index) => services.world.at(index)!);
});
afterAll(async () => {
  await client.close();
  await services.close();
});
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

const wanted = (test: (article: WorldArticle) => boolean): string[] =>
  articles
    .filter(test)
    .map(({ pmcid }) => pmcid)
    .reverse();

describe('search', () => {
  async function searched(
    query: SourceQuery,
  ): Promise<{ ids: string[]; bookmarks: (string | undefined)[]; totals: Set<number | undefined> }> {
    const ids: string[] = [];
    const bookmarks: (string | undefined)[] = [];
    const totals = new Set<number | undefined>();
    for await (const { hits, bookmark, total } of client.source.search!(query, client.http)) {
      ids.push(...hits.map(({ pmcid }) => pmcid!));
      bookmarks.push(bookmark);
      totals.add(total);
    }
    return { ids, bookmarks, totals };
  }

  test('goes to the end, by words, dates and licences', async () => {
    const { ids, totals } = await searched({
      text: 'lung nodule OR hip fracture',
      from: '2020-03-01',
      to: '2022-10-31',
      licenses: ['CC BY', 'CC BY-NC'],
    });
    const fitting = wanted(
      ({ subject, date, licenseCode }) =>
        ['lung nodule', 'hip fracture'].includes(subject) &&
        date >= '2020-03-01' &&
        date <= '2022-10-31' &&
        ['CC BY', 'CC BY-NC'].includes(licenseCode ?? ''),
    );
    expect(ids).toEqual(fitting);
    expect([...totals][0]).toBe(fitting.length);
    expect(await client.source.count!({ text: 'lung nodule' }, client.http)).toBe(
      wanted(({ subject }) => subject === 'lung nodule').length,
    );
  });

  test('goes on after a bookmark, faults on the way or not', async () => {
    const all = await searched({ text: 'SRC:MED' });
    expect(all.ids).toEqual(wanted(() => true));
    services.setFaults([{ fault: ['500', 'cut', 'error', 'html', 'truncated'], oneIn: 3 }]);
    const rest = await searched({ text: 'SRC:MED', after: all.bookmarks[3] });
    expect(rest.ids).toEqual(all.ids.slice(160));
  });

  test('ends where the mark does not move', async () => {
    const http = answering(({ query }) =>
      JSON.stringify({
        hitCount: 1,
        nextCursorMark: query!.cursorMark,
        resultList: {
          result: [
            { id: '1', source: 'MED', pmid: '1' },
            { id: 'PPR1', source: 'PPR' },
          ],
        },
      }),
    );
    const pages = [];
    for await (const page of client.source.search!({ text: 'x' }, http)) pages.push(page.hits);
    expect(pages).toEqual([[{ pmcid: null, pmid: '1', doi: null }]]);
  });

  test('takes an answer without a count for a failure', async () => {
    const http = answering(() => '{"version":"6.9","errCode":404,"errMsg":"The query is too long"}');
    await expect(client.source.count!({ text: 'x' }, http)).rejects.toThrow('The query is too long');
  });
});

test('queries in its own words', () => {
  expect(queryText({ text: 'a OR b' })).toBe('(a OR b)');
  expect(queryText({ text: 'a', from: '2020-01-01', since: '2024-05-01', licenses: ['CC BY-NC-ND'] })).toBe(
    '(a) AND FIRST_PDATE:[2020-01-01 TO 3000-12-31] AND FIRST_IDATE:[2024-05-01 TO 3000-12-31] AND (LICENSE:"cc by-nc-nd")',
  );
  expect(
    idsText([
      onlyPmcid('PMC1'),
      { pmcid: null, pmid: '2', doi: '10.1/x' },
      { pmcid: null, pmid: null, doi: '10.1/"y"' },
    ]),
  ).toBe('PMCID:PMC1 OR (EXT_ID:2 AND SRC:MED) OR DOI:"10.1/y"');
});

test('describe and identify, many at once, by each kind of id', async () => {
  const some = articles.filter(({ pmid, doi }) => pmid !== null && doi !== null).slice(0, 50);
  const asked = some.map(
    ({ pmcid, pmid, doi }, at) =>
      [onlyPmcid(pmcid), { pmcid: null, pmid, doi: null }, { pmcid: null, pmid: null, doi }][at % 3],
  );
  asked[49] = onlyPmcid('PMC1');
  const records = await client.source.describe!(asked, client.http);
  expect(services.counts.services.europepmc.requests).toBe(1);
  expect(records[49]).toBeNull();
  for (const [at, article] of some.slice(0, 49).entries()) {
    expect(records[at]).toMatchObject({
      ids: { pmcid: article.pmcid, pmid: article.pmid, doi: article.doi },
      license: article.licenseCode === null || article.licenseCode === 'TDM' ? null : article.licenseCode.toLowerCase(),
      manuscript: article.licenseCode === 'TDM',
      published: article.date,
    });
  }
  const many = articles.map(({ pmcid }) => onlyPmcid(pmcid)).slice(0, 120);
  expect((await client.source.identify!(many, client.http)).map((ids) => ids!.pmcid)).toEqual(
    many.map(({ pmcid }) => pmcid),
  );
  expect(await client.source.describe!([{ pmcid: null, pmid: null, doi: null }], client.http)).toEqual([null]);
});

test('full text of what is open', async () => {
  const open = articles.find((article) => article.open)!;
  const closed = articles.find((article) => !article.open)!;
  const text = await client.source.text!({ ids: onlyPmcid(open.pmcid), record: null }, client.http);
  expect(new TextDecoder().decode(text!.bytes)).toContain('<body>');
  expect(await client.source.text!({ ids: onlyPmcid(closed.pmcid), record: null }, client.http)).toBeNull();
});

test('figures come in an archive, without the pictures between words unless asked for', async () => {
  const open = articles.find(({ open, figures }) => open && figures.some(({ state }) => state === 'there'))!;
  const [file] = (await client.source.files!({ ids: onlyPmcid(open.pmcid), record: null }, client.http))!;
  expect(file).toMatchObject({ archive: 'zip', request: { query: { includeInlineImage: 'false' } } });
  expect(new TextDecoder('latin1').decode((await client.http.get(file.request))!.bytes.subarray(0, 2))).toBe('PK');
  const inline = await clientOf(europepmc, services, { inline_images: true });
  expect(
    (await inline.source.files!({ ids: onlyPmcid(open.pmcid), record: null }, inline.http))![0].request.query,
  ).toEqual({ includeInlineImage: 'true' });
  await inline.close();
  expect(
    await client.source.files!({ ids: { pmcid: null, pmid: '1', doi: null }, record: null }, client.http),
  ).toBeNull();
});
