const DAY = 86_400_000;

/** Days since 1970 of `YYYY-MM-DD`, `YYYY/MM/DD`, `YYYY/MM` or `YYYY`; what is missing is the first, or the last with `end`. */
export function dayOf(text: string, end = false): number {
  const [year, month, day] = text.split(/[-/]/).map(Number);
  if (month === undefined) return end ? dayOf(`${year + 1}`) - 1 : Date.UTC(year, 0, 1) / DAY;
  if (day === undefined) return end ? Date.UTC(year, month, 1) / DAY - 1 : Date.UTC(year, month - 1, 1) / DAY;
  return Date.UTC(year, month - 1, day) / DAY;
}

/** `YYYY-MM-DD` of a day since 1970. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
