/** Pixels of a picture: 8 bits, red, green, blue, row by row, no padding. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle in pixels: `x1` and `y1` are the first column and row outside it. */
export interface Region {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * The raster made smaller until its long side is at most `longSide` pixels, each new pixel the mean of those it covers.
 * A raster that is small enough is returned as it is; nothing is ever enlarged.
 */
export function shrink(raster: Raster, longSide: number): Raster {
  const scale = longSide / Math.max(raster.width, raster.height);
  if (scale >= 1) return raster;
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  const edges = Int32Array.from({ length: width + 1 }, (_, i) => Math.floor((i * raster.width) / width));
  const data = new Uint8Array(width * height * 3);
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * raster.height) / height);
    const bottom = Math.floor(((y + 1) * raster.height) / height);
    sums.fill(0);
    for (let row = top; row < bottom; row++) addRow(raster, row, edges, sums);
    for (let x = 0, o = y * width * 3; x < width; x++, o += 3) {
      const count = (edges[x + 1] - edges[x]) * (bottom - top);
      data[o] = sums[x * 3] / count + 0.5;
      data[o + 1] = sums[x * 3 + 1] / count + 0.5;
      data[o + 2] = sums[x * 3 + 2] / count + 0.5;
    }
  }
  return { width, height, data };
}

function addRow(raster: Raster, row: number, edges: Int32Array, sums: Float64Array): void {
  const { data, width } = raster;
  for (let x = 0; x < edges.length - 1; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    const end = (row * width + edges[x + 1]) * 3;
    for (let i = (row * width + edges[x]) * 3; i < end; i += 3) {
      red += data[i];
      green += data[i + 1];
      blue += data[i + 2];
    }
    sums[x * 3] += red;
    sums[x * 3 + 1] += green;
    sums[x * 3 + 2] += blue;
  }
}

/** Luminance of each pixel, 0 to 255, by the weights of ITU-R BT.601. */
export function luminanceOf({ data, width, height }: Raster): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 3)
    grey[i] = (data[p] * 77 + data[p + 1] * 150 + data[p + 2] * 29) >> 8;
  return grey;
}
