import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answering, clientOf, onlyPmcid, type Client } from '../../test/services/client.js';
import { startServices, type Services } from '../../test/services/server.js';
import type { WorldArticle } from '../../test/services/world.js';
import oaiPmh from './index.js';

let services: Services;
let client: Client;
let articles: readonly WorldArticle[];
beforeAll(async () => {
  services = await startServices();
  client = await clientOf(oaiPmh, services);
  articles = Array.from({ length: 300 }, (_, index) => services.world.at(index)!);
});
afterAll(async () => {
  await client.close();
  await services.close();
});
beforeEach(() => {
  services.setFaults([]);
  services.resetCounts();
});

const foundBy = async (query: { text: string; since?: string }): Promise<string[]> => {
  const found: string[] = [];
  for await (const { hits } of client.source.search!(query, client.http))
    found.push(...hits.map(({ pmcid }) => pmcid!));
  return found;
};

describe('search', () => {
  test('harvests a set to its end', async () => {
    expect(await foundBy({ text: 'pmc-open' })).toEqual(articles.filter(({ open }) => open).map(({ pmcid }) => pmcid));
    expect(await foundBy({ text: '*', since: '2022-06-01' })).toEqual(
      articles.filter(({ date }) => date >= '2022-06-01').map(({ pmcid }) => pmcid),
    );
  });

  test('finds nothing where there is nothing, and bears faults on the way', async () => {
    expect(await foundBy({ text: '*', since: '2031-01-01' })).toEqual([]);
    services.setFaults([{ fault: ['500', 'cut', 'html', 'empty', 'truncated'], oneIn: 3 }]);
    expect(await foundBy({ text: 'pmc-open' })).toHaveLength(articles.filter(({ open }) => open).length);
  });

  test('refuses words', async () => {
    await expect(foundBy({ text: 'brain tumor' })).rejects.toThrow(/no name of one/);
  });

  test('leaves out what was deleted', async () => {
    const http = answering(
      () =>
        '<OAI-PMH><ListIdentifiers><header status="deleted"><identifier>oai:pubmedcentral.nih.gov:1</identifier></header><header><identifier>oai:pubmedcentral.nih.gov:2</identifier></header><resumptionToken/></ListIdentifiers></OAI-PMH>',
    );
    const pages = [];
    for await (const page of client.source.search!({ text: '*' }, http)) pages.push(page);
    expect(pages).toEqual([{ hits: [onlyPmcid('PMC2')] }]);
  });
});

test('describe reads the front matter, of closed articles too', async () => {
  const one = articles.find(({ open, licenseCode, pmid }) => open && licenseCode === 'CC BY-NC' && pmid !== null)!;
  const closed = articles.find(({ open }) => !open)!;
  const [first, second, third] = await client.source.describe!(
    [onlyPmcid(one.pmcid), onlyPmcid(closed.pmcid), onlyPmcid('PMC1')],
    client.http,
  );
  expect(first).toMatchObject({
    ids: { pmcid: one.pmcid, pmid: one.pmid, doi: one.doi },
    license: 'https://creativecommons.org/licenses/by-nc/4.0/',
    published: one.date,
    manuscript: false,
  });
  expect(second).toMatchObject({ ids: { pmcid: closed.pmcid }, license: null });
  expect(third).toBeNull();
});

test('describe reads licences by address, by licence_ref, by link and by words', async () => {
  const licenseOf = async (permissions: string): Promise<string | null | undefined> => {
    const http = answering(
      () =>
        `<OAI-PMH xmlns:xlink="x" xmlns:ali="y"><GetRecord><record><metadata><article><front><article-meta><permissions>${permissions}</permissions></article-meta></front></article></metadata></record></GetRecord></OAI-PMH>`,
    );
    return (await client.source.describe!([onlyPmcid('PMC9')], http))[0]?.license;
  };
  expect(await licenseOf('<license xlink:href="https://a/by/4.0"/>')).toBe('https://a/by/4.0');
  expect(
    await licenseOf('<license><ali:license_ref>https://b/by</ali:license_ref><license-p>words</license-p></license>'),
  ).toBe('https://b/by');
  expect(
    await licenseOf(
      '<license><license-p>As in <ext-link xlink:href="https://c/by">that</ext-link></license-p></license>',
    ),
  ).toBe('https://c/by');
  expect(await licenseOf('<license><license-p>In words only.</license-p></license>')).toBe('In words only.');
  expect(await licenseOf('<copyright-statement>Ours.</copyright-statement>')).toBeNull();
});

describe('text', () => {
  const textOf = (pmcid: string, http = client.http) =>
    client.source.text!({ ids: onlyPmcid(pmcid), record: null }, http);

  test('is the whole answer, an article in its envelope', async () => {
    const one = articles.find(({ open }) => open)!;
    const text = await textOf(one.pmcid);
    expect(text!.format).toBe('jats');
    expect(new TextDecoder().decode(text!.bytes)).toContain(
      '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"',
    );
  });

  test('is null where it may not be given, does not exist or has no body', async () => {
    expect(await textOf(articles.find(({ open }) => !open)!.pmcid)).toBeNull();
    expect(await textOf('PMC1')).toBeNull();
    expect(services.counts.services['oai-pmh'].requests).toBe(2);
    expect(
      await client.source.text!(
        { ids: onlyPmcid('PMC1'), record: null },
        answering(
          () =>
            '<OAI-PMH><GetRecord><record><metadata><article><front/></article></metadata></record></GetRecord></OAI-PMH>',
        ),
      ),
    ).toBeNull();
  });

  test('other errors with the status of success are errors', async () => {
    const http = answering(
      () => '<OAI-PMH><error code="badArgument">The request includes illegal arguments</error></OAI-PMH>',
    );
    await expect(client.source.text!({ ids: onlyPmcid('PMC1'), record: null }, http)).rejects.toThrow(
      'illegal arguments (badArgument)',
    );
    const one = articles.find(({ open }) => open)!;
    services.setFaults([{ fault: 'xml-bomb' }]);
    await expect(textOf(one.pmcid)).rejects.toMatchObject({ name: 'SourceError' });
  });
});
