import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../core/image/decode.js';
import { drawFigure } from './figure.js';

const figure = drawFigure({ seed: 1, layout: [2], gutter: 6, content: 'photo', width: 120, height: 80 });
const picture = () => sharp(figure.data, { raw: { width: 120, height: 80, channels: 3 } });
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ffffff' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

describe('what is read', () => {
  it.each([
    ['a CMYK JPEG', () => picture().toColourspace('cmyk').jpeg().toBuffer()],
    ['a 16-bit PNG', () => picture().toColourspace('rgb16').png().toBuffer()],
    ['a grey PNG', () => picture().toColourspace('b-w').png().toBuffer()],
    ['a WebP', () => picture().webp().toBuffer()],
    ['a GIF', () => picture().gif().toBuffer()],
    ['a TIFF', () => picture().tiff().toBuffer()],
  ])('%s', async (_, make) => {
    const { raster } = await decode('f', await make());
    expect([raster.width, raster.height, raster.data.length]).toEqual([120, 80, 120 * 80 * 3]);
  });
  it('turned as EXIF says', async () => {
    const { raster } = await decode('f.jpg', await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([raster.width, raster.height]).toEqual([80, 120]);
  });
  it('alpha on white', async () => {
    const clear = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...(await decode('f', clear)).raster.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });
  it('the first page only, and it says so', async () => {
    const two = sharp(Buffer.concat([figure.data, figure.data]), {
      raw: { width: 120, height: 160, channels: 3, pageHeight: 80 },
    });
    const { raster, warning } = await decode('f.tiff', await two.tiff().toBuffer());
    expect(raster.height).toBe(80);
    expect(warning).toMatch(/first of 2/);
  });
});

describe('what is refused, in one sentence that names the file', () => {
  it.each([
    ['a truncated JPEG', async () => (await picture().jpeg().toBuffer()).subarray(0, 900), /cannot be decoded/],
    ['a text', async () => Buffer.from('not a picture'), /not a picture/],
    ['nothing', async () => Buffer.alloc(0), /empty/],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>'), /SVG/],
    ['one pixel', () => blank(1, 1), /too few/],
    ['too many pixels, before unpacking', () => blank(20_000, 20_000), /400000000|more than the limit/],
  ])('%s', async (_, make, message) => {
    const refused = decode('fig.jpg', await make());
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(/^fig\.jpg: [^\n]+\.$/);
  });
});
