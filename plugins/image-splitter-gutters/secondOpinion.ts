import { cutByBands } from '../../core/image/edges/bands.js';
import { type EdgeMapper, MULTICARE_EDGES } from '../../core/image/edges/edgeMap.js';
import type { SplitterConstants } from './constants.js';
import type { Analysis } from './split.js';

/** Least width of a band without edges, as a share of the long side. */
const BAND = 0.004;

/**
 * The analysis with the panels of the Canny detector, where it finds as many as are expected and the tree of cuts does not;
 * else the analysis as it was. Without OpenCV there is no second opinion.
 */
export async function secondOpinion(
  own: Analysis,
  expected: number,
  c: SplitterConstants,
  mapper: EdgeMapper,
): Promise<Analysis> {
  const { luminance, width, height } = own.tables;
  const edges = await mapper.edgeMap(luminance, width, height, MULTICARE_EDGES).catch(() => null);
  if (!edges) return own;
  const regions = cutByBands(edges, width, height, { expected, partSide: c.partSide, band: BAND });
  if (regions.length !== expected) return own;
  return { ...own, method: 'canny', panels: regions.map((region) => ({ content: region, cell: region, cuts: [] })) };
}
