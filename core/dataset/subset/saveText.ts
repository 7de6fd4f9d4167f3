import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from '../../pipeline/usageError.js';

/** Writes a small file at once: under a temporary name first. */
export function saveText(path: string, text: string | Uint8Array): void {
  const draft = `${path}.partial`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
