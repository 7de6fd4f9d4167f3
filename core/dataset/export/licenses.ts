import { licenseName, licenseTable, licenseTerms, type LicenseCount } from '../licenseTerms.js';
import type { TableName } from '../rows.js';
import type { ExportSource } from './source.js';

/** The licences of a dataset and what they come to. */
export interface Licenses {
  /** The strictest first; where none is stated is the strictest. */
  readonly counts: readonly LicenseCount[];
  /** The only licence there is, undefined where there are several or none. */
  readonly single: string | undefined;
  readonly strictest: string | null;
  readonly url: string | undefined;
  readonly commercial: boolean;
  readonly derivatives: boolean;
  readonly shareAlike: boolean;
}

const TABLES = ['articles', 'cases', 'images'] as const satisfies readonly TableName[];

/** Counts the licences of a dataset, row by row. */
export async function readLicenses(source: ExportSource): Promise<Licenses> {
  const counts = new Map<string | null, { license: string | null; articles: number; cases: number; images: number }>();
  for (const table of TABLES) {
    for await (const { license } of source.columns(table, ['license'])) {
      let count = counts.get(license);
      if (!count) counts.set(license, (count = { license, articles: 0, cases: 0, images: 0 }));
      count[table]++;
    }
  }
  const sorted = [...counts.values()].sort(
    (a, b) => strictness(b.license) - strictness(a.license) || ((a.license ?? '') < (b.license ?? '') ? -1 : 1),
  );
  const all = sorted.map(({ license }) => licenseTerms(license));
  const strictest = sorted[0]?.license ?? null;
  return {
    counts: sorted,
    single: sorted.length === 1 && strictest !== null ? strictest : undefined,
    strictest,
    url: licenseTerms(strictest)?.url,
    commercial: all.every((terms) => terms?.commercial === true),
    derivatives: all.every((terms) => terms?.derivatives === true),
    shareAlike: all.some((terms) => terms?.shareAlike === true),
  };
}

/** Unknown, then no derivatives, no commercial use, share alike. */
function strictness(license: string | null): number {
  const terms = licenseTerms(license);
  if (!terms) return 16;
  return (
    (terms.derivatives ? 0 : 8) + (terms.commercial ? 0 : 4) + (terms.shareAlike ? 2 : 0) + (license === 'CC0' ? 0 : 1)
  );
}

/** What holds for the whole, in one paragraph. */
export function licenseStatement(licenses: Licenses): string {
  const { counts, single, strictest } = licenses;
  if (counts.length === 0) return 'There is no article in it.';
  if (single !== undefined) return `All of it is under ${single}: that of the articles it is taken from.`;
  if (counts.length === 1) return 'No article states a licence: ask those who hold the rights.';
  const bans = [
    ...(licenses.commercial ? [] : ['no commercial use']),
    ...(licenses.derivatives ? [] : ['no derivatives']),
    ...(licenses.shareAlike ? ['sharing under the same licence'] : []),
  ];
  const taken = bans.length > 0 ? ` Taken as a whole: ${bans.join(', ')}.` : '';
  return (
    `Licences differ from row to row (column \`license\`): ${counts.map(({ license }) => licenseName(license)).join(', ')}. ` +
    `The most restrictive one is ${strictest === null ? 'that of articles which state none' : strictest}.${taken} Filter by \`license\` for more freedom.`
  );
}

/** `LICENSES.md`: the licences with counts and what each allows. */
export function licensePage(licenses: Licenses): string {
  return (
    [
      '# Licences',
      licenseStatement(licenses),
      'The links lead to version 4.0; the version of an article is the one that it states itself. The authors are named in `citations.bib`.',
      licenseTable(licenses.counts),
    ].join('\n\n') + '\n'
  );
}

/** The licence as the Hugging Face hub names licences. The version is not told by every article: the family is what is certain. */
export const hubLicenseOf = ({ single }: Licenses): 'cc0-1.0' | 'cc' | 'other' =>
  single === 'CC0' ? 'cc0-1.0' : single?.startsWith('CC') ? 'cc' : 'other';

/** The licence as Zenodo names licences; of several the freest that all of them keep to. */
export function zenodoLicense(licenses: Licenses): string {
  const { single, counts } = licenses;
  if (single === 'CC0') return 'cc-zero';
  if (single?.startsWith('CC ')) return `${single.toLowerCase().replace(' ', '-')}-4.0`;
  if (counts.some(({ license }) => !licenseTerms(license))) return 'other-closed';
  return licenses.commercial ? (licenses.derivatives ? 'other-open' : 'other-at') : 'other-nc';
}

/** As SPDX names it, which CITATION.cff and DataCite use; undefined where there is no one licence. */
export function spdxLicense({ single }: Licenses): string | undefined {
  if (single === 'CC0') return 'CC0-1.0';
  return single?.startsWith('CC ') ? `${single.replace(' ', '-')}-4.0` : undefined;
}

/** Addresses of the licences, the strictest first; what is not stated has none. */
export const licenseUrls = ({ counts }: Licenses): readonly string[] =>
  counts.flatMap(({ license }) => licenseTerms(license)?.url ?? []);
