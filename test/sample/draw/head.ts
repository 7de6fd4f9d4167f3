import { blend, clamp, cloud, ellipse, grey, mix, step, toPath, type Picture } from './noise.js';

export type Weighting = 't1' | 'contrast' | 't2' | 'flair' | 'dwi' | 'ct';

/** Something in the brain: `ring` bright at its rim, `solid` bright all through, `cyst` like fluid with a bright nodule. */
export interface Lesion {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly kind: 'ring' | 'solid' | 'cyst';
  /** How far swelling reaches around it, in its radius. */
  readonly swelling?: number;
}
export interface HeadPlan {
  readonly view: 'axial' | 'coronal' | 'sagittal';
  readonly weighting: Weighting;
  readonly lesions?: readonly Lesion[];
  /** After an operation: a hole filled with fluid. */
  readonly cavity?: Lesion;
}

/** Levels of the tissues, by weighting. */
const LEVELS: Readonly<
  Record<Weighting, Readonly<Record<'fat' | 'bone' | 'fluid' | 'cortex' | 'white' | 'swelling' | 'lesion', number>>>
> = {
  t1: { fat: 205, bone: 26, fluid: 34, cortex: 96, white: 134, swelling: 84, lesion: 78 },
  contrast: { fat: 200, bone: 24, fluid: 32, cortex: 92, white: 122, swelling: 80, lesion: 232 },
  t2: { fat: 150, bone: 20, fluid: 238, cortex: 132, white: 86, swelling: 196, lesion: 176 },
  flair: { fat: 150, bone: 18, fluid: 26, cortex: 128, white: 104, swelling: 218, lesion: 170 },
  dwi: { fat: 20, bone: 10, fluid: 22, cortex: 96, white: 84, swelling: 92, lesion: 225 },
  ct: { fat: 40, bone: 248, fluid: 52, cortex: 118, white: 104, swelling: 78, lesion: 150 },
};

type Ventricles = (x: number, y: number) => number;

const VENTRICLES: Readonly<Record<HeadPlan['view'], Ventricles>> = {
  axial: (x, y) =>
    Math.min(
      ellipse(Math.abs(x), y, 0.12, -0.16, 0.05, 0.17, 0.3),
      ellipse(Math.abs(x), y, 0.17, 0.16, 0.05, 0.16, -0.45),
      ellipse(x, y, 0, 0.02, 0.02, 0.1),
    ),
  coronal: (x, y) =>
    Math.min(ellipse(Math.abs(x), y, 0.12, -0.15, 0.06, 0.12, -0.6), ellipse(x, y, 0, 0.06, 0.02, 0.1)),
  sagittal: (x, y) => Math.min(ellipse(x, y, -0.05, -0.08, 0.3, 0.06, -0.1), ellipse(x, y, 0.2, 0.36, 0.05, 0.07)),
};

export function head(plan: HeadPlan, seed: number): Picture {
  const level = LEVELS[plan.weighting];
  const [rx, ry] = plan.view === 'axial' ? [0.74, 0.9] : plan.view === 'coronal' ? [0.76, 0.86] : [0.9, 0.78];
  const cy = plan.view === 'axial' ? 0 : -0.08;
  const neck = plan.view !== 'axial';
  return (x, y) => {
    const grain = (cloud(x * 60, y * 60, seed + 40, 2) - 0.5) * 22;
    const wobble = (cloud(x * 2, y * 2, seed + 3) - 0.5) * 0.06;
    const e = ellipse(x, y, 0, cy, rx, ry) + wobble * 0.5;
    if (e > 1)
      return grey(neck ? soft(x, y, level.fat, seed, plan.view) + grain * 0.3 : clamp(7 + grain * 0.3, 0, 255));
    if (e > 0.94) return grey(level.fat * (0.75 + 0.5 * cloud(x * 9, y * 9, seed)) + grain);
    if (e > 0.88) return grey(level.bone + grain * 0.4);
    if (e > 0.845) return grey(level.fluid + grain * 0.4);
    let v = brain(x, y, e, level, seed);
    const vent = VENTRICLES[plan.view](x, y) + wobble;
    v = mix(level.fluid, v, step(0.92, 1.08, vent));
    if (plan.view !== 'sagittal')
      v = mix(level.fluid, v, step(0.004, 0.014, Math.abs(x + wobble * 0.3) + (Math.abs(y - cy) < 0.3 ? 0.02 : 0)));
    else v = below(x, y, v, level, seed);
    for (const lesion of plan.lesions ?? []) v = drawLesion(x, y, v, lesion, level, plan.weighting, seed);
    if (plan.cavity)
      v = drawLesion(
        x,
        y,
        v,
        { ...plan.cavity, kind: 'cyst' },
        { ...level, lesion: level.fluid },
        plan.weighting,
        seed,
      );
    return grey(clamp(v + grain, 0, 255));
  };
}

function brain(x: number, y: number, e: number, level: (typeof LEVELS)['t1'], seed: number): number {
  const fold = Math.abs(cloud(x * 5.5 + 3, y * 5.5 + 9, seed, 3) - 0.5) * 2;
  const depth = step(0.42, 0.72, e);
  const cortex = step(0.28, 0.12, fold) * depth + step(0.76, 0.82, e);
  const sulcus = step(0.07, 0.02, fold) * step(0.55, 0.7, e);
  const v = mix(level.white, level.cortex, clamp(cortex));
  const nuclei = step(1.05, 0.9, ellipse(Math.abs(x), y, 0.24, 0.0, 0.09, 0.16, 0.2));
  return mix(mix(v, level.cortex, nuclei * 0.8), level.fluid, sulcus * 0.85);
}

/** Cerebellum, brain stem and callosum of a sagittal section. */
function below(x: number, y: number, v: number, level: (typeof LEVELS)['t1'], seed: number): number {
  const cerebellum = step(1.04, 0.96, ellipse(x, y, 0.42, 0.36, 0.24, 0.2));
  const leaves =
    Math.sin(44 * Math.hypot(x - 0.22, y - 0.36) + 4 * cloud(x * 5, y * 5, seed)) > 0.2 ? level.cortex : level.white;
  const stem = step(
    0.1,
    0.08,
    toPath(x, y, [
      [0.02, 0.14],
      [0.1, 0.36],
      [0.16, 0.7],
    ]),
  );
  const callosum = step(0.035, 0.025, Math.abs(ellipse(x, y, -0.04, 0.02, 0.36, 0.24) - 1) * 0.3) * (y < 0 ? 1 : 0);
  return mix(mix(mix(v, leaves, cerebellum), level.white, stem), level.white * 1.12, callosum);
}

function drawLesion(
  x: number,
  y: number,
  v: number,
  l: Lesion,
  level: (typeof LEVELS)['t1'],
  weighting: Weighting,
  seed: number,
): number {
  const r = Math.hypot(x - l.x, y - l.y) / l.r + (cloud(x * 6, y * 6, seed + 21) - 0.5) * 0.55;
  let out = v;
  if (l.swelling)
    out = mix(
      out,
      level.swelling,
      step(l.swelling + 0.15, l.swelling - 0.25, r + (cloud(x * 9, y * 9, seed + 31) - 0.5) * 0.5) * 0.9,
    );
  const inside = step(1.05, 0.95, r);
  const texture = level.lesion + (cloud(x * 22, y * 22, seed + 5) - 0.5) * 46;
  if (l.kind === 'solid') return mix(out, texture, inside);
  const core = weighting === 'ct' ? 60 : mix(level.fluid, level.swelling, 0.35);
  if (l.kind === 'ring') return mix(out, mix(texture, core, step(0.8, 0.68, r)), inside);
  const nodule = step(1.1, 0.9, ellipse(x, y, l.x + l.r * 0.6, l.y + l.r * 0.35, l.r * 0.34, l.r * 0.3));
  return mix(mix(out, level.fluid + 8, inside), texture, nodule);
}

/** Face and neck outside the skull. */
function soft(x: number, y: number, fat: number, seed: number, view: HeadPlan['view']): number {
  const face =
    view === 'sagittal'
      ? Math.min(ellipse(x, y, -0.42, 0.62, 0.34, 0.5), ellipse(x, y, 0.16, 1, 0.42, 0.5))
      : Math.min(ellipse(x, y, 0, 0.9, 0.44, 0.42), 9);
  const tissue = blend(grey(20), grey(fat * 0.7), cloud(x * 7, y * 7, seed + 12))[0];
  return mix(7, tissue, step(1.03, 0.97, face));
}
