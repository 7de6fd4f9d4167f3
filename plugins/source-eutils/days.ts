const DAY = 86_400_000;

/** Days since 1970 of `YYYY-MM-DD`. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** `YYYY-MM-DD`. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** As Entrez writes it. */
export const entrezDate = (date: string): string => date.replaceAll('-', '/');
