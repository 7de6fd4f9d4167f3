import { existsSync } from 'node:fs';
import { UsageError } from '../pipeline/usageError.js';
import { lockFolder } from './lock.js';
import { Manifest } from './manifest.js';
import { Searches } from './searches.js';
import { verify, type Verified } from './verify.js';
import { PLACES } from './workplace.js';

/** Why a pass without a query and without ids has nothing to do, or null: a folder may have work of its own. */
export function nothingAsked(folder: string, update: boolean): string | null {
  if (!existsSync(PLACES.manifest(folder))) return 'nothing is asked for: give --query, --id or --ids';
  if (update && Searches.open(PLACES.searches(folder)).list.length === 0)
    return `${folder} holds no search that could be updated: give --query`;
  return null;
}

/** Checks every file of a folder. @throws UsageError where it is no folder of a fetch, or another pass is at work in it */
export async function verifyFolder(folder: string, signal: AbortSignal): Promise<Verified> {
  if (!existsSync(PLACES.manifest(folder)) || !existsSync(PLACES.own(folder))) {
    throw new UsageError(`${folder} holds no manifest: it is no folder that 'fetch' filled`);
  }
  const unlock = lockFolder(PLACES.lock(folder), folder);
  const manifest = Manifest.open(PLACES.manifest(folder));
  try {
    return await verify(folder, manifest, new Date(), signal);
  } finally {
    manifest.close();
    unlock();
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);
const CLOSED: ReadonlySet<unknown> = new Set(['EROFS', 'EACCES', 'EPERM', 'EEXIST', 'ENOTDIR', 'EISDIR']);

/** What a failure of the disk means to the user, in one sentence; anything else comes back as it is. */
export function diskFailure(error: unknown, folder: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (FULL.has(code))
    return new UsageError(
      `the disk of ${folder} is full; nothing that was fetched is lost: make room and run the same command again`,
    );
  if (CLOSED.has(code))
    return new UsageError(`the folder ${folder} cannot be written (${code}${path ? `: ${path}` : ''})`);
  return error;
}
