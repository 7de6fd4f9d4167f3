import type { Region } from '../raster.js';

export interface BandOptions {
  /** Number of panels, where somebody knows it. */
  readonly expected?: number;
  /** Smallest side of a panel, as a share of the figure's long side. */
  readonly partSide: number;
  /** Least width of an empty band, as a share of the figure's long side. */
  readonly band: number;
}

interface Piece {
  readonly region: Region;
  readonly cut: { readonly axis: 'x' | 'y'; readonly from: number; readonly to: number } | null;
}

/**
 * MultiCaRe's way of splitting, repaired: cuts a figure along bands without an edge, the widest first, both axes at each level,
 * sizes relative to the figure, nothing blank taken for a panel. Returns where the edges are.
 */
export function cutByBands(edges: Uint8Array, width: number, height: number, options: BandOptions): Region[] {
  const long = Math.max(width, height);
  const side = options.partSide * long;
  const band = Math.max(2, options.band * long);
  const whole = shrinkToEdges(edges, width, { x0: 0, y0: 0, x1: width, y1: height });
  if (!whole) return [{ x0: 0, y0: 0, x1: width, y1: height }];
  const pieces: Piece[] = [{ region: whole, cut: widest(edges, width, whole, side, band) }];
  while (options.expected === undefined || pieces.length < options.expected) {
    let best = -1;
    for (const [i, { cut }] of pieces.entries()) if (cut && (best < 0 || gap(cut) > gap(pieces[best].cut!))) best = i;
    if (best < 0) break;
    const { region, cut } = pieces[best];
    const { axis, from, to } = cut!;
    const halves =
      axis === 'x'
        ? [
            { ...region, x1: from },
            { ...region, x0: to },
          ]
        : [
            { ...region, y1: from },
            { ...region, y0: to },
          ];
    const parts = halves.flatMap((half) => shrinkToEdges(edges, width, half) ?? []);
    pieces.splice(best, 1, ...parts.map((part) => ({ region: part, cut: widest(edges, width, part, side, band) })));
  }
  return pieces.map((p) => p.region);
}

const gap = (cut: { from: number; to: number }): number => cut.to - cut.from;

/** The widest empty band of a region that leaves a panel's size on both sides. */
function widest(edges: Uint8Array, width: number, r: Region, side: number, band: number): Piece['cut'] {
  const columns = new Uint8Array(r.x1 - r.x0);
  const rows = new Uint8Array(r.y1 - r.y0);
  for (let y = r.y0; y < r.y1; y++)
    for (let x = r.x0; x < r.x1; x++)
      if (edges[y * width + x] !== 0) {
        columns[x - r.x0] = 1;
        rows[y - r.y0] = 1;
      }
  let best: Piece['cut'] = null;
  for (const [axis, lines, offset] of [
    ['x', columns, r.x0],
    ['y', rows, r.y0],
  ] as const) {
    for (let i = 0; i < lines.length; i++) {
      if (lines[i] !== 0) continue;
      const from = i;
      while (i < lines.length && lines[i] === 0) i++;
      if (from < side || lines.length - i < side || i - from < band) continue;
      if (!best || i - from > gap(best)) best = { axis, from: from + offset, to: i + offset };
    }
  }
  return best;
}

/** A region as far as there are edges, or null where there is none. */
function shrinkToEdges(edges: Uint8Array, width: number, r: Region): Region | null {
  let [x0, y0, x1, y1] = [r.x1, r.y1, r.x0, r.y0];
  for (let y = r.y0; y < r.y1; y++)
    for (let x = r.x0; x < r.x1; x++) {
      if (edges[y * width + x] === 0) continue;
      if (x < x0) x0 = x;
      if (x >= x1) x1 = x + 1;
      if (y < y0) y0 = y;
      if (y >= y1) y1 = y + 1;
    }
  return x1 > x0 && y1 > y0 ? { x0, y0, x1, y1 } : null;
}
