// Figures per second of the image splitter beside the reference's algorithm, in the same run.
//   npm run build && npx tsx bench/images.ts [--figures 40] [--pass 3000] [--soak 5000]
// Figures of 1000 × 800 pixels, JPEG, are generated; decoding is part of every time. The reference's algorithm is written here
// from its description: grey, Gaussian blur 13, Canny 1/20, sums along columns and rows, three rounds; by OpenCV (WASM).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { ImageSplitter, PluginContext } from '../core/plugin/contract.js';
import gutters from '../plugins/image-splitter-gutters/index.js';
import { drawFigure, type FigurePlan } from '../test/image/figure.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = { letters: true, second_opinion: 'none', threshold: 0.5, max_pixels: 1e8 } as const;
const splitter = (letters: boolean): ImageSplitter => gutters.setup({} as PluginContext, { ...OPTIONS, letters });

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      figures: { type: 'string', default: '40' },
      soak: { type: 'string', default: '0' },
      pass: { type: 'string', default: '3000' },
    },
  });
  const figures = await draw(Number(values.figures));
  const ours = splitter(true);
  const plain = splitter(false);
  const reference = await referenceSplitter();
  // In turns, so that whatever else the machine does falls on all alike.
  const times: Record<string, number[]> = { gutters: [], 'gutters, no letters': [], reference: [] };
  for (let round = 0; round < 4; round++)
    for (const bytes of figures) {
      await timed(times.gutters, () => ours.split({ file: 'f', bytes: new Uint8Array(bytes) }));
      await timed(times['gutters, no letters'], () => plain.split({ file: 'f', bytes: new Uint8Array(bytes) }));
      await timed(times.reference, () => reference(bytes));
    }
  for (const [name, all] of Object.entries(times)) {
    const sorted = all.slice(figures.length).sort((a, b) => a - b);
    const at = (q: number) => sorted[Math.floor(q * sorted.length)].toFixed(1);
    console.log(`${name.padEnd(20)} median ${at(0.5)} ms, p90 ${at(0.9)} ms`);
  }
  comparePasses(figures, Number(values.pass));
  await soak(ours, figures, Number(values.soak));
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  times.push(performance.now() - began);
}

async function draw(count: number): Promise<Uint8Array[]> {
  const layouts: FigurePlan['layout'][] = [[1], [2], [2, 2], [3, 3], [[1, 2]], [1, 3], [2, 3]];
  const out: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const content = (['photo', 'scan', 'chart'] as const)[i % 3];
    const gutter = content === 'chart' ? 36 : [8, 3, 0][i % 3];
    const { data } = drawFigure({
      seed: i + 1,
      layout: layouts[i % layouts.length],
      gutter,
      content,
      width: 1000,
      height: 800,
    });
    out.push(
      await sharp(data, { raw: { width: 1000, height: 800, channels: 3 } })
        .jpeg({ quality: 85 })
        .toBuffer(),
    );
  }
  return out;
}

/** The whole command over so many figure files, with one worker and with two, in turns. */
function comparePasses(figures: readonly Uint8Array[], count: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'legenda-image-bench-'));
  try {
    const input = join(folder, 'figures');
    mkdirSync(input);
    for (let i = 0; i < count; i++) writeFileSync(join(input, `f${i}.jpg`), figures[i % figures.length]);
    const pass = (workers: number): number => {
      const output = join(folder, `boxes-${workers}.jsonl`);
      const args = ['run', 'image-splitter', input, '-o', output, '--workers', String(workers), '--quiet'];
      const began = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ['bin/run.js', ...args], { cwd: ROOT, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return (performance.now() - began) / 1000;
    };
    const times: [number, number][] = [0, 1].map(() => [pass(1), pass(2)]);
    if (!readFileSync(join(folder, 'boxes-1.jsonl')).equals(readFileSync(join(folder, 'boxes-2.jsonl'))))
      throw new Error('the outputs differ');
    const [one, two] = [0, 1].map((k) => Math.min(...times.map((pair) => pair[k])));
    console.log(
      `whole command, ${count} figures, better of two runs: one worker ${(count / one).toFixed(1)} figures/s, two ${(count / two).toFixed(1)} (${(one / two).toFixed(2)} times)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soak(ours: ImageSplitter, figures: readonly Uint8Array[], count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await ours.split({ file: 'f', bytes: new Uint8Array(figures[i % figures.length]) });
    if (i % 1000 === 999) console.log(`after ${i + 1} figures: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  }
}

/** The part of OpenCV that the reference uses. */
interface Cv {
  Mat: new (...args: number[]) => { data: Uint8Array; delete(): void };
  Size: new (width: number, height: number) => unknown;
  GaussianBlur(from: unknown, to: unknown, size: unknown, sigma: number): void;
  Canny(from: unknown, to: unknown, low: number, high: number): void;
  CV_8UC1: number;
}

async function referenceSplitter(): Promise<(bytes: Uint8Array) => Promise<number>> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((e) => process.listeners(e as 'uncaughtException'));
  const { cv } = createRequire(import.meta.url)('opencv-wasm') as { cv: Cv };
  events.forEach((e, i) => {
    for (const l of process.listeners(e as 'uncaughtException'))
      if (!before[i].includes(l)) process.removeListener(e, l as () => void);
  });
  return async (bytes) => {
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    const [grey, smooth, edges] = [0, 1, 2].map(() => new cv.Mat(info.height, info.width, cv.CV_8UC1));
    try {
      grey.data.set(data);
      cv.GaussianBlur(grey, smooth, new cv.Size(13, 13), 0);
      cv.Canny(smooth, edges, 1, 20);
      return pieces(edges.data, info.width, info.height);
    } finally {
      for (const mat of [grey, smooth, edges]) mat.delete();
    }
  };
}

type Box = readonly [number, number, number, number];
function pieces(edges: Uint8Array, width: number, height: number): number {
  let boxes: Box[] = [[0, 0, width, height]];
  for (let same = 0; same < 3;) {
    const next = boxes.flatMap((b) => bands(edges, width, b, 'x')).flatMap((b) => bands(edges, width, b, 'y'));
    if (next.length === boxes.length) same++;
    boxes = next;
    if (boxes.length === 0) return 0;
  }
  return boxes.length;
}

function bands(edges: Uint8Array, width: number, [x0, y0, x1, y1]: Box, axis: 'x' | 'y'): Box[] {
  const sums = new Float64Array(axis === 'x' ? x1 - x0 : y1 - y0);
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) sums[axis === 'x' ? x - x0 : y - y0] += edges[y * width + x];
  const out: Box[] = [];
  for (let i = 0, from = 0; i <= sums.length; i++) {
    if (i < sums.length && i > 0 && sums[i] >= 100 === sums[i - 1] >= 100) continue;
    if (i - from >= 100) out.push(axis === 'x' ? [x0 + from, y0, x0 + i, y1] : [x0, y0 + from, x1, y0 + i]);
    from = i;
  }
  return out;
}
