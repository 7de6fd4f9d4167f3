import { fetchArticle, refusal } from './article.js';
import { describeBatch, identifyAll, underway, type Underway } from './describe.js';
import type { Traffic } from './http.js';
import { fetchMesh } from './mesh.js';
import type { ManifestRow, Reason } from './row.js';
import { newRows, search, type SearchResult } from './search.js';
import type { Asked, Searches } from './searches.js';
import type { ArticleIds } from '../plugin/contract.js';
import type { Workplace } from './workplace.js';

export interface PassOptions {
  readonly asked: readonly Asked[];
  readonly ids: readonly ArticleIds[];
  readonly update: boolean;
  /** Articles that are worked on at once. */
  readonly jobs: number;
  /** At most so many articles in this pass. */
  readonly limit?: number;
  readonly mesh: boolean;
  readonly onProgress?: (progress: FetchProgress) => void;
}

export type Stage = 'search' | 'articles' | 'mesh';
export interface FetchProgress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number | undefined;
  readonly files: number;
  readonly failed: number;
  readonly skipped: number;
  readonly traffic: Readonly<Traffic>;
}

export interface FetchSummary {
  /** Articles in the manifest, by how far they are. */
  readonly articles: Readonly<Record<ManifestRow['status'], number>>;
  /** Of those that are not done: how many for which reason, as `status reason`. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What this pass did. */
  readonly pass: { readonly found: number; readonly tried: number; readonly files: number };
  readonly mesh: number;
  readonly traffic: Readonly<Traffic>;
  /** What kept a search or the MeSH terms from being complete, one sentence each. */
  readonly faults: readonly string[];
  readonly interrupted: boolean;
}

const CHUNK = 200;
/** The manifest reaches the disk for certain after so many articles, and at the end. */
const SYNC_EVERY = 50;
const LICENSE_REASONS: ReadonlySet<Reason | null> = new Set<Reason | null>([
  'license',
  'license-unknown',
  'manuscript',
]);

/** A pass over a folder: search, articles, MeSH terms. What was done before is not done again; what failed is tried again. */
export async function fetchPass(work: Workplace, searches: Searches, options: PassOptions): Promise<FetchSummary> {
  const { manifest, http } = work;
  const counts = { found: 0, tried: 0, files: 0, failed: 0, skipped: 0 };
  const faults: string[] = [];
  let mesh = 0;
  const report = (stage: Stage, done: number, total: number | undefined): void =>
    options.onProgress?.({
      stage,
      done,
      total,
      files: counts.files,
      failed: counts.failed,
      skipped: counts.skipped,
      traffic: http.traffic,
    });

  try {
    const listed = newRows(work, options.ids, 'list');
    manifest.append(listed);
    counts.found += listed.length;
    for (const asked of options.asked) {
      const before = counts.found;
      const result: SearchResult = await search(work, searches, asked, options.update, ({ hits, total, added }) => {
        counts.found = before + added;
        report('search', hits, total);
      });
      counts.found = before + result.added;
      if (result.fault) faults.push(`the search is not complete: ${result.fault.detail}`);
    }
    const pending = pendingIds(work).slice(0, options.limit);
    report('articles', 0, pending.length);
    await inParallel(underwayChunks(work, pending), options.jobs, async (article) => {
      work.signal.throwIfAborted();
      const rows = (await fetchArticle(work, article)).map((row) => withAsked(work, row));
      manifest.append(rows);
      const row = rows[rows.length - 1];
      counts.tried++;
      counts.files += row.files.length - article.row.files.length;
      if (row.status === 'failed') counts.failed++;
      if (row.status === 'skipped') counts.skipped++;
      if (counts.tried % SYNC_EVERY === 0) manifest.sync();
      report('articles', counts.tried, pending.length);
    });
    manifest.sync();
    if (options.mesh) {
      const result = await fetchMesh(work, (done, total) => report('mesh', done, total));
      mesh = result.articles;
      if (result.fault) faults.push(`the MeSH terms are not complete: ${result.fault.detail}`);
    }
  } catch (error) {
    if (!work.signal.aborted) throw error;
  }
  manifest.tidy(!work.signal.aborted);
  return summary(work, counts, mesh, faults);
}

/** Ids of what is to be done: found and not fetched, failed, and left out by a licence filter that was another one. */
export function pendingIds(work: Pick<Workplace, 'manifest' | 'filter'>): string[] {
  const { manifest } = work;
  const ids = [...manifest.ids(({ pending }) => pending)];
  for (const id of [...manifest.ids(({ status, reason }) => status === 'skipped' && LICENSE_REASONS.has(reason))]) {
    const row = manifest.get(id);
    if (row && refusal(work, row) === null) ids.push(id);
  }
  return ids;
}

/** Articles to be fetched, identified and described by the batch where sources can; the next batch is prepared meanwhile. */
async function* underwayChunks(work: Workplace, ids: readonly string[]): AsyncGenerator<Underway> {
  const prepare = async (at: number): Promise<readonly Underway[]> => {
    const rows = ids.slice(at, at + CHUNK).flatMap((id) => work.manifest.get(id) ?? []);
    // What an earlier search of this pass left behind may have become another article since.
    const going = await identifyAll(work, rows.map(underway));
    await describeBatch(
      work,
      going.filter(({ row }) => row.status !== 'incomplete'),
    );
    return going;
  };
  let next = prepare(0);
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = await next;
    next = at + CHUNK < ids.length ? prepare(at + CHUNK) : Promise.resolve([]);
    // Whoever waits for it hears of its failure; until then it must not be one that nobody handles.
    next.catch(() => undefined);
    yield* chunk;
  }
}

/** Another id may have turned out to be this article's while it was fetched: what it was asked by is not forgotten. */
function withAsked({ manifest }: Workplace, row: ManifestRow): ManifestRow {
  const asked = manifest.get(row.id)?.asked;
  return asked === undefined || row.became !== undefined
    ? row
    : { ...row, asked: [...new Set([...asked, ...(row.asked ?? [])])] };
}

/** Runs `work` over what `items` yields, `jobs` at once. The first failure ends it, after those that are under way. */
async function inParallel<T>(items: AsyncGenerator<T>, jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (!failure) {
      try {
        const { done, value } = await items.next();
        if (done) return;
        await work(value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  await items.return(undefined);
  if (failure) throw failure.error;
}

function summary(
  { manifest, http, signal }: Workplace,
  counts: { readonly found: number; readonly tried: number; readonly files: number },
  mesh: number,
  faults: readonly string[],
): FetchSummary {
  const { status, reasons } = manifest.tally();
  const of = (one: ManifestRow['status']): number => status.get(one) ?? 0;
  return {
    articles: {
      found: of('found'),
      done: of('done'),
      incomplete: of('incomplete'),
      skipped: of('skipped'),
      failed: of('failed'),
    },
    reasons: Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1))),
    pass: { found: counts.found, tried: counts.tried, files: counts.files },
    mesh,
    traffic: { ...http.traffic },
    faults,
    interrupted: signal.aborted,
  };
}
