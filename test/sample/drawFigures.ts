// Draws the figures of the sample again: npx tsx test/sample/drawFigures.ts [FOLDER], by default into examples/figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { draw } from './draw/compose.js';
import { FIGURES } from './draw/figures.js';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../examples/figures', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const figure of FIGURES) {
  const { data, width, height } = draw(figure);
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  // Drawings keep their colours; a scan saved as PNG is grey.
  const png = /-(07|13)-/.test(figure.file) ? picture : picture.clone().greyscale();
  const bytes = await (
    figure.file.endsWith('.png')
      ? png.png({ compressionLevel: 9 })
      : figure.file.endsWith('.webp')
        ? picture.webp({ quality: 80 })
        : picture.jpeg({ quality: 80 })
  ).toBuffer();
  writeFileSync(join(folder, figure.file), bytes);
  process.stdout.write(`${figure.file}  ${width} × ${height}  ${(bytes.length / 1024).toFixed(0)} KB\n`);
}
