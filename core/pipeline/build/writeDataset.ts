import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { datasetCard } from '../../dataset/build/card.js';
import { LabelTree } from '../../dataset/filter/labels.js';
import { Census } from '../../dataset/stats/census.js';
import { dataDictionary } from '../../dataset/dataDictionary.js';
import { LAYOUT } from '../../dataset/layout.js';
import { licenseSummary } from '../../dataset/licenseSummary.js';
import type { Manifest, ManifestTable } from '../../dataset/manifest.js';
import { TABLE_NAMES, type Rows, type TableName } from '../../dataset/rows.js';
import { SCHEMA, tableFile } from '../../dataset/schema.js';
import { TableWriter } from '../../dataset/tableWriter.js';
import type { Journal, KnownArticle } from './journal.js';
import type { BuildReject } from './journalEntry.js';
import type { BuildOptions } from './runBuild.js';

export interface DatasetCounts {
  readonly articles: number;
  readonly cases: number;
  readonly figures: number;
  readonly images: number;
  /** Images with a picture file. */
  readonly pictures: number;
  /** Figures of which no file was found, and those of which several fitted. */
  readonly missing: number;
  readonly ambiguous: number;
  readonly licenses: Readonly<Record<string, number>>;
}
export interface DatasetInput {
  readonly options: BuildOptions;
  readonly journal: Journal;
  /** In the order of the tables. */
  readonly articles: readonly KnownArticle[];
  readonly rejects: readonly BuildReject[];
  readonly onProgress: (stage: 'tables' | 'images', done: number, articles: number) => void;
}

/**
 * Writes the tables and everything beside them from the journal, all under a folder of their own first; then they take the place
 * of what was there, the manifest last, and image files that no row names are removed.
 */
export async function writeDataset(input: DatasetInput): Promise<DatasetCounts> {
  const fresh = join(input.options.output, LAYOUT.work, 'new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    return await writeInto(fresh, input);
  } catch (error) {
    // A full disk wants the room back.
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function writeInto(fresh: string, input: DatasetInput): Promise<DatasetCounts> {
  const { options, journal, articles, rejects, onProgress } = input;
  const { output, format } = options;
  const census = new Census(new LabelTree(options.taxonomy));
  let ambiguous = 0;
  const named = new Set<string>();
  const sinks = await openSinks(fresh, format);
  try {
    for (const [i, article] of articles.entries()) {
      const rows = journal.rows(article)!;
      await sinks.articles.write(rows.article);
      census.article(rows.article);
      for (const row of rows.cases) {
        await sinks.cases.write(row);
        census.case(row);
      }
      for (const row of rows.figures) {
        await sinks.figures.write(row);
        census.figure(row);
        if (row.reasons.includes('several-files')) ambiguous++;
      }
      for (const row of rows.images) {
        await sinks.images.write(row);
        census.image(row);
        if (row.file !== null) named.add(row.file);
      }
      onProgress('tables', (i + 1) / articles.length, i + 1);
    }
    for (const table of TABLE_NAMES) await sinks[table].close();
  } catch (error) {
    for (const table of TABLE_NAMES) sinks[table].discard();
    throw error;
  }
  const { statistics } = census;
  const tables = {} as Record<TableName, ManifestTable>;
  for (const table of TABLE_NAMES) {
    const file = tableFile(table, format);
    tables[table] = { file, rows: sinks[table].count, sha256: await sha256Of(join(fresh, file)) };
  }
  const { legenda, packs, plugins, config } = options.provenance;
  const manifest: Manifest = {
    format: 1,
    legenda,
    packs,
    plugins,
    config,
    options: { format, licenses: options.wanted === null ? null : [...options.wanted].sort() },
    tables,
    licenses: licenseSummary(new Map(statistics.licenses.map(({ name, count }) => [name, count]))),
    images: named.size,
  };
  const put = (name: string, text: string): void => writeFileSync(join(fresh, name), text);
  put(LAYOUT.card, datasetCard(manifest, statistics, basename(resolve(output))));
  put(LAYOUT.dictionary, dataDictionary());
  put(LAYOUT.taxonomy, json(options.taxonomy));
  put(LAYOUT.statistics, json(statistics));
  if (rejects.length > 0) put(LAYOUT.rejects, rejects.map((r) => `${JSON.stringify(r)}\n`).join(''));
  put(LAYOUT.manifest, json(manifest));
  install(fresh, output, format, rejects.length > 0);
  sweep(join(output, LAYOUT.images), LAYOUT.images, named);
  onProgress('images', 1, articles.length);
  const { articles: n, cases, figures, images, pictures } = statistics;
  return {
    articles: n,
    cases,
    figures,
    images,
    pictures,
    missing: statistics.figure_status.find(({ name }) => name === 'missing')?.count ?? 0,
    ambiguous,
    licenses: manifest.licenses,
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What takes the rows of a table. */
interface Sink<Row> {
  readonly count: number;
  write(row: Row): Promise<void> | void;
  close(): Promise<void> | void;
  discard(): void;
}
type Sinks = { readonly [T in TableName]: Sink<Rows[T]> };

async function openSinks(folder: string, format: 'parquet' | 'jsonl'): Promise<Sinks> {
  const open = async <T extends TableName>(table: T): Promise<Sink<Rows[T]>> => {
    const path = join(folder, tableFile(table, format));
    return format === 'jsonl' ? new LineSink<Rows[T]>(path) : TableWriter.open<Rows[T]>(path, SCHEMA[table]);
  };
  return {
    articles: await open('articles'),
    cases: await open('cases'),
    figures: await open('figures'),
    images: await open('images'),
  };
}

/** A table as JSON Lines. */
class LineSink<Row> {
  count = 0;
  private held: string[] = [];
  private readonly fd: number;

  constructor(path: string) {
    this.fd = openSync(path, 'w');
  }

  write(row: Row): void {
    this.count++;
    if (this.held.push(`${JSON.stringify(row)}\n`) >= 256) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
  }

  discard(): void {
    closeSync(this.fd);
  }

  private flush(): void {
    const bytes = Buffer.from(this.held.join(''));
    this.held = [];
    for (let done = 0; done < bytes.length;) done += writeSync(this.fd, bytes, done);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Puts the new files in the place of the old ones. What the other format or an earlier build left is removed. */
function install(fresh: string, output: string, format: 'parquet' | 'jsonl', rejected: boolean): void {
  const other = format === 'parquet' ? 'jsonl' : 'parquet';
  const names = readdirSync(fresh).filter((name) => name !== LAYOUT.manifest);
  for (const name of names) renameSync(join(fresh, name), join(output, name));
  for (const table of TABLE_NAMES) rmSync(join(output, tableFile(table, other)), { force: true });
  if (!rejected) rmSync(join(output, LAYOUT.rejects), { force: true });
  renameSync(join(fresh, LAYOUT.manifest), join(output, LAYOUT.manifest));
  rmSync(fresh, { recursive: true, force: true });
}

/** Removes image files that no row names, and folders that have become empty. Returns whether anything is left. */
function sweep(folder: string, relative: string, named: ReadonlySet<string>): boolean {
  let left = false;
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return false;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = `${relative}/${entry.name}`;
    if (entry.isDirectory()) {
      if (sweep(path, name, named)) left = true;
      else rmdirSync(path);
    } else if (named.has(name)) left = true;
    else rmSync(path, { force: true });
  }
  return left;
}
