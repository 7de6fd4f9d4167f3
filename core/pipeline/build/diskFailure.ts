import { UsageError } from '../usageError.js';
import { DiskError } from './writeImage.js';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const CLOSED: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']);

/** What a failure of the file system means to the user, in one sentence; whatever else was thrown comes back as it is. */
export function diskFailure(error: unknown, dataset: string): unknown {
  const { code, path } = error instanceof DiskError ? error : (error as NodeJS.ErrnoException);
  if (code !== undefined && FULL.has(code)) {
    return new UsageError(
      `the disk of ${dataset} is full (${code}); nothing that was done is lost: make room and run the same command again`,
    );
  }
  if (code !== undefined && CLOSED.has(code)) {
    return new UsageError(`the dataset ${dataset} cannot be written (${code}${path ? `: ${path}` : ''})`);
  }
  if (error instanceof DiskError || code === 'EIO') {
    return new UsageError(
      `writing to the dataset ${dataset} failed (${code}${path ? `: ${path}` : ''}); run the same command again to go on`,
    );
  }
  return error;
}
