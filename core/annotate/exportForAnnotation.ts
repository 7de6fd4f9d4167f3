import { writeFolder } from '../dataset/export/exportDataset.js';
import type { GrowingFile, OutputFolder } from '../dataset/export/outputFolder.js';
import type { ExportSummary } from '../dataset/export/types.js';
import { safeName } from '../dataset/layout.js';
import { RejectLog } from '../pipeline/output.js';
import { UsageError } from '../pipeline/usageError.js';
import { KINDS, type AnnotatedText } from './annotatedText.js';
import { bratAnnotations, bratConfig } from './brat.js';
import { labelStudioConfig } from './labelStudioConfig.js';
import { labelStudioTask } from './labelStudioTask.js';
import { readTexts, type Texts } from './readTexts.js';

export const ANNOTATION_FORMATS = ['label-studio', 'brat'] as const;

/** Names of the files that are written. */
export const ANNOTATION_FILES = {
  config: 'labeling_config.xml',
  bratConfig: 'annotation.conf',
  documents: 'documents.jsonl',
} as const;
/** Tasks of a file: Label Studio takes uploads up to a limit. */
const TASKS_PER_FILE = 5_000;
/** Documents of a folder: more are slow to list. */
const DOCUMENTS_PER_FOLDER = 1_000;

export interface AnnotationExport {
  /** A dataset, or records. */
  readonly input: string;
  readonly to: string;
  readonly output: string;
  readonly force?: boolean;
  /** Address of the folder of the dataset, where annotators see the pictures (Label Studio). */
  readonly picturesUrl?: string;
  readonly onProgress?: (texts: number) => void;
}

export interface AnnotationSummary extends ExportSummary {
  readonly rejects: number;
}

/**
 * Writes texts and what is marked in them for an annotation tool, with its configuration. Lines that cannot be read go to
 * `OUT.rejects.jsonl`.
 *
 * @throws UsageError
 */
export async function exportForAnnotation({
  input,
  to,
  output,
  force = false,
  picturesUrl,
  onProgress,
}: AnnotationExport): Promise<AnnotationSummary> {
  if (to !== 'label-studio' && to !== 'brat')
    throw new UsageError(`'${to}' is no annotation format; there are ${ANNOTATION_FORMATS.join(', ')}`);
  if (to === 'brat' && picturesUrl !== undefined) throw new UsageError('brat shows no pictures');
  const rejects = new RejectLog(`${output.replace(/[/\\]+$/, '')}.rejects.jsonl`);
  try {
    const summary = await writeFolder(output, force, { to }, async (out) => {
      const texts = await readTexts(input, (bad, file) => rejects.write(bad, file));
      const counts = { texts: 0, entities: 0 };
      const seen = new Set<string>();
      const counted = (text: AnnotatedText): void => {
        if (seen.has(text.id))
          throw new UsageError(`the id '${text.id}' occurs twice in ${input}; annotations come back by id`);
        seen.add(text.id);
        counts.texts++;
        counts.entities += text.entities.length;
        onProgress?.(counts.texts);
      };
      await (to === 'brat' ? writeBrat(out, texts, counted) : writeLabelStudio(out, texts, counted, picturesUrl));
      return { counts, notes: [] };
    });
    rejects.commit();
    return { ...summary, rejects: rejects.count };
  } catch (error) {
    rejects.discard();
    throw error;
  }
}

async function writeLabelStudio(
  out: OutputFolder,
  { rows, labels, model }: Texts,
  counted: (text: AnnotatedText) => void,
  picturesUrl: string | undefined,
): Promise<void> {
  const urlOf =
    picturesUrl === undefined
      ? undefined
      : (file: string): string =>
          `${picturesUrl.replace(/\/*$/, '/')}${file.split('/').map(encodeURIComponent).join('/')}`;
  const kinds = new Map<string, number>();
  const offered = new Set(labels);
  let labelled = labels.length > 0;
  let file: GrowingFile | undefined;
  let [inFile, files] = [0, 0];
  const end = (): void => {
    file?.write('\n]\n');
    file?.close();
    file = undefined;
    inFile = 0;
  };
  for await (const text of rows) {
    counted(text);
    for (const { entity } of text.entities) kinds.set(entity, (kinds.get(entity) ?? 0) + 1);
    if (text.labels !== undefined) labelled = true;
    for (const label of text.labels ?? []) offered.add(label);
    file ??= out.file(`tasks-${String(++files).padStart(3, '0')}.json`);
    file.write(`${inFile++ > 0 ? ',' : '['}\n${JSON.stringify(labelStudioTask(text, model, urlOf))}`);
    if (inFile >= TASKS_PER_FILE) end();
  }
  if (inFile > 0) end();
  if (files === 0) out.text('tasks-001.json', '[]\n');
  out.text(
    ANNOTATION_FILES.config,
    labelStudioConfig({
      kinds: byFrequency(kinds),
      labels: labelled ? [...offered].sort() : [],
      pictures: urlOf !== undefined,
    }),
  );
}

async function writeBrat(out: OutputFolder, { rows }: Texts, counted: (text: AnnotatedText) => void): Promise<void> {
  const kinds = new Map<string, number>();
  const documents = out.file(ANNOTATION_FILES.documents);
  let number = 0;
  for await (const text of rows) {
    counted(text);
    for (const { entity } of text.entities) kinds.set(entity, (kinds.get(entity) ?? 0) + 1);
    const folder = String(Math.floor(number++ / DOCUMENTS_PER_FOLDER) + 1).padStart(3, '0');
    const path = `${folder}/${safeName(text.id)}`;
    out.text(`${path}.txt`, text.caption);
    out.text(`${path}.ann`, bratAnnotations(text));
    documents.write(`${JSON.stringify({ file: path, id: text.id })}\n`);
  }
  documents.close();
  out.text(ANNOTATION_FILES.bratConfig, bratConfig(byFrequency(kinds)));
}

/** The commonest kind first, since it is the nearest to the hand; then those that do not occur. */
function byFrequency(kinds: ReadonlyMap<string, number>): string[] {
  const found = [...kinds].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([kind]) => kind);
  return [...found, ...KINDS.filter((kind) => !kinds.has(kind))];
}
