/** What a licence asks of those who pass works on; where none is stated, nothing is allowed. */
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

/** How much of a dataset stands under a licence; null where none is stated. */
export interface LicenseCount {
  readonly license: string | null;
  readonly articles: number;
  readonly cases: number;
  readonly images: number;
}

export const licenseName = (license: string | null): string => license ?? 'not stated';

/** Counts and what each licence asks, as a table of Markdown. */
export function licenseTable(counts: readonly LicenseCount[]): string {
  const rows = counts.map(({ license, articles, cases, images }) => {
    const terms = licenseTerms(license);
    const yes = (allowed: boolean | undefined): string =>
      allowed === undefined ? 'see the article' : allowed ? 'yes' : 'no';
    const name = terms ? `[${license}](${terms.url})` : licenseName(license);
    return `| ${name} | ${articles} | ${cases} | ${images} | ${yes(terms?.commercial)} | ${yes(terms?.derivatives)} | ${yes(terms?.shareAlike)} |`;
  });
  return [
    '| licence | articles | patients | images | commercial use | derivatives | share alike |',
    '|---|---:|---:|---:|---|---|---|',
    ...rows,
  ].join('\n');
}
