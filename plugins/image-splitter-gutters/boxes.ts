import type { Raster, Region } from '../../core/image/raster.js';

/** A region of the analysed raster in pixels of the original, its sides moved to the picture's border where one is near. */
export function toOriginal(raster: Raster, region: Region, scale: number): Region {
  const box = mapped(raster, region, scale);
  if (scale === 1) return box;
  const reach = Math.ceil(scale) + 1;
  const x0 = snap(raster, box, 'x', box.x0, reach);
  const x1 = snap(raster, box, 'x', box.x1, reach);
  const y0 = snap(raster, box, 'y', box.y0, reach);
  const y1 = snap(raster, box, 'y', box.y1, reach);
  return x1 > x0 && y1 > y0 ? { x0, y0, x1, y1 } : box;
}

/** The same without looking at the pixels. */
export function mapped(raster: Raster, region: Region, scale: number): Region {
  const x0 = Math.min(raster.width - 1, Math.max(0, Math.round(region.x0 * scale)));
  const y0 = Math.min(raster.height - 1, Math.max(0, Math.round(region.y0 * scale)));
  const x1 = Math.max(x0 + 1, Math.min(raster.width, Math.round(region.x1 * scale)));
  const y1 = Math.max(y0 + 1, Math.min(raster.height, Math.round(region.y1 * scale)));
  return { x0, y0, x1, y1 };
}

/** Mean step of luminance that makes a border. */
const CLEAR = 12;
const SAMPLES = 200;

/** The boundary between two lines within `reach` of `at` across which the picture changes most. */
function snap(raster: Raster, box: Region, axis: 'x' | 'y', at: number, reach: number): number {
  const limit = axis === 'x' ? raster.width : raster.height;
  if (at <= reach || at >= limit - reach) return at;
  const [from, to] = axis === 'x' ? [box.y0, box.y1] : [box.x0, box.x1];
  const every = Math.max(1, Math.floor((to - from) / SAMPLES));
  const green = (line: number, along: number) => {
    const [x, y] = axis === 'x' ? [line, along] : [along, line];
    return raster.data[(y * raster.width + x) * 3 + 1];
  };
  let best = at;
  let most = CLEAR;
  for (let line = Math.max(1, at - reach); line <= Math.min(limit - 1, at + reach); line++) {
    let sum = 0;
    let count = 0;
    for (let j = from; j < to; j += every, count++) sum += Math.abs(green(line, j) - green(line - 1, j));
    if (sum / Math.max(1, count) > most) {
      most = sum / count;
      best = line;
    }
  }
  return best;
}
