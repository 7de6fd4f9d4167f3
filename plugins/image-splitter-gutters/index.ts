import { decode } from '../../core/image/decode.js';
import type { EdgeMapper } from '../../core/image/edges/edgeMap.js';
import { OpenCvEdges } from '../../core/image/edges/openCv.js';
import type { Raster, Region } from '../../core/image/raster.js';
import { readingOrder } from '../../core/image/readingOrder.js';
import { definePlugin, type ImageInput, type ImageSplit, type Panel } from '../../core/plugin/index.js';
import { mapped, toOriginal } from './boxes.js';
import { judge } from './confidence.js';
import { CONSTANTS, type SplitterConstants } from './constants.js';
import { labelPanels, lettersAgree } from './labels.js';
import { type GuttersOptions, OPTIONS } from './options.js';
import { secondOpinion } from './secondOpinion.js';
import { type Analysis, analyse } from './split.js';
import { Space } from './tables.js';

/** Panels by a tree of scored cuts along gutters and edges. See the README beside. */
export default definePlugin<'image-splitter', GuttersOptions>({
  name: 'gutters',
  version: '1.0.0',
  api: 1,
  slot: 'image-splitter',
  options: OPTIONS,
  optionsExamples: [
    { letters: false, second_opinion: 'none', threshold: 0.5, max_pixels: 1_000_000 },
    { letters: true, second_opinion: 'opencv', threshold: 0.65, max_pixels: 50_000_000 },
  ],
  setup(_, options) {
    const shift = options.threshold - CONSTANTS.threshold;
    const constants: SplitterConstants = {
      ...CONSTANTS,
      threshold: options.threshold,
      thresholdSparse: Math.min(0.97, CONSTANTS.thresholdSparse + shift),
    };
    let edges: EdgeMapper | undefined;
    /** One for each figure that is under way. */
    const spaces: Space[] = [];
    return {
      async split({ file, bytes, expectedPanels }: ImageInput): Promise<ImageSplit> {
        const { raster, warning } = await decode(file, bytes, { maxPixels: options.max_pixels });
        const expected = expectedPanels !== undefined && expectedPanels > 0 ? expectedPanels : undefined;
        const space = spaces.pop() ?? new Space();
        try {
          const own = analyse(raster, { expected, letters: options.letters }, constants, space);
          const analysis =
            expected !== undefined && own.panels.length !== expected && options.second_opinion === 'opencv'
              ? await secondOpinion(own, expected, constants, (edges ??= new OpenCvEdges()))
              : own;
          return result(raster, analysis, expected, warning !== null);
        } finally {
          spaces.push(space);
        }
      },
    };
  },
});

function result(raster: Raster, analysis: Analysis, expected: number | undefined, warned: boolean): ImageSplit {
  const contents = analysis.panels.map((p) => toOriginal(raster, p.content, analysis.scale));
  const labels = labelPanels(
    analysis.panels.map((p) => p.cell),
    analysis.letters,
  );
  const order = readingOrder(contents, 0.02 * Math.max(raster.width, raster.height));
  const agree = lettersAgree(order.map((i) => labels[i]));
  // A letter on every panel overrules the geometry.
  const complete = labels.every((l) => l !== null) && new Set(labels).size === labels.length;
  if (complete) order.sort((a, b) => (labels[a]! < labels[b]! ? -1 : 1));
  const verdict = judge(analysis, expected, labels, agree || complete);
  const panels = order.map((i): Panel => {
    const cell = mapped(raster, analysis.panels[i].cell, analysis.scale);
    return { ...rectangle(contents[i]), label: labels[i], score: scoreOf(analysis, i), cell: quad(cell) };
  });
  return {
    width: raster.width,
    height: raster.height,
    panels,
    confidence: verdict.confidence,
    reasons: warned ? [...verdict.reasons, 'decode-warning'] : verdict.reasons,
    status: panels.length > 1 ? 'split' : 'single',
  };
}

/** The score of the weakest cut around a panel; of a figure that was not cut, how little spoke for a cut. */
function scoreOf({ panels, pruned }: Analysis, i: number): number {
  const score = panels[i].cuts.reduce((least, cut) => Math.min(least, cut.score), 1);
  const whole = panels[i].cuts.length === 0 ? Math.min(1, 0.5 - (pruned.strongest ?? -0.5)) : score;
  return Math.round(Math.max(0, Math.min(1, whole)) * 1000) / 1000;
}

const rectangle = ({ x0, y0, x1, y1 }: Region) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 });
const quad = ({ x0, y0, x1, y1 }: Region): Panel['cell'] => [x0, y0, x1 - x0, y1 - y0];
