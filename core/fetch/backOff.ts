export interface BackOff {
  /** How often a request is tried in all. */
  readonly attempts: number;
  /** The longest wait before the second attempt; it doubles with each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait before attempt `next` (2 is the first repetition). Exponential with jitter over the upper half:
 * requests that failed together do not come back together, and none comes back at once.
 */
export function backOffMs({ firstMs, longestMs }: BackOff, next: number, random: () => number): number {
  const most = Math.min(longestMs, firstMs * 2 ** (next - 2));
  return most / 2 + (random() * most) / 2;
}

/** Milliseconds that a Retry-After header asks for: seconds or a date. Null where there is none or it is nonsense. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
