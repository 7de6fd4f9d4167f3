import { loadSharp } from '../../image/sharp.js';
import { random } from './hostileTexts.js';
import type { SampleFile } from './sampleFiles.js';

/** A figure with the number of panels that it has. */
export interface SampleFigure extends SampleFile {
  readonly panels: number;
}

const PANEL = 120;
const GUTTER = 8;

/** Figures of one, two and four panels, drawn as PNG: grey textures on white. */
export async function sampleFigures(): Promise<SampleFigure[]> {
  return Promise.all([figure('single.png', 1, 1), figure('row.png', 2, 1), figure('square.png', 2, 2)]);
}

async function figure(name: string, columns: number, rows: number): Promise<SampleFigure> {
  const sharp = await loadSharp();
  const next = random(columns * 10 + rows);
  const width = columns * PANEL + (columns - 1) * GUTTER;
  const height = rows * PANEL + (rows - 1) * GUTTER;
  const data = new Uint8Array(width * height).fill(255);
  const step = PANEL + GUTTER;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x % step >= PANEL || y % step >= PANEL) continue;
      const wave = 40 * Math.sin(x / 9) * Math.cos(y / 7);
      data[y * width + x] = Math.max(0, Math.min(230, 110 + wave + 20 * next()));
    }
  }
  const bytes = await sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return { file: name, bytes, panels: columns * rows };
}
