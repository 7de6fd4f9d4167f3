import { mkdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { ImageSplit } from '../plugin/contract.js';
import { decode } from './decode.js';
import { loadSharp } from './sharp.js';

const COLOURS = { high: '#0a8f3c', medium: '#d97706', low: '#d21f3c' } as const;
/** Long side of an overlay; larger figures are shrunk. */
const LONG_SIDE = 1400;

/**
 * Draws a figure's panels on it, so that a person can judge them at a glance: the pictures in the colour of the confidence
 * (green high, amber medium, red low), numbered in reading order with their letters, their cells dashed, and a line below with
 * confidence and reasons. Writes `<name>.webp` into the folder (the name is the figure's unless given) and returns its path.
 */
export async function writeOverlay(
  file: string,
  bytes: Uint8Array,
  split: ImageSplit,
  folder: string,
  name = parse(file).name,
): Promise<string> {
  const { raster } = await decode(file, bytes);
  const sharp = await loadSharp();
  await mkdir(folder, { recursive: true });
  const scale = Math.min(1, LONG_SIDE / Math.max(raster.width, raster.height));
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  const foot = 26;
  const page = Math.max(width, 240);
  const picture = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .extend({ bottom: foot, right: page - width, background: '#ffffff' })
    .composite([{ input: Buffer.from(overlaySvg(split, scale, page, height, foot)) }])
    .webp({ quality: 85 })
    .toBuffer();
  const path = join(folder, `${name}.webp`);
  await writeFile(path, picture);
  return path;
}

/** What is laid over the figure. Lines are as broad on every figure. */
export function overlaySvg(split: ImageSplit, scale: number, width: number, height: number, foot: number): string {
  const colour = COLOURS[split.confidence];
  const parts = split.panels.map((p, i) => {
    const [cx, cy, cw, ch] = p.cell.map((v) => v * scale);
    const [x, y, w, h] = [p.x, p.y, p.width, p.height].map((v) => v * scale);
    const name = p.label === null ? `${i + 1}` : `${i + 1} · ${escape(p.label)}`;
    const badge = 14 + 9 * name.length;
    return (
      `<rect x="${cx}" y="${cy}" width="${cw}" height="${ch}" fill="none" stroke="#2563eb" stroke-dasharray="5 4"/>` +
      `<rect x="${x + 1.5}" y="${y + 1.5}" width="${Math.max(1, w - 3)}" height="${Math.max(1, h - 3)}" fill="none" stroke="${colour}" stroke-width="3"/>` +
      `<rect x="${x + w / 2 - badge / 2}" y="${y + h / 2 - 12}" width="${badge}" height="24" rx="4" fill="${colour}" fill-opacity="0.85"/>` +
      `<text x="${x + w / 2}" y="${y + h / 2 + 6}" text-anchor="middle" font-family="sans-serif" font-size="16" fill="#ffffff">${name}</text>`
    );
  });
  const note = [
    `${split.panels.length} panel${split.panels.length === 1 ? '' : 's'}`,
    split.confidence,
    ...split.reasons,
  ].join(' · ');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}">${parts.join('')}` +
    `<text x="6" y="${height + foot - 8}" font-family="sans-serif" font-size="14" fill="${colour}">${escape(note)}</text></svg>`
  );
}

const escape = (text: string): string => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);
