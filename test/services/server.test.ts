import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jatsDocument } from './jats.js';
import { startServices, type ServiceName, type Services } from './server.js';
import type { WorldArticle } from './world.js';

let services: Services;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices({ world: { articles: 400 } });
  articles = Array.from({ length: 400 }, (_, index) => services.world.at(index)!);
});
afterAll(() => services.close());
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

const ask = (service: ServiceName, path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${services.urls[service]}${path}`, init);
const read = async (service: ServiceName, path: string): Promise<string> => (await ask(service, path)).text();
const idsIn = (xml: string): string[] => [...xml.matchAll(/<Id>(\d+)<\/Id>/g)].map(([, id]) => id);
const whole = (article: WorldArticle): boolean =>
  article.open && article.figures.some(({ state }) => state === 'there');

describe('E-utilities', () => {
  const term = (text: string): string => `term=${encodeURIComponent(text)}`;

  test('search what fits, newest first, by words, tags, dates and numbers', async () => {
    const wanted = articles.filter(
      ({ subject, caseReport, licenseCode }) => subject === 'brain tumor' && caseReport && licenseCode === 'CC BY',
    );
    const answer = await read(
      'eutils',
      `/esearch.fcgi?db=pmc&retmax=1000&${term('case reports[pt] AND brain tumor AND "cc by license"[filter]')}`,
    );
    expect(idsIn(answer)).toEqual(wanted.map(({ uid }) => String(uid)).reverse());
    expect(answer).toContain(`<Count>${wanted.length}</Count><RetMax>${wanted.length}</RetMax>`);
    const year = articles.filter(({ date }) => date.startsWith('2021'));
    const dated = await read(
      'eutils',
      `/esearch.fcgi?db=pmc&retmax=0&${term('open access[filter] OR NOT open access[filter]')}&datetype=edat&mindate=2021/01/01&maxdate=2021`,
    );
    expect(dated).toContain(`<Count>${year.length}</Count>`);
    const [low, high] = [articles[10].uid, articles[20].uid];
    expect(idsIn(await read('eutils', `/esearch.fcgi?db=pmc&${term(`${low}:${high}[UID]`)}`))).toHaveLength(11);
    expect(await read('eutils', `/esearch.fcgi?db=pmc&${term('2020:2022[crdt]')}`)).toContain('<Count>0</Count>');
  });

  test('go on in the history', async () => {
    const found = await read('eutils', `/esearch.fcgi?db=pmc&usehistory=y&retmax=0&${term('hip fracture')}`);
    const webenv = /<WebEnv>(\w+)</.exec(found)![1];
    const summary = await read(
      'eutils',
      `/esummary.fcgi?db=pmc&query_key=1&WebEnv=${webenv}&retstart=2&retmax=3&retmode=json`,
    );
    const wanted = articles.filter(({ subject }) => subject === 'hip fracture').reverse();
    expect((JSON.parse(summary) as { result: { uids: string[] } }).result.uids).toEqual(
      wanted.slice(2, 5).map(({ uid }) => String(uid)),
    );
    expect(await read('eutils', '/esummary.fcgi?db=pmc')).toContain(
      '<ERROR>Neither query_key nor id specified</ERROR>',
    );
  });

  test('reach 9,999 of PubMed, all of PMC', async () => {
    const large = await startServices({ world: { articles: 12_000, plain: true } });
    try {
      const at = async (db: string, start: number): Promise<string> =>
        (
          await fetch(
            `${large.urls.eutils}/esearch.fcgi?db=${db}&retstart=${start}&retmax=100000&${term('2020:2022[pdat]')}`,
          )
        ).text();
      expect(idsIn(await at('pubmed', 0))).toHaveLength(9999);
      expect(idsIn(await at('pubmed', 9998))).toHaveLength(1);
      expect(await at('pubmed', 9999)).toMatch(/<ERROR>[^]*'retstart' cannot be larger than 9998/);
      expect(idsIn(await at('pmc', 0))).toHaveLength(10_000);
      expect(idsIn(await at('pmc', 10_000))).toHaveLength(2000);
    } finally {
      await large.close();
    }
  });

  test('fetch PubMed XML with headings, by GET and by POST', async () => {
    const article = articles.find(({ pmid, caseReport }) => pmid && caseReport)!;
    const answer = await ask('eutils', '/efetch.fcgi', {
      method: 'POST',
      body: new URLSearchParams({ db: 'pubmed', id: article.pmid!, retmode: 'xml' }),
    });
    const xml = await answer.text();
    expect(xml).toContain(`<PMID Version="1">${article.pmid}</PMID>`);
    expect(xml).toContain('<DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName>');
    expect(xml).toContain(`<ArticleId IdType="pmc">${article.pmcid}</ArticleId>`);
  });

  test('give only metadata of what is not open, and say nothing', async () => {
    const closed = articles.find(({ open }) => !open)!;
    const open = articles.find((article) => article.open)!;
    const answer = await read('eutils', `/efetch.fcgi?db=pmc&id=${closed.uid},${open.uid}`);
    expect(answer.match(/<body>/g)).toHaveLength(1);
    expect(answer.match(/<article /g)).toHaveLength(2);
  });
});

describe('the bucket', () => {
  test('lists versions, metadata, text and figures', async () => {
    const article = articles.find((each) => whole(each) && each.versions.length > 1)!;
    const listed = await read('pmc-cloud', `/?list-type=2&prefix=${article.pmcid}.&delimiter=/`);
    expect([...listed.matchAll(/<CommonPrefixes><Prefix>(.*?)<\/Prefix>/g)].map(([, prefix]) => prefix).sort()).toEqual(
      article.versions.map(({ version }) => `${article.pmcid}.${version}/`).sort(),
    );
    const { version, licenseCode, manuscript } = article.versions.at(-1)!;
    const metadata = (await (await ask('pmc-cloud', `/metadata/${article.pmcid}.${version}.json`)).json()) as Record<
      string,
      unknown
    >;
    expect(metadata).toMatchObject({
      pmcid: article.pmcid,
      version,
      license_code: licenseCode,
      is_manuscript: manuscript,
    });
    const media = article.figures.filter(({ state }) => state !== 'unlisted');
    expect(metadata.media_urls).toHaveLength(media.length);
    const there = article.figures.find(({ state }) => state === 'there')!;
    const picture = await ask('pmc-cloud', `/${article.pmcid}.${version}/${there.name}`);
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect([bytes[0], bytes[1], bytes.at(-2), bytes.at(-1)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    const again = await ask('pmc-cloud', `/${article.pmcid}.${version}/${there.name}`, {
      headers: { 'if-none-match': picture.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
    expect(await read('pmc-cloud', `/${article.pmcid}.${version}/${article.pmcid}.${version}.xml`)).toBe(
      jatsDocument(article, { version: article.versions.at(-1) }),
    );
  });

  test('has nothing of what is not open, and says so with 200 in a list and 404 for an object', async () => {
    const closed = articles.find(({ open }) => !open)!;
    expect(await read('pmc-cloud', `/?list-type=2&prefix=${closed.pmcid}.&delimiter=/`)).toContain(
      `<Prefix>${closed.pmcid}.</Prefix><KeyCount>0</KeyCount>`,
    );
    expect((await ask('pmc-cloud', `/metadata/${closed.pmcid}.1.json`)).status).toBe(404);
    const absent = articles.find(({ open, figures }) => open && figures.some(({ state }) => state === 'absent'))!;
    const { name } = absent.figures.find(({ state }) => state === 'absent')!;
    expect((await ask('pmc-cloud', `/${absent.pmcid}.${absent.versions[0].version}/${name}`)).status).toBe(404);
  });

  test('goes on where a list is cut', async () => {
    const article = articles.find(whole)!;
    const first = await read('pmc-cloud', `/?list-type=2&prefix=${article.pmcid}.&max-keys=2`);
    expect(first).toContain('<IsTruncated>true</IsTruncated>');
    const token = /<NextContinuationToken>(.*?)</.exec(first)![1];
    const rest = await read('pmc-cloud', `/?list-type=2&prefix=${article.pmcid}.&continuation-token=${token}`);
    expect(rest).toContain('<IsTruncated>false</IsTruncated>');
    expect(rest).not.toContain(/<Key>(.*?)</.exec(first)![1]);
  });
});

describe('OAI-PMH', () => {
  test('lists ten records a page until the end', async () => {
    const wanted = articles.filter(({ date, open }) => date >= '2020-03-01' && date <= '2020-06-30' && open);
    const got: string[] = [];
    let query = 'verb=ListRecords&metadataPrefix=pmc_fm&set=pmc-open&from=2020-03-01&until=2020-06-30';
    for (;;) {
      const page = await read('oai-pmh', `/?${query}`);
      const ids = [...page.matchAll(/<identifier>oai:pubmedcentral\.nih\.gov:(\d+)</g)].map(([, id]) => id);
      expect(ids.length).toBeLessThanOrEqual(10);
      got.push(...ids);
      const token = /<resumptionToken>(.+?)</.exec(page)?.[1];
      if (!token) break;
      query = `verb=ListRecords&resumptionToken=${token}`;
    }
    expect(got).toEqual(wanted.map(({ uid }) => String(uid)));
    expect(got.length).toBeGreaterThan(20);
  });

  test('tells errors with 200', async () => {
    const codeOf = async (query: string): Promise<string | undefined> =>
      /<error code="(\w+)"/.exec(await read('oai-pmh', `/?${query}`))?.[1];
    const closed = articles.find(({ open }) => !open)!;
    expect(await codeOf('verb=GetRecord&metadataPrefix=pmc&identifier=oai:pubmedcentral.nih.gov:1')).toBe(
      'idDoesNotExist',
    );
    expect(await codeOf(`verb=GetRecord&metadataPrefix=pmc&identifier=oai:pubmedcentral.nih.gov:${closed.uid}`)).toBe(
      'cannotDisseminateFormat',
    );
    expect(await codeOf('verb=ListRecords&metadataPrefix=pmc&from=2031-01-01')).toBe('noRecordsMatch');
    expect(await codeOf('verb=ListRecords&resumptionToken=?')).toBe('badResumptionToken');
    expect(await codeOf('verb=Sing')).toBe('badVerb');
    const open = articles.find((article) => article.open)!;
    expect(
      await read('oai-pmh', `/?verb=GetRecord&metadataPrefix=pmc&identifier=oai:pubmedcentral.nih.gov:${open.uid}`),
    ).toContain('<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"');
  });
});

test('BioC answers a list, and a sentence where it has nothing', async () => {
  const open = articles.find(whole)!;
  const [collection] = (await (await ask('bioc', `/BioC_json/${open.pmcid}/unicode`)).json()) as {
    documents: { passages: { offset: number; text: string }[] }[];
  }[];
  const { passages } = collection.documents[0];
  expect(passages[1].offset).toBe(passages[0].text.length + 1);
  expect(await read('bioc', `/BioC_xml/${open.pmcid}/unicode`)).toContain('<infon key="section_type">CASE</infon>');
  const closed = articles.find((article) => !article.open)!;
  const none = await ask('bioc', `/BioC_json/${closed.pmcid}/unicode`);
  expect([none.status, (await none.text()).slice(0, 7)]).toEqual([200, '[Error]']);
});

describe('Europe PMC', () => {
  interface Page {
    readonly hitCount: number;
    readonly nextCursorMark?: string;
    readonly resultList: { readonly result: readonly { readonly pmcid: string; readonly license?: string }[] };
  }
  test('searches with a cursor to the end', async () => {
    const wanted = articles.filter(
      ({ subject, open, licenseCode }) => subject === 'lung nodule' && open && licenseCode === 'CC BY',
    );
    const got: string[] = [];
    for (let cursor: string | undefined = '*'; cursor;) {
      const query = encodeURIComponent(
        'lung nodule AND OPEN_ACCESS:y AND LICENSE:"cc by" AND FIRST_PDATE:[2020-01-01 TO 2022-12-31]',
      );
      const page = (await (
        await ask('europepmc', `/search?query=${query}&format=json&resultType=core&pageSize=7&cursorMark=${cursor}`)
      ).json()) as Page;
      expect(page.hitCount).toBe(wanted.length);
      for (const { license } of page.resultList.result) expect(license).toBe('cc by');
      got.push(...page.resultList.result.map(({ pmcid }) => pmcid));
      cursor = page.nextCursorMark;
    }
    expect(got).toEqual(wanted.map(({ pmcid }) => pmcid).reverse());
  });

  test('has text and figures of what is open', async () => {
    const open = articles.find(whole)!;
    const closed = articles.find((article) => !article.open)!;
    expect(await read('europepmc', `/${open.pmcid}/fullTextXML`)).toContain('<body>');
    expect((await ask('europepmc', `/${closed.pmcid}/fullTextXML`)).status).toBe(404);
    const zip = Buffer.from(await (await ask('europepmc', `/${open.pmcid}/supplementaryFiles`)).arrayBuffer());
    expect(zip.subarray(0, 2).toString()).toBe('PK');
    expect(zip.includes(open.figures.find(({ state }) => state === 'there')!.name)).toBe(true);
    expect((await ask('europepmc', `/${closed.pmcid}/supplementaryFiles`)).status).toBe(404);
  });
});

test('the converter knows ids of each kind', async () => {
  const article = articles.find(({ pmid, doi }) => pmid && doi)!;
  const answer = (await (
    await ask('idconv', `/articles/?ids=${article.doi},${article.doi}9999,${article.doi}&format=json`)
  ).json()) as { records: Record<string, unknown>[] };
  expect(answer.records[0]).toMatchObject({
    pmcid: article.pmcid,
    pmid: Number(article.pmid),
    'requested-id': article.doi,
  });
  expect(answer.records[1]).toMatchObject({ status: 'error' });
});
