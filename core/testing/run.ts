import { resolve } from 'node:path';
import type { LabelRecord } from '../label/record.js';
import type { TestCase } from './cases.js';
import { compare, type Outcome } from './outcome.js';
import {
  readSnapshots,
  sameSnapshot,
  snapshotFile,
  snapshotOf,
  snapshotText,
  writeSnapshots,
  type Snapshots,
} from './snapshots.js';

/** What the runner needs of an engine. */
export interface CaptionLabeller {
  label(caption: string): LabelRecord;
}

export type CaseStatus = 'passed' | 'failed' | 'todo';

export interface CaseResult {
  readonly test: TestCase;
  readonly status: CaseStatus;
  /** All that was compared; `exact` ones too. */
  readonly outcomes: readonly Outcome[];
  readonly record: LabelRecord;
}

export interface TestRun {
  readonly results: readonly CaseResult[];
  readonly passed: number;
  readonly failed: number;
  readonly todo: number;
  /** Snapshot files that were written. */
  readonly updated: readonly string[];
}

export interface RunOptions {
  /** Files of cases are relative to it. */
  readonly cwd?: string;
  /** Write snapshots anew. */
  readonly update?: boolean;
}

/** Labels the caption of every case and compares. Snapshots are read, and written with `update`; nothing is printed. */
export function runTests(cases: readonly TestCase[], engine: CaptionLabeller, options: RunOptions = {}): TestRun {
  const cwd = options.cwd ?? process.cwd();
  const stored = new Map<string, Snapshots>();
  const fresh = new Map<string, Snapshots>();
  const results = cases.map((test): CaseResult => {
    const record = engine.label(test.caption);
    if (test.kind !== 'snapshot') return { test, record, ...judge(test, compare(test, record)) };
    const path = resolve(cwd, snapshotFile(test.file));
    const now = snapshotOf(record);
    put(fresh, path).set(test.caption, now);
    if (options.update) return { test, record, status: 'passed', outcomes: [] };
    if (!stored.has(path)) stored.set(path, readSnapshots(path));
    const before = stored.get(path)!.get(test.caption);
    if (before && sameSnapshot(before, now)) return { test, record, status: 'passed', outcomes: [] };
    const outcome: Outcome = before
      ? { name: 'wrong snapshot', text: test.caption, expected: snapshotText(before), found: snapshotText(now) }
      : { name: 'no snapshot', text: test.caption, found: snapshotText(now) };
    return { test, record, status: 'failed', outcomes: [outcome] };
  });
  const count = (status: CaseStatus): number => results.filter((one) => one.status === status).length;
  return {
    results,
    passed: count('passed'),
    failed: count('failed'),
    todo: count('todo'),
    updated: options.update ? updateAll(cases, fresh, cwd) : [],
  };
}

function judge(test: TestCase, outcomes: Outcome[]): Pick<CaseResult, 'status' | 'outcomes'> {
  const wrong = outcomes.filter((one) => one.name !== 'exact');
  if (test.kind !== 'todo') return { status: wrong.length > 0 ? 'failed' : 'passed', outcomes };
  // A plain todo names no expectation; it passes where its entity is found at last.
  const checkable = test.spans.length > 0 || test.labels !== undefined;
  const passes = checkable
    ? wrong.length === 0
    : test.entities !== undefined && outcomes.some((one) => one.name === 'noisy');
  return passes
    ? { status: 'failed', outcomes: [{ name: 'stale todo', text: test.caption }] }
    : { status: 'todo', outcomes };
}

function put(all: Map<string, Snapshots>, path: string): Snapshots {
  let known = all.get(path);
  if (!known) all.set(path, (known = new Map()));
  return known;
}

/** Also the files of tests that have no snapshot any more: what no case asks for is removed. */
function updateAll(cases: readonly TestCase[], fresh: Map<string, Snapshots>, cwd: string): string[] {
  const paths = new Set(cases.map((test) => resolve(cwd, snapshotFile(test.file))));
  return [...paths].filter((path) => writeSnapshots(path, fresh.get(path) ?? new Map()));
}
