import { UsageError } from '../../pipeline/usageError.js';
import { VERSION } from '../../version.js';
import { writeCompanions } from './companions.js';
import { describe, type Description, type GivenDescription } from './describe.js';
import { readLicenses, type Licenses } from './licenses.js';
import { OutputFolder } from './outputFolder.js';
import { ExportSource } from './source.js';
import { EXPORT_FORMATS, type ExportFormat, type ExportOptions, type ExportSummary } from './types.js';

/** What the writer of a format is given. */
export interface ExportJob {
  readonly source: ExportSource;
  readonly out: OutputFolder;
  readonly options: ExportOptions;
  readonly description: Description;
  readonly licenses: Licenses;
  /** Told how many rows more are done. */
  readonly progress: (rows: number) => void;
}

/** What the writer of a format says when it is done. */
export interface ExportResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export interface ExportRequest extends ExportOptions {
  readonly dataset: string;
  readonly to: string;
  readonly output: string;
  /** Replaces an export that is there. */
  readonly force?: boolean;
  readonly description?: GivenDescription;
  readonly onProgress?: (rows: number) => void;
}

const WRITERS: Readonly<Record<ExportFormat, () => Promise<(job: ExportJob) => Promise<ExportResult>>>> = {
  huggingface: async () => (await import('./huggingface.js')).exportHuggingface,
  webdataset: async () => (await import('./webdataset.js')).exportWebdataset,
  coco: async () => (await import('./coco.js')).exportCoco,
  croissant: async () => (await import('./croissant.js')).exportCroissant,
  zenodo: async () => (await import('./zenodo.js')).exportZenodo,
  jsonl: async () => (await import('./plainTables.js')).exportJsonl,
  csv: async () => (await import('./plainTables.js')).exportCsv,
  multicare: async () => (await import('./multicare.js')).exportMulticare,
};

const isFormat = (name: string): name is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(name);

/**
 * Hands a dataset out in another form. Rows stream; the output folder gets its name when it is complete. Equal datasets,
 * options and descriptions give equal bytes.
 *
 * @throws UsageError for what cannot be: no dataset, an output that is there, a picture that is not
 */
export async function exportDataset(request: ExportRequest): Promise<ExportSummary> {
  const { to } = request;
  if (!isFormat(to)) throw new UsageError(`'${to}' is no format; there are ${EXPORT_FORMATS.join(', ')}`);
  const write = await WRITERS[to]();
  const source = await ExportSource.open(request.dataset);
  try {
    const description = await describe(source, request.description ?? {});
    const licenses = await readLicenses(source);
    return await writeFolder(
      request.output,
      request.force ?? false,
      { to, dataset: source.manifest?.tables },
      async (out) => {
        let rows = 0;
        const result = await write({
          source,
          out,
          options: request,
          description,
          licenses,
          progress: (n) => request.onProgress?.((rows += n)),
        });
        await writeCompanions(source, out, licenses);
        return result;
      },
    );
  } finally {
    await source.close();
  }
}

/** Makes a folder that is complete or not there. */
export async function writeFolder(
  path: string,
  force: boolean,
  about: { readonly to: string } & Readonly<Record<string, unknown>>,
  fill: (out: OutputFolder) => Promise<ExportResult>,
): Promise<ExportSummary> {
  const out = OutputFolder.create(path, force);
  try {
    const { counts, notes } = await fill(out);
    out.commit({ legenda: VERSION, ...about });
    return {
      to: about.to,
      files: out.written.length,
      bytes: out.written.reduce((sum, { bytes }) => sum + bytes, 0),
      counts,
      notes,
    };
  } catch (error) {
    out.discard();
    throw explained(error, path);
  }
}

/** Failures of the disk as one sentence; the rest as it is. */
function explained(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new UsageError(`the disk of ${path} is full (${code}); nothing was written`);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new UsageError(`the output ${path} cannot be written (${code})`);
  return error;
}
