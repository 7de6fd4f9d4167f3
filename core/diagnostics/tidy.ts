import { SEVERITIES, placeOf, type Diagnostic } from './diagnostic.js';

/**
 * What is printed of a run: by file and place, the grave before the light, each once, and without what only follows
 * from another fault.
 */
export function tidy(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return withoutNoise(diagnostics).sort(inOrder);
}

/** By file, line, column, severity, code, message: total, so that two runs print the same. */
export function inOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file, b.file) ||
    (a.range?.line ?? 0) - (b.range?.line ?? 0) ||
    (a.range?.col ?? 0) - (b.range?.col ?? 0) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

function withoutNoise(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const broken = new Set(diagnostics.flatMap((diagnostic) => diagnostic.breaks ?? []));
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    if (diagnostic.needs?.some((topic) => broken.has(topic))) return false;
    const key = `${placeOf(diagnostic)} ${diagnostic.code} ${diagnostic.message}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
