import { relative } from 'node:path';
import type { Range } from '../../source/index.js';
import type { LoadedPack, LoadResult } from '../load.js';
import type { At, EffectivePack } from '../model.js';

/** A place as diagnostics print it. */
export interface Where {
  readonly file: string;
  readonly range: Range;
}

/** What the checks work on: the loaded packs, and where places of the model are in files of the disk. */
export interface Scene {
  readonly packs: readonly LoadedPack[];
  readonly effective: EffectivePack;
  /** `length` is how many characters are marked. */
  place(at: At, pack: string, length?: number): Where;
}

export function sceneOf({ packs, effective }: LoadResult): Scene {
  const names = new Map<string, string>();
  for (const pack of packs) {
    for (const file of [pack.manifest, ...pack.files]) names.set(`${pack.ref} ${file.file}`, file.source.file);
  }
  return {
    packs,
    effective,
    place(at, pack, length = 1) {
      const file = names.get(`${at.pack ?? pack} ${at.file}`) ?? at.file;
      return { file, range: { line: at.line, col: at.col, endLine: at.line, endCol: at.col + length } };
    },
  };
}

/** The folder of a file, from the working folder, for help lines. */
export const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/') || '.';

export const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..');
};
