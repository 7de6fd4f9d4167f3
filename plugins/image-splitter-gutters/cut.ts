import type { Axis } from './tables.js';
import type { Shade } from './runs.js';

/** Why a cut was made. */
export type Rule = 'gutter-between-pictures' | 'gutter-beside-picture' | 'gutter-wide' | 'edge' | 'grid' | 'letters';

/** A full straight cut of a region: the lines `from` to `to` (they may be equal) belong to neither part. */
export interface Cut {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  /** 0 to 1; the threshold of the constants stands for an even chance. */
  readonly score: number;
  readonly rule: Rule;
  /** Of the gutter; null where pictures abut. */
  readonly shade: Shade | null;
  readonly level: number;
}

/** Linear between the given points [input, output], flat outside them. */
export function ramp(value: number, points: readonly (readonly [number, number])[]): number {
  if (value <= points[0][0]) return points[0][1];
  for (let i = 1; i < points.length; i++) {
    const [x1, y1] = points[i];
    if (value <= x1) {
      const [x0, y0] = points[i - 1];
      return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
    }
  }
  return points[points.length - 1][1];
}

/** The logarithm of a score's odds, and back. Independent hints are added there. */
export const logOdds = (score: number): number => Math.log(Math.max(1e-4, score) / Math.max(1e-5, 1 - score));
export const fromLogOdds = (sum: number): number => Math.min(0.9999, 1 / (1 + Math.exp(-sum)));
export const shifted = (cut: Cut, by: number): Cut =>
  by === 0 ? cut : { ...cut, score: fromLogOdds(logOdds(cut.score) + by) };
