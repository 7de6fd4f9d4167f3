import { type Raster, type Region, shrink } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import { panelContent, trimFrame } from './content.js';
import type { Cut } from './cut.js';
import { type Letters, readLetters } from './letters/read.js';
import { type Pruned, pruneByThreshold, pruneToCount } from './prune.js';
import { type Space, tabulate, type Tables } from './tables.js';
import { Grower, isSparse } from './tree.js';

/** A panel in pixels of the analysed raster, with the cuts that made it, from the whole figure inwards. */
export interface SplitPanel {
  readonly content: Region;
  readonly cell: Region;
  readonly cuts: readonly Cut[];
}
export interface Analysis {
  readonly tables: Tables;
  /** Pixels of the original for one of the analysed raster. */
  readonly scale: number;
  readonly panels: readonly SplitPanel[];
  readonly pruned: Pruned;
  /** Who chose the cuts: the scores alone, the number of panels that was told, or the second opinion. */
  readonly method: 'unaided' | 'pruned' | 'canny';
  readonly letters: Letters | null;
  readonly sparse: boolean;
}
export interface AnalysisOptions {
  readonly expected?: number;
  readonly letters: boolean;
}

/**
 * Cuts a figure into panels. Pure.
 * @param space where the tables are made; the analysis stands until it is used again
 */
export function analyse(
  raster: Raster,
  { expected, letters: read }: AnalysisOptions,
  c: SplitterConstants,
  space?: Space,
): Analysis {
  const small = shrink(raster, c.analysisSide);
  const tables = tabulate(small, space);
  const figure = trimFrame(tables, { x0: 0, y0: 0, x1: small.width, y1: small.height }, c);
  const found = read ? readLetters(tables) : null;
  const letters = found && found.score >= c.letterFit ? found : null;
  const grower = new Grower(tables, c, letters ?? undefined);
  const own = pruneByThreshold(grower.grow(figure, c.hopeless), c);
  const aided =
    expected !== undefined && expected !== own.leaves.length
      ? pruneToCount(grower.grow(figure, c.floor, true), expected, c)
      : null;
  const pruned = aided ?? own;
  return {
    tables,
    scale: raster.width / small.width,
    panels: pruned.leaves.map(({ node, cuts }) => {
      const content = panelContent(tables, figure, node, cuts, c);
      return { content, cell: around(node.cell, content), cuts };
    }),
    pruned,
    method: aided ? 'pruned' : 'unaided',
    letters,
    sparse: isSparse(tables, figure, c),
  };
}

/** A cell with what sticks out of it at the figure's sides. */
const around = (cell: Region, content: Region): Region => ({
  x0: Math.min(cell.x0, content.x0),
  y0: Math.min(cell.y0, content.y0),
  x1: Math.max(cell.x1, content.x1),
  y1: Math.max(cell.y1, content.y1),
});
