import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { RowSet } from '../filter/rowSet.js';
import { DatasetTables } from '../filter/tableSource.js';
import { LAYOUT } from '../layout.js';
import type { Manifest, TaxonomyFile } from '../manifest.js';
import type { ImageRow, Rows, TableName } from '../rows.js';
import { SCHEMA } from '../schema.js';
import { readClasses, type Classes } from './classes.js';
import type { OutputFolder } from './outputFolder.js';
import { readSplits, type Splits } from './splits.js';

/** The dataset that is exported: a build or a subset, read as a stream. */
export class ExportSource {
  private constructor(
    readonly folder: string,
    private readonly tables: DatasetTables,
    readonly splits: Splits,
    readonly manifest: Manifest | undefined,
    readonly taxonomy: TaxonomyFile | undefined,
    readonly classes: Classes | undefined,
  ) {}

  /** @throws UsageError where the folder is no dataset */
  static async open(folder: string): Promise<ExportSource> {
    const tables = DatasetTables.at(folder);
    const json = <T>(name: string): T | undefined => {
      const path = join(folder, name);
      if (!existsSync(path)) return undefined;
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as T;
      } catch {
        throw new UsageError(`${path} is no JSON`);
      }
    };
    const [manifest, taxonomy] = [json<Manifest>(LAYOUT.manifest), json<TaxonomyFile>(LAYOUT.taxonomy)];
    return new ExportSource(
      folder,
      tables,
      await readSplits(tables, folder),
      manifest,
      taxonomy,
      await readClasses(folder),
    );
  }

  /** Name of the folder: what the dataset is called where nothing else is said. */
  get name(): string {
    return basename(resolve(this.folder));
  }

  /** Path of the Parquet file of a table, undefined where the dataset is JSON Lines. */
  async parquetFile(table: TableName): Promise<string | undefined> {
    const { file, format } = await this.tables.open(table);
    return format === 'parquet' ? file : undefined;
  }

  async hasColumn(table: TableName, name: string): Promise<boolean> {
    return (await this.tables.open(table)).columns.includes(name);
  }

  async count(table: TableName): Promise<number> {
    return RowSet.all(await this.tables.open(table)).count;
  }

  /** The rows of a table, the columns in their declared order. */
  async *rows<T extends TableName>(table: T): AsyncGenerator<Rows[T]> {
    const columns = SCHEMA[table].map(({ name }) => name);
    yield* RowSet.all(await this.tables.open(table)).objects<Rows[T]>(columns as (keyof Rows[T] & string)[]);
  }

  /** Some columns of a table, which costs less. */
  async *columns<T extends TableName, C extends keyof Rows[T] & string>(
    table: T,
    columns: readonly C[],
  ): AsyncGenerator<Pick<Rows[T], C>> {
    yield* RowSet.all(await this.tables.open(table)).objects<Pick<Rows[T], C>>(columns);
  }

  /** Bytes of a picture. @throws UsageError where the file is not there */
  async picture({ image_id, file }: Pick<ImageRow, 'image_id' | 'file'>): Promise<Uint8Array> {
    const path = this.picturePath(file ?? '');
    try {
      return await readFile(path);
    } catch (error) {
      throw this.incomplete(file, image_id, error);
    }
  }

  /** Copies a picture into an export. @throws UsageError where it is not there */
  async copyPicture(
    { image_id, file }: Pick<ImageRow, 'image_id' | 'file'>,
    out: OutputFolder,
    name = file ?? '',
  ): Promise<void> {
    const path = this.picturePath(file ?? '');
    if (!existsSync(path)) throw this.incomplete(file, image_id, { code: 'ENOENT' });
    await out.copy(path, name);
  }

  incomplete(file: string | null, imageId: string, error: unknown): UsageError {
    return new UsageError(
      `the picture ${file} of ${imageId} cannot be read (${(error as NodeJS.ErrnoException).code}): the dataset ${this.folder} is incomplete`,
    );
  }

  /** @throws UsageError for a path that leads out of the dataset */
  picturePath(file: string): string {
    const root = resolve(this.folder);
    const path = resolve(root, file);
    if (!path.startsWith(root + sep))
      throw new UsageError(`the picture '${file}' lies outside of the dataset ${this.folder}`);
    return path;
  }

  close(): Promise<void> {
    return this.tables.close();
  }
}
