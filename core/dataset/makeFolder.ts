import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, as `mkdirSync(path, { recursive: true })` does, which never comes back where a file
 * system answers ENOENT for a place whose parent is there, as that of `/proc` does.
 *
 * @throws the system's error; EACCES in the case above
 */
export function makeFolder(path: string): void {
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code === 'ENOENT' && existsSync(parent)) {
      throw Object.assign(new Error(`no folder can be made in ${parent}`), { code: 'EACCES', path });
    }
    throw error;
  }
}
