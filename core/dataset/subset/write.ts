import { copyFileSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { VERSION } from '../../version.js';
import { bibliography, cslJson, type CitedArticle } from '../citations.js';
import { WHOLE_GROUP } from '../filter/rowSet.js';
import { selectedRows } from '../filter/select.js';
import { readLabels } from '../filter/readLabels.js';
import { writePlan } from '../filter/readPlan.js';
import { LAYOUT } from '../layout.js';
import { makeFolder } from '../makeFolder.js';
import type { LicenseCount } from '../licenseTerms.js';
import { countLicenses, licensePage } from './licenses.js';
import type { Manifest } from '../manifest.js';
import type { ArticleRow, CaseRow, FigureRow, ImageRow } from '../rows.js';
import { Census } from '../stats/census.js';
import { handoutOf } from './handouts.js';
import { Pictures, type LostPicture } from './pictures.js';
import { countsOf, type Prepared, type SubsetCounts } from './prepare.js';
import { readme } from './readme.js';
import { Amounts, cutCase, cutFigure, cutImage } from './rows.js';
import { csvSheet } from './sheets.js';
import { splitOf, type Split } from './split.js';
import { hashFile, SubsetTables, type TableFormat } from './tables.js';

export interface WriteOptions {
  readonly out: string;
  /** Hard links in place of copies, where the file system can. */
  readonly link?: boolean;
  readonly format?: TableFormat;
  /** Replace an older subset of that name. */
  readonly force?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SubsetReport {
  readonly counts: SubsetCounts;
  readonly licenses: readonly LicenseCount[];
  readonly pictures: number;
  readonly lost: readonly LostPicture[];
  /** What is in each part. */
  readonly split?: Readonly<Record<string, { articles: number; cases: number; images: number }>>;
}

/** `manifest.json` of a subset: a dataset's, and where it comes from. */
export interface SubsetManifest extends Manifest {
  readonly subset: {
    readonly type: string;
    readonly plan: unknown;
    readonly parent: { readonly manifest_sha256: string | null; readonly tables: Readonly<Record<string, string>> };
  };
}

/**
 * Writes a subset as a folder: under a temporary name until all of it is there.
 * @throws UsageError where the folder is there already, or lies inside the dataset
 */
export async function writeSubset(prepared: Prepared, options: WriteOptions): Promise<SubsetReport> {
  const out = resolve(options.out);
  checkPlace(out, prepared.tables.folder, options.force ?? false);
  const folder = `${out}.partial`;
  claim(folder, options.out);
  try {
    const report = await fill(folder, prepared, options);
    rmSync(join(folder, WRITER));
    if (existsSync(out)) rmSync(out, { recursive: true });
    renameSync(folder, out);
    return report;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw explained(error, options.out);
  }
}

/** Who is writing: a file in the temporary folder. */
const WRITER = '.writer';

/** Makes the temporary folder, over one that a killed process left, but not over one that is being filled. */
function claim(folder: string, name: string): void {
  const writer = join(folder, WRITER);
  if (existsSync(writer) && isRunning(Number(readFileSync(writer, 'utf8')))) {
    throw new UsageError(`another subset is just being written to ${name}`);
  }
  try {
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder);
    writeFileSync(writer, String(process.pid));
  } catch (error) {
    throw explained(error, name);
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const STORAGE: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left',
  EDQUOT: 'the quota is used up',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is no folder',
};

/** What the disk refuses is told in a sentence; anything else is passed on. */
function explained(error: unknown, name: string): unknown {
  const why = STORAGE[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
  return why === undefined ? error : new UsageError(`${name} cannot be written: ${why}; nothing was left behind`);
}

function checkPlace(out: string, parent: string, force: boolean): void {
  const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));
  const [place, dataset] = [join(real(dirname(out)), basename(out)), real(parent)];
  if (!relative(dataset, place).startsWith('..') || !relative(place, dataset).startsWith('..')) {
    throw new UsageError('a subset cannot be written into its own dataset, nor around it');
  }
  if (!existsSync(out)) return;
  if (!force) throw new UsageError(`${out} is there already; --force replaces an older subset`);
  const manifest = join(out, LAYOUT.manifest);
  if (!existsSync(manifest) || !readFileSync(manifest, 'utf8').includes('"subset"')) {
    throw new UsageError(`${out} is no subset: --force replaces only what \`legenda subset\` wrote`);
  }
}

async function fill(folder: string, prepared: Prepared, options: WriteOptions): Promise<SubsetReport> {
  const { tables, selection } = prepared;
  const pictures = new Pictures(tables.folder, folder, options.link ?? false);
  const split = await splitOf(prepared, pictures.hash);
  const format = options.format ?? tables.format;
  const written = await SubsetTables.open(folder, format, split?.partOf);
  const handout = await handoutOf({ folder, prepared, pictures, split });
  const amounts = new Amounts();
  const licenses = {
    articles: [] as (string | null)[],
    cases: [] as (string | null)[],
    images: [] as (string | null)[],
  };
  const parts = countParts(split);
  const census = new Census(readLabels(tables.folder));
  const total = selection.images.count + selection.cases.count;
  let done = 0;
  const progress = (): void => options.onProgress?.(++done, total);

  for await (const row of selection.images.objects<ImageRow>(undefined, WHOLE_GROUP)) {
    const cut = cutImage(row, selection, handout.image(row));
    await written.write('images', cut);
    handout.imageDone?.(cut);
    census.image(cut);
    amounts.add('image', cut.article_id);
    licenses.images.push(cut.license);
    parts?.add(cut.article_id, 'images');
    progress();
  }
  for await (const row of selection.cases.objects<CaseRow>()) {
    const cut = cutCase(row, selection);
    await written.write('cases', cut);
    handout.case?.(cut);
    census.case(cut);
    amounts.add('case', cut.article_id);
    licenses.cases.push(cut.license);
    parts?.add(cut.article_id, 'cases');
    progress();
  }
  for await (const row of (await selectedRows(tables, selection, 'figures')).objects<FigureRow>(
    undefined,
    WHOLE_GROUP,
  )) {
    await written.write('figures', cutFigure(row, selection));
    amounts.add('figure', row.article_id);
    census.figure(row);
  }
  const cited: CitedArticle[] = [];
  for await (const row of (await selectedRows(tables, selection, 'articles')).objects<ArticleRow>()) {
    const cut = amounts.cut(row);
    await written.write('articles', cut);
    cited.push(cut);
    census.article(cut);
    licenses.articles.push(cut.license);
    parts?.add(cut.article_id, 'articles');
  }
  handout.close();

  const summary = countLicenses(licenses);
  const report: SubsetReport = {
    counts: countsOf(prepared),
    licenses: summary,
    pictures: pictures.copied,
    lost: pictures.lost,
    ...(parts && { split: parts.counts }),
  };
  const save = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  save('citations.bib', bibliography(cited));
  save('citations.json', json(cited.map(cslJson)));
  save(LAYOUT.statistics, json(census.statistics));
  save('LICENSES.md', licensePage(summary));
  save('subset.yaml', writePlan(prepared.plan));
  if (split) await saveSplit(join(folder, 'splits.csv'), split);
  if (pictures.lost.length > 0)
    save(
      LAYOUT.rejects,
      pictures.lost
        .map((lost) => `${JSON.stringify({ file: lost.file, stage: 'subset', error: lost.error })}\n`)
        .join(''),
    );
  for (const name of [LAYOUT.taxonomy, LAYOUT.dictionary]) {
    if (existsSync(join(tables.folder, name))) copyFileSync(join(tables.folder, name), join(folder, name));
  }
  save(LAYOUT.manifest, json(await manifestOf(prepared, await written.close(), summary, pictures.copied)));
  save(LAYOUT.card, readme(prepared, report));
  return report;
}

function countParts(split: Split | undefined) {
  if (!split) return undefined;
  const counts = Object.fromEntries(split.names.map((name) => [name, { articles: 0, cases: 0, images: 0 }]));
  return {
    counts,
    add(article: string, what: 'articles' | 'cases' | 'images'): void {
      counts[split.partOf(article)][what]++;
    },
  };
}

async function saveSplit(path: string, split: Split): Promise<void> {
  const sheet = await csvSheet(path, ['article_id', 'unit', 'split']);
  for (const row of split.rows) sheet.write(row);
  sheet.close();
}

async function manifestOf(
  prepared: Prepared,
  tables: Manifest['tables'],
  licenses: readonly LicenseCount[],
  images: number,
): Promise<SubsetManifest> {
  const path = join(prepared.tables.folder, LAYOUT.manifest);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const parent = parentManifest(text);
  const hashes: [string, string][] = [];
  for (const [name, table] of Object.entries(parent?.tables ?? {}))
    if (table?.sha256) hashes.push([name, table.sha256]);
  return {
    format: 1,
    legenda: VERSION,
    packs: parent?.packs ?? [],
    plugins: parent?.plugins ?? [],
    config: parent?.config ?? {},
    options: parent?.options ?? {},
    tables,
    licenses: Object.fromEntries(licenses.map(({ license, articles }) => [license ?? 'unknown', articles])),
    images,
    subset: {
      type: prepared.type,
      plan: prepared.plan,
      parent: { manifest_sha256: text === undefined ? null : await hashFile(path), tables: Object.fromEntries(hashes) },
    },
  };
}

function parentManifest(text: string | undefined): Partial<Manifest> | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Partial<Manifest>);
  } catch {
    return undefined;
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
