export { audit, type AuditEngine, type AuditOptions, type AuditReport } from './audit.js';
export { renderAudit } from './renderAudit.js';
export { diffPacks, type Change, type DiffSample, type PackDiff } from './diff.js';
export { renderDiff, type DiffNames } from './renderDiff.js';
export type { AuditTrace, Tally } from './tally.js';
export type { RuleCost } from './cost.js';
