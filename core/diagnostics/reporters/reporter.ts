import type { Diagnostic } from '../diagnostic.js';

/** What reporters know beside the diagnostics. */
export interface ReportContext {
  /** Version of the engine, for SARIF. */
  readonly version: string;
  /** The text of a file of a diagnostic, for code frames; undefined where it cannot be had. */
  readonly textOf?: (file: string) => string | undefined;
  /** Whether the output is a terminal that shows colours. */
  readonly colour?: boolean;
  /** All that was checked, for reports that list what passed (JUnit): files of packs, or test cases with their lines. */
  readonly checked?: readonly { readonly file: string; readonly name: string; readonly line?: number }[];
}

/** Turns diagnostics into a text that ends in a newline, or is empty. Pure. */
export type Reporter = (diagnostics: readonly Diagnostic[], context: ReportContext) => string;

/** `2 errors, 1 warning`, or `no faults`. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    if (count === 0) return [];
    return [severity === 'info' ? `${count} to know` : `${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return parts.length > 0 ? parts.join(', ') : 'no faults';
}
