/** What a licence asks of those who pass works on. */
export interface LicenseTerms {
  readonly commercial: boolean;
  readonly derivatives: boolean;
  readonly shareAlike: boolean;
  readonly url: string;
}

/** By the name of Creative Commons: NC, ND and SA say it all. Undefined for `other` and where none is stated. */
export function licenseTerms(license: string | null): LicenseTerms | undefined {
  if (license === 'CC0')
    return {
      commercial: true,
      derivatives: true,
      shareAlike: false,
      url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    };
  const match = /^CC (BY(?:-(NC))?(?:-(ND|SA))?)$/.exec(license ?? '');
  if (!match) return undefined;
  return {
    commercial: match[2] === undefined,
    derivatives: match[3] !== 'ND',
    shareAlike: match[3] === 'SA',
    url: `https://creativecommons.org/licenses/${match[1].toLowerCase()}/4.0/`,
  };
}

/** How much of a subset stands under a licence; null where none is stated. */
export interface LicenseCount {
  readonly license: string | null;
  readonly articles: number;
  readonly cases: number;
  readonly images: number;
}

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
export function licensePage(summary: readonly LicenseCount[]): string {
  const rows = summary.map(({ license, articles, cases, images }) => {
    const terms = licenseTerms(license);
    const yes = (allowed: boolean | undefined): string =>
      allowed === undefined ? 'see the article' : allowed ? 'yes' : 'no';
    const name = license === null ? 'not stated' : terms ? `[${license}](${terms.url})` : license;
    return `| ${name} | ${articles} | ${cases} | ${images} | ${yes(terms?.commercial)} | ${yes(terms?.derivatives)} | ${yes(terms?.shareAlike)} |`;
  });
  return [
    '# Licences',
    '',
    'Each article keeps its own licence (column `license` of every table). Articles state the version; the links lead to 4.0.',
    '',
    '| licence | articles | patients | images | commercial use | derivatives | share alike |',
    '|---|---:|---:|---:|---|---|---|',
    ...rows,
    '',
    'Whoever passes this on names the authors (`citations.bib`, `citations.json`) and keeps to the strictest licence in it, or',
    'filters by licence first.',
    '',
  ].join('\n');
}
