import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { xmlRoot } from '../article/sniff.js';
import type { Article } from '../article/types.js';
import type { ArticleReader } from '../plugin/contract.js';
import { openArticle } from './openArticle.js';
import { joinPubmed, type PubmedIndex } from './pubmed.js';

export type ArticleResult = { readonly article: Article } | { readonly reject: ArticleReject };
export interface ArticleReject {
  /** The path as given, or as found in a folder that was given. */
  readonly file: string;
  /** One sentence. */
  readonly error: string;
}

/** What files a folder's articles have; others in it are ignored. */
const KNOWN = /\.(?:xml|nxml|json|txt|gz)$/i;

/**
 * Reads all articles of files and folders, in the order given, a folder's by name with its sub-folders. The first
 * reader that accepts the beginning of a file reads it. A bad file gives one reject, after the articles it had before
 * the bad place, and the rest goes on.
 *
 * @param paths files, folders, or `-` for standard input
 * @param metadata records of PubMed that are joined to the articles
 * @throws Error before anything is read where a path is missing
 */
export async function* readArticles(
  paths: readonly string[],
  readers: readonly ArticleReader[],
  metadata?: PubmedIndex,
): AsyncGenerator<ArticleResult> {
  for await (const file of articleFiles(paths)) {
    for await (const result of readFile(file, readers)) {
      yield metadata && 'article' in result ? { article: joinPubmed(result.article, metadata) } : result;
    }
  }
}

/** The files that paths name, in the order in which they are read. @throws Error where a path is missing */
export async function* articleFiles(paths: readonly string[]): AsyncGenerator<string> {
  const kinds = await Promise.all(paths.map(kindOf));
  for (const [i, path] of paths.entries()) {
    if (kinds[i] === 'folder') yield* filesIn(path);
    else yield path;
  }
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  if (path === '-') return 'file';
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    throw new Error(`There is no file or folder “${path}”.`);
  }
}

/** The files of a folder and its sub-folders with a known extension, sorted by name; hidden ones are left out. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (KNOWN.test(entry.name)) yield path;
  }
}

async function* readFile(file: string, readers: readonly ArticleReader[]): AsyncGenerator<ArticleResult> {
  let opened: Awaited<ReturnType<typeof openArticle>> | undefined;
  try {
    opened = await openArticle(file);
    const { head, source } = opened;
    const reader = readers.find((candidate) => candidate.accepts(head, file));
    if (!reader) throw new Error(unreadable(head));
    for await (const article of reader.read(source)) yield { article };
  } catch (error) {
    yield { reject: { file, error: sentence(error) } };
  } finally {
    opened?.close();
  }
}

function sentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'The file may not be read.';
  if (code === 'EISDIR') return 'The path is a folder.';
  if (code === 'ENOENT') return 'The file is gone.';
  return message.replace(/\s+/g, ' ');
}

/** Why no reader takes a file that begins like this. */
function unreadable(head: string): string {
  const start = head.replace(/^\uFEFF?\s+/, '');
  if (start === '') return 'The file is empty.';
  const root = xmlRoot(start);
  if (root?.toLowerCase() === 'html' || /^<!doctype\s+html\b/i.test(start)) {
    return 'The file is an HTML page, not an article: perhaps the error page of a server.';
  }
  if (start.startsWith('%PDF-')) return 'The file is a PDF, which no reader reads.';
  if (start.startsWith('PK\u0003\u0004')) return 'The file is a ZIP archive: unpack it first.';
  if (head.slice(257, 262) === 'ustar') return 'The file is a tar archive: unpack it first.';
  if (root) return `The file is XML with the root element <${root}>, which no reader knows.`;
  if (/^[[{]/.test(start)) return 'The file is JSON, but not BioC.';
  return 'No reader knows what this file is.';
}
