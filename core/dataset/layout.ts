import { createHash } from 'node:crypto';

/** Names of what a dataset's folder holds, beside its tables. */
export const LAYOUT = {
  card: 'README.md',
  dictionary: 'data_dictionary.csv',
  manifest: 'manifest.json',
  taxonomy: 'taxonomy.json',
  statistics: 'statistics.json',
  rejects: 'rejects.jsonl',
  images: 'images',
  /** What `build` keeps for itself: journal and lock. */
  work: '.legenda',
} as const;

/**
 * The folder of an article's images, relative to the dataset, forward slashes: `images/PMC6/PMC67` for `PMC6744365`, by
 * the first digits; `images/other/<id>` for an id that is no PMCID.
 */
export function imageFolder(articleId: string): string {
  const digits = /^PMC(\d+)$/.exec(articleId)?.[1];
  if (digits === undefined) return `${LAYOUT.images}/other/${safeName(articleId)}`;
  return `${LAYOUT.images}/PMC${digits.slice(0, 1)}/PMC${digits.slice(0, 2)}`;
}

/** Longest name of a file or folder that is made from an id. */
const MAX_NAME = 100;

/**
 * An id as a file name that every system takes. Where characters had to be replaced, a short hash of the id is added, so
 * that different ids have different names.
 */
export function safeName(id: string): string {
  const safe = id
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, MAX_NAME);
  if (safe === id) return id;
  return `${safe}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
