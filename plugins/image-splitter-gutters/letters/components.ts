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
 * The patches (8-connected) of pixels that are darker than a limit (or lighter, with `dark` false) and of a letter's height.
 * Several limits, from the mildest to the strictest, are looked at in one go: a letter on a texture comes apart from it only
 * at a strict one, thin grey strokes hang together only at a mild one. Works on the runs of each row, and those of a stricter
 * limit lie inside those of the milder, so that most of a figure costs nothing.
 * @returns the patches of each limit
 */
export function findComponents(
  luminance: Uint8Array,
  width: number,
  height: number,
  dark: boolean,
  limits: readonly number[],
  size: ComponentSize,
): Component[][] {
  // How many of the limits a luminance meets.
  const depth = Uint8Array.from({ length: 256 }, (_, v) => limits.filter((limit) => v < limit === dark).length);
  const levels = limits.map((_, k) => {
    levelsOfThread[k] ??= new Level();
    levelsOfThread[k].begin(width);
    return levelsOfThread[k];
  });
  for (let y = 0; y < height; y++) {
    levels[0].scan(luminance, depth, 0, y, y * width, 0, width);
    // The runs of a stricter limit lie in those of the milder.
    for (let k = 1; k < levels.length; k++) levels[k].scanWithin(levels[k - 1], luminance, depth, k, y, y * width);
    for (const level of levels) level.endRow();
  }
  return levels.map(({ patches }) => patches.letters(dark, size));
}

/** The patches of one limit, and the runs of the row above and of this one: first column, column after the last, patch. */
class Level {
  readonly patches = new Patches();
  private above = new Int32Array(0);
  private row = new Int32Array(0);
  private aboves = 0;
  private runs = 0;
  private next = 0;

  /** Forgets everything. */
  begin(width: number): void {
    if (this.row.length < 3 * (width + 1)) {
      this.above = new Int32Array(3 * (width + 1));
      this.row = new Int32Array(3 * (width + 1));
    }
    this.patches.begin();
    this.aboves = this.runs = this.next = 0;
  }

  /** Finds the runs of more than `k` limits between two columns of a row that begins at `p`. */
  scan(luminance: Uint8Array, depth: Uint8Array, k: number, y: number, p: number, begin: number, end: number): void {
    const last = p + end;
    for (let i = p + begin; i < last; i++) {
      if (depth[luminance[i]] <= k) continue;
      const from = i;
      do i++;
      while (i < last && depth[luminance[i]] > k);
      this.add(from - p, y, i - p);
    }
  }

  scanWithin(milder: Level, luminance: Uint8Array, depth: Uint8Array, k: number, y: number, p: number): void {
    const { row, runs } = milder;
    for (let i = 0; i < runs; i += 3) this.scan(luminance, depth, k, y, p, row[i], row[i + 1]);
  }

  /** A run of this row, behind all others of it. */
  private add(from: number, y: number, to: number): void {
    const { patches, above, row, aboves } = this;
    let k = this.next;
    while (k < aboves && above[k + 1] < from) k += 3;
    this.next = k;
    let id: number;
    if (k < aboves && above[k] <= to) {
      id = patches.extend(above[k + 2], from, y, to);
      for (k += 3; k < aboves && above[k] <= to; k += 3) id = patches.join(id, above[k + 2]);
    } else id = patches.add(from, y, to);
    row[this.runs++] = from;
    row[this.runs++] = to;
    row[this.runs++] = id;
  }

  endRow(): void {
    [this.above, this.row] = [this.row, this.above];
    this.aboves = this.runs;
    this.runs = this.next = 0;
  }
}

/** Left, top, right, bottom, pixels, and the patch that this one became a part of. */
const PATCH = 6;

/** Patches that grow together: a forest of sets in flat columns. */
class Patches {
  private count = 0;
  private data = new Int32Array(PATCH << 12);

  begin(): void {
    this.count = 0;
  }

  /** One more run of a patch, below all that it has. */
  extend(id: number, from: number, y: number, to: number): number {
    const { data } = this;
    const root = this.rootOf(id);
    const at = root * PATCH;
    if (from < data[at]) data[at] = from;
    if (to > data[at + 2]) data[at + 2] = to;
    data[at + 3] = y + 1;
    data[at + 4] += to - from;
    return root;
  }

  /** A new patch. */
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

  /** Those that may be a letter. */
  letters(dark: boolean, size: ComponentSize): Component[] {
    const { data } = this;
    const found: Component[] = [];
    for (let i = 0, at = 0; i < this.count; i++, at += PATCH) {
      // A part of another.
      if (data[at + 5] !== i) continue;
      const tall = data[at + 3] - data[at + 1];
      const wide = data[at + 2] - data[at];
      if (tall < size.minHeight || tall > size.maxHeight || wide > 1.7 * tall) continue;
      // Letters are neither solid, unless they are thin, nor mere threads.
      const pixels = data[at + 4];
      const fill = pixels / (tall * wide);
      if (fill < 0.12 || (fill > 0.9 && wide > 0.45 * tall)) continue;
      found.push({ x0: data[at], y0: data[at + 1], x1: data[at + 2], y1: data[at + 3], pixels, dark });
    }
    return found;
  }

  /** Two patches as one. */
  join(one: number, two: number): number {
    const into = this.rootOf(one);
    const from = this.rootOf(two);
    if (into === from) return into;
    const { data } = this;
    const a = into * PATCH;
    const b = from * PATCH;
    data[b + 5] = into;
    if (data[b] < data[a]) data[a] = data[b];
    if (data[b + 1] < data[a + 1]) data[a + 1] = data[b + 1];
    if (data[b + 2] > data[a + 2]) data[a + 2] = data[b + 2];
    if (data[b + 3] > data[a + 3]) data[a + 3] = data[b + 3];
    data[a + 4] += data[b + 4];
    return into;
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

/** The memory of one call is that of the next. */
const levelsOfThread: Level[] = [];
