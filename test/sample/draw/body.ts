import { clamp, cloud, ellipse, grey, hash, mix, step, toPath, type Picture } from './noise.js';

const grain = (x: number, y: number, seed: number, size = 20): number =>
  (cloud(x * 70, y * 70, seed + 90, 2) - 0.5) * size;

export interface ChestPlan {
  /** Opacity in a lung: centre and radius; `x` below 0 is the left side of the picture. */
  readonly opacity?: { readonly x: number; readonly y: number; readonly r: number };
  /** Fluid at the base of the lung on one side: -1 or 1. */
  readonly fluid?: number;
  /** A lung without vessels: collapsed, air around it. */
  readonly air?: number;
  /** A lung brighter to the rays than the other. */
  readonly clear?: number;
}

/** A chest radiograph: lungs dark, ribs, heart, spine, diaphragm. */
export function chestFilm(plan: ChestPlan, seed: number): Picture {
  return (x, y) => {
    const side = Math.sign(x) || 1;
    const body = step(1.08, 0.98, ellipse(x, y, 0, 0.5, 1.02, 1.4));
    const shade = 150 + 30 * cloud(x * 2, y * 2, seed);
    let v = mix(14, shade, body);
    const lung = ellipse(x, y, side * 0.42, 0.02, 0.33, 0.78 - 0.08 * side, side * 0.12);
    let inside = step(1.04, 0.95, lung) * step(0.62, 0.56, y - 0.1 * Math.cos((Math.abs(x) - 0.4) * 4) - side * 0.03);
    if (plan.fluid === side) inside *= step(0.34, 0.2, y - Math.abs(x) * 0.12 + 0.1);
    const vessels =
      plan.air === side && Math.abs(x) > 0.35
        ? 0
        : 34 * step(0.5, 0.78, cloud(x * 9, y * 9, seed + 4)) * step(0.8, 0.15, Math.abs(x));
    v = mix(v, (plan.clear === side || plan.air === side ? 24 : 48) + vessels, inside);
    const rib = Math.abs(Math.sin((y + 0.42 * (Math.abs(x) - 0.3) ** 2 * 3 - 0.25 * Math.abs(x)) * 15));
    v += 26 * step(0.74, 0.96, rib) * step(0.92, 0.8, Math.abs(x)) * step(-0.9, -0.75, y) * step(0.9, 0.6, y) * body;
    const heart = Math.min(ellipse(x, y, 0.12, 0.26, 0.3, 0.34, 0.5), ellipse(x, y, 0.02, -0.3, 0.13, 0.5));
    v = mix(v, 196, step(1.06, 0.94, heart) * 0.9);
    v += 16 * step(0.09, 0.07, Math.abs(x)) * (0.6 + 0.4 * Math.sin(y * 34));
    v = mix(v, 34, step(0.05, 0.035, Math.abs(x)) * step(-0.5, -0.6, y) * 0.6);
    if (plan.opacity) {
      const o =
        Math.hypot(x - plan.opacity.x, y - plan.opacity.y) / plan.opacity.r +
        (cloud(x * 7, y * 7, seed + 8) - 0.5) * 0.4;
      v = mix(v, 192, step(1.1, 0.8, o) * 0.85);
    }
    const clavicle = toPath(Math.abs(x), y, [
      [0.1, -0.66],
      [0.45, -0.78],
      [0.85, -0.74],
    ]);
    v += 36 * step(0.045, 0.025, clavicle);
    return grey(clamp(v + grain(x, y, seed), 0, 255));
  };
}

/** A tomogram of the chest, of the lungs or (`soft`) of what lies between them. */
export function chestSlice(plan: ChestPlan & { readonly soft?: boolean }, seed: number): Picture {
  return (x, y) => {
    const e = ellipse(x, y, 0, 0.02, 1.02, 0.78);
    if (e > 1) return grey(clamp(5 + grain(x, y, seed, 6), 0, 255));
    const side = Math.sign(x) || 1;
    let v = e > 0.93 ? 70 : 128 + 22 * (cloud(x * 6, y * 6, seed) - 0.5);
    const rib = Math.abs(ellipse(x, y, 0, 0.02, 0.86, 0.66) - 1) < 0.045 && Math.sin(Math.atan2(y, x) * 13) > 0.1;
    if (rib) v = 228;
    const lung = ellipse(x, y, side * 0.44, 0, 0.35, 0.52, side * 0.12);
    const inside = step(1.03, 0.97, lung) * (plan.fluid === side ? step(0.2, 0.17, y) : 1);
    const dots =
      step(0.66, 0.78, cloud(x * 13, y * 13, seed + 2)) * (plan.soft ? 20 : 130) * step(0.9, 0.2, Math.abs(x));
    v = mix(v, (plan.soft ? 10 : plan.clear === side ? 20 : 38) + dots, inside);
    v = mix(v, 170, step(1.05, 0.95, ellipse(x, y, 0.1, -0.14, 0.24, 0.26, 0.4)));
    v = mix(v, 215, step(1.05, 0.95, ellipse(x, y, 0.12, 0.3, 0.09, 0.09)));
    v = mix(v, 238, step(1.05, 0.9, ellipse(x, y, 0, 0.5, 0.15, 0.13)));
    if (plan.opacity) {
      const a = Math.atan2(y - plan.opacity.y, x - plan.opacity.x);
      const o =
        Math.hypot(x - plan.opacity.x, y - plan.opacity.y) / plan.opacity.r - 0.16 * Math.abs(Math.sin(a * 6.5));
      v = mix(v, 176, step(1.05, 0.9, o));
    }
    return grey(clamp(v + grain(x, y, seed), 0, 255));
  };
}

/** A tomogram of the abdomen: liver, stomach, kidneys, spine, and a thick wall of the stomach where asked. */
export function abdomenSlice(
  plan: { readonly mass?: { readonly x: number; readonly y: number; readonly r: number } },
  seed: number,
): Picture {
  return (x, y) => {
    const e = ellipse(x, y, 0, 0.04, 1, 0.76);
    if (e > 1) return grey(clamp(5 + grain(x, y, seed, 6), 0, 255));
    let v = e > 0.9 ? 52 : e > 0.84 ? 120 : 66 + 26 * cloud(x * 8, y * 8, seed);
    const put = (level: number, d: number): void =>
      void (v = mix(v, level + 20 * (cloud(x * 10, y * 10, seed + level) - 0.5), step(1.05, 0.96, d)));
    put(150, ellipse(x, y, -0.4, -0.1, 0.42, 0.42, 0.3));
    put(148, ellipse(x, y, 0.62, 0.1, 0.18, 0.26, 0.3));
    put(126, ellipse(x, y, 0.28, -0.28, 0.28, 0.17, -0.3));
    put(22, ellipse(x, y, 0.28, -0.34, 0.2, 0.07, -0.3));
    for (const s of [-1, 1]) put(182, ellipse(x, y, s * 0.4, 0.32, 0.15, 0.17));
    put(200, ellipse(x, y, 0.06, 0.2, 0.08, 0.08));
    put(240, ellipse(x, y, 0, 0.48, 0.15, 0.13));
    if (plan.mass)
      put(
        164,
        Math.hypot(x - plan.mass.x, y - plan.mass.y) / plan.mass.r + (cloud(x * 5, y * 5, seed + 6) - 0.5) * 0.4,
      );
    return grey(clamp(v + grain(x, y, seed), 0, 255));
  };
}

/** Two long bones that meet: a knee. `ring` draws the pale rim of a lesion, `section` makes it an MR image. */
export function knee(
  plan: {
    readonly section?: boolean;
    readonly lesion?: { readonly x: number; readonly y: number; readonly r: number };
  },
  seed: number,
): Picture {
  return (x, y) => {
    const flesh = step(1.02, 0.96, Math.abs(x) / (0.62 + 0.08 * Math.cos(y * 2.4)));
    const upper = bone(x, y + 0.04, -1);
    const lower = bone(x, y - 0.04, 1);
    const d = Math.min(upper, lower);
    const marrow = step(-0.02, -0.07, d);
    const weave = 24 * (cloud(x * 24, y * 12, seed) - 0.5);
    let v = mix(plan.section ? 8 : 12, (plan.section ? 64 : 74) + 20 * cloud(x * 4, y * 4, seed + 1), flesh);
    v = mix(v, plan.section ? mix(30, 170 + weave, marrow) : mix(212, 158 + weave, marrow), step(0.012, -0.012, d));
    if (plan.lesion) {
      const r =
        Math.hypot(x - plan.lesion.x, y - plan.lesion.y) / plan.lesion.r + (cloud(x * 5, y * 5, seed + 9) - 0.5) * 0.4;
      const level = plan.section ? 70 : 92;
      v = mix(v, mix(level, plan.section ? 30 : 220, step(0.84, 0.94, r)), step(1.06, 0.98, r));
    }
    return grey(clamp(v + grain(x, y, seed), 0, 255));
  };
}

/** How far outside the end of a bone a place lies; the bone runs up (-1) or down (1) from the middle. */
function bone(x: number, y: number, way: number): number {
  const along = y * way;
  const half = 0.24 + 0.22 * step(0.55, 0.06, along);
  const end = 0.03 + 0.02 * Math.cos(x * 8);
  return Math.max(Math.abs(x) - half, end - along);
}

/** Vessels full of contrast that branch from the foot of the picture; `blush` is a tangle of small ones. */
export function vessels(
  plan: { readonly blush?: { readonly x: number; readonly y: number; readonly r: number } },
  seed: number,
): Picture {
  const paths = branch(0.05, 0.98, -Math.PI / 2, 0.5, 0, seed);
  return (x, y) => {
    let v = 178 + 30 * (cloud(x * 2, y * 2, seed) - 0.5) - 60 * step(0.9, 1.3, Math.hypot(x, y * 0.9));
    for (const { path, wide } of paths) v = mix(v, 40, step(wide, wide * 0.55, toPath(x, y, path)) * 0.9);
    if (plan.blush) {
      const r = Math.hypot(x - plan.blush.x, y - plan.blush.y) / plan.blush.r;
      v -= 110 * step(1.1, 0.7, r) * (0.4 + 0.6 * cloud(x * 26, y * 26, seed + 2));
    }
    return grey(clamp(v + grain(x, y, seed), 0, 255));
  };
}

interface Vessel {
  readonly path: readonly (readonly [number, number])[];
  readonly wide: number;
}
export function branch(x: number, y: number, angle: number, length: number, depth: number, seed: number): Vessel[] {
  if (depth > 4) return [];
  const bend = (hash(depth, Math.round(x * 100), seed) - 0.5) * 0.9;
  const mid = [x + Math.cos(angle + bend) * length * 0.5, y + Math.sin(angle + bend) * length * 0.5] as const;
  const end = [mid[0] + Math.cos(angle - bend) * length * 0.5, mid[1] + Math.sin(angle - bend) * length * 0.5] as const;
  const own = { path: [[x, y] as const, mid, end], wide: 0.035 / (1 + depth * 0.75) };
  const spread = 0.45 + 0.5 * hash(depth + 9, Math.round(y * 100), seed);
  return [
    own,
    ...[-1, 1].flatMap((s) => branch(end[0], end[1], angle + s * spread, length * 0.76, depth + 1, seed + s)),
  ];
}
