import { afterAll, describe, expect, it } from 'vitest';
import { cutByBands } from '../../core/image/edges/bands.js';
import { MULTICARE_EDGES } from '../../core/image/edges/edgeMap.js';
import { OpenCvEdges } from '../../core/image/edges/openCv.js';
import { luminanceOf } from '../../core/image/raster.js';
import { drawFigure } from './figure.js';

const edges = new OpenCvEdges();
afterAll(() => edges.close());

describe('OpenCV in its worker', () => {
  it('finds the border of a square, and nothing else', async () => {
    const grey = new Uint8Array(64 * 64);
    for (let y = 20; y < 44; y++) grey.fill(200, y * 64 + 20, y * 64 + 44);
    const map = await edges.edgeMap(grey, 64, 64, { blur: 3, low: 50, high: 100 });
    expect(new Set(map)).toEqual(new Set([0, 255]));
    const rows = Array.from({ length: 64 }, (_, y) => map.subarray(y * 64, y * 64 + 64).some((v) => v > 0));
    expect([rows.indexOf(true), rows.lastIndexOf(true)].map((y) => Math.round(y / 4))).toEqual([5, 11]);
  });
  it('leaves this process its own crash handlers, and can be awaited', async () => {
    const before = process.listeners('uncaughtException').length;
    await edges.edgeMap(new Uint8Array(16 * 16), 16, 16, MULTICARE_EDGES);
    expect(process.listeners('uncaughtException')).toHaveLength(before);
  });
  it('turns what OpenCV throws into an Error', async () => {
    await expect(edges.edgeMap(new Uint8Array(64), 8, 8, { blur: 4, low: 1, high: 20 })).rejects.toThrow(/OpenCV/);
  });
  it('answers many at once, each its own', async () => {
    const maps = await Promise.all(
      [40, 56, 72].map((n) => edges.edgeMap(new Uint8Array(n * n), n, n, MULTICARE_EDGES)),
    );
    expect(maps.map((m) => m.length)).toEqual([1600, 3136, 5184]);
  });
  it('frees what it takes: 300 pictures, memory as before', async () => {
    const grey = luminanceOf(
      drawFigure({ seed: 3, layout: [2], gutter: 9, content: 'photo', width: 640, height: 480 }),
    );
    for (let i = 0; i < 20; i++) await edges.edgeMap(grey, 640, 480, MULTICARE_EDGES);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 300; i++) await edges.edgeMap(grey, 640, 480, MULTICARE_EDGES);
    expect(process.memoryUsage().rss - before).toBeLessThan(120e6);
  });
});

describe('bands', () => {
  const options = { partSide: 0.1, band: 0.01 };
  const map = (boxes: readonly (readonly [number, number, number, number])[]) => {
    const out = new Uint8Array(100 * 100);
    for (const [x0, y0, x1, y1] of boxes) for (let y = y0; y < y1; y++) out.fill(255, y * 100 + x0, y * 100 + x1);
    return out;
  };
  it('cuts at empty bands; a broad blank is no panel', () => {
    expect(
      cutByBands(
        map([
          [0, 0, 30, 100],
          [70, 0, 100, 100],
        ]),
        100,
        100,
        options,
      ),
    ).toEqual([
      { x0: 0, y0: 0, x1: 30, y1: 100 },
      { x0: 70, y0: 0, x1: 100, y1: 100 },
    ]);
  });
  it('the widest first, as many as are expected', () => {
    const boxes = map([
      [0, 0, 30, 100],
      [34, 0, 60, 100],
      [80, 0, 100, 100],
    ]);
    expect(cutByBands(boxes, 100, 100, { ...options, expected: 2 }).map((r) => r.x1)).toEqual([60, 100]);
  });
  it('pieces too small for a panel stay with their neighbour', () => {
    expect(
      cutByBands(
        map([
          [0, 0, 80, 100],
          [90, 0, 95, 100],
        ]),
        100,
        100,
        options,
      ),
    ).toHaveLength(1);
  });
  it('no edge at all: the whole', () =>
    expect(cutByBands(map([]), 100, 100, options)).toEqual([{ x0: 0, y0: 0, x1: 100, y1: 100 }]));
});
