import { mkdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { ImageSplit, Panel } from '../plugin/contract.js';
import { decode } from './decode.js';
import { loadSharp } from './sharp.js';

export interface CropOptions {
  readonly format?: 'webp' | 'png';
  /** Of WebP, 1 to 100. */
  readonly quality?: number;
  /** Pixels of what is around the picture that are kept on each side, as far as its cell goes. */
  readonly margin?: number;
  /** Names of the parts, in the panels' order, instead of the printed letters. */
  readonly names?: readonly string[];
  /** The name of the figure. Default: its file's name without the extension. */
  readonly figure?: string;
}

/**
 * The file names of a figure's panels, as MultiCaRe's users know them: `<figure>_<letter>_<number>_<of>.webp`, and
 * `<figure>_undivided_1_1.webp` where there is one.
 */
export function cropNames(file: string, panels: readonly Pick<Panel, 'label'>[], options: CropOptions = {}): string[] {
  const name = options.figure ?? parse(file).name;
  const total = panels.length;
  const given = new Set(panels.map((p) => p.label?.toLowerCase()).filter((l) => l !== undefined));
  let next = 0;
  return panels.map(({ label }, i) => {
    let part = options.names?.[i] ?? label ?? undefined;
    if (part === undefined) {
      while (given.has(letterOf(next))) next++;
      part = letterOf(next++);
    }
    const safe = part.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
    return `${name}_${total === 1 ? 'undivided' : safe}_${i + 1}_${total}.${options.format ?? 'webp'}`;
  });
}

/** a to z, then aa, ab …: the place of a panel in reading order. */
export function letterOf(i: number): string {
  const letter = String.fromCharCode(97 + (i % 26));
  return i < 26 ? letter : letterOf(Math.floor(i / 26) - 1) + letter;
}

/**
 * Writes the panels of a figure as pictures of their own, cut from the original's pixels. Returns their paths.
 * @param file the figure's name; the crops' names are made from it
 * @throws Error in one sentence where the figure cannot be decoded
 */
export async function writeCrops(
  file: string,
  bytes: Uint8Array,
  split: ImageSplit,
  folder: string,
  options: CropOptions = {},
): Promise<string[]> {
  const { raster } = await decode(file, bytes);
  const sharp = await loadSharp();
  await mkdir(folder, { recursive: true });
  const raw = { width: raster.width, height: raster.height, channels: 3 as const };
  const names = cropNames(file, split.panels, options);
  const paths: string[] = [];
  for (const [i, panel] of split.panels.entries()) {
    const picture = sharp(raster.data, { raw }).extract(widened(panel, options.margin ?? 0));
    const out = options.format === 'png' ? picture.png() : picture.webp({ quality: options.quality ?? 90 });
    const path = join(folder, names[i]);
    await writeFile(path, await out.toBuffer());
    paths.push(path);
  }
  return paths;
}

function widened(panel: Panel, margin: number): { left: number; top: number; width: number; height: number } {
  const [cx, cy, cw, ch] = panel.cell;
  const left = Math.min(panel.x, Math.max(cx, panel.x - margin));
  const top = Math.min(panel.y, Math.max(cy, panel.y - margin));
  const right = Math.max(panel.x + panel.width, Math.min(cx + cw, panel.x + panel.width + margin));
  const bottom = Math.max(panel.y + panel.height, Math.min(cy + ch, panel.y + panel.height + margin));
  return { left, top, width: right - left, height: bottom - top };
}
