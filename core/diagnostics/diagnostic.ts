import type { Range } from '../source/position.js';

export type Severity = 'error' | 'warning' | 'info';
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Another place that belongs to a diagnostic: the first of two definitions, say. */
export interface Related {
  readonly message: string;
  readonly file: string;
  readonly range?: Range;
}

/**
 * Something that an author has to know: the one shape for faults in files, findings of an audit and failed cases.
 * Made by pure factories, never thrown; one place prints them and one sets the exit code.
 */
export interface Diagnostic {
  /** Stable, in kebab case: what a CI filters by. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a final stop; names are in backquotes. */
  readonly message: string;
  /** Relative to the working folder, forward slashes. */
  readonly file: string;
  readonly range?: Range;
  /** What to do about it. */
  readonly help?: string;
  readonly related?: readonly Related[];
  /** Topics that others can no longer be sure of because of this fault, such as `labels` after a broken taxonomy. */
  readonly breaks?: readonly string[];
  /** Topics that have to be whole for this one to be believed: it is dropped as follow-on noise where one is broken. */
  readonly needs?: readonly string[];
}

/** `file:line:col`, as far as it is known. */
export const placeOf = (at: Pick<Diagnostic, 'file' | 'range'>): string =>
  at.range ? `${at.file}:${at.range.line}:${at.range.col}` : at.file;

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error');
