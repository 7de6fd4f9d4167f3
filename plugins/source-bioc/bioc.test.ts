import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOf, onlyPmcid, type Client } from '../../test/services/client.js';
import { startServices, type Services } from '../../test/services/server.js';
import type { WorldArticle } from '../../test/services/world.js';
import bioc from './index.js';

let services: Services;
let json: Client;
let xml: Client;
let open: WorldArticle;
let closed: WorldArticle;
beforeAll(async () => {
  services = await startServices();
  [json, xml] = [await clientOf(bioc, services), await clientOf(bioc, services, { format: 'xml' })];
  const articles = Array.from({ length: 300 }, (_, index) => services.world.at(index)!);
  open = articles.find((article) => article.open && article.pmid !== null)!;
  closed = articles.find((article) => !article.open)!;
});
afterAll(async () => {
  await Promise.all([json.close(), xml.close()]);
  await services.close();
});
beforeEach(() => services.setFaults([]));

const textOf = (client: Client, ids: Parameters<NonNullable<Client['source']['text']>>[0]['ids']) =>
  client.source.text!({ ids, record: null }, client.http);

test('gives articles in either form, by PMCID or PMID', async () => {
  const asJson = await textOf(json, onlyPmcid(open.pmcid));
  const [collection] = JSON.parse(new TextDecoder().decode(asJson!.bytes)) as { documents: { id: string }[] }[];
  expect([asJson!.format, collection.documents[0].id]).toEqual(['bioc-json', open.pmcid]);
  const asXml = await textOf(xml, { pmcid: null, pmid: open.pmid, doi: null });
  expect([asXml!.format, new TextDecoder().decode(asXml!.bytes).includes(`<id>${open.uid}</id>`)]).toEqual([
    'bioc-xml',
    true,
  ]);
});

test('has nothing where the service says so in a sentence, at the first attempt', async () => {
  services.resetCounts();
  expect(await textOf(json, onlyPmcid(closed.pmcid))).toBeNull();
  expect(await textOf(xml, onlyPmcid(closed.pmcid))).toBeNull();
  expect(services.counts.services.bioc.requests).toBe(2);
  expect(await textOf(json, { pmcid: null, pmid: null, doi: '10.5555/x' })).toBeNull();
});

test('fails where the service fails for days, and not for a moment', async () => {
  services.setFaults([{ fault: '500' }]);
  await expect(textOf(json, onlyPmcid(open.pmcid))).rejects.toMatchObject({ fault: 'server-error' });
  services.resetCounts();
  services.setFaults([{ fault: ['500', 'html', 'truncated', 'cut'], times: 1 }]);
  expect(await textOf(json, onlyPmcid(open.pmcid))).not.toBeNull();
});
