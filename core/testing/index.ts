export { readCases, type CaseKind, type TestCase } from './cases.js';
export { compare, markedText, type Outcome, type OutcomeName } from './outcome.js';
export {
  runTests,
  type CaptionLabeller,
  type CaseResult,
  type CaseStatus,
  type RunOptions,
  type TestRun,
} from './run.js';
export { COVERED, coverageOf, type Coverage, type CoverageItem, type CoveredKind } from './coverage.js';
export { checkedCases, coverageDiagnostics, testDiagnostics, testSummary, type Thresholds } from './report.js';
export { testPacks, type TestOptions, type TestReport } from './testPacks.js';
export * from './conformance/index.js';
