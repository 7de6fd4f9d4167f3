import { abdomenSlice, chestFilm, chestSlice, knee } from './body.js';
import { black, row, still, type DrawnFigure } from './compose.js';
import { sonogram } from './sonogram.js';
import { fundus, retina, scope, skin, slide } from './tissue.js';
import { bars, jaws, trace } from './trace.js';

const [pinkSkin, brownSkin, oliveSkin, fairSkin] = [
  [226, 176, 150],
  [158, 112, 84],
  [202, 154, 118],
  [236, 196, 174],
] as const;
const hive = (x: number, y: number, r: number) => ({ x, y, r, colour: [206, 84, 74] as const });
const normalTrace = { columns: 4, rows: 3, rate: 1.35, lift: () => 0, wave: () => 1 };

/** Figures of all other articles. */
export const BODY_FIGURES: readonly DrawnFigure[] = [
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
        picture: (aspect) => bars([0.82, 0.64, 0.4, 0.33, 0.14], 'KRVSW', aspect),
      }),
    ],
  },
];
