import { mkdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import type { Engine } from '../engine.js';
import type { ImageSplit } from '../plugin/contract.js';
import { loadSharp } from '../image/sharp.js';
import type { AsyncLineProcessor } from './batch.js';

export interface ImageTask {
  readonly kind: 'image-splitter';
  /** Folder to which relative paths in records are relative. */
  readonly base: string;
  readonly crops?: string;
  readonly overlay?: string;
}

/** Splits the figure of each record, and writes crops and overlays where a folder is given. */
export function imageLine(engine: Engine, { base, crops, overlay }: ImageTask): AsyncLineProcessor {
  const splitter = engine.processor('image-splitter');
  return async (record) => {
    const { file, expected_panels: expected } = record;
    if (typeof file !== 'string') throw new Error("the field 'file' is missing");
    const path = isAbsolute(file) ? file : resolve(base, file);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === 'ENOENT' ? `no such file: ${file}` : `${file} cannot be read (${error.code})`);
    });
    const expectedPanels = typeof expected === 'number' ? expected : undefined;
    const split = await splitter.split({ file, bytes, expectedPanels });
    if (crops) await writeCrops(path, bytes, split, crops);
    if (overlay) await writeOverlay(path, bytes, split, overlay);
    const { file: _file, expected_panels: _expected, ...rest } = record;
    return JSON.stringify({ ...rest, file, ...split });
  };
}

/** Panels as `<figure>_a_1_4.webp`, an undivided figure as `<figure>_undivided_1_1.webp`. */
async function writeCrops(file: string, bytes: Uint8Array, split: ImageSplit, folder: string): Promise<void> {
  const sharp = await loadSharp();
  const { name } = parse(file);
  await mkdir(folder, { recursive: true });
  const total = split.panels.length;
  for (const [i, { x, y, width, height, label }] of split.panels.entries()) {
    const part = total === 1 ? 'undivided' : (label ?? letterOf(i)).toLowerCase();
    const target = join(folder, `${name}_${part}_${i + 1}_${total}.webp`);
    await sharp(bytes).rotate().extract({ left: x, top: y, width, height }).webp({ quality: 90 }).toFile(target);
  }
}

/** a to z, then aa, ab …: the place of a panel in reading order. */
function letterOf(i: number): string {
  const letter = String.fromCharCode(97 + (i % 26));
  return i < 26 ? letter : letterOf(Math.floor(i / 26) - 1) + letter;
}

/** The figure with its panels drawn in and numbered. */
async function writeOverlay(file: string, bytes: Uint8Array, split: ImageSplit, folder: string): Promise<void> {
  const sharp = await loadSharp();
  await mkdir(dirname(join(folder, 'x')), { recursive: true });
  const { width, height } = split;
  const stroke = Math.max(2, Math.round(Math.max(width, height) / 300));
  const size = stroke * 10;
  const boxes = split.panels.map(
    (p, i) =>
      `<rect x="${p.x}" y="${p.y}" width="${p.width}" height="${p.height}" fill="none" stroke="#e6007e" stroke-width="${stroke}"/>` +
      `<text x="${p.x + stroke * 2}" y="${p.y + size}" font-size="${size}" font-family="sans-serif" fill="#e6007e">${p.label ?? i + 1}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}</svg>`;
  const picture = sharp(bytes).rotate().toColourspace('srgb').composite([{ input: Buffer.from(svg) }]);
  await picture.png().toFile(join(folder, `${parse(file).name}.png`));
}
