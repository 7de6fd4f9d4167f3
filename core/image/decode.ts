import type { Metadata } from 'sharp';
import { loadSharp } from './sharp.js';
import type { Raster } from './raster.js';

export interface DecodeLimits {
  /** A picture of more pixels is refused before it is unpacked. */
  readonly maxPixels?: number;
  /** A picture whose short side is below this is refused: it cannot be a figure. */
  readonly minSide?: number;
}
export interface Decoded {
  readonly raster: Raster;
  /** The decoder had something to say: damage that it could pass over, or more frames or pages than the first. */
  readonly warning: string | null;
}

export const MAX_PIXELS = 100_000_000;
const MIN_SIDE = 8;

/** Pictures that were unpacked before, as long as somebody holds their bytes: a figure is split, looked at again, and cropped. */
const unpacked = new WeakMap<Uint8Array, Decoded>();

/**
 * Pixels of a picture file: turned as its EXIF tag says, alpha laid on white, sRGB, 8 bits, the first frame or page. Nobody may
 * write into them, nor into `bytes`: who asks for the same bytes again gets the same pixels.
 * Reads JPEG, PNG, WebP, GIF, TIFF and AVIF. Throws an `Error` with one sentence, in which `file` is named, on anything else.
 */
export async function decode(file: string, bytes: Uint8Array, limits: DecodeLimits = {}): Promise<Decoded> {
  const known = unpacked.get(bytes);
  if (known) {
    refuseSize(file, known.raster, limits);
    return known;
  }
  const decoded = await unpack(file, bytes, await inspect(file, bytes, limits));
  unpacked.set(bytes, decoded);
  return decoded;
}

async function unpack(file: string, bytes: Uint8Array, { pages = 1 }: Metadata): Promise<Decoded> {
  const several = pages > 1 ? `only the first of ${pages} frames or pages was read` : null;
  try {
    return { raster: await pixels(bytes, 'warning'), warning: several };
  } catch (strict) {
    try {
      return { raster: await pixels(bytes, 'truncated'), warning: several ?? reason(strict) };
    } catch (error) {
      throw new Error(`${file}: cannot be decoded: ${reason(error)}.`);
    }
  }
}

/** What the header says, with everything refused that must not or cannot be unpacked. */
export async function inspect(file: string, bytes: Uint8Array, limits: DecodeLimits = {}): Promise<Metadata> {
  if (bytes.length === 0) throw new Error(`${file}: the file is empty.`);
  const sharp = await loadSharp();
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new Error(`${file}: is not a picture in a known format (${reason(error)}).`);
  }
  const { width = 0, height = 0, format } = metadata;
  if (format === 'svg') throw new Error(`${file}: SVG is a drawing, not a raster picture; convert it to PNG first.`);
  refuseSize(file, { width, height }, limits);
  return metadata;
}

function refuseSize(
  file: string,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  { maxPixels = MAX_PIXELS, minSide = MIN_SIDE }: DecodeLimits,
): void {
  if (width * height > maxPixels)
    throw new Error(`${file}: ${width} × ${height} pixels are more than the limit of ${maxPixels} pixels.`);
  if (Math.min(width, height) < minSide)
    throw new Error(`${file}: ${width} × ${height} pixels are too few for a figure.`);
}

async function pixels(bytes: Uint8Array, failOn: 'warning' | 'truncated'): Promise<Raster> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(bytes, { failOn, limitInputPixels: false, pages: 1 })
    .rotate()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return {
    width: info.width,
    height: info.height,
    data: info.channels === 3 ? raw : threeChannels(raw, info.channels),
  };
}

function threeChannels(raw: Uint8Array, channels: number): Uint8Array {
  const count = raw.length / channels;
  const data = new Uint8Array(count * 3);
  const green = channels > 2 ? 1 : 0;
  for (let i = 0; i < count; i++) {
    data[i * 3] = raw[i * channels];
    data[i * 3 + 1] = raw[i * channels + green];
    data[i * 3 + 2] = raw[i * channels + 2 * green];
  }
  return data;
}

/** The first line of what libvips says, without its full stop. */
function reason(error: unknown): string {
  const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first.replace(/\.\s*$/, '').replace(/^Input (buffer|file) /, 'input ');
}
