import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answering, clientOf, onlyPmcid, type Client } from '../../test/services/client.js';
import { jatsDocument } from '../../test/services/jats.js';
import { startServices, type Services } from '../../test/services/server.js';
import type { WorldArticle } from '../../test/services/world.js';
import pmcCloud from './index.js';
import { objectOf } from './metadata.js';
import { versionsOf } from './versions.js';

let services: Services;
let client: Client;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices({ world: { articles: 600 } });
  client = await clientOf(pmcCloud, services);
  articles = Array.from({ length: 600 }, (_, index) => services.world.at(index)!);
});
afterAll(async () => {
  await client.close();
  await services.close();
});
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

const recordOf = async (
  article: WorldArticle,
): Promise<Awaited<ReturnType<NonNullable<Client['source']['describe']>>>[number]> =>
  (await client.source.describe!([onlyPmcid(article.pmcid)], client.http))[0];
const first = (test: (article: WorldArticle) => boolean): WorldArticle =>
  articles.find((article) => article.open && test(article))!;

describe('describe', () => {
  test('tells ids, licence, title and date, in two requests', async () => {
    const article = first(({ versions, pmid, doi }) => versions.length === 1 && pmid !== null && doi !== null);
    expect(await recordOf(article)).toMatchObject({
      ids: { pmcid: article.pmcid, pmid: article.pmid, doi: article.doi },
      license: article.licenseCode,
      published: article.date.slice(0, 4),
      manuscript: article.licenseCode === 'TDM',
      retracted: article.retracted,
      version: '1',
    });
    expect(services.counts.services['pmc-cloud'].requests).toBe(2);
  });

  test('bears what is null or missing', async () => {
    expect((await recordOf(first(({ doi }) => doi === null)))!.ids.doi).toBeNull();
    expect((await recordOf(first(({ pmid }) => pmid === null)))!.ids.pmid).toBeNull();
    expect((await recordOf(first(({ licenseCode }) => licenseCode === null)))!.license).toBeNull();
  });

  test('takes the published version: the tenth before the second, and not the manuscript though it came later', async () => {
    const ten = first(({ versions, licenseCode }) => versions.at(-1)!.version === 10 && licenseCode !== 'TDM');
    expect(await recordOf(ten)).toMatchObject({ version: '10', manuscript: false, license: ten.licenseCode });
    const later = first(
      ({ versions, licenseCode }) => versions.length === 2 && versions[1].manuscript && licenseCode !== 'TDM',
    );
    expect(await recordOf(later)).toMatchObject({ version: '1', manuscript: false, license: later.licenseCode });
    const highest = await clientOf(pmcCloud, services, { version: 'highest' });
    const [record] = await highest.source.describe!([onlyPmcid(later.pmcid)], highest.http);
    expect(record).toMatchObject({ version: '2', manuscript: true, license: 'TDM' });
    await highest.close();
  });

  test('says of a manuscript that it is one', async () => {
    const only = first(({ licenseCode, versions }) => licenseCode === 'TDM' && versions.length === 1);
    expect(await recordOf(only)).toMatchObject({ manuscript: true, license: 'TDM' });
  });

  test('knows nothing of what is not open, and of ids without a PMCID', async () => {
    const closed = articles.find(({ open }) => !open)!;
    expect(
      await client.source.describe!([onlyPmcid(closed.pmcid), { pmcid: null, pmid: '1', doi: null }], client.http),
    ).toEqual([null, null]);
  });
});

describe('text', () => {
  const textOf = async (article: WorldArticle): Promise<string | null> => {
    const text = await client.source.text!({ ids: onlyPmcid(article.pmcid), record: null }, client.http);
    return text && new TextDecoder().decode(text.bytes);
  };

  test('is that of the bucket, by the record or without one', async () => {
    const article = first(({ versions }) => versions.length === 1);
    const wanted = jatsDocument(article, { version: article.versions[0] });
    expect(await textOf(article)).toBe(wanted);
    const record = await recordOf(article);
    services.resetCounts();
    const text = await client.source.text!(
      { ids: record!.ids, record: { ...record!, memo: JSON.parse(JSON.stringify(record!.memo)) as unknown } },
      client.http,
    );
    expect([text!.format, new TextDecoder().decode(text!.bytes)]).toEqual(['jats', wanted]);
    expect(services.counts.services['pmc-cloud'].requests).toBe(1);
  });

  test('is asked for again where it is damaged, cut, or a page for readers', async () => {
    const article = first(({ versions }) => versions.length === 1);
    const wanted = jatsDocument(article, { version: article.versions[0] });
    for (const fault of [
      'garbled',
      'truncated',
      'cut',
      'long-length',
      'short-length',
      'html',
      'empty',
      '500',
      'wrong-article',
    ] as const) {
      services.setFaults([{ fault, times: 1, match: '\\.xml$' }]);
      services.resetCounts();
      expect(await textOf(article), fault).toBe(wanted);
      expect(services.counts.services['pmc-cloud'].faults, fault).toEqual({ [fault]: 1 });
    }
    services.setFaults([{ fault: 'wrong-article', match: '\\.xml$' }]);
    await expect(textOf(article)).rejects.toMatchObject({ fault: 'checksum' });
  });

  test('is null where the bucket has none', async () => {
    expect(await textOf(articles.find(({ open }) => !open)!)).toBeNull();
    const http = answering(({ path }) =>
      path === '/'
        ? '<r:ListBucketResult xmlns:r="x"><r:Prefix>PMC5.</r:Prefix><r:CommonPrefixes><r:Prefix>PMC5.1/</r:Prefix></r:CommonPrefixes></r:ListBucketResult>'
        : '{"pmcid":"PMC5","version":1}',
    );
    expect(await client.source.text!({ ids: onlyPmcid('PMC5'), record: null }, http)).toBeNull();
  });
});

test('files are all media, with their checksums, and come', async () => {
  const article = first(
    ({ figures, versions }) =>
      versions.length === 1 && figures.length > 1 && figures.every(({ state }) => state === 'there'),
  );
  const files = await client.source.files!(
    { ids: onlyPmcid(article.pmcid), record: await recordOf(article) },
    client.http,
  );
  expect(files).toEqual(
    article.figures.map(({ name }) => ({
      name,
      md5: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      request: { service: 'pmc-cloud', path: `/${article.pmcid}.1/${name}`, expect: 'bytes', cache: 'forever' },
    })),
  );
  const [file] = files!;
  const answer = await client.http.get(file.request);
  expect([...answer!.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
});

describe('lists', () => {
  test('go on where they are cut, and do not take the prefix of the question for a version', async () => {
    const page = (versions: readonly number[], rest: string): string =>
      `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Prefix>PMC7.</Prefix>${rest}${versions.map((version) => `<CommonPrefixes><Prefix>PMC7.${version}/</Prefix></CommonPrefixes>`).join('')}</ListBucketResult>`;
    const http = answering(({ query }) =>
      query?.['continuation-token'] === 'next'
        ? page([2], '<IsTruncated>false</IsTruncated>')
        : page([1, 10], '<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>'),
    );
    expect(await versionsOf('PMC7', http)).toEqual([10, 2, 1]);
    expect(
      await versionsOf(
        'PMC7',
        answering(() => page([], '<KeyCount>0</KeyCount>')),
      ),
    ).toEqual([]);
  });

  test('that are none are an error', async () => {
    await expect(
      versionsOf(
        'PMC7',
        answering(() => '<Error><Code>SlowDown</Code></Error>'),
      ),
    ).rejects.toMatchObject({ fault: 'service-error' });
    await expect(
      versionsOf(
        'PMC7',
        answering(() => '<ListBucketResult><Prefix>'),
      ),
    ).rejects.toMatchObject({ fault: 'not-well-formed' });
  });
});

test('addresses of objects', () => {
  const md5 = '5a105e8b9d40e1329780d62ea2265d8a';
  expect(objectOf(`s3://b/PMC1.1/a b#1.jpg?md5=${md5.toUpperCase()}`)).toEqual({
    path: '/PMC1.1/a%20b%231.jpg',
    name: 'a b#1.jpg',
    md5,
  });
  expect(objectOf('s3://b/PMC1.1/media/gr1.tif')).toEqual({ path: '/PMC1.1/media/gr1.tif', name: 'gr1.tif' });
  for (const none of [null, undefined, '...', 'https://elsewhere/x', 's3://b/']) expect(objectOf(none)).toBeNull();
});
