import { createConnection } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jatsDocument } from './jats.js';
import { parseQuery } from './query.js';
import { startServices, type ServiceName, type Services } from './server.js';
import { World, type WorldArticle } from './world.js';

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

describe('the world', () => {
  test('is the same for everyone, whatever the order', () => {
    const other = new World({ articles: 400 });
    expect([399, 0, 17].map((index) => other.at(index))).toEqual([399, 0, 17].map((index) => articles[index]));
    expect(new World({ articles: 400, seed: 'other' }).at(17)).not.toEqual(articles[17]);
  });

  test('finds articles by each of their ids, and no others', () => {
    for (const article of articles) {
      expect(services.world.byPmcid(article.pmcid)).toEqual(article);
      if (article.pmid) expect(services.world.byPmid(article.pmid)).toEqual(article);
      if (article.doi) expect(services.world.byDoi(article.doi)).toEqual(article);
    }
    const known = new Set(articles.map(({ uid }) => uid));
    for (let uid = articles[0].uid - 5; uid < articles[0].uid + 50; uid++) {
      expect(services.world.byPmcid(`PMC${uid}`) !== undefined).toBe(known.has(uid));
    }
  });

  test('spreads arrivals over the days, bursts apart', () => {
    const world = new World({ articles: 1000, from: '2020-01-01', to: '2020-01-10', bursts: { '2020-01-05': 910 } });
    const perDay = Array.from({ length: 10 }, (_, day) =>
      world.between(world.firstDay + day, world.firstDay + day),
    ).map(([low, high]) => high - low);
    expect(perDay).toEqual([9, 9, 9, 9, 919, 9, 9, 9, 9, 9]);
    expect(world.at(500)!.date).toBe('2020-01-05');
    expect([world.at(0)!.date, world.at(999)!.date]).toEqual(['2020-01-01', '2020-01-10']);
  });

  test('can be younger than it will be', async () => {
    const young = await startServices({ world: { articles: 100, from: '2021-01-01', to: '2021-04-10' } });
    try {
      young.world.goTo('2021-01-30');
      expect(young.idsOf('2021[pdat] OR NOT 2021[pdat]')).toHaveLength(30);
      expect([young.world.at(29)?.date, young.world.at(30)]).toEqual(['2021-01-30', undefined]);
      const answer = await fetch(
        `${young.urls['oai-pmh']}/?verb=ListIdentifiers&metadataPrefix=pmc_fm&from=2021-01-28`,
      );
      expect((await answer.text()).match(/<header>/g)).toHaveLength(3);
      await fetch(`${new URL(young.urls.eutils).origin}/control/today?date=2021-12-31`);
      expect(young.world.size).toBe(100);
    } finally {
      await young.close();
    }
  });

  test('has something of everything', () => {
    const some = (test: (article: WorldArticle) => boolean): boolean => articles.some(test);
    expect(some(({ open }) => !open)).toBe(true);
    expect(some(({ licenseCode }) => licenseCode === 'TDM')).toBe(true);
    expect(some(({ licenseCode, open }) => open && licenseCode === null)).toBe(true);
    expect(some(({ versions }) => versions.at(-1)!.version === 10)).toBe(true);
    expect(some(({ versions }) => versions.length === 2 && versions[1].manuscript)).toBe(true);
    expect(some(({ figures }) => figures.some(({ state }) => state === 'absent'))).toBe(true);
    expect(some(({ figures }) => figures.some(({ state }) => state === 'unlisted'))).toBe(true);
    expect(some(({ figures }) => figures.some(({ href, name }) => !name.includes(href)))).toBe(true);
  });
});

test('queries are read in both languages', () => {
  expect(
    parseQuery('case reports[pt] AND (brain tumor OR 2020/01/01:2020/02/01[edat]) NOT "cc0 license"[filter]'),
  ).toEqual({
    kind: 'and',
    parts: [
      { kind: 'word', text: 'case reports', field: 'pt' },
      {
        kind: 'or',
        parts: [
          { kind: 'word', text: 'brain tumor', field: null },
          { kind: 'range', from: '2020/01/01', to: '2020/02/01', field: 'edat' },
        ],
      },
      { kind: 'not', part: { kind: 'word', text: 'cc0 license', field: 'filter' } },
    ],
  });
  expect(parseQuery('(hip fracture) AND OPEN_ACCESS:y AND FIRST_PDATE:[2020-01-01 TO 2020-12-31]')).toEqual({
    kind: 'and',
    parts: [
      { kind: 'word', text: 'hip fracture', field: null },
      { kind: 'word', text: 'y', field: 'open_access' },
      { kind: 'range', from: '2020-01-01', to: '2020-12-31', field: 'first_pdate' },
    ],
  });
});

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

describe('faults', () => {
  const path = (): string => {
    const article = articles.find((each) => whole(each) && each.versions.length === 1)!;
    return `/${article.pmcid}.1/${article.pmcid}.1.xml`;
  };

  test('befall one request in N, the same ones each time', async () => {
    const statuses = async (): Promise<number[]> => {
      services.resetCounts();
      services.setFaults([{ fault: ['500', 'too-many'], oneIn: 10, services: ['idconv'] }]);
      const ids = articles.slice(0, 200).map(({ pmcid }) => pmcid);
      return Promise.all(ids.map(async (id) => (await ask('idconv', `/articles/?ids=${id}`)).status));
    };
    const first = await statuses();
    expect(first.filter((status) => status !== 200).length).toBeGreaterThan(8);
    expect(first.filter((status) => status !== 200).length).toBeLessThan(35);
    expect(new Set(first)).toEqual(new Set([200, 500, 429]));
    expect(await statuses()).toEqual(first);
  });

  test('come in bursts, or on the first attempts only', async () => {
    services.setFaults([{ fault: '500', every: 5, length: 2 }]);
    const statuses: number[] = [];
    for (let at = 0; at < 10; at++) statuses.push((await ask('idconv', '/articles/?ids=PMC1')).status);
    expect(statuses).toEqual([200, 200, 200, 500, 500, 200, 200, 200, 500, 500]);
    services.resetCounts();
    services.setFaults([{ fault: 'too-many', times: 1, retryAfter: 7 }]);
    const refused = await ask('idconv', '/articles/?ids=PMC1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await ask('idconv', '/articles/?ids=PMC1')).status).toBe(200);
  });

  test('of the answer', async () => {
    const spoiled = async (fault: string, service: ServiceName, at: string): Promise<Response> =>
      ask(service, at, { headers: { 'x-fault': fault } });
    const plain = await read('pmc-cloud', path());
    const html = await spoiled('html', 'pmc-cloud', path());
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(await (await spoiled('truncated', 'pmc-cloud', path())).text()).toBe(plain.slice(0, plain.length >> 1));
    const garbled = await (await spoiled('garbled', 'pmc-cloud', path())).text();
    expect([garbled.length, garbled === plain]).toEqual([plain.length, false]);
    expect(await (await spoiled('error', 'eutils', '/esearch.fcgi?db=pmc&term=x')).text()).toContain('<ERROR>');
    expect(await (await spoiled('empty', 'pmc-cloud', path())).text()).toBe('');
    expect(await (await spoiled('front-only', 'pmc-cloud', path())).text()).not.toContain('<body>');
    expect(await (await spoiled('wrong-article', 'pmc-cloud', path())).text()).not.toContain(/PMC\d+/.exec(path())![0]);
    expect(await (await spoiled('xml-bomb', 'pmc-cloud', path())).text()).toContain('<!ENTITY l9');
    const zip = `/${/PMC\d+/.exec(path())![0]}/supplementaryFiles`;
    expect(
      Buffer.from(await (await spoiled('zip-slip', 'europepmc', zip)).arrayBuffer()).includes('../../escaped.jpg'),
    ).toBe(true);
    expect((await (await spoiled('zip-bomb', 'europepmc', zip)).arrayBuffer()).byteLength).toBeLessThan(1 << 20);
    expect(services.counts.twice(/\.xml$/)).toEqual([]);
  });

  test('of the connection', async () => {
    const outcome = async (fault: string): Promise<string> => {
      try {
        const answer = await ask('pmc-cloud', path(), {
          headers: { 'x-fault': fault },
          signal: AbortSignal.timeout(300),
        });
        return `${(await answer.text()).length}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    const length = (await read('pmc-cloud', path())).length;
    expect(await outcome('slow')).toBe(String(length));
    expect(await outcome('stall')).toBe('TimeoutError');
    for (const fault of ['cut', 'reset', 'long-length']) expect(await outcome(fault)).toBe('TypeError');
    expect(services.counts.services['pmc-cloud'].faults).toMatchObject({ slow: 1, cut: 1, reset: 1, 'long-length': 1 });
    const raw = await new Promise<string>((resolve) => {
      const { hostname, port, pathname } = new URL(`${services.urls['pmc-cloud']}${path()}?_fault=short-length`);
      const socket = createConnection(Number(port), hostname);
      let got = '';
      socket.on('data', (chunk) => (got += chunk.toString())).on('close', () => resolve(got));
      socket.write(`GET ${pathname}?_fault=short-length HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
    expect(Number(/Content-Length: (\d+)/.exec(raw)![1])).toBeLessThan(raw.length - raw.indexOf('\r\n\r\n') - 4);
  });
});

describe('counting', () => {
  test('by service, second and address', async () => {
    const id = articles[0].pmcid;
    await Promise.all(
      Array.from({ length: 8 }, () => ask('idconv', `/articles/?ids=${id}&tool=t&email=e@example.org`)),
    );
    await ask('idconv', '/articles/?ids=PMC2');
    expect(services.counts.services.idconv).toMatchObject({ requests: 9, peak: 9, anonymous: 1, statuses: { 200: 9 } });
    expect(services.counts.paths.get(`/idconv/articles/?ids=${id}`)).toMatchObject({ requests: 8, whole: 8 });
    expect(services.counts.twice()).toEqual([`/idconv/articles/?ids=${id}`]);
  });

  test('a service that refuses too many does so only then', async () => {
    const strict = await startServices({ limits: { idconv: 3 }, apart: true });
    try {
      expect(new Set(Object.values(strict.urls).map((url) => new URL(url).port)).size).toBe(6);
      const statuses = await Promise.all(
        Array.from({ length: 5 }, async () => (await fetch(`${strict.urls.idconv}/articles/?ids=PMC1`)).status),
      );
      expect(statuses.sort()).toEqual([200, 200, 200, 429, 429]);
      await new Promise((resolve) => setTimeout(resolve, 1050));
      expect((await fetch(`${strict.urls.idconv}/articles/?ids=PMC1`)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
