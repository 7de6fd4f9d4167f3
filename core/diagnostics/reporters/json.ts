import type { Diagnostic } from '../diagnostic.js';
import type { Reporter } from './reporter.js';

/** For programs: a list of diagnostics without the fields that only order them. */
export const json: Reporter = (diagnostics) => JSON.stringify(diagnostics.map(plain), undefined, 2) + '\n';

/** A diagnostic as it is printed and tested: place flat, nothing internal. */
export function plain({ code, severity, message, file, range, help, related }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    file,
    ...(range ? { line: range.line, col: range.col, endLine: range.endLine, endCol: range.endCol } : {}),
    ...(help === undefined ? {} : { help }),
    ...(related
      ? {
          related: related.map((one) => ({
            message: one.message,
            file: one.file,
            ...(one.range ? { line: one.range.line, col: one.range.col } : {}),
          })),
        }
      : {}),
  };
}
