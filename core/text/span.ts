/**
 * A stretch of a text. Inside the engine offsets are UTF-16 code units, `start` inclusive, `end` exclusive;
 * where a record leaves the program they are turned into Unicode code points (see `codePoints.ts`).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether two spans share at least one character. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Whether `outer` holds all of `inner`. */
export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;
