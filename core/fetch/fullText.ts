import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceText } from '../plugin/contract.js';
import { sha256Of, toDisk, writeWhole } from './cache.js';
import { checkText, type CheckedText } from './checkText.js';
import type { Records } from './describe.js';
import type { FetchedFile, ManifestRow } from './row.js';
import { faultOf, PLACES, type Fault, type Workplace } from './workplace.js';

/** A full text that is in its place. */
export interface PlacedText extends CheckedText {
  readonly file: FetchedFile;
  readonly source: string;
}

/**
 * The full text of an article from the first source that gives one which stands the look at it; the one that is in its
 * place already is kept.
 *
 * @returns the text, or why there is none: the faults met on the way, none where every source says it has none
 */
export async function fullText(
  work: Workplace,
  row: ManifestRow,
  records: Records,
): Promise<PlacedText | readonly Fault[]> {
  const kept = await keptText(work, row);
  if (kept) return kept;
  const faults: Fault[] = [];
  for (const { name, source } of work.sources) {
    if (!source.text) continue;
    try {
      const http = work.http.of(source, row.attempts === 0);
      const text = await source.text({ ids: row, record: records.get(name) ?? null }, http);
      if (text === null) continue;
      const checked = await checkText(text, row.pmcid!).catch(async (error: unknown) => {
        await work.http.forget(text.url);
        throw error;
      });
      return { ...checked, source: name, file: await placeText(work, row, text, name) };
    } catch (error) {
      faults.push(faultOf(error));
    }
  }
  return faults;
}

async function keptText(work: Workplace, row: ManifestRow): Promise<PlacedText | null> {
  const file = row.files.find(({ kind }) => kind === 'text');
  if (!file) return null;
  const bytes = await readFile(join(PLACES.article(work.folder, row.pmcid!), file.name)).catch(() => null);
  if (bytes === null || sha256Of(bytes) !== file.sha256) return null;
  const format = file.name.endsWith('.json')
    ? 'bioc-json'
    : /<collection[\s>]/.test(bytes.toString('utf8', 0, 2048))
      ? 'bioc-xml'
      : 'jats';
  const checked = await checkText({ format, bytes, url: file.url }, row.pmcid!).catch(() => null);
  return checked && { ...checked, file, source: file.source };
}

async function placeText(
  work: Workplace,
  row: ManifestRow,
  { format, bytes, url }: SourceText,
  source: string,
): Promise<FetchedFile> {
  const name = `${row.pmcid!}${format === 'bioc-json' ? '.json' : '.xml'}`;
  const folder = PLACES.article(work.folder, row.pmcid!);
  const sha256 = sha256Of(bytes);
  await mkdir(folder, { recursive: true });
  // The answer is in the cache as it came: a second name for it costs nothing.
  if (await work.cache.has(sha256))
    await work.cache.place(sha256, join(folder, name)).then(() => toDisk(join(folder, name)));
  else await writeWhole(join(folder, name), bytes);
  for (const old of row.files)
    if (old.kind === 'text' && old.name !== name) await rm(join(folder, old.name), { force: true });
  return { name, kind: 'text', sha256, bytes: bytes.length, source, url };
}

/** Whether a file of a row is where it should be, by its size. `--verify` looks at every byte. */
export async function isThere(folder: string, file: FetchedFile): Promise<boolean> {
  const found = await stat(join(folder, file.name)).catch(() => null);
  return found !== null && found.size === file.bytes;
}
