import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Engine } from '../engine.js';
import { writeCrops } from '../image/crops.js';
import { writeOverlay } from '../image/overlay.js';
import type { AsyncLineProcessor } from './batch.js';
import { figureNamer, type SharedNames } from './figureNames.js';

export interface ImageTask {
  readonly kind: 'image-splitter';
  /** Folder to which relative paths in records are relative. */
  readonly base: string;
  readonly crops?: string;
  readonly overlay?: string;
  /** Figures that a thread has under way. */
  readonly atOnce?: number;
  /** Names that more than one figure would have. */
  readonly shared?: SharedNames;
}

/** Splits the figure of each record, and writes crops and overlays where a folder is given. */
export function imageLine(engine: Engine, { base, crops, overlay, shared }: ImageTask): AsyncLineProcessor {
  const splitter = engine.processor('image-splitter');
  const nameOf = figureNamer(base, shared);
  return async (record) => {
    const { file, expected_panels: expected } = record;
    if (typeof file !== 'string') throw new Error("the field 'file' is missing");
    const path = isAbsolute(file) ? file : resolve(base, file);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === 'ENOENT' ? `no such file: ${file}` : `${file} cannot be read (${error.code})`);
    });
    const expectedPanels = typeof expected === 'number' ? expected : undefined;
    const split = await splitter.split({ file, bytes, expectedPanels });
    if (crops || overlay) {
      const { folder, name } = nameOf(file);
      if (crops) await writeCrops(path, bytes, split, join(crops, folder), { figure: name });
      if (overlay) await writeOverlay(path, bytes, split, join(overlay, folder), name);
    }
    return JSON.stringify({ ...record, expected_panels: undefined, file, ...split });
  };
}
