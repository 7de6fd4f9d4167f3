import type { ImageSplit, Panel, PluginContext } from '../plugin/contract.js';

/** Where a panel stands, as far as its name says: 0 is left or top, 1 right or bottom. */
export interface Place {
  readonly x: number | null;
  readonly y: number | null;
}

const SIDES: Readonly<Record<string, Partial<Place>>> = {
  left: { x: 0 },
  right: { x: 1 },
  top: { y: 0 },
  bottom: { y: 1 },
  middle: {},
};

/** Reads position words by the dictionary `caption` (its entries `left`, `right`, `top`, `bottom`, `middle`). */
export function placeReader(context: Pick<PluginContext, 'lexicon' | 'doc'>): (name: string) => Place | null {
  const lexicon = context.lexicon('caption');
  return (name) => {
    const place: { x: number | null; y: number | null } = { x: null, y: null };
    let middle = false;
    lexicon.scan(context.doc(name), ({ value, attributes }) => {
      if (attributes.role !== 'position') return;
      const side = SIDES[value];
      if (!side) return;
      place.x = side.x ?? place.x;
      place.y = side.y ?? place.y;
      middle ||= value === 'middle';
    });
    if (middle && place.x === null) return { x: 0.5, y: place.y ?? 0.5 };
    return place.x === null && place.y === null ? null : place;
  };
}

/** The panel of each place, or null where the places do not tell the panels apart, or two want the same. */
export function atPlaces(image: ImageSplit, places: readonly Place[]): number[] | null {
  // One word for all: "left, middle, right" of a row, "top, bottom" of a column. Then only the order along it counts.
  const order: number[] = [];
  for (const place of places) {
    const costs = image.panels.map((p) => distance(centre(p, image), place, places));
    const least = Math.min(...costs);
    const nearest = costs.flatMap((cost, i) => (cost < least + 0.12 ? [i] : []));
    if (nearest.length !== 1 || order.includes(nearest[0])) return null;
    order.push(nearest[0]);
  }
  return order;
}

function distance(at: { x: number; y: number }, place: Place, all: readonly Place[]): number {
  const usesX = all.some((p) => p.x === 0 || p.x === 1);
  const usesY = all.some((p) => p.y === 0 || p.y === 1);
  const x = place.x !== null && usesX ? Math.abs(at.x - place.x) : 0;
  const y = place.y !== null && usesY ? Math.abs(at.y - place.y) : 0;
  return x + y;
}

/** The middle of a panel, 0 to 1, measured between the outermost middles. */
function centre(panel: Panel, image: ImageSplit): { x: number; y: number } {
  const along = (low: (p: Panel) => number) => {
    const all = image.panels.map(low);
    const least = Math.min(...all);
    const range = Math.max(...all) - least;
    return range > 0 ? (low(panel) - least) / range : 0;
  };
  return { x: along((p) => p.x + p.width / 2), y: along((p) => p.y + p.height / 2) };
}
