import type { EvalReport } from './types.js';

/** A least F1: of the labels, of their macro mean, or of a kind of entity. */
export interface Threshold {
  readonly of: string;
  readonly f1: number;
}

/** `0.9`, `macro=0.8`, `finding=0.85`; undefined where it is none of these. */
export function thresholdOf(text: string): Threshold | undefined {
  const [, of, number] = /^(?:([^=]+)=)?(\d*\.?\d+)$/u.exec(text.trim()) ?? [];
  const f1 = Number(number);
  return number === undefined || f1 > 1 ? undefined : { of: of ?? 'labels', f1 };
}

/** The F1 that a threshold is about, undefined where the truth has nothing of it. Entities: spans that overlap. */
export function f1Named(report: EvalReport, of: string): number | undefined {
  if (of === 'labels') return report.labels?.micro.f1;
  if (of === 'macro') return report.labels?.macro.f1;
  const kind = report.entities[of];
  return (kind?.overlap_with_assertion ?? kind?.overlap ?? kind?.values)?.f1;
}
