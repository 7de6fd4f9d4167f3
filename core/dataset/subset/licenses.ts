import { licenseTable, type LicenseCount } from '../licenseTerms.js';

/** Counts by licence, the commonest first, then by name; what states none is last. */
export function countLicenses(
  rows: Readonly<Record<'articles' | 'cases' | 'images', Iterable<string | null>>>,
): LicenseCount[] {
  const counts = new Map<string | null, { articles: number; cases: number; images: number }>();
  for (const table of ['articles', 'cases', 'images'] as const) {
    for (const license of rows[table]) {
      let count = counts.get(license);
      if (!count) counts.set(license, (count = { articles: 0, cases: 0, images: 0 }));
      count[table]++;
    }
  }
  const name = (license: string | null): string => license ?? '\u{10ffff}';
  return [...counts]
    .map(([license, count]) => ({ license, ...count }))
    .sort((a, b) => b.articles - a.articles || (name(a.license) < name(b.license) ? -1 : 1));
}

/** The counts as a page of Markdown, with what each licence asks. */
export const licensePage = (summary: readonly LicenseCount[]): string =>
  [
    '# Licences',
    '',
    'Each article keeps its own licence (column `license` of every table). Articles state the version; the links lead to 4.0.',
    '',
    licenseTable(summary),
    '',
    'Whoever passes this on names the authors (`citations.bib`, `citations.json`) and keeps to the strictest licence in it, or',
    'filters by licence first.',
    '',
  ].join('\n');
