/** Forms that a dataset can be handed out in. */
export const EXPORT_FORMATS = [
  'huggingface',
  'webdataset',
  'coco',
  'croissant',
  'zenodo',
  'jsonl',
  'csv',
  'multicare',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  /** Whether pictures go along. Default true. */
  readonly pictures?: boolean;
  /** Bytes after which a shard is full. */
  readonly shardBytes?: number;
  /** Samples after which a shard is full. */
  readonly shardRows?: number;
  /** Address under which the files will lie (Croissant); relative to the metadata where it is not given. */
  readonly baseUrl?: string;
}

/** Bytes of a shard where nothing else is asked for: what the hub and loaders are used to. */
export const SHARD_BYTES = 500_000_000;
/** Samples of a shard where nothing else is asked for. */
export const SHARD_ROWS = 10_000;

/** A file that an export wrote. */
export interface ExportedFile {
  /** Relative to the export, forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ExportSummary {
  readonly to: string;
  readonly files: number;
  readonly bytes: number;
  /** What was written, by name: rows of tables, pictures, shards. */
  readonly counts: Readonly<Record<string, number>>;
  /** What the reader of the summary should know; sentences. */
  readonly notes: readonly string[];
}
