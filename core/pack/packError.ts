import type { Diagnostic } from '../diagnostics/diagnostic.js';

const VERSION_CODES: ReadonlySet<string> = new Set(['engine-too-old', 'engine-too-new']);

/** Packs that cannot be used. The message lists every error with its place. */
export class PackError extends Error {
  /** Whether all that is wrong is the version of the engine. */
  readonly wrongVersion: boolean;

  constructor(
    readonly diagnostics: readonly Diagnostic[],
    message: string,
  ) {
    super(message);
    this.name = 'PackError';
    const errors = diagnostics.filter((d) => d.severity === 'error');
    this.wrongVersion = errors.length > 0 && errors.every((d) => VERSION_CODES.has(d.code));
  }
}
