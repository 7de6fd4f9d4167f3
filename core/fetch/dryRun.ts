import { existsSync } from 'node:fs';
import type { ArticleIds } from '../plugin/contract.js';
import { PoliteHttp } from './http.js';
import { Manifest } from './manifest.js';
import { namedSources, type FetchSetup } from './open.js';
import { pendingIds } from './pass.js';
import { idOf } from './row.js';
import { queryOf, searcher } from './search.js';
import { Searches, type Asked } from './searches.js';
import { servicesAtWork } from './services.js';
import { dayAfter, today } from './days.js';
import { PLACES, type NamedSource } from './workplace.js';

export interface DryRun {
  readonly searches: readonly (Asked & { readonly hits: number; readonly source: string; readonly since?: string })[];
  /** Ids that were given, and how many of them are in the manifest. */
  readonly ids: number;
  readonly known_ids: number;
  /** What is in the manifest: all articles, and those that a pass would try. */
  readonly articles: number;
  readonly pending: number;
  /** The most that a pass would ask for, and how long that takes at the limit of the service that gives most. */
  readonly requests: number;
  readonly seconds: number;
}

/** Requests for an article that is fetched: its versions, metadata, text and four figures. */
const REQUESTS_PER_ARTICLE = 7;

/** Counts what a pass would do. Nothing is written, and only searches are asked for. */
export async function dryRun(
  folder: string,
  setup: FetchSetup,
  what: { readonly asked: readonly Asked[]; readonly ids: readonly ArticleIds[]; readonly update: boolean },
): Promise<DryRun> {
  const sources = namedSources(setup);
  const http = new PoliteHttp({ ...setup.settings, signal: setup.signal }, null);
  const manifest = Manifest.open(PLACES.manifest(folder), 'read');
  try {
    const earlier = existsSync(PLACES.searches(folder)) ? Searches.open(PLACES.searches(folder)) : null;
    const searches = [];
    for (const asked of what.asked) {
      const before = earlier?.find(asked);
      const since = what.update && before?.complete ? dayAfter(before.begun, -2) : undefined;
      const named = searcher(sources);
      searches.push({ ...asked, since, source: named.name, hits: await count(named, { ...asked, since }, http) });
    }
    const known = what.ids.filter((ids) => manifest.has(idOf(ids))).length;
    const pending = pendingIds({ manifest, filter: setup.filter }).length;
    const fresh = searches.reduce((sum, { hits }) => sum + hits, 0) + what.ids.length - known;
    const requests = (pending + fresh) * REQUESTS_PER_ARTICLE;
    const seconds = Math.ceil(requests / slowest(sources, setup));
    return {
      searches,
      ids: what.ids.length,
      known_ids: known,
      articles: manifest.articles,
      pending,
      requests,
      seconds,
    };
  } finally {
    manifest.close();
    await http.close();
  }
}

async function count(
  { source }: NamedSource,
  asked: Asked & { readonly since?: string },
  http: PoliteHttp,
): Promise<number> {
  const query = queryOf(asked, undefined, today(new Date()));
  if (source.count) return source.count(query, http.of(source));
  let hits = 0;
  for await (const page of source.search!(query, http.of(source))) {
    if (page.total !== undefined) return page.total;
    hits += page.hits.length;
  }
  return hits;
}

/** Requests a second at the service of the first source that gives texts. */
function slowest(sources: readonly NamedSource[], { settings }: FetchSetup): number {
  const first = sources.find(({ source }) => source.text) ?? sources[0];
  const services = servicesAtWork(first.source.services, settings.overrides, settings.identity.apiKey !== undefined);
  return Math.min(...[...services.values()].map(({ perSecond }) => perSecond));
}
