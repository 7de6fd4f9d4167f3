import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ExportSource } from '../dataset/export/source.js';
import { tableFile } from '../dataset/schema.js';
import { goldOf } from '../eval/decode.js';
import { readBatches, recordFiles } from '../pipeline/input.js';
import { processBatch } from '../pipeline/processBatch.js';
import type { Reject } from '../pipeline/batch.js';
import { UsageError } from '../pipeline/usageError.js';
import type { AnnotatedText } from './annotatedText.js';

/** Texts to be annotated, as a stream. */
export interface Texts {
  readonly rows: AsyncGenerator<AnnotatedText>;
  /** Labels that may be given, where that is known. */
  readonly labels: readonly string[];
  /** Who found what is marked. */
  readonly model: string;
}

/**
 * The captions of a dataset with the entities found in them, or of records as `legenda label` writes them and `legenda eval`
 * reads them (.jsonl, .csv, .parquet, or a folder of these).
 *
 * @throws UsageError where there is neither
 */
export async function readTexts(
  input: string,
  reject: (rejects: readonly Reject[], file: string) => void,
): Promise<Texts> {
  if (!existsSync(input)) throw new UsageError(`no such file or dataset: ${input}`);
  const isDataset =
    statSync(input).isDirectory() &&
    (['parquet', 'jsonl'] as const).some((format) => existsSync(join(input, tableFile('figures', format))));
  if (!isDataset) return { rows: ofRecords(recordFiles(input), reject), labels: [], model: 'legenda' };
  const source = await ExportSource.open(input);
  const { manifest, taxonomy } = source;
  return {
    rows: ofDataset(source),
    labels: Object.keys(taxonomy?.classes ?? {}),
    model: manifest ? `legenda@${manifest.legenda}` : 'legenda',
  };
}

async function* ofDataset(source: ExportSource): AsyncGenerator<AnnotatedText> {
  try {
    const pictures = new Map<string, string[]>();
    for await (const { figure_id, file } of source.columns('images', ['figure_id', 'file'])) {
      if (file === null) continue;
      const own = pictures.get(figure_id);
      if (own) own.push(file);
      else pictures.set(figure_id, [file]);
    }
    for await (const { figure_id, caption, labels, entities } of source.columns('figures', [
      'figure_id',
      'caption',
      'labels',
      'entities',
    ])) {
      const marked = entities.map(({ start, end, entity, value, assertion }) => ({
        start,
        end,
        entity,
        value,
        assertion,
      }));
      yield { id: figure_id, caption, labels, entities: marked, pictures: pictures.get(figure_id) ?? [] };
    }
  } finally {
    await source.close();
  }
}

async function* ofRecords(
  files: readonly string[],
  reject: (rejects: readonly Reject[], file: string) => void,
): AsyncGenerator<AnnotatedText> {
  for (const file of files) {
    for await (const batch of readBatches(file)) {
      const texts: AnnotatedText[] = [];
      const { rejects } = processBatch(batch, (row) => {
        if (typeof row.id !== 'string' && typeof row.id !== 'number') throw new Error("the record has no 'id'");
        const { id, caption, labels, entities } = goldOf(row, 0);
        const marked = entities.map(({ polarity, ...one }) => ({
          ...one,
          ...(one.assertion === undefined && polarity !== undefined && { assertion: polarity }),
        }));
        texts.push({ id, caption, ...(labels !== undefined && { labels }), entities: marked });
        return '0';
      });
      if (rejects.length > 0) reject(rejects, file);
      yield* texts;
    }
  }
}
