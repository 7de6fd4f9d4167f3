import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { License } from '../../article/types.js';
import type { PubmedIndex, PubmedRecord } from '../pubmed.js';
import type { ArticleFile } from './articleFiles.js';
import type { FigureFiles, FigureOwner } from './figureFiles.js';
import type { Journal, KnownArticle } from './journal.js';
import type { ArticleHead, FigureSource } from './journalEntry.js';

/** Licences that are wanted; `unknown` for articles that tell none. */
export type WantedLicenses = ReadonlySet<License | 'unknown'> | null;

export const isWanted = (wanted: WantedLicenses, license: License | null): boolean =>
  wanted === null || wanted.has(license ?? 'unknown');

/** What decides whether something that was done before still stands. */
export interface Standing {
  readonly journal: Journal;
  readonly figures: FigureFiles;
  readonly pubmed: PubmedIndex | null;
  readonly wanted: WantedLicenses;
}

/**
 * Whether an article of the journal can be taken as it is: the same article, the same record of PubMed, the same figure files.
 * @param path where the article's file is now
 */
export function stands(standing: Standing, known: KnownArticle, path: string): boolean {
  const { journal, figures, wanted } = standing;
  const head = journal.head(known);
  if (!isWanted(wanted, head.license)) return true;
  if (head.excluded || head.pubmed !== pubmedHash(standing.pubmed?.find(head) ?? null)) return false;
  const owner: FigureOwner = { ...head, file: path };
  return head.figures.every((source) => isSame(source, figures, owner));
}

function isSame(source: FigureSource, figures: FigureFiles, owner: FigureOwner): boolean {
  const { used, ambiguous, lost } = source;
  if (lost) return false;
  const found = figures.find(owner, source);
  if (found === null || used === null) return found === null && used === null;
  if (basename(found.path) !== basename(used.path) || ambiguous !== found.rivals.length > 0) return false;
  const stat = statSync(found.path, { throwIfNoEntry: false });
  if (stat?.size !== used.size) return false;
  if (found.path === used.path && stat.mtimeMs === used.mtime) return true;
  return hashOf(found.path) === used.sha256;
}

/** Whether the images that an article wrote are in their place. */
export const imagesStand = ({ images }: ArticleHead, output: string): boolean =>
  images.every(({ file, size }) => statSync(join(output, file), { throwIfNoEntry: false })?.size === size);

/** Whether the images of an article are, byte for byte, those that it wrote: another of the same id may have been later. */
export const imagesAreOwn = ({ images }: ArticleHead, output: string): boolean =>
  images.every(({ file, sha256 }) => hashOf(join(output, file)) === sha256);

function hashOf(path: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return null;
  }
}

export const pubmedHash = (record: PubmedRecord | null): string | null =>
  record === null ? null : createHash('sha256').update(JSON.stringify(record)).digest('hex');

/** What is to be done for an article file. */
export interface PlannedFile extends ArticleFile {
  readonly sha256: string;
  /** Everything in it stands; else it is read again. */
  readonly done: boolean;
  /** It was in the journal, with other content or incomplete. */
  readonly seen: boolean;
}

/**
 * Looks at an article file: its hash, and whether all that the journal has of it still stands. Null where it cannot be read
 * any more.
 */
export async function planFile(standing: Standing, file: ArticleFile): Promise<PlannedFile | null> {
  const head = standing.journal.files.get(file.file);
  const sha256 = head?.stamp === file.stamp ? head.sha256 : await fileHash(file.path);
  if (sha256 === null) return null;
  const seen = head !== undefined || standing.journal.article(file.file, 0) !== undefined;
  if (head?.sha256 !== sha256) return { ...file, sha256, seen, done: false };
  for (let nth = 0; nth < head.articles; nth++) {
    const known = standing.journal.article(file.file, nth);
    if (known?.sha256 !== sha256 || !stands(standing, known, file.path)) return { ...file, sha256, seen, done: false };
  }
  return { ...file, sha256, seen, done: true };
}

async function fileHash(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array);
  } catch {
    return null;
  }
  return hash.digest('hex');
}
