import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Engine } from '../engine.js';
import { writeCrops } from '../image/crops.js';
import { writeOverlay } from '../image/overlay.js';
import type { AsyncLineProcessor } from './batch.js';

export interface ImageTask {
  readonly kind: 'image-splitter';
  /** Folder to which relative paths in records are relative. */
  readonly base: string;
  readonly crops?: string;
  readonly overlay?: string;
}

/** Splits the figure of each record, and writes crops and overlays where a folder is given. */
export function imageLine(engine: Engine, { base, crops, overlay }: ImageTask): AsyncLineProcessor {
  const splitter = engine.processor('image-splitter');
  return async (record) => {
    const { file, expected_panels: expected } = record;
    if (typeof file !== 'string') throw new Error("the field 'file' is missing");
    const path = isAbsolute(file) ? file : resolve(base, file);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === 'ENOENT' ? `no such file: ${file}` : `${file} cannot be read (${error.code})`);
    });
    const expectedPanels = typeof expected === 'number' ? expected : undefined;
    const split = await splitter.split({ file, bytes, expectedPanels });
    if (crops) await writeCrops(path, bytes, split, crops);
    if (overlay) await writeOverlay(path, bytes, split, overlay);
    const { file: _file, expected_panels: _expected, ...rest } = record;
    return JSON.stringify({ ...rest, file, ...split });
  };
}
