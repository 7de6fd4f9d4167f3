import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Batch } from './batch.js';
import { fileStamp } from './checkpoint.js';
import { readBatches, RECORD_EXTENSIONS } from './input.js';
import type { RecordSource } from './pass.js';
import { UsageError } from './usageError.js';

const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.gif',
  '.tif',
  '.tiff',
  '.bmp',
  '.svg',
  '.avif',
]);
/** Few figures travel together: each takes milliseconds, so that threads share them evenly. */
const IMAGES_PER_BATCH = 4;
const ENCODER = new TextEncoder();

/**
 * Figures as records `{file}`: image files, the images of a folder, or a record file of `{file, expected_panels}`,
 * whose relative paths are relative to that file.
 * @throws UsageError where a path is missing or a folder has no image
 */
export function imageSource(paths: readonly string[]): RecordSource {
  const records = paths.filter(
    (p) => p === '-' || (RECORD_EXTENSIONS as readonly string[]).includes(extname(p).toLowerCase()),
  );
  if (records.length > 0) {
    if (paths.length > 1) throw new UsageError('image-splitter takes images, or one file of records, not both');
    if (paths[0] !== '-' && !statSync(paths[0], { throwIfNoEntry: false }))
      throw new UsageError(`no such file: ${paths[0]}`);
    const size = { bytes: Infinity, records: IMAGES_PER_BATCH };
    return { files: paths, read: (file, from, line) => readBatches(file, from, line, size) };
  }
  const images = paths.flatMap(imagesIn);
  return {
    files: ['images'],
    stamp: () => images.map(fileStamp).join('\n'),
    read: (_, from) => imageBatches(images, from),
  };
}

function imagesIn(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`no such file or folder: ${path}`);
  if (!stat.isDirectory()) return [path];
  const images = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => IMAGE_EXTENSIONS.has(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(path, name));
  if (images.length === 0) throw new UsageError(`the folder ${path} holds no image`);
  return images;
}

async function* imageBatches(images: readonly string[], from = 0): AsyncGenerator<Batch> {
  for (let at = from, index = 0; at < images.length; at += IMAGES_PER_BATCH, index++) {
    const lines = images.slice(at, at + IMAGES_PER_BATCH).map((file) => JSON.stringify({ file }));
    const bytes = ENCODER.encode(lines.join('\n'));
    yield { index, firstLine: at + 1, bytes, position: Math.min(at + IMAGES_PER_BATCH, images.length) };
  }
}
