import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../../pipeline/usageError.js';
import { saveText } from '../subset/saveText.js';
import type { DatasetStatistics } from './statistics.js';
import { plotsOf } from './plots.js';
import { reportPage } from './report.js';

export interface SaveOptions {
  /** Path of the dataset; its last part is the title. */
  readonly name: string;
  readonly html?: string;
  readonly folder?: string;
  readonly format: 'svg' | 'png';
}

/** Dots an inch of PNG files: twice the size that SVG is drawn in. */
const DENSITY = 144;

/**
 * Writes plots and report.
 * @throws UsageError where a place cannot be written
 */
export async function savePlots(
  statistics: DatasetStatistics,
  { name, html, folder, format }: SaveOptions,
): Promise<void> {
  const plots = await plotsOf(statistics);
  if (html !== undefined) saveText(html, reportPage(statistics, plots, basename(resolve(name))));
  if (folder === undefined) return;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `the folder ${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  for (const { id, svg } of plots) {
    if (format === 'svg') saveText(join(folder, `${id}.svg`), `${svg}\n`);
    else {
      const { default: sharp } = await import('sharp');
      saveText(
        join(folder, `${id}.png`),
        await sharp(Buffer.from(svg), { density: DENSITY }).flatten({ background: '#fff' }).png().toBuffer(),
      );
    }
  }
}
