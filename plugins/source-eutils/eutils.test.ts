import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HttpRequest, SourceQuery } from '../../core/plugin/index.js';
import { answering, clientOf, onlyPmcid, type Client } from '../../test/services/client.js';
import { startServices, type Services } from '../../test/services/server.js';
import type { WorldArticle } from '../../test/services/world.js';
import eutils from './index.js';

let services: Services;
let client: Client;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices({ world: { articles: 500 } });
  client = await clientOf(eutils, services, { db: 'pmc' });
  articles = Array.from({ length: 500 }, (_, index) => services.world.at(index)!);
});
afterAll(async () => {
  await client.close();
  await services.close();
});
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

interface Outcome {
  readonly ids: readonly string[];
  readonly total: number | undefined;
  readonly bookmarks: readonly string[];
}
async function searched(query: SourceQuery, { source, http }: Client = client): Promise<Outcome> {
  const ids: string[] = [];
  const bookmarks: string[] = [];
  let total: number | undefined;
  for await (const page of source.search!(query, http)) {
    ids.push(...page.hits.map(({ pmcid, pmid }) => pmcid ?? pmid!));
    total ??= page.total;
    if (page.bookmark !== undefined) bookmarks.push(page.bookmark);
  }
  return { ids, total, bookmarks };
}
const sorted = (ids: readonly string[]): string[] => [...ids].sort();
const wanted = (test: (article: WorldArticle) => boolean): string[] =>
  sorted(articles.filter(test).map(({ pmcid }) => pmcid));

describe('search', () => {
  test('finds by words, publication, licence and what is new', async () => {
    const { ids, total } = await searched({
      text: 'case reports[pt] AND brain tumor',
      from: '2020-07-01',
      to: '2021-12-31',
      licenses: ['CC BY', 'CC0'],
    });
    const fitting = wanted(
      ({ subject, caseReport, date, licenseCode }) =>
        subject === 'brain tumor' &&
        caseReport &&
        date >= '2020-07-01' &&
        date <= '2021-12-31' &&
        ['CC BY', 'CC0'].includes(licenseCode ?? ''),
    );
    expect(sorted(ids)).toEqual(fitting);
    expect(total).toBe(fitting.length);
    expect(await client.source.count!({ text: 'brain tumor' }, client.http)).toBe(
      wanted(({ subject }) => subject === 'brain tumor').length,
    );
    expect(sorted((await searched({ text: 'brain tumor', since: '2022-09-01' })).ids)).toEqual(
      wanted(({ subject, date }) => subject === 'brain tumor' && date >= '2022-09-01'),
    );
    expect((await searched({ text: 'nothing like it' })).ids).toEqual([]);
  });

  test('is one request where all fits into one answer, and tells who asks', async () => {
    await searched({ text: 'brain tumor' });
    expect(services.counts.services.eutils).toMatchObject({ requests: 1, anonymous: 0 });
  });

  test('brackets what the user wrote', async () => {
    const { ids } = await searched({ text: 'brain tumor OR hip fracture', licenses: ['CC0'] });
    expect(sorted(ids)).toEqual(
      wanted(({ subject, licenseCode }) => ['brain tumor', 'hip fracture'].includes(subject) && licenseCode === 'CC0'),
    );
  });

  test('goes on in the history, and without it where the server has forgotten', async () => {
    const paged = await clientOf(eutils, services, { db: 'pmc', page_size: 30 });
    const fitting = wanted(({ subject }) => subject === 'brain tumor');
    expect(sorted((await searched({ text: 'brain tumor' }, paged)).ids)).toEqual(fitting);
    expect([...services.counts.paths.keys()].filter((address) => address.includes('uilist')).length).toBe(
      Math.ceil(fitting.length / 30) - 1,
    );
    services.setFaults([{ fault: 'error', match: 'uilist' }]);
    expect(sorted([...new Set((await searched({ text: 'brain tumor' }, paged)).ids)])).toEqual(fitting);
    await paged.close();
  });

  test.each(['pmc', 'pubmed'])('of %s parts what is too much by days, and loses nothing', async (db) => {
    const parted = await clientOf(eutils, services, { db, page_size: 20, window_size: 40 });
    const all = db === 'pmc' ? wanted(() => true) : sorted(articles.flatMap(({ pmid }) => pmid ?? []));
    const { ids, total, bookmarks } = await searched({ text: '2019:2023[pdat]' }, parted);
    expect(sorted(ids)).toEqual(all);
    expect(total).toBe(all.length);
    expect(bookmarks).toEqual(sorted(bookmarks));
    expect(bookmarks.length).toBeGreaterThan(5);
    await parted.close();
  });

  test('goes on after a bookmark, and tells the whole count', async () => {
    const parted = await clientOf(eutils, services, { db: 'pmc', page_size: 20, window_size: 40 });
    const query = { text: '2019:2023[pdat]' };
    const before: string[] = [];
    let bookmark: string | undefined;
    for await (const page of parted.source.search!(query, parted.http)) {
      before.push(...page.hits.map(({ pmcid }) => pmcid!));
      bookmark = page.bookmark ?? bookmark;
      if (before.length > 200 && page.bookmark !== undefined) break;
    }
    const rest = await searched({ ...query, after: bookmark }, parted);
    expect(rest.total).toBe(500);
    expect(rest.ids.length).toBeLessThan(300);
    expect(sorted([...before, ...rest.ids])).toEqual(wanted(() => true));
    await parted.close();
  });

  test('bears one failure in five', async () => {
    const parted = await clientOf(eutils, services, { db: 'pmc', page_size: 20, window_size: 40 });
    services.setFaults([
      { fault: ['500', 'too-many', 'error', 'html', 'cut', 'empty', 'truncated'], oneIn: 5, retryAfter: 0 },
    ]);
    const { ids } = await searched({ text: '2019:2023[pdat]' }, parted);
    expect(sorted([...new Set(ids)])).toEqual(wanted(() => true));
    expect(services.counts.services.eutils.statuses['500']).toBeGreaterThan(0);
    await parted.close();
  });

  test('does not trust dates that lose articles', async () => {
    // A database that knows no entry dates: every part by days is empty, and only numbers are left to go by.
    const uids = Array.from({ length: 30 }, (_, at) => 7 + 31 * at);
    const http = answering(({ form }) => {
      const term = String(form!.term);
      const [, low, high] = /(\d+):(\d+)\[uid\]/.exec(term)?.map(Number) ?? [0, 0, Infinity];
      const found =
        /\[edat\]/.test(term) && !/1700\/01\/01:2199/.test(term) ? [] : uids.filter((uid) => uid >= low && uid <= high);
      const ids = found.slice(0, Number(form!.retmax));
      return `<eSearchResult><Count>${found.length}</Count><IdList>${ids.map((id) => `<Id>${id}</Id>`).join('')}</IdList></eSearchResult>`;
    });
    const parted = await clientOf(eutils, services, { db: 'pmc', page_size: 8, window_size: 8 });
    const { ids } = await searched({ text: 'x' }, { ...parted, http: http as Client['http'] });
    expect(sorted(ids)).toEqual(uids.map((uid) => `PMC${uid}`).sort());
    await parted.close();
  });

  test('of PubMed asks for what PMC has, and by default of PubMed', async () => {
    const pubmed = await clientOf(eutils, services);
    const pmids = (test: (article: WorldArticle) => boolean): string[] =>
      sorted(articles.filter(test).flatMap(({ pmid }) => pmid ?? []));
    const text = 'case reports[pt] AND brain tumor';
    const fits = ({ subject, caseReport }: WorldArticle): boolean => subject === 'brain tumor' && caseReport;
    const open = await searched({ text, licenses: ['CC BY'] }, pubmed);
    expect(sorted(open.ids)).toEqual(pmids((article) => fits(article) && article.open));
    expect(sorted((await searched({ text }, pubmed)).ids)).toEqual(pmids(fits));
    const asked: HttpRequest[] = [];
    await pubmed.source.count!(
      { text: 'x', licenses: ['CC0'] },
      answering(() => '<eSearchResult><Count>1</Count></eSearchResult>', asked),
    );
    expect(asked[0].form).toMatchObject({ db: 'pubmed', term: '(x) AND "pubmed pmc open access"[filter]' });
    await pubmed.close();
  });

  test('refuses a field that the database does not have', async () => {
    const http = answering(
      () =>
        '<eSearchResult><Count>9</Count><IdList/><ErrorList><FieldNotFound>pt</FieldNotFound></ErrorList></eSearchResult>',
    );
    await expect(client.source.count!({ text: 'x[pt]' }, http)).rejects.toMatchObject({
      fault: 'refused',
      message: 'the database pmc has no search field [pt]',
    });
  });

  test('says so where parts cannot be had', async () => {
    const http = answering(
      ({ form }) =>
        `<eSearchResult><Count>${/uid/.test(String(form!.term)) ? 0 : 20000}</Count><IdList/></eSearchResult>`,
    );
    await expect(searched({ text: 'x' }, { ...client, http: http as Client['http'] })).rejects.toThrow(
      /cannot be had in parts/,
    );
  });
});

test('12,000 articles of one day and 13,000 others come whole from PubMed and PMC', async () => {
  const large = await startServices({ world: { articles: 25_000, plain: true, bursts: { '2021-01-01': 12_000 } } });
  try {
    for (const db of ['pubmed', 'pmc']) {
      const whole = await clientOf(eutils, large, { db });
      const { ids, total } = await searched({ text: 'case reports[pt]', from: '2020-01-01', to: '2022-12-31' }, whole);
      expect([total, ids.length, new Set(ids).size]).toEqual([25_000, 25_000, 25_000]);
      expect(large.counts.services.eutils.requests).toBeLessThan(60);
      large.resetCounts();
      await whole.close();
    }
  } finally {
    await large.close();
  }
}, 120_000);

describe('describe', () => {
  test('tells ids and dates by summaries and licences by filters', async () => {
    const open = articles.filter(({ open }) => open).slice(0, 60);
    const records = await client.source.describe!(
      [...open.map(({ pmcid }) => onlyPmcid(pmcid)), onlyPmcid('PMC3'), { pmcid: null, pmid: '5', doi: null }],
      client.http,
    );
    const known = ['CC BY', 'CC0', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC BY-SA'];
    expect(records.slice(0, 60)).toEqual(
      open.map(
        (article) =>
          expect.objectContaining({
            ids: { pmcid: article.pmcid, pmid: article.pmid, doi: article.doi },
            license: known.includes(article.licenseCode ?? '') ? article.licenseCode : null,
            published: article.date,
          }) as unknown,
      ),
    );
    expect(records.slice(60)).toEqual([null, null]);
    expect(services.counts.services.eutils.requests).toBe(7);
    services.resetCounts();
    const none = articles.find(({ open, licenseCode }) => open && licenseCode === null)!;
    expect((await client.source.describe!([onlyPmcid(none.pmcid)], client.http))[0]).toMatchObject({ license: null });
    expect(services.counts.services.eutils.requests).toBe(2);
  });
});

describe('identify', () => {
  test('completes ids of all kinds, many at once', async () => {
    const some = articles.filter(({ pmid, doi }) => pmid !== null && doi !== null).slice(0, 300);
    const asked = some.map(
      ({ pmcid, pmid, doi }, at) =>
        [onlyPmcid(pmcid), { pmcid: null, pmid, doi: null }, { pmcid: null, pmid: null, doi: doi!.toUpperCase() }][
          at % 3
        ],
    );
    const found = await client.source.identify!([...asked, { pmcid: null, pmid: '1', doi: null }], client.http);
    expect(found).toEqual([...some.map(({ pmcid, pmid, doi }) => ({ pmcid, pmid, doi })), null]);
    expect(services.counts.services.idconv).toMatchObject({ requests: 3, anonymous: 0 });
  });

  test('keeps addresses short', async () => {
    const asked = Array.from({ length: 200 }, (_, at) => ({
      pmcid: null,
      pmid: null,
      doi: `10.5555/${'long.name.'.repeat(10)}${at}`,
    }));
    const seen: number[] = [];
    const http = answering(({ query }) => {
      seen.push(new URLSearchParams({ ids: String(query!.ids) }).toString().length);
      return '{"status":"ok","records":[]}';
    });
    expect(await client.source.identify!(asked, http)).toEqual(asked.map(() => null));
    expect(Math.max(...seen)).toBeLessThan(4100);
  });

  test('takes numbers written as strings, answers in another order, and records without what was asked', async () => {
    const http = answering(
      () =>
        '{"records":[{"pmcid":"PMC2","pmid":"22","doi":"10.1/B"},{"pmcid":"PMC1","pmid":11,"requested-id":"11"},{"pmid":"33","status":"error"}]}',
    );
    const ask = (pmid: string) => ({ pmcid: null, pmid, doi: null });
    expect(await client.source.identify!([ask('11'), ask('22'), ask('33')], http)).toEqual([
      { pmcid: 'PMC1', pmid: '11', doi: null },
      { pmcid: 'PMC2', pmid: '22', doi: null },
      null,
    ]);
    await expect(
      client.source.identify!(
        [ask('11')],
        answering(() => '{"status":"error"}'),
      ),
    ).rejects.toMatchObject({ fault: 'service-error' });
  });
});

describe('text', () => {
  test('is there for what is open, and absent where only metadata come', async () => {
    const open = articles.find((article) => article.open)!;
    const closed = articles.find((article) => !article.open)!;
    const text = await client.source.text!({ ids: onlyPmcid(open.pmcid), record: null }, client.http);
    expect(new TextDecoder().decode(text!.bytes)).toContain(
      `<article-id pub-id-type="pmcid">${open.pmcid}</article-id>`,
    );
    services.resetCounts();
    expect(await client.source.text!({ ids: onlyPmcid(closed.pmcid), record: null }, client.http)).toBeNull();
    expect(await client.source.text!({ ids: onlyPmcid('PMC3'), record: null }, client.http)).toBeNull();
    expect(services.counts.services.eutils.requests).toBe(2);
  });

  test('that speaks of errors is no error', async () => {
    const body =
      '<pmc-articleset><article><body><p>&lt;ERROR&gt; <ERROR>x</ERROR></p></body></article></pmc-articleset>';
    expect(
      await client.source.text!(
        { ids: onlyPmcid('PMC3'), record: null },
        answering(() => body),
      ),
    ).not.toBeNull();
    await expect(
      client.source.text!(
        { ids: onlyPmcid('PMC3'), record: null },
        answering(
          () => '<?xml version="1.0"?>\n<eFetchResult>\n\t<ERROR>Cannot retrieve\nhistory data</ERROR></eFetchResult>',
        ),
      ),
    ).rejects.toThrow('Cannot retrieve history data');
  });
});

test('PubMed XML comes for many at once', async () => {
  const some = articles.flatMap(({ pmid }) => pmid ?? []).slice(0, 200);
  const xml = new TextDecoder().decode(await client.source.pubmed!(some, client.http));
  expect(xml.match(/<PubmedArticle>/g)).toHaveLength(200);
  expect(xml).toContain('<DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName>');
});
