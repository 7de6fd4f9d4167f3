import { clamp, cloud, ellipse, grey, mix, step, type Colour, type Picture } from './noise.js';

export interface SonogramPlan {
  /** `target`: rings, as of bowel in bowel; `layers`: bowel cut lengthwise; `heart`: four chambers; `cyst`: a dark round. */
  readonly shows: 'target' | 'layers' | 'heart' | 'cyst';
  /** Colours of flow inside the middle. */
  readonly flow?: boolean;
  /** Something solid in a chamber or beside a cyst. */
  readonly mass?: { readonly x: number; readonly y: number; readonly r: number };
}

/** An ultrasound picture: a sector of speckle on black. */
export function sonogram(plan: SonogramPlan, seed: number): Picture {
  return (x, y) => {
    const depth = Math.hypot(x, y + 1.15);
    const angle = Math.atan2(x, y + 1.15);
    if (depth < 0.24 || depth > 2.05 || Math.abs(angle) > 0.72) return grey(4);
    const speckle = cloud(angle * 60, depth * 48, seed, 2);
    let v = 92 + 40 * (cloud(x * 3, y * 5, seed + 3) - 0.5);
    v = shapes(plan, x, y, v, seed);
    if (plan.mass)
      v = mix(v, 170, step(1.1, 0.9, ellipse(x, y, plan.mass.x, plan.mass.y, plan.mass.r, plan.mass.r * 0.8)));
    v = clamp(v * (0.35 + 1.3 * speckle) * mix(1.1, 0.55, depth / 2), 0, 255);
    return plan.flow ? flow(x, y, v, seed) : grey(v);
  };
}

function shapes(plan: SonogramPlan, x: number, y: number, v: number, seed: number): number {
  const wobble = (cloud(x * 4, y * 4, seed + 6) - 0.5) * 0.25;
  if (plan.shows === 'target') {
    const r = ellipse(x, y, 0.02, -0.05, 0.42, 0.38) + wobble;
    return r > 1 ? v : r > 0.72 ? 42 : r > 0.5 ? 150 : r > 0.26 ? 56 : 190;
  }
  if (plan.shows === 'layers') {
    const d = Math.abs(y + 0.05 + 0.08 * Math.sin(x * 3) + wobble * 0.2);
    return Math.abs(x) > 0.7 || d > 0.36 ? v : d > 0.27 ? 46 : d > 0.17 ? 150 : d > 0.07 ? 48 : 190;
  }
  if (plan.shows === 'cyst') return mix(12, v, step(0.96, 1.06, ellipse(x, y, 0.05, -0.05, 0.42, 0.34) + wobble * 0.4));
  const chambers = Math.min(
    ellipse(x, y, 0.27, -0.22, 0.2, 0.36, 0.12),
    ellipse(x, y, -0.26, -0.18, 0.17, 0.32, -0.12),
    ellipse(x, y, 0.26, 0.46, 0.22, 0.2),
    ellipse(x, y, -0.27, 0.44, 0.22, 0.2),
  );
  return (
    mix(14, 140, step(0.95, 1.12, chambers + wobble * 0.2)) * step(1.35, 1.1, ellipse(x, y, 0, 0.08, 0.62, 0.72)) +
    v * 0.2
  );
}

function flow(x: number, y: number, v: number, seed: number): Colour {
  const r = ellipse(x, y, 0.02, -0.05, 0.34, 0.3);
  const wave = cloud(x * 7, y * 7, seed + 17);
  if (r > 1.2 || (wave > 0.42 && wave < 0.58)) return grey(v);
  return wave >= 0.58 ? [220, 60 + 300 * (wave - 0.58), 30] : [30, 80 + 200 * (0.42 - wave), 215];
}
