import { abdomenSlice, chestFilm, chestSlice, knee, vessels } from './body.js';
import type { DrawnFigure, DrawnPanel } from './compose.js';
import { head, type HeadPlan, type Lesion } from './head.js';
import type { Picture } from './noise.js';
import { sonogram } from './sonogram.js';
import { fundus, retina, scope, skin, slide } from './tissue.js';
import { bars, jaws, trace } from './trace.js';

const still = (picture: Picture, rest: Omit<DrawnPanel, 'picture'> = {}): DrawnPanel => ({
  picture: () => picture,
  ...rest,
});
const mri = (plan: HeadPlan, seed: number, rest: Omit<DrawnPanel, 'picture'> = {}): DrawnPanel =>
  still(head(plan, seed), rest);
const row = (height: number, ...panels: DrawnPanel[]) => ({ height, panels });
const black = [0, 0, 0] as const;

const glioblastoma: Lesion = { x: -0.32, y: -0.34, r: 0.2, kind: 'ring', swelling: 1.7 };
const nodule: Lesion = { x: 0.36, y: 0.36, r: 0.1, kind: 'ring', swelling: 2 };
const cerebellar: Lesion = { x: 0.22, y: 0.52, r: 0.2, kind: 'cyst' };
const callosal: Lesion = { x: 0.08, y: -0.22, r: 0.17, kind: 'solid', swelling: 1.6 };

const [pinkSkin, brownSkin, oliveSkin, fairSkin] = [
  [226, 176, 150],
  [158, 112, 84],
  [202, 154, 118],
  [236, 196, 174],
] as const;
const hive = (x: number, y: number, r: number) => ({ x, y, r, colour: [206, 84, 74] as const });
const normalTrace = { columns: 4, rows: 3, rate: 1.35, lift: () => 0, wave: () => 1 };

/** Every figure of the sample: what is drawn, in which order, under which name. */
export const FIGURES: readonly DrawnFigure[] = [
  {
    file: 'legenda-01-g001.jpg',
    width: 640,
    gutter: 6,
    ground: black,
    rows: [
      row(
        320,
        mri({ view: 'axial', weighting: 'contrast', lesions: [glioblastoma] }, 11, {
          letter: 'A',
          arrow: [-0.1, -0.38],
        }),
        mri({ view: 'axial', weighting: 'flair', lesions: [{ ...glioblastoma, kind: 'solid' }] }, 11, { letter: 'B' }),
      ),
      row(
        320,
        mri({ view: 'coronal', weighting: 'contrast', lesions: [{ ...glioblastoma, y: -0.4 }] }, 12, { letter: 'C' }),
        mri({ view: 'sagittal', weighting: 'contrast', lesions: [{ ...glioblastoma, x: -0.42 }] }, 13, { letter: 'D' }),
      ),
    ],
  },
  {
    file: 'legenda-01-g002.jpg',
    width: 640,
    gutter: 10,
    rows: [
      row(
        300,
        still(slide({ stain: 'he', density: 11 }, 21), { letter: 'A', ink: 'black', bar: true }),
        still(slide({ stain: 'brown', density: 10 }, 22), { letter: 'B', ink: 'black', bar: true }),
      ),
    ],
  },
  {
    file: 'legenda-01-g003.png',
    width: 360,
    gutter: 0,
    rows: [
      row(400, mri({ view: 'axial', weighting: 'contrast', cavity: { x: -0.32, y: -0.36, r: 0.2, kind: 'cyst' } }, 11)),
    ],
  },
  {
    file: 'legenda-02-g001.jpg',
    width: 700,
    gutter: 12,
    rows: [
      row(
        330,
        mri(
          { view: 'axial', weighting: 'contrast', lesions: [nodule, { ...nodule, x: -0.3, y: -0.42, r: 0.08 }] },
          31,
          { letter: 'a', arrow: [0.48, 0.32] },
        ),
        still(chestSlice({ opacity: { x: -0.46, y: -0.16, r: 0.13 } }, 32), {
          letter: 'b',
          arrow: [-0.58, -0.18, 'left'],
        }),
      ),
    ],
  },
  {
    file: 'legenda-02-g002.jpg',
    width: 380,
    gutter: 0,
    rows: [
      row(
        420,
        mri(
          { view: 'axial', weighting: 't1', lesions: [{ x: -0.34, y: 0.3, r: 0.13, kind: 'solid', swelling: 1.7 }] },
          33,
        ),
      ),
    ],
  },
  {
    file: 'legenda-02-g003.jpg',
    width: 900,
    gutter: 0,
    ground: black,
    rows: [
      row(
        310,
        ...(['axial', 'coronal', 'sagittal'] as const).map((view, i) =>
          mri(
            {
              view,
              weighting: 'contrast',
              lesions: [{ x: 0.3, y: view === 'axial' ? 0.5 : 0.3, r: 0.16, kind: 'ring', swelling: 1.4 }],
            },
            34 + i,
            { letter: 'ABC'[i] },
          ),
        ),
      ),
    ],
  },
  {
    file: 'legenda-02-g004.jpg',
    width: 460,
    gutter: 0,
    rows: [row(350, still(slide({ stain: 'he', density: 8, glands: true }, 38), { bar: true }))],
  },
  {
    file: 'legenda-03-g001.jpg',
    width: 680,
    gutter: 8,
    rows: [
      row(
        336,
        mri({ view: 'axial', weighting: 't2', lesions: [cerebellar] }, 41),
        mri({ view: 'axial', weighting: 'contrast', lesions: [cerebellar] }, 41, { arrow: [0.4, 0.56] }),
      ),
    ],
  },
  {
    file: 'legenda-03-g002.png',
    width: 380,
    gutter: 0,
    rows: [
      row(380, still(vessels({ blush: { x: 0.24, y: -0.1, r: 0.16 } }, 42), { arrow: [0.36, -0.16], ink: 'black' })),
    ],
  },
  { file: 'legenda-04-g001.jpg', width: 460, gutter: 0, rows: [row(440, still(chestFilm({ clear: 1 }, 51)))] },
  {
    file: 'legenda-04-g002.jpg',
    width: 780,
    gutter: 7,
    rows: [
      row(
        230,
        still(chestSlice({ clear: 1 }, 52), { letter: 'A' }),
        still(chestSlice({ clear: 1 }, 53), { letter: 'B' }),
        still(chestSlice({ soft: true }, 54), { letter: 'C' }),
      ),
    ],
  },
  {
    file: 'legenda-05-g001.jpg',
    width: 720,
    gutter: 14,
    margin: 10,
    rows: [
      row(
        320,
        still(sonogram({ shows: 'target' }, 61), { letter: 'A', arrow: [0.42, -0.16] }),
        still(sonogram({ shows: 'layers' }, 62), { letter: 'B' }),
      ),
    ],
  },
  {
    file: 'legenda-05-g002.webp',
    width: 440,
    gutter: 0,
    rows: [row(380, still(sonogram({ shows: 'target', flow: true }, 63)))],
  },
  {
    file: 'legenda-06-g001.jpg',
    width: 640,
    gutter: 8,
    rows: [
      row(
        316,
        still(scope({ lumen: [0.1, -0.1], polyp: { x: -0.3, y: 0.3, r: 0.36, colour: [214, 96, 84] } }, 71), {
          letter: 'A',
        }),
        still(scope({ lumen: [-0.2, 0.2], ulcer: { x: 0.3, y: -0.2, r: 0.26 } }, 72), { letter: 'B' }),
      ),
      row(
        316,
        still(scope({ lumen: [0.6, 0.5], polyp: { x: -0.1, y: 0, r: 0.5, colour: [222, 130, 96] } }, 73), {
          letter: 'C',
        }),
        still(sonogram({ shows: 'layers', mass: { x: 0.05, y: -0.1, r: 0.24 } }, 74), { letter: 'D' }),
      ),
    ],
  },
  {
    file: 'legenda-06-g002.png',
    width: 400,
    gutter: 0,
    rows: [row(310, still(abdomenSlice({ mass: { x: 0.28, y: -0.16, r: 0.12 } }, 75), { arrow: [0.42, -0.2] }))],
  },
  {
    file: 'legenda-06-g003.jpg',
    width: 640,
    gutter: 10,
    rows: [
      row(
        250,
        still(slide({ stain: 'he', density: 9, glands: true }, 76), { letter: 'A', ink: 'black', bar: true }),
        still(slide({ stain: 'brown', density: 8 }, 77), { letter: 'B', ink: 'black', bar: true }),
      ),
    ],
  },
  {
    file: 'legenda-07-g001.png',
    width: 760,
    gutter: 0,
    rows: [
      row(380, {
        picture: (aspect) => trace({ ...normalTrace, lift: (c, r) => (c >= 2 && r < 2 ? 1 : 0), rate: 1.6 }, aspect),
      }),
    ],
  },
  {
    file: 'legenda-07-g002.png',
    width: 640,
    gutter: 26,
    rows: [0.7, 0].map((lift, i) =>
      row(250, {
        picture: (aspect) =>
          trace({ columns: 3, rows: 2, rate: 1.4, lift: () => lift, wave: () => (i === 0 ? -1.4 : 1) }, aspect),
        letter: 'AB'[i],
        ink: 'black',
      }),
    ),
  },
  { file: 'legenda-07-g003.jpg', width: 420, gutter: 0, rows: [row(370, still(sonogram({ shows: 'heart' }, 81)))] },
  {
    file: 'legenda-08-g001.jpg',
    width: 680,
    gutter: 10,
    rows: [
      row(
        300,
        still(
          skin(
            {
              tone: pinkSkin,
              lesions: [
                { x: -0.1, y: 0, r: 0.42, colour: [168, 72, 88], crust: true },
                { x: 0.7, y: 0.5, r: 0.14, colour: [178, 84, 92] },
              ],
            },
            91,
          ),
          { letter: 'A' },
        ),
        still(skin({ tone: pinkSkin, lesions: [{ x: 0.1, y: 0.05, r: 0.5, colour: [206, 150, 132] }] }, 92), {
          letter: 'B',
        }),
      ),
    ],
  },
  {
    file: 'legenda-08-g002.jpg',
    width: 440,
    gutter: 0,
    rows: [row(340, still(slide({ stain: 'he', density: 12 }, 93), { bar: true }))],
  },
  {
    file: 'legenda-09-g001.jpg',
    width: 700,
    gutter: 0,
    rows: [
      row(340, {
        picture: (aspect) => jaws({ teeth: 8, cyst: { x: -1.1, y: 0.42, r: 0.32 } }, aspect, 101),
        arrow: [-0.76, 0.36],
      }),
    ],
  },
  {
    file: 'legenda-09-g002.png',
    width: 620,
    gutter: 4,
    ground: black,
    rows: [
      row(
        300,
        { picture: (aspect) => jaws({ teeth: 4, cyst: { x: -0.1, y: 0.4, r: 0.4 } }, aspect, 102), letter: 'A' },
        { picture: (aspect) => jaws({ teeth: 3, cyst: { x: 0.1, y: 0.3, r: 0.46 } }, aspect, 103), letter: 'B' },
      ),
    ],
  },
  {
    file: 'legenda-10-g001.jpg',
    width: 700,
    gutter: 5,
    ground: black,
    rows: [
      row(
        346,
        still(fundus({ side: 1, kind: 'colour', blood: 0.42 }, 111), { letter: 'A' }),
        still(fundus({ side: 1, kind: 'dye', blood: 0.42 }, 111), { letter: 'B' }),
      ),
    ],
  },
  {
    file: 'legenda-10-g002.png',
    width: 520,
    gutter: 12,
    rows: [0.3, 0].map((fluid) => row(180, still(retina({ fluid }, 112)))),
  },
  {
    file: 'legenda-11-g001.jpg',
    width: 640,
    gutter: 8,
    rows: [
      row(
        250,
        still(skin({ tone: fairSkin, lesions: [hive(-0.3, -0.1, 0.3), hive(0.4, 0.3, 0.22)] }, 121), { letter: 'A' }),
        still(skin({ tone: oliveSkin, lesions: [hive(0.1, 0, 0.5)] }, 122), { letter: 'B' }),
      ),
      row(
        250,
        still(
          skin({ tone: brownSkin, lesions: [{ x: 0, y: -0.1, r: 0.4, colour: [118, 58, 52], crust: true }] }, 123),
          { letter: 'C' },
        ),
        still(
          skin({ tone: pinkSkin, lesions: [hive(-0.5, 0.4, 0.2), hive(0.2, -0.4, 0.24), hive(0.6, 0.2, 0.18)] }, 124),
          { letter: 'D' },
        ),
      ),
    ],
  },
  {
    file: 'legenda-11-g002.webp',
    width: 420,
    gutter: 0,
    rows: [
      row(
        340,
        still(skin({ tone: brownSkin, lesions: [{ x: 0.1, y: 0, r: 0.55, colour: [122, 56, 50], crust: true }] }, 125)),
      ),
    ],
  },
  {
    file: 'legenda-12-g001.jpg',
    width: 560,
    gutter: 8,
    rows: [
      row(
        400,
        still(knee({ lesion: { x: 0.14, y: -0.3, r: 0.17 } }, 131), { letter: 'a' }),
        still(knee({ lesion: { x: 0.02, y: -0.3, r: 0.18 } }, 132), { letter: 'b' }),
      ),
    ],
  },
  {
    file: 'legenda-12-g002.jpg',
    width: 360,
    gutter: 0,
    rows: [
      row(420, still(knee({ section: true, lesion: { x: 0.14, y: -0.3, r: 0.17 } }, 133), { arrow: [0.32, -0.34] })),
    ],
  },
  {
    file: 'legenda-13-g001.png',
    width: 560,
    gutter: 0,
    margin: 14,
    rows: [
      row(340, {
        picture: (aspect) =>
          bars(
            [0.82, 0.64, 0.4, 0.33, 0.14],
            [
              [64, 110, 170],
              [206, 120, 58],
            ],
            aspect,
          ),
      }),
    ],
  },
  {
    file: 'legenda-15-g001.jpg',
    width: 640,
    gutter: 8,
    ground: black,
    rows: [
      row(
        318,
        mri({ view: 'axial', weighting: 't2', lesions: [{ x: 0.1, y: -0.1, r: 0.19, kind: 'solid' }] }, 141, {
          letter: 'A',
        }),
        mri({ view: 'coronal', weighting: 'contrast', lesions: [{ x: 0.1, y: -0.14, r: 0.18, kind: 'solid' }] }, 142, {
          letter: 'B',
        }),
      ),
    ],
  },
  {
    file: 'legenda-15-g002.jpg',
    width: 960,
    gutter: 6,
    rows: [
      row(
        270,
        mri({ view: 'axial', weighting: 'contrast', lesions: [callosal] }, 143, { letter: 'A' }),
        mri({ view: 'axial', weighting: 'flair', lesions: [callosal] }, 143, { letter: 'B' }),
        mri({ view: 'axial', weighting: 'dwi', lesions: [callosal] }, 143, { letter: 'C' }),
        mri({ view: 'axial', weighting: 'contrast', lesions: [{ ...callosal, r: 0.05, swelling: 1.2 }] }, 144, {
          letter: 'D',
        }),
      ),
    ],
  },
  {
    file: 'legenda-15-g003.jpg',
    width: 420,
    gutter: 0,
    rows: [
      row(
        380,
        mri({ view: 'sagittal', weighting: 'contrast', lesions: [{ x: 0.3, y: 0.34, r: 0.16, kind: 'solid' }] }, 145),
      ),
    ],
  },
  {
    file: 'legenda-16-g001.jpg',
    width: 640,
    gutter: 9,
    rows: [
      row(
        316,
        mri({ view: 'axial', weighting: 'ct', lesions: [{ x: 0.3, y: -0.2, r: 0.06, kind: 'ring' }] }, 151, {
          letter: 'A',
        }),
        mri(
          { view: 'axial', weighting: 'contrast', lesions: [{ x: 0.3, y: -0.2, r: 0.07, kind: 'ring', swelling: 2 }] },
          151,
          { letter: 'B', arrow: [0.4, -0.24] },
        ),
      ),
    ],
  },
];
