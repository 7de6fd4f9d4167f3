import { UsageError } from '../pipeline/usageError.js';

/**
 * A day from a year, a month or a day (`2015`, `2015-03`, `2015/03/09`): the first one for `from`, the last for `to`.
 * @returns `YYYY-MM-DD`
 * @throws UsageError where it is none
 */
export function dayOf(given: string, flag: 'from' | 'to'): string {
  const [, year, month, day] = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(given.trim()) ?? [];
  const fail = (): never => {
    throw new UsageError(`--${flag} is a year, a month or a day, such as 2015, 2015-03 or 2015-03-09; not '${given}'`);
  };
  if (year === undefined) return fail();
  const y = Number(year);
  const m = month === undefined ? (flag === 'from' ? 1 : 12) : Number(month);
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  const d = day === undefined ? (flag === 'from' ? 1 : last) : Number(day);
  if (m < 1 || m > 12 || d < 1 || d > last) return fail();
  return `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** The day before or after, by whole days. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const today = (now: Date): string => now.toISOString().slice(0, 10);
