import { join } from 'node:path';
import type { Source } from '../plugin/contract.js';
import { PluginError } from '../plugin/pluginError.js';
import { SourceError } from '../plugin/sourceError.js';
import type { ContentCache } from './cache.js';
import type { PoliteHttp } from './http.js';
import type { LicenseFilter, Reuse } from './licenses.js';
import type { Manifest } from './manifest.js';
import type { Reason } from './row.js';
import type { SourceRecord } from '../plugin/contract.js';

/** A mounted source and the name of its plugin. */
export interface NamedSource {
  readonly name: string;
  readonly source: Source;
}

/** Which pictures of an article are fetched: those of its figures, every one that its sources have, or none. */
export type Pictures = 'figures' | 'all' | 'none';

/** What the steps of a pass work with. */
export interface Workplace {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly cache: ContentCache;
  readonly http: PoliteHttp;
  /** In the order in which they are asked. */
  readonly sources: readonly NamedSource[];
  readonly filter: LicenseFilter;
  readonly reuse: (record: Pick<SourceRecord, 'license' | 'manuscript'>) => Reuse;
  readonly pictures: Pictures;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** Names inside a folder of articles. */
export const PLACES = {
  manifest: (folder: string): string => join(folder, 'manifest.jsonl'),
  /** PubMed XML of the articles, one set after another. Its ending keeps it out of the article files of the folder. */
  mesh: (folder: string): string => join(folder, 'pubmed.mesh'),
  own: (folder: string): string => join(folder, '.legenda'),
  lock: (folder: string): string => join(folder, '.legenda', 'lock'),
  searches: (folder: string): string => join(folder, '.legenda', 'searches.json'),
  meshLog: (folder: string): string => join(folder, '.legenda', 'mesh.jsonl'),
  cache: (folder: string): string => join(folder, '.legenda', 'cache'),
  article: (folder: string, pmcid: string): string => join(folder, pmcid),
} as const;

export interface Fault {
  readonly reason: Reason;
  readonly detail: string;
}

/**
 * What a source's failure means for an article. Anything that is no failure of a source or a plugin — the disk above
 * all — ends the pass, and so does the user.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof SourceError && error.fault !== 'stopped') return { reason: error.fault, detail: error.message };
  if (error instanceof PluginError) return { reason: 'plugin', detail: error.message };
  throw error;
}
