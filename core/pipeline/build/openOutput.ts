import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LAYOUT } from '../../dataset/layout.js';
import { makeFolder } from '../../dataset/makeFolder.js';
import { UsageError } from '../usageError.js';

/** Makes the folder, and refuses one that holds something else: nothing of the user's is ever removed. */
export function openOutput(output: string, work: string): void {
  const stat = statSync(output, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw new UsageError(`the output ${output} is a file; a dataset is a folder`);
  if (stat && !existsSync(work) && readdirSync(output).length > 0 && !wasBuilt(output)) {
    throw new UsageError(
      `the folder ${output} is not empty and was not made by build; choose another name, or remove it`,
    );
  }
  makeFolder(work);
}

/** Whether a folder holds a dataset of `build`: its work folder may have been removed. */
function wasBuilt(output: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(output, LAYOUT.manifest), 'utf8')) as Record<string, unknown>;
    return manifest.format === 1 && 'legenda' in manifest && !('subset' in manifest);
  } catch {
    return false;
  }
}
