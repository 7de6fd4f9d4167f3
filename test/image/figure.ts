import type { Raster, Region } from '../../core/image/raster.js';

/**
 * A generator of compound figures for tests, all of its own making: textures, shapes, scans and charts in layouts of rows,
 * columns, one beside several, and several beside one. Everything follows from the seed.
 */
export interface FigurePlan {
  readonly seed: number;
  readonly width?: number;
  readonly height?: number;
  /** Panels of each row; a number for a row, an array for a row whose members are stacked so high. */
  readonly layout: readonly (number | readonly number[])[];
  readonly gutter: number;
  readonly ground?: readonly [number, number, number];
  /** Margin around everything, in the ground's colour. */
  readonly margin?: number;
  readonly content: 'photo' | 'scan' | 'chart' | 'flat';
  /** Pixels of noise on everything, as of a JPEG. */
  readonly noise?: number;
}
export interface Figure extends Raster {
  readonly panels: readonly Region[];
}

export function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function drawFigure(plan: FigurePlan): Figure {
  const { width = 760, height = 600, gutter, margin = 0, ground = [255, 255, 255] } = plan;
  const next = random(plan.seed);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = ground[i % 3];
  const figure: Raster = { width, height, data };
  const panels = place(plan.layout, { x0: margin, y0: margin, x1: width - margin, y1: height - margin }, gutter);
  for (const panel of panels) paint(figure, panel, plan.content, next);
  const noise = plan.noise ?? 0;
  if (noise > 0)
    for (let i = 0; i < data.length; i++)
      data[i] = Math.max(0, Math.min(255, data[i] + Math.round((next() - 0.5) * 2 * noise)));
  return { ...figure, panels };
}

function place(layout: FigurePlan['layout'], area: Region, gutter: number): Region[] {
  const rows = spread(area.y0, area.y1, layout.length, gutter);
  return layout.flatMap((row, r) => {
    const stacks = typeof row === 'number' ? Array.from({ length: row }, () => 1) : row;
    const columns = spread(area.x0, area.x1, stacks.length, gutter);
    return stacks.flatMap((high, k) =>
      spread(rows[r][0], rows[r][1], high, gutter).map(([y0, y1]) => ({
        x0: columns[k][0],
        x1: columns[k][1],
        y0,
        y1,
      })),
    );
  });
}

function spread(from: number, to: number, count: number, gutter: number): [number, number][] {
  const size = (to - from - gutter * (count - 1)) / count;
  return Array.from({ length: count }, (_, i) => {
    const start = Math.round(from + i * (size + gutter));
    return [start, Math.round(from + i * (size + gutter) + size)];
  });
}

type Pen = (x: number, y: number, r: number, g: number, b: number) => void;

function paint(figure: Raster, panel: Region, content: FigurePlan['content'], next: () => number): void {
  const pen: Pen = (x, y, r, g, b) => {
    if (x < panel.x0 || y < panel.y0 || x >= panel.x1 || y >= panel.y1) return;
    const o = (Math.round(y) * figure.width + Math.round(x)) * 3;
    figure.data[o] = r;
    figure.data[o + 1] = g;
    figure.data[o + 2] = b;
  };
  if (content === 'photo') photo(panel, pen, next);
  else if (content === 'scan') scan(panel, pen, next);
  else if (content === 'flat') flat(panel, pen, next);
  else chart(panel, pen, next);
}

/** A colour with waves and blobs, like stained tissue or skin. */
function photo(p: Region, pen: Pen, next: () => number): void {
  const base = [60 + 150 * next(), 60 + 150 * next(), 60 + 150 * next()];
  const waves = Array.from({ length: 4 }, () => ({
    fx: 0.02 + 0.1 * next(),
    fy: 0.02 + 0.1 * next(),
    ph: 7 * next(),
    a: 8 + 22 * next(),
  }));
  const blobs = Array.from({ length: 12 }, () => ({
    x: p.x0 + next() * (p.x1 - p.x0),
    y: p.y0 + next() * (p.y1 - p.y0),
    r: 8 + 22 * next(),
    d: 60 * (next() - 0.5),
  }));
  for (let y = p.y0; y < p.y1; y++)
    for (let x = p.x0; x < p.x1; x++) {
      let v = 8 * (next() - 0.5);
      for (const w of waves) v += w.a * Math.sin(w.fx * x + w.fy * y + w.ph);
      for (const b of blobs) if ((x - b.x) ** 2 + (y - b.y) ** 2 < b.r * b.r) v += b.d;
      const [r, g, b] = base.map((c) => Math.max(20, Math.min(225, c + v)));
      pen(x, y, r, g, b);
    }
}

/** A grey close-up: a smooth round thing on a flat ground, with a flat dark band beside it. */
function flat(p: Region, pen: Pen, next: () => number): void {
  const w = p.x1 - p.x0;
  const h = p.y1 - p.y0;
  const ground = 90 + 80 * next();
  const band = (0.3 + 0.15 * next()) * w;
  const cx = p.x0 + (0.62 + 0.1 * next()) * w;
  const cy = p.y0 + (0.4 + 0.2 * next()) * h;
  const r = (0.16 + 0.06 * next()) * Math.min(w, h);
  const dark = 26 + 8 * next();
  for (let y = p.y0; y < p.y1; y++)
    for (let x = p.x0; x < p.x1; x++) {
      // The band fades into the ground, as out of focus.
      const t = Math.min(1, Math.max(0, (x - p.x0 - band * (0.55 + 0.1 * Math.sin(y / 70))) / (0.25 * w)));
      const d = Math.hypot(x - cx, y - cy) / r;
      const v = dark + (ground - dark) * t + (d < 1 ? 60 * Math.sqrt(1 - d * d) : 0) + 2 * next();
      pen(x, y, v, v, v);
    }
}

/** A bright section on a dark ground, like a tomogram; the ground is not quite black. */
function scan(p: Region, pen: Pen, next: () => number): void {
  const cx = (p.x0 + p.x1) / 2 + 8 * (next() - 0.5);
  const cy = (p.y0 + p.y1) / 2 + 8 * (next() - 0.5);
  const rx = (p.x1 - p.x0) * (0.4 + 0.08 * next());
  const ry = (p.y1 - p.y0) * (0.4 + 0.08 * next());
  const f = 0.05 + 0.1 * next();
  const phase = 7 * next();
  const level = 6 + 8 * next();
  for (let y = p.y0; y < p.y1; y++)
    for (let x = p.x0; x < p.x1; x++) {
      const d = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
      const v =
        d > 1
          ? level + 2 * next()
          : d > 0.88
            ? 220 + 20 * next()
            : 90 + 45 * Math.sin(f * x + phase) * Math.cos(f * y) + 25 * next();
      pen(x, y, v, v, v);
    }
}

/** Axes, ticks, bars. White inside. */
function chart(p: Region, pen: Pen, next: () => number): void {
  const w = p.x1 - p.x0;
  const h = p.y1 - p.y0;
  const fill = (x0: number, y0: number, x1: number, y1: number, r: number, g: number, b: number) => {
    for (let y = Math.round(y0); y < y1; y++) for (let x = Math.round(x0); x < x1; x++) pen(x, y, r, g, b);
  };
  fill(p.x0, p.y0, p.x1, p.y1, 255, 255, 255);
  const left = p.x0 + 0.1 * w;
  const foot = p.y1 - 0.12 * h;
  fill(left, p.y0, left + 2, foot, 0, 0, 0);
  fill(left, foot, p.x1, foot + 2, 0, 0, 0);
  for (let i = 0; i < 5; i++)
    fill(p.x0, p.y0 + (i / 5) * (foot - p.y0), p.x0 + 0.05 * w, p.y0 + (i / 5) * (foot - p.y0) + 7, 30, 30, 30);
  const bars = 3 + Math.floor(4 * next());
  const step = (p.x1 - left) / bars;
  for (let i = 0; i < bars; i++) {
    const x0 = left + (i + 0.25) * step;
    const top = foot - (0.2 + 0.75 * next()) * (foot - p.y0);
    fill(x0, top, x0 + 0.5 * step, foot, 200 * next(), 200 * next(), 200 * next());
    fill(x0, p.y1 - 8, x0 + 0.3 * step, p.y1, 30, 30, 30);
  }
}

/** A single picture, for the figures that must stay whole. */
export const drawSingle = (seed: number, content: FigurePlan['content'], margin = 0): Figure =>
  drawFigure({ seed, layout: [1], gutter: 0, content, margin });

/** Whether two boxes are one by the usual measure: intersection over union. */
export function overlap(a: Region, b: Region): number {
  const w = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const h = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (w <= 0 || h <= 0) return 0;
  const size = (r: Region) => (r.x1 - r.x0) * (r.y1 - r.y0);
  return (w * h) / (size(a) + size(b) - w * h);
}
