import type { PubmedRecord } from '../pubmed.js';
import type { ArticleHead, BuildReject, FigureQuery } from './journalEntry.js';
import type { FigureFile } from './figureFiles.js';

/** An article file to be worked on; a large one is shared by several workers, each of which takes every `of`th article. */
export interface FileTask {
  /** The path to be opened. */
  readonly path: string;
  /** What rows call it. */
  readonly file: string;
  readonly sha256: string;
  readonly share: number;
  readonly of: number;
  /** Articles, by their place from 0, that a worker has hung on or died of. */
  readonly refused?: ReadonlyMap<number, Refusal>;
}
export type Refusal = Pick<BuildReject, 'stage' | 'error'>;

/** What a worker asks before it works on an article that it has read. */
export interface Question extends Pick<ArticleHead, 'nth' | 'article_id' | 'pmcid' | 'pmid' | 'doi' | 'license'> {
  readonly path: string;
  readonly file: string;
  readonly sha256: string;
  readonly figures: readonly FigureQuery[];
}
export type Answer =
  /** It is in the journal already. */
  | { readonly kind: 'known' }
  /** Its licence is not wanted. */
  | { readonly kind: 'excluded' }
  /** The build is to end: neither this nor what follows in the file is wanted now. */
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'go';
      readonly pubmed: PubmedRecord | null;
      readonly pubmedHash: string | null;
      readonly files: readonly (FigureFile | null)[];
    };

/** Who knows the whole build: workers know one article at a time. */
export interface Desk {
  ask(question: Question): Answer | Promise<Answer>;
  /** Takes an article that is done; `rows` is JSON of `ArticleRows`, empty for one that is excluded. */
  take(head: ArticleHead, rows: string): void | Promise<void>;
}

export interface FileOutcome {
  /** Articles that the file has, as far as it was read. */
  readonly articles: number;
  /** It was told to stop before the end. */
  readonly stopped?: true;
  readonly rejects: readonly BuildReject[];
  readonly seconds: StageSeconds;
}
/** Seconds spent in each stage, added up over workers. */
export interface StageSeconds {
  readonly read: number;
  readonly segment: number;
  readonly label: number;
  readonly split: number;
  readonly write: number;
}
export type Stage = keyof StageSeconds;
export const NO_SECONDS: StageSeconds = { read: 0, segment: 0, label: 0, split: 0, write: 0 };

/** Works on files, here or in workers. */
export interface Crew {
  readonly width: number;
  run(task: FileTask, desk: Desk): Promise<FileOutcome>;
  close(): Promise<void>;
}
