import type { ArticleIds } from '../plugin/contract.js';
import type { SourceFault } from '../plugin/sourceError.js';
import type { Reuse } from './licenses.js';

/**
 * How far an article is. `found`: an id and nothing else yet. `done`: text and all figures. `incomplete`: the text is
 * there, a figure is not. `skipped`: it is not wanted or not there, and that is known. `failed`: it could not be had.
 */
export type Status = 'found' | 'done' | 'incomplete' | 'skipped' | 'failed';

/** Why an article is skipped, or has failed. */
export type Reason =
  | SourceFault
  /** Its licence is not among those asked for. */
  | 'license'
  /** No source says under which licence it is. */
  | 'license-unknown'
  /** An author's manuscript, for mining only. */
  | 'manuscript'
  /** It has no PMCID, so that no source can give its text. */
  | 'not-in-pmc'
  /** No source knows it. */
  | 'unknown-article'
  /** Every source says that it has no text of it. */
  | 'no-full-text'
  | 'figure-missing'
  /** A plugin failed on it. */
  | 'plugin'
  /** `--verify` found a file changed or gone. */
  | 'damaged';

export interface FetchedFile {
  readonly name: string;
  readonly kind: 'text' | 'figure';
  readonly sha256: string;
  readonly bytes: number;
  /** Name of the source, and the address without keys. */
  readonly source: string;
  readonly url: string;
}

export interface MissingFigure {
  /** As the article names it. */
  readonly name: string;
  readonly reason: Reason;
  readonly detail: string;
}

/** A line of the manifest: all that is known of an article. The last line of an id stands. */
export interface ManifestRow extends ArticleIds {
  /** The PMCID, or while it is not known `pmid:…` or `doi:…`. */
  readonly id: string;
  /** The ids by which it was asked for, where the id is not among them. */
  readonly asked?: readonly string[];
  /** The id under which this article goes on; such a line is dropped when the manifest is tidied. */
  readonly became?: string;
  readonly status: Status;
  readonly reason: Reason | null;
  /** One sentence. */
  readonly detail: string | null;
  readonly title: string | null;
  readonly license: Reuse;
  /** In the words of the source that stated it. */
  readonly license_stated: string | null;
  readonly retracted: boolean;
  /** Who gave what: names of sources. */
  readonly sources: { readonly found: string; readonly metadata?: string; readonly text?: string };
  readonly files: readonly FetchedFile[];
  readonly missing: readonly MissingFigure[];
  /** How many passes have tried it. */
  readonly attempts: number;
  /** When this line was written, ISO 8601. */
  readonly time: string;
}

/** The id of an article that may have no PMCID yet. */
export const idOf = ({ pmcid, pmid, doi }: ArticleIds): string =>
  pmcid ?? (pmid !== null ? `pmid:${pmid}` : `doi:${doi!.toLowerCase()}`);

export function foundRow(ids: ArticleIds, by: string, time: string): ManifestRow {
  return {
    id: idOf(ids),
    ...{ pmcid: ids.pmcid, pmid: ids.pmid, doi: ids.doi },
    status: 'found',
    reason: null,
    detail: null,
    title: null,
    license: null,
    license_stated: null,
    retracted: false,
    sources: { found: by },
    files: [],
    missing: [],
    attempts: 0,
    time,
  };
}

const TRANSIENT: ReadonlySet<Reason> = new Set<Reason>(['absent', 'figure-missing']);

/** Whether a pass has something to do for an article: what failed is tried again, what is known not to be there is not. */
export function isPending({ status, missing }: Pick<ManifestRow, 'status' | 'missing'>): boolean {
  if (status === 'incomplete') return missing.some(({ reason }) => !TRANSIENT.has(reason));
  return status === 'found' || status === 'failed';
}
