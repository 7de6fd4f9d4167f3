import { decode, MAX_PIXELS } from '../../core/image/decode.js';
import { cutByBands } from '../../core/image/edges/bands.js';
import type { EdgeMapper } from '../../core/image/edges/edgeMap.js';
import { OpenCvEdges } from '../../core/image/edges/openCv.js';
import { luminanceOf, type Region, shrink } from '../../core/image/raster.js';
import { readingOrder } from '../../core/image/readingOrder.js';
import { definePlugin, type ImageInput, type ImageSplit, type Panel } from '../../core/plugin/index.js';

export interface OpenCvOptions {
  readonly blur: number;
  readonly low: number;
  readonly high: number;
  readonly part_side: number;
  readonly band: number;
  readonly analysis_side: number;
  readonly max_pixels: number;
}

const OPTIONS = {
  type: 'object',
  additionalProperties: false,
  properties: {
    blur: {
      type: 'integer',
      minimum: 1,
      not: { multipleOf: 2 },
      default: 13,
      description: 'Side of the Gaussian blur, odd.',
    },
    low: { type: 'number', minimum: 0, default: 1, description: "Canny's lower threshold." },
    high: { type: 'number', minimum: 0, default: 20, description: "Canny's upper threshold." },
    part_side: {
      type: 'number',
      minimum: 0.01,
      maximum: 0.5,
      default: 0.08,
      description: 'Smallest side of a panel, of the long side.',
    },
    band: {
      type: 'number',
      minimum: 0,
      maximum: 0.2,
      default: 0.004,
      description: 'Least width of an empty band, of the long side.',
    },
    analysis_side: {
      type: 'integer',
      minimum: 200,
      default: 1000,
      description: 'Larger figures are shrunk to this long side.',
    },
    max_pixels: {
      type: 'integer',
      minimum: 10_000,
      default: MAX_PIXELS,
      description: 'A picture of more pixels is refused.',
    },
  },
};

/** Panels by empty bands in OpenCV's Canny edges: MultiCaRe's way, repaired. See the README beside. */
export default definePlugin<'image-splitter', OpenCvOptions>({
  name: 'opencv',
  version: '1.0.0',
  api: 1,
  slot: 'image-splitter',
  options: OPTIONS,
  optionsExamples: [
    { blur: 9, low: 5, high: 40, part_side: 0.1, band: 0.01, analysis_side: 800, max_pixels: 4_000_000 },
  ],
  setup(_, options) {
    const mapper: EdgeMapper = new OpenCvEdges();
    return { split: (input) => split(input, options, mapper) };
  },
});

async function split(
  { file, bytes, expectedPanels }: ImageInput,
  o: OpenCvOptions,
  mapper: EdgeMapper,
): Promise<ImageSplit> {
  const { raster, warning } = await decode(file, bytes, { maxPixels: o.max_pixels });
  const small = shrink(raster, o.analysis_side);
  const edges = await mapper.edgeMap(luminanceOf(small), small.width, small.height, {
    blur: o.blur,
    low: o.low,
    high: o.high,
  });
  const expected = expectedPanels !== undefined && expectedPanels > 0 ? expectedPanels : undefined;
  const regions = cutByBands(edges, small.width, small.height, { expected, partSide: o.part_side, band: o.band });
  const scale = raster.width / small.width;
  const boxes = regions.map((r) => enlarge(r, scale, raster.width, raster.height));
  const order = readingOrder(boxes, 0.02 * Math.max(raster.width, raster.height));
  const met = expected === undefined ? null : boxes.length === expected;
  const reasons = [...(met === false ? ['count-mismatch'] : []), ...(warning !== null ? ['decode-warning'] : [])];
  return {
    width: raster.width,
    height: raster.height,
    panels: order.map((i) => panel(boxes[i])),
    confidence: met === true ? 'medium' : 'low',
    reasons,
    status: boxes.length > 1 ? 'split' : 'single',
  };
}

function enlarge(r: Region, scale: number, width: number, height: number): Region {
  const x0 = Math.floor(r.x0 * scale);
  const y0 = Math.floor(r.y0 * scale);
  return {
    x0,
    y0,
    x1: Math.min(width, Math.max(x0 + 1, Math.round(r.x1 * scale))),
    y1: Math.min(height, Math.max(y0 + 1, Math.round(r.y1 * scale))),
  };
}

/** The detector knows bands, not gutters: a cell is no more than its content. */
function panel({ x0, y0, x1, y1 }: Region): Panel {
  const [x, y, width, height] = [x0, y0, x1 - x0, y1 - y0];
  return { x, y, width, height, label: null, score: 0.5, cell: [x, y, width, height] };
}
