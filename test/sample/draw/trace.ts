import { inkOfWord } from './letters.js';
import { clamp, cloud, grey, hash, step, type Colour, type Picture } from './noise.js';

export interface TracePlan {
  /** Leads side by side and rows below one another. */
  readonly columns: number;
  readonly rows: number;
  /** How far the segment after the spike is lifted, by column and row. */
  readonly lift: (column: number, row: number) => number;
  /** Height of the last wave, by column and row; negative is turned over. */
  readonly wave: (column: number, row: number) => number;
  readonly rate: number;
}

/** An electrocardiogram on pink squares. */
export function trace(plan: TracePlan, aspect: number): Picture {
  const wide = (2 * aspect) / plan.columns;
  const high = 2 / plan.rows;
  const at = (x: number): number[] =>
    Array.from({ length: plan.rows }, (_, row) => -1 + (row + 0.58) * high - level(x, row));
  const level = (x: number, row: number): number => {
    const column = clamp(Math.floor((x + aspect) / wide), 0, plan.columns - 1);
    const t = ((x + aspect) * plan.rate + 0.31 * row) % 1;
    const size = 0.3 * high * (0.6 + 0.7 * hash(column, row, 5));
    return (
      0.12 * size * bump(t, 0.16, 0.03) -
      0.16 * size * bump(t, 0.285, 0.01) +
      size * bump(t, 0.31, 0.011) -
      0.3 * size * bump(t, 0.337, 0.012) +
      plan.lift(column, row) * high * 0.3 * step(0.33, 0.36, t) * step(0.56, 0.44, t) +
      plan.wave(column, row) * 0.12 * high * bump(t, 0.54, 0.05)
    );
  };
  return (x, y) => {
    let c: Colour = [255, 247, 244];
    const square = (v: number, size: number): boolean => Math.abs(v / size - Math.round(v / size)) * size < 0.0042;
    if (square(x + aspect, 0.04) || square(y + 1, 0.04)) c = [250, 220, 218];
    if (square(x + aspect, 0.2) || square(y + 1, 0.2)) c = [240, 178, 178];
    const here = at(x);
    const next = at(x + 0.009);
    for (let row = 0; row < plan.rows; row++) {
      const low = Math.min(here[row], next[row]) - 0.007;
      const top = Math.max(here[row], next[row]) + 0.007;
      if (y >= low && y <= top) c = [24, 22, 38];
    }
    return c;
  };
}

const bump = (t: number, at: number, wide: number): number => Math.exp(-(((t - at) / wide) ** 2));

/** Bars over an axis in percent, a letter under each. */
export function bars(values: readonly number[], names: string, aspect: number): Picture {
  const left = -aspect * 0.84;
  const wide = (aspect * 0.9 - left) / values.length;
  // Words are drawn in pixels of a figure about 340 high.
  const word = (text: string, x: number, y: number): number => inkOfWord(text, x * 170, y * 170, 15);
  return (x, y) => {
    if (Math.abs(x - left) < 0.006 && y < 0.8 && y > -0.9) return [0, 0, 0];
    if (Math.abs(y - 0.8) < 0.006 && x > left && x < aspect * 0.92) return [0, 0, 0];
    if (x < left) {
      const k = clamp(Math.round((0.8 - y) / 0.32), 0, 4);
      if (Math.abs(y - 0.8 + k * 0.32) < 0.005 && x > left - 0.03) return [0, 0, 0];
      const ink = word(k === 0 ? '0' : `${k * 2}0`, x - left + 0.2, y - 0.755 + k * 0.32);
      return grey(255 - 240 * ink);
    }
    const i = Math.floor((x - left) / wide);
    if (i < 0 || i >= values.length) return [255, 255, 255];
    const inside = ((x - left) / wide) % 1;
    if (inside > 0.2 && inside < 0.8 && y < 0.8 && y > 0.8 - 1.6 * values[i])
      return i % 2 ? [206, 120, 58] : [64, 110, 170];
    return grey(255 - 240 * word(names[i], x - left - (i + 0.46) * wide, y - 0.86));
  };
}

/** A panoramic film of the jaws: two rows of teeth on arches. `cyst` is a dark round with a pale rim. */
export function jaws(
  plan: { readonly cyst?: { readonly x: number; readonly y: number; readonly r: number }; readonly teeth: number },
  aspect: number,
  seed: number,
): Picture {
  return (x, y) => {
    const u = x / aspect;
    const bite = -0.08 + 0.3 * (1 - u * u) - 0.12;
    const upper = y < bite;
    const depth = Math.abs(y - bite);
    const tooth = ((u + 1) * plan.teeth) % 1;
    const k = Math.floor((u + 1) * plan.teeth);
    let v = 60 + 50 * cloud(x * 3, y * 3, seed) + 46 * step(0.75, 0.25, depth) * step(0.95, 0.75, Math.abs(u));
    const lower = step(0.06, 0.03, Math.abs(y - bite - 0.72 + 0.1 * u * u));
    v += 70 * lower * step(0.92, 0.8, Math.abs(u));
    v += 60 * step(0.1, 0.06, Math.abs(Math.abs(u) - 0.86)) * step(-0.8, -0.5, y) * step(0.8, 0.55, y);
    const taper = 0.42 - 0.3 * step(0.14, 0.55, depth) - 0.04 * hash(k, upper ? 1 : 2, seed);
    const inTooth = depth > 0.025 && depth < 0.5 && Math.abs(tooth - 0.5) < taper && Math.abs(u) < 0.74;
    if (inTooth) v = depth < 0.17 ? 222 : Math.abs(tooth - 0.5) < 0.06 ? 120 : 184;
    if (plan.cyst) {
      const r =
        Math.hypot(x - plan.cyst.x, y - plan.cyst.y) / plan.cyst.r + (cloud(x * 5, y * 5, seed + 3) - 0.5) * 0.25;
      if (r < 1) v = r > 0.92 ? 214 : 38 + 0.15 * v;
    }
    const noise = (cloud(x * 60, y * 60, seed + 8, 2) - 0.5) * 18;
    const level = clamp(v + noise, 0, 255);
    return [level, level, level];
  };
}
