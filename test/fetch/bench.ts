import { mkdirSync } from 'node:fs';
import { setMaxListeners } from 'node:events';
import { ContentCache } from '../../core/fetch/cache.js';
import { PoliteHttp, type HttpOptions } from '../../core/fetch/http.js';
import { licenseFilter, type Reuse } from '../../core/fetch/licenses.js';
import { Manifest } from '../../core/fetch/manifest.js';
import { fetchPass, type FetchSummary, type PassOptions } from '../../core/fetch/pass.js';
import { Searches } from '../../core/fetch/searches.js';
import { PLACES, type NamedSource, type Pictures, type Workplace } from '../../core/fetch/workplace.js';
import type { ManifestRow } from '../../core/fetch/row.js';
import { guard } from '../../core/plugin/guard.js';
import type { Source } from '../../core/plugin/index.js';
import { FAST } from './local.js';

export interface PassSetup extends Partial<PassOptions> {
  readonly license?: readonly string[];
  readonly pictures?: Pictures;
  readonly http?: Partial<HttpOptions>;
  readonly signal?: AbortSignal;
}
export interface PassResult {
  readonly summary: FetchSummary;
  readonly rows: readonly ManifestRow[];
}

/** Says what a source states, where it is one of ours. The reading of licences by the dictionary has its own tests. */
const reuse: Workplace['reuse'] = ({ license, manuscript }) => (license ?? (manuscript ? 'TDM' : null)) as Reuse;

/** One pass over a folder, opened and closed as the command does it. */
export async function pass(
  folder: string,
  sources: Readonly<Record<string, Source>>,
  setup: PassSetup = {},
): Promise<PassResult> {
  mkdirSync(PLACES.own(folder), { recursive: true });
  const signal = setup.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  const cache = await ContentCache.open(PLACES.cache(folder));
  const manifest = Manifest.open(PLACES.manifest(folder));
  const http = new PoliteHttp({ ...FAST, signal, ...setup.http }, cache);
  const work: Workplace = {
    ...{ folder, manifest, cache, http, signal, reuse },
    sources: Object.entries(sources).map(([name, source]): NamedSource => ({
      name,
      source: guard(name, 'source', source),
    })),
    filter: licenseFilter(setup.license ?? []),
    pictures: setup.pictures ?? 'figures',
    now: () => new Date(),
  };
  const searches = Searches.open(PLACES.searches(folder));
  try {
    const summary = await fetchPass(work, searches, {
      asked: [],
      ids: [],
      update: false,
      jobs: 4,
      mesh: false,
      ...setup,
    });
    const rows = [...manifest.ids(() => true)].map((id) => manifest.get(id)!);
    return { summary, rows };
  } finally {
    manifest.close();
    await http.close();
  }
}

export const jats = (pmcid: string, figures: readonly string[] = [], words = 'A man fell.'): string =>
  `<article><front><article-meta><article-id pub-id-type="pmc">${pmcid}</article-id></article-meta></front>` +
  `<body><sec><p>${words}</p>${figures.map((name) => `<fig><graphic xlink:href="${name}"/></fig>`).join('')}</sec></body></article>`;
