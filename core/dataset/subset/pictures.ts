import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, normalize, sep } from 'node:path';
import { safeName } from '../layout.js';

/** A picture that should be there and is not. */
export interface LostPicture {
  readonly file: string;
  readonly error: string;
}

/** Brings pictures from a dataset into a subset of it, as copies or hard links. */
export class Pictures {
  readonly lost: LostPicture[] = [];
  private readonly placed = new Map<string, string>();
  copied = 0;

  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly link: boolean,
  ) {}

  /** The hash of a picture's bytes; undefined where it is not there. */
  hash = (file: string): string | undefined => {
    const path = this.source(file);
    try {
      return path === undefined ? undefined : createHash('sha256').update(readFileSync(path)).digest('hex');
    } catch {
      return undefined;
    }
  };

  /**
   * Puts a picture into a folder of the subset (its own place where none is given).
   * @returns its path in the subset, forward slashes, or null where it is not there
   */
  place(file: string, folder?: string): string | null {
    const path = this.source(file);
    if (path === undefined || !existsSync(path)) {
      this.lost.push({
        file,
        error: path === undefined ? 'The path leads out of the dataset.' : 'There is no such picture.',
      });
      return null;
    }
    const target = this.free(
      folder === undefined ? normalize(file).split(sep).join('/') : `${folder}/${basename(file)}`,
      file,
    );
    const full = join(this.to, ...target.split('/'));
    if (this.placed.get(target) === file && existsSync(full)) return target;
    mkdirSync(dirname(full), { recursive: true });
    try {
      if (!this.link || !linked(path, full)) copyFileSync(path, full);
    } catch (error) {
      // It may have gone between the look and the copy; anything else (a full disk) is the caller's.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.lost.push({ file, error: 'The picture went away while it was copied.' });
      return null;
    }
    this.placed.set(target, file);
    this.copied++;
    return target;
  }

  /** Two pictures of one name get different ones. */
  private free(target: string, file: string): string {
    const taken = this.placed.get(target);
    if (taken === undefined || taken === file) return target;
    const ending = extname(target);
    return `${target.slice(0, target.length - ending.length)}-${createHash('sha256').update(file).digest('hex').slice(0, 8)}${ending}`;
  }

  /** A dataset may come from anywhere: its paths are not followed out of its folder. */
  private source(file: string): string | undefined {
    const path = normalize(file);
    if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)) return undefined;
    const full = join(this.from, path);
    return existsSync(full) && !statSync(full).isFile() ? undefined : full;
  }
}

/** Whether a hard link could be made; across file systems it cannot. */
function linked(path: string, target: string): boolean {
  try {
    linkSync(path, target);
    return true;
  } catch {
    return false;
  }
}

/** A folder's name from a class or an id. */
export const folderName = (name: string): string => safeName(name.trim().replace(/\s+/g, '_'));
