import { readBatches, recordFiles } from '../pipeline/input.js';
import { processBatch } from '../pipeline/processBatch.js';
import { EvalLineError, goldOf, predictionOf } from './decode.js';
import type { GoldRecord, Prediction } from './types.js';

/** A line that was left out. */
export interface BadLine {
  readonly file: string;
  readonly line: number;
  readonly error: string;
}

export interface GoldFile {
  readonly records: readonly GoldRecord[];
  readonly bad: readonly BadLine[];
}

export interface PredictionFile {
  readonly predictions: ReadonlyMap<string, Prediction>;
  readonly bad: readonly BadLine[];
}

/** The truth in a file (.jsonl, .csv, .parquet), or in the files of a folder. @throws UsageError where there is none */
export async function readGold(path: string): Promise<GoldFile> {
  const records: GoldRecord[] = [];
  const ids = new Set<string>();
  const bad = await readRecords(path, (row, line) => {
    const gold = goldOf(row, line);
    if (ids.has(gold.id)) throw new EvalLineError(`the id '${gold.id}' stands on an earlier line`);
    ids.add(gold.id);
    records.push(gold);
  });
  return { records, bad };
}

/** Predictions in the shape of `legenda label`. @throws UsageError where there is no such file */
export async function readPredictions(path: string): Promise<PredictionFile> {
  const predictions = new Map<string, Prediction>();
  const bad = await readRecords(path, (row) => {
    const { id, ...prediction } = predictionOf(row);
    if (predictions.has(id)) throw new EvalLineError(`the id '${id}' stands on an earlier line`);
    predictions.set(id, prediction);
  });
  return { predictions, bad };
}

async function readRecords(
  path: string,
  take: (row: Readonly<Record<string, unknown>>, line: number) => void,
): Promise<BadLine[]> {
  const bad: BadLine[] = [];
  for (const file of recordFiles(path)) {
    for await (const batch of readBatches(file)) {
      // A line stands in for an id that is not there, so blank ones and bad ones count too.
      const rows: Readonly<Record<string, unknown>>[] = [];
      const { lines, rejects } = processBatch(batch, (row) => (rows.push(row), '0'));
      for (const { line = 0, error } of rejects) bad.push({ file, line, error });
      rows.forEach((row, i) => {
        try {
          take(row, lines[i]);
        } catch (error) {
          if (!(error instanceof EvalLineError)) throw error;
          bad.push({ file, line: lines[i], error: error.message });
        }
      });
    }
  }
  return bad.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}
