import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SLOTS } from '../../core/config.js';
import { SourceError, type ArticleIds, type Plugin } from '../../core/plugin/index.js';
import bioc from '../../plugins/source-bioc/index.js';
import europepmc from '../../plugins/source-europepmc/index.js';
import eutils from '../../plugins/source-eutils/index.js';
import oaiPmh from '../../plugins/source-oai-pmh/index.js';
import pmcCloud from '../../plugins/source-pmc-cloud/index.js';
import { clientOf, type Client } from './client.js';
import { ANSWER_FAULTS, CONNECTION_FAULTS, type Fault } from './faults.js';
import { SERVICES, startServices, type Services } from './server.js';

const NAMES = DEFAULT_SLOTS.source.map(({ plugin }) => plugin);
const PLUGINS: Readonly<Record<string, Plugin<'source'>>> = {
  'pmc-cloud': pmcCloud as Plugin<'source'>,
  eutils: eutils as Plugin<'source'>,
  'oai-pmh': oaiPmh as Plugin<'source'>,
  bioc: bioc as Plugin<'source'>,
  europepmc: europepmc as Plugin<'source'>,
};

let services: Services;
let known: ArticleIds;
const NOTHING: ArticleIds = { pmcid: null, pmid: null, doi: null };
const UNKNOWN: ArticleIds = { pmcid: 'PMC1', pmid: '1', doi: '10.5555/none' };
beforeAll(async () => {
  services = await startServices({ world: { articles: 60, plain: true } });
  const { pmcid, pmid, doi } = services.world.at(7)!;
  known = { pmcid, pmid, doi };
});
afterAll(() => services.close());

type Question = 'search' | 'count' | 'identify' | 'describe' | 'text' | 'files' | 'pubmed';

/** Asks one of the things that a source can be asked, if it can. */
async function question({ source, http }: Client, ids: ArticleIds, what: Question): Promise<void> {
  const article = { ids, record: null };
  const text = source.services[0].name === 'oai-pmh' ? '*' : 'case reports[pt]';
  if (what === 'search') {
    let hits = 0;
    for await (const page of source.search?.({ text }, http) ?? []) hits += page.hits.length;
    if (source.search) expect(hits).toBe(60);
  } else if (what === 'text' || what === 'files') await source[what]?.(article, http);
  else if (what === 'count') await source.count?.({ text }, http);
  else if (what === 'pubmed') await source.pubmed?.([ids.pmid!], http);
  else await source[what]?.([ids], http);
}

test('the sources of the default order are there, and speak to the services that the server has', async () => {
  const names = (
    await Promise.all(NAMES.map(async (name) => (await clientOf(PLUGINS[name], services)).source.services))
  )
    .flat()
    .map(({ name }) => name);
  expect([...names].sort()).toEqual([...SERVICES].sort());
});

describe.each(NAMES)('%s', (name) => {
  test('sets up with each example of its options', async () => {
    const plugin = PLUGINS[name];
    expect(plugin.name).toBe(name);
    for (const example of plugin.optionsExamples ?? []) await clientOf(plugin, services, example as object);
    await expect(clientOf(plugin, services, { no_such_option: 1 })).rejects.toThrow('no_such_option');
  });

  test('has nothing of what is not there and of what has no name', async () => {
    const client = await clientOf(PLUGINS[name], services);
    for (const ids of [UNKNOWN, NOTHING]) {
      const { source, http } = client;
      expect((await source.describe?.([ids], http)) ?? [null]).toEqual([null]);
      expect((await source.identify?.([ids], http)) ?? [null]).toEqual([null]);
      expect((await source.text?.({ ids, record: null }, http)) ?? null).toBeNull();
    }
    await client.close();
  });

  test('whatever goes wrong, it says so by a SourceError, or answers', async () => {
    const kinds: readonly Question[] = ['search', 'count', 'identify', 'describe', 'text', 'files', 'pubmed'];
    const faults: readonly Fault[] = [...ANSWER_FAULTS, ...CONNECTION_FAULTS].filter(
      (fault) => fault !== 'slow' && fault !== 'stall',
    );
    const outcome = async (what: Question): Promise<unknown> => {
      // A client of its own: one that failed too often asks no more.
      const client = await clientOf(PLUGINS[name], services, {}, undefined, 1);
      try {
        await question(client, known, what);
        return null;
      } catch (error) {
        return error;
      } finally {
        await client.close();
      }
    };
    for (const fault of faults) {
      services.setFaults([{ fault, retryAfter: 0 }]);
      for (const what of kinds) {
        const error = await outcome(what);
        if (error !== null) expect(error, `${what} after ${fault}`).toBeInstanceOf(SourceError);
      }
    }
    services.setFaults([]);
    for (const what of kinds) expect(await outcome(what), what).toBeNull();
  });
});
