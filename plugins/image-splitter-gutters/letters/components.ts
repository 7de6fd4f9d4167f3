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
  const patches = new Patches();
  // Runs of the row above and of this one: first column, column after the last, patch.
  let above = new Int32Array(3 * (width + 1));
  let row = new Int32Array(3 * (width + 1));
  let aboves = 0;
  for (let y = 0; y < height; y++) {
    let runs = 0;
    let a = 0;
    for (let x = 0, p = y * width; x < width; x++) {
      if (luminance[p + x] < limit !== dark) continue;
      const from = x;
      while (x < width && luminance[p + x] < limit === dark) x++;
      const id = patches.add(from, y, x);
      row[runs] = from;
      row[runs + 1] = x;
      row[runs + 2] = id;
      runs += 3;
      while (a < aboves && above[a + 1] < from) a += 3;
      for (let k = a; k < aboves && above[k] <= x; k += 3) patches.join(above[k + 2], id);
    }
    [above, row] = [row, above];
    aboves = runs;
  }
  const found: Component[] = [];
  for (let i = 0; i < patches.count; i++) {
    if (!patches.isWhole(i)) continue;
    const { x0, y0, x1, y1, pixels } = patches.at(i);
    const tall = y1 - y0;
    if (tall < size.minHeight || tall > size.maxHeight || x1 - x0 > 1.7 * tall) continue;
    // Letters are neither solid, unless they are thin, nor mere threads.
    const fill = pixels / (tall * (x1 - x0));
    if (fill < 0.12 || (fill > 0.9 && x1 - x0 > 0.45 * tall)) continue;
    found.push({ x0, y0, x1, y1, pixels, dark });
  }
  return found;
}

/** Left, top, right, bottom, pixels, and the patch that this one became a part of. */
const PATCH = 6;

/** Patches that grow together: a forest of sets in flat columns. */
class Patches {
  count = 0;
  private data = new Int32Array(PATCH << 12);

  add(from: number, y: number, to: number): number {
    const id = this.count++;
    if (this.count * PATCH > this.data.length) {
      const wider = new Int32Array(this.data.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    const { data } = this;
    const at = id * PATCH;
    data[at] = from;
    data[at + 1] = y;
    data[at + 2] = to;
    data[at + 3] = y + 1;
    data[at + 4] = to - from;
    data[at + 5] = id;
    return id;
  }

  /** Whether a patch is no part of another. */
  isWhole(id: number): boolean {
    return this.data[id * PATCH + 5] === id;
  }

  at(id: number): Region & { readonly pixels: number } {
    const [x0, y0, x1, y1, pixels] = this.data.subarray(id * PATCH, id * PATCH + 5);
    return { x0, y0, x1, y1, pixels };
  }

  join(one: number, two: number): void {
    const into = this.rootOf(one);
    const from = this.rootOf(two);
    if (into === from) return;
    const { data } = this;
    const a = into * PATCH;
    const b = from * PATCH;
    data[b + 5] = into;
    if (data[b] < data[a]) data[a] = data[b];
    if (data[b + 1] < data[a + 1]) data[a + 1] = data[b + 1];
    if (data[b + 2] > data[a + 2]) data[a + 2] = data[b + 2];
    if (data[b + 3] > data[a + 3]) data[a + 3] = data[b + 3];
    data[a + 4] += data[b + 4];
  }

  private rootOf(id: number): number {
    const { data } = this;
    let i = id;
    for (let up = data[i * PATCH + 5]; up !== i; up = data[i * PATCH + 5]) {
      data[i * PATCH + 5] = data[up * PATCH + 5];
      i = up;
    }
    return i;
  }
}
