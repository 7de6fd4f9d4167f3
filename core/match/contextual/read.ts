/** True for `true` and `"true"` (rules in JSON often write booleans as strings); `fallback` where nothing is given. */
export function readFlag(value: unknown, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && value.trim() !== '') return value.trim().toLowerCase() === 'true';
  return fallback;
}

/** A number, also when written as a string; undefined where there is none. */
export function readNumber(value: unknown): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** The strings of a list; a single string is a list of one. */
export function readWords(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}
