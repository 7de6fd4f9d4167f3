import type { Region } from '../../../core/image/raster.js';

/** A connected patch of dark, or of light, pixels. */
export interface Component extends Region {
  readonly dark: boolean;
  readonly pixels: number;
}

/** What size of patch is wanted, in pixels. */
export interface ComponentSize {
  readonly minHeight: number;
  readonly maxHeight: number;
}

/**
 * The patches (8-connected) of pixels that are darker than `limit` (or lighter, with `dark` false) and of a letter's height.
 * Works on the runs of each row, so that most of a figure costs nothing.
 */
export function findComponents(
  luminance: Uint8Array,
  width: number,
  height: number,
  dark: boolean,
  limit: number,
  size: ComponentSize,
): Component[] {
  const parents: number[] = [];
  const boxes: number[] = [];
  const find = (i: number): number => {
    while (parents[i] !== i) i = parents[i] = parents[parents[i]];
    return i;
  };
  let above: number[] = [];
  for (let y = 0; y < height; y++) {
    const row: number[] = [];
    let a = 0;
    for (let x = 0, p = y * width; x < width; x++) {
      if (luminance[p + x] < limit !== dark) continue;
      const from = x;
      while (x < width && luminance[p + x] < limit === dark) x++;
      const id = parents.length;
      parents.push(id);
      boxes.push(from, y, x, y + 1, x - from);
      row.push(from, x, id);
      while (a < above.length && above[a + 1] < from) a += 3;
      for (let k = a; k < above.length && above[k] <= x; k += 3) {
        const one = find(above[k + 2]);
        const two = find(id);
        if (one !== two) merge(parents, boxes, one, two);
      }
    }
    above = row;
  }
  const found: Component[] = [];
  for (let i = 0; i < parents.length; i++) {
    if (parents[i] !== i) continue;
    const [x0, y0, x1, y1, pixels] = boxes.slice(i * 5, i * 5 + 5);
    const tall = y1 - y0;
    if (tall < size.minHeight || tall > size.maxHeight || x1 - x0 > 1.7 * tall) continue;
    // Letters are neither solid, unless they are thin, nor mere threads.
    const fill = pixels / (tall * (x1 - x0));
    if (fill < 0.12 || (fill > 0.9 && x1 - x0 > 0.45 * tall)) continue;
    found.push({ x0, y0, x1, y1, pixels, dark });
  }
  return found;
}

function merge(parents: number[], boxes: number[], into: number, from: number): void {
  parents[from] = into;
  const a = into * 5;
  const b = from * 5;
  boxes[a] = Math.min(boxes[a], boxes[b]);
  boxes[a + 1] = Math.min(boxes[a + 1], boxes[b + 1]);
  boxes[a + 2] = Math.max(boxes[a + 2], boxes[b + 2]);
  boxes[a + 3] = Math.max(boxes[a + 3], boxes[b + 3]);
  boxes[a + 4] += boxes[b + 4];
}
