import { statSync } from 'node:fs';

/** Bytes of all input files, or undefined where one is standard input. */
export const inputBytes = (files: readonly string[]): number | undefined =>
  files.includes('-') ? undefined : files.reduce((sum, file) => sum + statSync(file).size, 0);
