import { chestSlice, vessels } from './body.js';
import { black, row, still, type DrawnFigure, type DrawnPanel } from './compose.js';
import { head, type HeadPlan, type Lesion } from './head.js';
import { slide } from './tissue.js';

const mri = (plan: HeadPlan, seed: number, rest: Omit<DrawnPanel, 'picture'> = {}): DrawnPanel =>
  still(head(plan, seed), rest);

const glioblastoma: Lesion = { x: -0.32, y: -0.34, r: 0.2, kind: 'ring', swelling: 1.7 };
const nodule: Lesion = { x: 0.36, y: 0.36, r: 0.1, kind: 'ring', swelling: 2 };
const cerebellar: Lesion = { x: 0.22, y: 0.52, r: 0.2, kind: 'cyst' };
const callosal: Lesion = { x: 0.08, y: -0.22, r: 0.17, kind: 'solid', swelling: 1.6 };

/** Figures of the articles on the brain. */
export const BRAIN_FIGURES: readonly DrawnFigure[] = [
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
