import { tidy, type Diagnostic } from '../diagnostics/index.js';
import { failedCase, lowCoverage, openTodo, uncovered } from '../diagnostics/tests.js';
import type { Range } from '../source/index.js';
import type { At } from '../pack/index.js';
import { COVERED, type Coverage, type CoveredKind } from './coverage.js';
import type { CaseResult, TestRun } from './run.js';

const SINGULAR: Readonly<Record<CoveredKind, string>> = {
  rules: 'rule',
  entries: 'entry',
  alternatives: 'alternative',
  exceptions: 'exception',
};

/**
 * A run as diagnostics, for the same reporters as everything else: an error for each outcome that is not exact, todos
 * to know. The terms of one template that fail alike are one diagnostic.
 */
export function testDiagnostics(run: TestRun): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const groups = new Map<string, { result: CaseResult; readonly terms: string[] }>();
  for (const result of run.results) {
    const { test, status, outcomes } = result;
    const where = { file: test.file, range: test.range };
    if (status === 'todo') diagnostics.push(openTodo(where, test.caption));
    if (status !== 'failed') continue;
    for (const outcome of outcomes) {
      if (outcome.name === 'exact') continue;
      if (test.term === undefined) {
        const { name, text, expected, found, by } = outcome;
        diagnostics.push(failedCase(where, name, text, expected, found, by));
        continue;
      }
      const key = `${test.file}:${test.range.line} ${outcome.name}`;
      const group = groups.get(key) ?? { result: { ...result, outcomes: [outcome] }, terms: [] };
      groups.set(key, group);
      if (!group.terms.includes(test.term)) group.terms.push(test.term);
    }
  }
  for (const { result, terms } of groups.values()) {
    const { test, outcomes } = result;
    const { name, expected, found, by } = outcomes[0];
    const shown = terms.slice(0, 5).join(', ') + (terms.length > 5 ? ` and ${terms.length - 5} more terms` : '');
    diagnostics.push(failedCase({ file: test.file, range: test.range }, name, shown, expected, found, by));
  }
  return tidy(diagnostics);
}

/** Least percentages; what has none is not asked for. */
export type Thresholds = Partial<Record<CoveredKind, number>>;

/**
 * What cases do not reach, as warnings, and an error for each threshold that is missed, at `file` (the manifest).
 * Alternatives are counted only: there may be thousands.
 */
export function coverageDiagnostics(
  coverage: Coverage,
  thresholds: Thresholds,
  file: string,
  place: (at: At, pack: string) => { readonly file: string; readonly range: Range },
): Diagnostic[] {
  const missed = coverage.items.filter((item) => !item.reached && item.kind !== 'alternatives');
  const low = COVERED.filter((kind) => coverage.percent[kind] < (thresholds[kind] ?? 0));
  return tidy([
    ...missed.map((item) => uncovered(place(item.at, item.pack), SINGULAR[item.kind], item.name)),
    ...low.map((kind) => lowCoverage(file, kind, coverage.percent[kind], thresholds[kind]!)),
  ]);
}

/** All cases with their lines, for reports that list what passed. A template is one. */
export function checkedCases(run: TestRun): { readonly file: string; readonly name: string; readonly line: number }[] {
  const seen = new Map<string, { readonly file: string; readonly name: string; readonly line: number }>();
  for (const { test } of run.results) {
    const key = `${test.file}:${test.range.line}`;
    if (!seen.has(key)) seen.set(key, { file: test.file, name: test.caption, line: test.range.line });
  }
  return [...seen.values()];
}

/** `12 passed, 1 failed, 2 todo`, and the coverage in percent where there is one. */
export function testSummary(run: TestRun, coverage?: Coverage): string {
  const counts = `${run.passed} passed, ${run.failed} failed, ${run.todo} todo`;
  const parts = coverage && COVERED.map((kind) => `${kind} ${coverage.percent[kind].toFixed(1)} %`).join(', ');
  return parts ? `${counts}\ncoverage: ${parts}` : counts;
}
