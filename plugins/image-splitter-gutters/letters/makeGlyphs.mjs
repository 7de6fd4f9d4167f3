// Renders the templates of glyphs.ts. Run by hand when fonts are added, with Arimo, Tinos, Roboto, Open Sans and DejaVu Sans
// known to fontconfig:  node plugins/image-splitter-gutters/letters/makeGlyphs.mjs
// The fonts are under the Apache 2.0 licence or the OFL (DejaVu: its own, as free); only bitmaps of 12 × 16 cells are kept.
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const FACES = ['Arimo', 'Tinos', 'Roboto', 'Open Sans', 'DejaVu Sans'].flatMap((name) => [name, `${name} Bold`]);
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghjklmnopqrstuvwxyz023456789';
// The `a` of one storey, as in italics and round faces: the Latin alpha of the fonts that have one.
const ROUND = ['DejaVu Sans', 'DejaVu Sans Bold', 'DejaVu Serif', 'DejaVu Serif Bold'].map((font) => ['ɑ', 'a', font]);
const WIDTH = 12;
const HEIGHT = 16;

async function glyph(text, options, character = text) {
  const { data, info } = await sharp({ text: { text, rgba: false, dpi: 600, ...options } })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = (x, y) => data[(y * info.width + x) * info.channels];
  let [x0, y0, x1, y1] = [info.width, info.height, 0, 0];
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++)
      if (ink(x, y) > 127)
        [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
  const cells = [];
  for (let r = 0; r < HEIGHT; r++)
    for (let c = 0; c < WIDTH; c++) {
      let sum = 0;
      for (let i = 0; i < 16; i++) {
        const x = x0 + ((c + ((i % 4) + 0.5) / 4) / WIDTH) * (x1 - x0);
        const y = y0 + ((r + (Math.floor(i / 4) + 0.5) / 4) / HEIGHT) * (y1 - y0);
        sum += ink(Math.floor(x), Math.floor(y)) > 127 ? 1 : 0;
      }
      cells.push(Math.min(15, Math.round((sum / 16) * 15)));
    }
  const packed = Uint8Array.from({ length: cells.length / 2 }, (_, i) => cells[2 * i] * 16 + cells[2 * i + 1]);
  return {
    character,
    aspect: +((x1 - x0) / (y1 - y0)).toFixed(3),
    cells: Buffer.from(packed).toString('base64'),
  };
}

const glyphs = [];
for (const character of CHARACTERS) for (const font of FACES) glyphs.push(await glyph(character, { font }));
for (const [text, character, font] of ROUND) glyphs.push(await glyph(text, { font }, character));
const unique = [...new Map(glyphs.map((g) => [g.character + g.cells, g])).values()];
writeFileSync(
  new URL('./glyphs.ts', import.meta.url),
  `// Made by makeGlyphs.mjs. Each row: character, width by height, 12 × 16 cells of 4 bits in base64.\n` +
    `// prettier-ignore\nexport const GLYPHS: readonly (readonly [string, number, string])[] = [\n` +
    unique.map((g) => `  ['${g.character}', ${g.aspect}, '${g.cells}'],\n`).join('') +
    `];\n`,
);
