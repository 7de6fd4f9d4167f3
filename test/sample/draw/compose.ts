import type { Raster, Region } from '../../../core/image/raster.js';
import { inkOf } from './letters.js';
import { clamp, toLine, type Colour, type Picture } from './noise.js';

export interface DrawnPanel {
  /** The picture for a panel so many times as wide as high. */
  readonly picture: (aspect: number) => Picture;
  /** Printed in the upper left corner. */
  readonly letter?: string;
  /** Colour of the letter; white is for dark pictures. Default white. */
  readonly ink?: 'white' | 'black';
  /** Where an arrow points, in the picture's own measure, and from which side it comes. */
  readonly arrow?: readonly [x: number, y: number, from?: 'left' | 'right'];
  /** A bar in the lower right corner, as under a microscope. */
  readonly bar?: boolean;
  /** Width beside the others of its row. Default 1. */
  readonly wide?: number;
}
export interface DrawnFigure {
  readonly file: string;
  readonly width: number;
  /** Rows of panels, and the height of each in pixels. */
  readonly rows: readonly { readonly height: number; readonly panels: readonly DrawnPanel[] }[];
  readonly gutter: number;
  readonly ground?: Colour;
  /** White or black round everything. */
  readonly margin?: number;
}

export const black: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];

/** A panel whose picture does not depend on its shape. */
export const still = (picture: Picture, rest: Omit<DrawnPanel, 'picture'> = {}): DrawnPanel => ({
  picture: () => picture,
  ...rest,
});
export const row = (height: number, ...panels: DrawnPanel[]): DrawnFigure['rows'][number] => ({ height, panels });

/** Draws a figure. Places of its panels come with it, row by row. */
export function draw(figure: DrawnFigure): Raster & { readonly panels: readonly Region[] } {
  const { width, rows, gutter, margin = 0, ground = WHITE } = figure;
  const height = 2 * margin + rows.reduce((sum, row) => sum + row.height, 0) + gutter * (rows.length - 1);
  const raster: Raster = { width, height, data: new Uint8Array(width * height * 3) };
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = ground[i % 3];
  const panels: Region[] = [];
  let y0 = margin;
  for (const row of rows) {
    const total = row.panels.reduce((sum, panel) => sum + (panel.wide ?? 1), 0);
    const room = width - 2 * margin - gutter * (row.panels.length - 1);
    let before = 0;
    row.panels.forEach((panel, i) => {
      const x0 = margin + i * gutter + Math.round((before / total) * room);
      before += panel.wide ?? 1;
      const x1 = margin + i * gutter + Math.round((before / total) * room);
      panels.push({ x0, y0, x1, y1: y0 + row.height });
      paint(raster, panels[panels.length - 1], panel);
    });
    y0 += row.height + gutter;
  }
  return { ...raster, panels };
}

function paint({ data, width }: Raster, { x0, y0, x1, y1 }: Region, panel: DrawnPanel): void {
  const high = y1 - y0;
  const aspect = (x1 - x0) / high;
  const picture = panel.picture(aspect);
  const letterHeight = Math.max(18, Math.min(30, Math.round(high * 0.09)));
  const ink = panel.ink === 'black' ? 12 : 250;
  for (let py = y0; py < y1; py++)
    for (let px = x0; px < x1; px++) {
      const x = ((px - x0 + 0.5) / high) * 2 - aspect;
      const y = ((py - y0 + 0.5) / high) * 2 - 1;
      let colour = picture(x, y);
      if (panel.letter) colour = cover(colour, ink, inkOf(panel.letter, px - x0 - 10, py - y0 - 10, letterHeight));
      if (panel.arrow) colour = cover(colour, ink, arrow(x, y, panel.arrow));
      if (panel.bar && y > 0.88 && y < 0.91 && x > aspect - 0.5 && x < aspect - 0.12) colour = [10, 10, 10];
      const o = (py * width + px) * 3;
      for (let k = 0; k < 3; k++) data[o + k] = Math.round(clamp(colour[k], 0, 255));
    }
}

const cover = (c: Colour, level: number, t: number): Colour =>
  t <= 0 ? c : [c[0] + (level - c[0]) * t, c[1] + (level - c[1]) * t, c[2] + (level - c[2]) * t];

/** Ink of an arrow whose tip is at a place. */
function arrow(x: number, y: number, [tx, ty, from = 'right']: NonNullable<DrawnPanel['arrow']>): number {
  const s = from === 'right' ? 1 : -1;
  const dx = (x - tx) * s;
  const dy = y - ty;
  const head = dx > 0 && dx < 0.12 && Math.abs(dy + dx * 0.5) < dx * 0.45 ? 1 : 0;
  const shaft = toLine(x, y, tx + 0.08 * s, ty - 0.04, tx + 0.3 * s, ty - 0.16) < 0.018 ? 1 : 0;
  return Math.max(head, shaft);
}
