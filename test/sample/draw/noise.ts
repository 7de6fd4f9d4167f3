/** Noise and small mathematics for drawn pictures. Everything follows from the seed, on any machine. */
export type Colour = readonly [number, number, number];

/** A picture as a function: `y` runs from -1 (top) to 1 (foot), `x` from -aspect to aspect. Levels are 0 to 255. */
export type Picture = (x: number, y: number) => Colour;

export const grey = (level: number): Colour => [level, level, level];
export const clamp = (v: number, low = 0, high = 1): number => Math.max(low, Math.min(high, v));
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger. */
export function step(from: number, to: number, v: number): number {
  const t = clamp((v - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export const blend = (a: Colour, b: Colour, t: number): Colour => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];
export const scale = (c: Colour, k: number): Colour => [c[0] * k, c[1] * k, c[2] * k];

/** A number from 0 to 1 for each place of a lattice. */
export function hash(i: number, j: number, seed: number): number {
  let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 1274126177);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth noise from 0 to 1, features about a unit wide. */
export function smooth(x: number, y: number, seed: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = step(0, 1, x - i);
  const v = step(0, 1, y - j);
  return mix(mix(hash(i, j, seed), hash(i + 1, j, seed), u), mix(hash(i, j + 1, seed), hash(i + 1, j + 1, seed), u), v);
}

/** Noise of several sizes laid over one another, from 0 to 1. */
export function cloud(x: number, y: number, seed: number, octaves = 3): number {
  let sum = 0;
  let total = 0;
  for (let o = 0, weight = 1, f = 1; o < octaves; o++, weight /= 2, f *= 2) {
    sum += weight * smooth(x * f, y * f, seed + o);
    total += weight;
  }
  return sum / total;
}

/** Scattered dots, one in each unit cell: how far the nearest is, and a number from 0 to 1 that is its own. */
export function nearestDot(x: number, y: number, seed: number): { readonly distance: number; readonly own: number } {
  const i = Math.floor(x);
  const j = Math.floor(y);
  let distance = 9;
  let own = 0;
  for (let a = i - 1; a <= i + 1; a++)
    for (let b = j - 1; b <= j + 1; b++) {
      const d = Math.hypot(a + hash(a, b, seed) - x, b + hash(a, b, seed + 7) - y);
      if (d < distance) [distance, own] = [d, hash(a, b, seed + 13)];
    }
  return { distance, own };
}

/** Distance from an ellipse's centre in its own radii, turned by `angle`: 1 on its border. */
export function ellipse(x: number, y: number, cx: number, cy: number, rx: number, ry: number, angle = 0): number {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return Math.hypot(((x - cx) * c + (y - cy) * s) / rx, ((y - cy) * c - (x - cx) * s) / ry);
}

/** Distance of a point from a line with ends. */
export function toLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Distance of a point from a path of lines. */
export function toPath(x: number, y: number, path: readonly (readonly [number, number])[]): number {
  let best = Infinity;
  for (let i = 1; i < path.length; i++)
    best = Math.min(best, toLine(x, y, path[i - 1][0], path[i - 1][1], path[i][0], path[i][1]));
  return best;
}
