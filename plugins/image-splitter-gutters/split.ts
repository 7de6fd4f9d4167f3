import { type Raster, type Region, shrink } from '../../core/image/raster.js';
import type { SplitterConstants } from './constants.js';
import type { Cut } from './cut.js';
import { pruneByThreshold, pruneToCount, type Pruned } from './prune.js';
import { tabulate, type Tables } from './tables.js';
import { trimFrame, panelContent } from './content.js';
import { readLetters } from './letters/read.js';
import { buildTree } from './tree.js';

export interface SplitPanel {
  readonly content: Region;
  readonly cell: Region;
  readonly cuts: readonly Cut[];
}
export interface Analysis {
  readonly tables: Tables;
  readonly scale: number;
  readonly panels: readonly SplitPanel[];
  readonly unaided: number;
  readonly pruned: Pruned;
  readonly method: 'unaided' | 'pruned';
}

export function analyse(raster: Raster, expected: number | undefined, c: SplitterConstants): Analysis {
  const small = shrink(raster, c.analysisSide);
  const tables = tabulate(small);
  const whole: Region = { x0: 0, y0: 0, x1: small.width, y1: small.height };
  const read = readLetters(tables);
  const letters = read && read.score >= c.letterFit ? read : undefined;
  const root = buildTree(tables, trimFrame(tables, whole, c), c, letters);
  const own = pruneByThreshold(root, c);
  const aided = expected !== undefined && expected !== own.leaves.length ? pruneToCount(root, expected, c) : null;
  const pruned = aided ?? own;
  const panels = pruned.leaves.map(({ node, cuts }) => ({
    content: panelContent(tables, node, cuts, c),
    cell: node.cell,
    cuts,
  }));
  return { tables, scale: raster.width / small.width, panels, unaided: own.leaves.length, pruned, method: aided ? 'pruned' : 'unaided' };
}
