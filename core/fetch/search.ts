import { dayAfter, today } from './days.js';
import { foundRow, idOf, type ManifestRow } from './row.js';
import type { Asked, Search, Searches } from './searches.js';
import { UsageError } from '../pipeline/usageError.js';
import type { SourceQuery } from '../plugin/contract.js';
import { faultOf, type Fault, type NamedSource, type Workplace } from './workplace.js';

export interface SearchProgress {
  /** Hits seen so far in this pass, repeated ones too. */
  readonly hits: number;
  readonly total: number | undefined;
  /** Articles that were not in the manifest. */
  readonly added: number;
}
export interface SearchResult extends SearchProgress {
  /** Why it could not be brought to its end; the next pass goes on. */
  readonly fault: Fault | null;
}

/** Services count their days elsewhere, and take some time to let what is new be found. */
const MARGIN_DAYS = 2;

/** The first source that searches. @throws UsageError where none does */
export function searcher(sources: readonly NamedSource[]): NamedSource {
  const first = sources.find(({ source }) => source.search);
  if (!first) throw new UsageError(`none of the sources searches: ${sources.map(({ name }) => name).join(', ')}`);
  return first;
}

/**
 * Brings the ids that a query finds into the manifest. A search that was interrupted goes on after its last bookmark; one
 * that is complete is not made again, unless with `update`, which asks for what came in since it was begun.
 */
export async function search(
  work: Workplace,
  searches: Searches,
  asked: Asked,
  update: boolean,
  onProgress: (progress: SearchProgress) => void,
): Promise<SearchResult> {
  const { name, source } = searcher(work.sources);
  const before = searches.find(asked);
  let [hits, added, total] = [0, 0, undefined as number | undefined];
  if (before?.complete && !update) return { hits, added, total: 0, fault: null };
  const day = today(work.now());
  let now: Search = before && !before.complete ? before : { ...asked, source: name, begun: day, complete: false };
  if (before?.complete) now = { ...now, since: dayAfter(before.begun, -MARGIN_DAYS) };
  // A bookmark of another source says nothing to this one.
  if (now.source !== name) now = { ...now, source: name, bookmark: undefined };
  await searches.keep(now);
  try {
    for await (const page of source.search!(queryOf(now, now.bookmark, now.begun), work.http.of(source))) {
      total = page.total ?? total;
      hits += page.hits.length;
      const rows = newRows(work, page.hits, name);
      added += rows.length;
      work.manifest.append(rows);
      if (page.bookmark !== undefined) {
        // The rows are on the disk before the search is past them.
        work.manifest.sync();
        await searches.keep((now = { ...now, bookmark: page.bookmark }));
      }
      onProgress({ hits, total, added });
      work.signal.throwIfAborted();
    }
    work.manifest.sync();
    await searches.keep({ ...now, bookmark: undefined, complete: true });
    return { hits, added, total, fault: null };
  } catch (error) {
    if (work.signal.aborted) throw error;
    return { hits, added, total, fault: faultOf(error) };
  }
}

/** A query for a source. It has an end wherever it has a beginning: the day on which the search was begun. */
export function queryOf(
  asked: Asked & { readonly since?: string },
  after: string | undefined,
  day: string,
): SourceQuery {
  const to = asked.to ?? (asked.from !== undefined || asked.since !== undefined ? day : undefined);
  return { text: asked.text, from: asked.from, to, since: asked.since, licenses: asked.licenses, after };
}

/** Rows of the ids that the manifest does not have. */
export function newRows(work: Workplace, hits: readonly Parameters<typeof idOf>[0][], by: string): ManifestRow[] {
  const time = work.now().toISOString();
  const rows = new Map<string, ManifestRow>();
  for (const ids of hits) {
    const id = idOf(ids);
    if (!work.manifest.has(id) && !rows.has(id)) rows.set(id, foundRow(ids, by, time));
  }
  return [...rows.values()];
}
