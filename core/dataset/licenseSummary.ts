/** Licences with the number of articles of each, the most frequent first, then by name; `unknown` for none. */
export function licenseSummary(counts: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(sorted);
}

/** The licence of a whole dataset, as the Hugging Face hub names licences: one of all rows, else `other`. */
export function hubLicense(licenses: Readonly<Record<string, number>>): 'cc0-1.0' | 'cc' | 'other' {
  const names = Object.keys(licenses);
  if (names.length === 1 && names[0] === 'CC0') return 'cc0-1.0';
  // The version of a Creative Commons licence is not told by every article: the family is what is certain.
  return names.length > 0 && names.every((name) => name.startsWith('CC')) ? 'cc' : 'other';
}
