import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { LAYOUT } from '../layout.js';
import { LabelTree, type DatasetTaxonomy } from './labels.js';

/** The classes of a dataset; none where it has no `taxonomy.json`. */
export function readLabels(folder: string): LabelTree {
  const path = join(folder, LAYOUT.taxonomy);
  if (!existsSync(path)) return new LabelTree({ classes: {} });
  try {
    return new LabelTree(JSON.parse(readFileSync(path, 'utf8')) as DatasetTaxonomy);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
