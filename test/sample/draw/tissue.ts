import {
  blend,
  clamp,
  cloud,
  ellipse,
  hash,
  mix,
  nearestDot,
  scale,
  step,
  type Colour,
  type Picture,
} from './noise.js';

export interface SlidePlan {
  readonly stain: 'he' | 'brown' | 'pas';
  /** Nuclei on a line across half the picture. */
  readonly density: number;
  /** Open spaces, as of glands. */
  readonly glands?: boolean;
}

/** A stained section under the microscope. */
export function slide(plan: SlidePlan, seed: number): Picture {
  const ground: Readonly<Record<SlidePlan['stain'], readonly [Colour, Colour, Colour]>> = {
    he: [
      [236, 178, 205],
      [214, 132, 178],
      [92, 52, 128],
    ],
    brown: [
      [226, 224, 226],
      [206, 208, 220],
      [106, 122, 168],
    ],
    pas: [
      [232, 200, 222],
      [204, 120, 180],
      [88, 60, 130],
    ],
  };
  const [pale, deep, nucleus] = ground[plan.stain];
  return (x, y) => {
    let c = blend(pale, deep, cloud(x * 5, y * 3 + cloud(x * 3, y * 3, seed) * 2, seed, 4));
    const gland = plan.glands ? nearestDot(x * 2.1, y * 2.1, seed + 50) : { distance: 9, own: 0 };
    const open = step(0.3, 0.22, gland.distance + (cloud(x * 5, y * 5, seed + 8) - 0.5) * 0.2);
    const { distance, own } = nearestDot(x * plan.density, y * plan.density, seed + 20);
    const size = 0.24 + 0.24 * own;
    const ink = step(
      size + 0.06,
      size - 0.06,
      distance + (cloud(x * plan.density * 2, y * plan.density * 2, seed + 3) - 0.5) * 0.25,
    );
    if (plan.stain === 'brown' && own > 0.35) c = blend(c, [128, 78, 40], step(0.72, 0.4, distance) * 0.85);
    c = blend(
      c,
      blend(nucleus, scale(nucleus, 0.6), cloud(x * 40, y * 40, seed + 4)),
      ink * (own > 0.12 ? 0.92 : 0.35),
    );
    return blend(c, [246, 240, 244], open);
  };
}

export interface SkinPlan {
  readonly tone: Colour;
  readonly lesions: readonly {
    readonly x: number;
    readonly y: number;
    readonly r: number;
    readonly colour: Colour;
    readonly crust?: boolean;
  }[];
}

/** A photograph of skin with patches. */
export function skin(plan: SkinPlan, seed: number): Picture {
  return (x, y) => {
    const light = 1.06 - 0.22 * Math.hypot(x - 0.2, y + 0.3) + 0.1 * (cloud(x * 2, y * 2, seed) - 0.5);
    const pores = nearestDot(x * 26, y * 26, seed + 2).distance;
    let c = scale(plan.tone, light - 0.1 * step(0.3, 0.05, pores) + 0.06 * (cloud(x * 18, y * 6, seed + 1) - 0.5));
    for (const l of plan.lesions) {
      const r = Math.hypot(x - l.x, y - l.y) / l.r + (cloud(x * 7, y * 7, seed + 5) - 0.5) * 0.7;
      const colour = scale(l.colour, light * (0.82 + 0.36 * cloud(x * 14, y * 14, seed + 6)));
      c = blend(c, colour, step(1.15, 0.75, r));
      if (l.crust) c = blend(c, [214, 190, 140], step(0.66, 0.74, cloud(x * 20, y * 20, seed + 7)) * step(0.9, 0.6, r));
    }
    return clip(c);
  };
}

export interface ScopePlan {
  /** Dark end of the tube. */
  readonly lumen: readonly [number, number];
  readonly polyp?: { readonly x: number; readonly y: number; readonly r: number; readonly colour: Colour };
  readonly ulcer?: { readonly x: number; readonly y: number; readonly r: number };
  readonly tone?: Colour;
}

/** The view of an endoscope: a pink tube with folds, light in the middle, black corners. */
export function scope(plan: ScopePlan, seed: number): Picture {
  const tone = plan.tone ?? [222, 126, 98];
  return (x, y) => {
    if (Math.max(Math.abs(x), Math.abs(y)) > 0.97 || Math.abs(x) + Math.abs(y) > 1.62) return [6, 6, 8];
    const dx = x - plan.lumen[0];
    const dy = y - plan.lumen[1];
    const d = Math.hypot(dx, dy);
    const folds = Math.sin(
      9 * Math.log(d + 0.12) + 2.4 * cloud(x * 2.4, y * 2.4, seed) + 0.5 * Math.sin(3 * Math.atan2(dy, dx)),
    );
    let light = mix(0.16, 1, step(0.05, 0.62, d)) * (0.86 + 0.16 * folds);
    const vein = step(0.05, 0.015, Math.abs(cloud(x * 4, y * 4, seed + 9, 4) - 0.5));
    let c: Colour = blend(tone, [176, 62, 54], 0.5 * vein + 0.3 * cloud(x * 6, y * 6, seed + 4));
    const wet = step(0.73, 0.78, cloud(x * 5, y * 5, seed + 11));
    if (plan.ulcer) {
      const r =
        ellipse(x, y, plan.ulcer.x, plan.ulcer.y, plan.ulcer.r, plan.ulcer.r * 0.75) +
        (cloud(x * 6, y * 6, seed + 6) - 0.5) * 0.4;
      c = blend(c, r < 0.8 ? [222, 206, 158] : [172, 44, 40], step(1.15, 0.95, r));
    }
    if (plan.polyp) {
      const { r: size, colour } = plan.polyp;
      const r = Math.hypot(x - plan.polyp.x, y - plan.polyp.y) / size + (cloud(x * 9, y * 9, seed + 7) - 0.5) * 0.14;
      const round = Math.sqrt(clamp(1 - r * r));
      if (r < 1) [c, light] = [blend(colour, scale(colour, 0.7), cloud(x * 14, y * 14, seed + 8)), 0.45 + 0.62 * round];
    }
    return clip(blend(scale(c, light), [255, 246, 240], wet * light * 0.6));
  };
}

const clip = (c: Colour): Colour => [clamp(c[0], 0, 255), clamp(c[1], 0, 255), clamp(c[2], 0, 255)];

/** The eye's ground: a disc, vessels that leave it, a dark macula; `kind` tells camera, dye or colourless light. */
export function fundus(
  plan: { readonly side: -1 | 1; readonly kind: 'colour' | 'dye'; readonly blood?: number; readonly pale?: boolean },
  seed: number,
): Picture {
  const disc = [0.42 * plan.side, 0] as const;
  return (x, y) => {
    if (Math.hypot(x, y) > 0.96) return [3, 3, 3];
    const d = Math.hypot(x - disc[0], y - disc[1]);
    const edge = 1 - 0.4 * Math.hypot(x, y) ** 2;
    let v = plan.kind === 'dye' ? 0.3 : 0.62;
    v += 0.12 * (cloud(x * 5, y * 5, seed) - 0.5);
    const away = (disc[0] - x) * plan.side;
    let vessel = 0;
    for (const s of [-1, 1])
      for (const [reach, wide] of [
        [0.5, 0.026],
        [0.24, 0.014],
        [0.78, 0.017],
      ] as const) {
        const course = s * reach * Math.sqrt(clamp(away + 0.06, 0, 2)) + 0.03 * Math.sin(away * 9 + s + reach * 20);
        vessel = Math.max(
          vessel,
          step(wide, wide * 0.4, Math.abs(y - course)) * step(-0.05, 0, away),
          step(wide, wide * 0.5, Math.abs(y - s * (0.1 + reach * -away * 1.2))) *
            step(0.02, -0.02, away) *
            step(0.14, 0.04, Math.abs(away) - 0.3),
        );
      }
    const spot = nearestDot(x * 5, y * 5, seed + 5);
    const blood =
      plan.blood && spot.own < plan.blood
        ? step(0.3, 0.2, spot.distance + (cloud(x * 14, y * 14, seed + 6) - 0.5) * 0.3)
        : 0;
    v -= 0.2 * step(0.22, 0.02, Math.hypot(x + 0.2 * plan.side, y));
    if (plan.kind === 'dye') {
      const level = clamp((v + 0.75 * vessel - 0.3 * blood + 0.35 * step(0.16, 0.1, d)) * edge) * 235;
      return [level, level, level];
    }
    let c: Colour = [255 * v * 1.35, 122 * v * 1.1, 44 * v];
    c = blend(c, plan.pale ? [250, 238, 200] : [252, 214, 140], step(0.17, 0.13, d));
    c = blend(c, [126, 26, 16], Math.max(0.8 * vessel, blood * 0.9));
    return clip(scale(c, edge));
  };
}

/** Layers of the retina in a tomogram by light; `fluid` lifts them. */
export function retina(plan: { readonly fluid: number }, seed: number): Picture {
  return (x, y) => {
    const dip = 0.16 * Math.exp(-((x / 0.22) ** 2));
    const lift = plan.fluid * Math.exp(-((x / 0.5) ** 2));
    const top = -0.2 + dip - lift;
    const base = 0.3 - 0.02 * Math.cos(x * 3);
    const noise =
      (hash(Math.round(x * 400), Math.round(y * 400), seed) - 0.5) * 60 * (0.5 + cloud(x * 20, y * 20, seed));
    let v = 16;
    if (y > top && y < base) {
      const t = (y - top) / (base - lift - top);
      v = t > 1 ? 14 : 80 + 90 * Math.cos(t * 21) * (1 - 0.4 * t) + (t < 0.12 ? 60 : 0);
      if (plan.fluid && nearestDot(x * 7, y * 9, seed + 4).distance < 0.28 && Math.abs(x) < 0.6 && t < 0.75 && t > 0.2)
        v = 14;
    } else if (y >= base && y < base + 0.07) v = 232;
    else if (y >= base) v = mix(150, 10, clamp((y - base) / 0.5)) * (0.6 + 0.8 * cloud(x * 9, y * 7, seed + 2));
    v = clamp(v + noise, 0, 255);
    return [v, v, v];
  };
}
