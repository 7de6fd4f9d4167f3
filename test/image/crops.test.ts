import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropNames, letterOf, writeCrops } from '../../core/image/crops.js';
import { overlaySvg, writeOverlay } from '../../core/image/overlay.js';
import type { ImageSplit, Panel } from '../../core/plugin/contract.js';
import { drawFigure } from './figure.js';

const figure = drawFigure({ seed: 2, layout: [2], gutter: 10, content: 'photo', width: 210, height: 100 });
const bytes = await sharp(figure.data, { raw: { width: 210, height: 100, channels: 3 } })
  .png()
  .toBuffer();
const panel = (x: number, label: string | null): Panel => ({
  x,
  y: 0,
  width: 100,
  height: 100,
  label,
  score: 0.9,
  cell: [x === 0 ? 0 : 105, 0, 105, 100],
});
const split: ImageSplit = {
  width: 210,
  height: 100,
  panels: [panel(0, 'A'), panel(110, null)],
  confidence: 'medium',
  reasons: ['weak-cut'],
  status: 'split',
};

describe('names', () => {
  it('letter, number, of', () =>
    expect(cropNames('x/PMC1_fig2.jpg', split.panels)).toEqual(['PMC1_fig2_a_1_2.webp', 'PMC1_fig2_b_2_2.webp']));
  it('a letter that was read is not given twice', () =>
    expect(cropNames('f.png', [panel(0, null), panel(110, 'A')])).toEqual(['f_b_1_2.webp', 'f_a_2_2.webp']));
  it('an undivided figure', () =>
    expect(cropNames('f.png', [panel(0, 'A')], { format: 'png' })).toEqual(['f_undivided_1_1.png']));
  it('names from a caption are made safe', () =>
    expect(cropNames('f.png', split.panels, { names: ['upper left', '../x'] })).toEqual([
      'f_upper-left_1_2.webp',
      'f_-x_2_2.webp',
    ]));
  it('after z comes aa', () => expect([0, 25, 26, 27, 702].map(letterOf)).toEqual(['a', 'z', 'aa', 'ab', 'aaa']));
});

describe('pictures', () => {
  it('crops hold the very pixels', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crops-'));
    const paths = await writeCrops('f.png', bytes, split, folder, { format: 'png' });
    expect(paths.map((p) => basename(p)).sort()).toEqual(readdirSync(folder).sort());
    const { data, info } = await sharp(readFileSync(paths[1])).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([100, 100]);
    expect([...data.subarray(0, 3)]).toEqual([...figure.data.subarray(110 * 3, 110 * 3 + 3)]);
  });
  it('a margin ends at the cell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crops-'));
    const [path] = await writeCrops('f.png', bytes, split, folder, { margin: 50 });
    expect((await sharp(readFileSync(path)).metadata()).width).toBe(105);
  });
  it('an overlay is a picture of the figure with a foot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
    const { width, height } = await sharp(readFileSync(await writeOverlay('f.png', bytes, split, folder))).metadata();
    expect([width, height]).toEqual([240, 126]);
  });
  it('what is written on it is escaped', () => {
    const odd = { ...split, reasons: ['<script>'] };
    expect(overlaySvg(odd, 1, 210, 100, 26)).not.toContain('<script>');
  });
});
