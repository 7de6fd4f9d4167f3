import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReportContext } from '../core/diagnostics/reporters/index.js';
import { VERSION } from '../core/version.js';

export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** What the reporters know: the engine's version, the texts for code frames, whether colours are shown. */
export function reportContext(checked?: ReportContext['checked']): ReportContext {
  return {
    version: VERSION,
    colour: process.stdout.isTTY,
    checked,
    textOf(file) {
      try {
        return readFileSync(resolve(file), 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}
