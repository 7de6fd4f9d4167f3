import { licenseReader, type License } from '../article/index.js';
import { UsageError } from '../pipeline/usageError.js';
import type { PluginContext, SourceRecord } from '../plugin/contract.js';

/** What may be done with an article: its licence, `TDM` for manuscripts that may be mined only, or null where nobody says. */
export type Reuse = License | 'TDM' | null;

const CREATIVE_COMMONS: readonly License[] = ['CC0', 'CC BY', 'CC BY-SA', 'CC BY-NC', 'CC BY-NC-SA', 'CC BY-NC-ND'];
const NAMES: ReadonlyMap<string, readonly Reuse[]> = new Map<string, readonly Reuse[]>([
  ...[...CREATIVE_COMMONS, 'other' as const].map((one) => [one.toLowerCase().replace(/ /g, '-'), [one]] as const),
  ['unknown', [null]],
  ['tdm', ['TDM']],
  ['cc', CREATIVE_COMMONS],
  // Manuscripts are never meant by a word that does not name them.
  ['any', [...CREATIVE_COMMONS, 'other', null]],
]);

/** Which articles are wanted. */
export interface LicenseFilter {
  accepts(reuse: Reuse): boolean;
  /** For a source's search: the licences that can be told from outside, or undefined where there is more than these. */
  readonly hint: readonly string[] | undefined;
}

/**
 * Reads `--license`: names joined by commas, in any case, with or without a version (`cc-by`, `CC BY`, `cc-by-4.0`).
 * Nothing given means every Creative Commons licence.
 *
 * @throws UsageError naming those there are
 */
export function licenseFilter(given: readonly string[]): LicenseFilter {
  const wanted = new Set<Reuse>();
  for (const raw of given.flatMap((list) => list.split(',')).map((name) => name.trim())) {
    if (raw === '') continue;
    const name = raw
      .toLowerCase()
      .replace(/[\s_]+/g, '-')
      .replace(/-\d+(?:\.\d+)?$/, '');
    const these = NAMES.get(name.replace(/^cc-?0$/, 'cc0')) ?? NAMES.get(`cc-${name}`);
    if (!these) throw new UsageError(`there is no licence '${raw}'; licences: ${[...NAMES.keys()].join(', ')}`);
    for (const one of these) wanted.add(one);
  }
  if (wanted.size === 0) for (const one of CREATIVE_COMMONS) wanted.add(one);
  const open = [...wanted].filter((one): one is License => one !== null && one !== 'TDM' && one !== 'other');
  return { accepts: (reuse) => wanted.has(reuse), hint: open.length === wanted.size ? open : undefined };
}

/** How a source's own words about a licence are read: by the dictionary `licences`, whose `mining: true` marks TDM. */
export function reuseReader(context: PluginContext): (record: Pick<SourceRecord, 'license' | 'manuscript'>) => Reuse {
  const read = licenseReader(context);
  const lexicon = context.lexicon('licences');
  return ({ license, manuscript }) => {
    if (license === null || license.trim() === '') return manuscript === true ? 'TDM' : null;
    const mining = lexicon.find(context.doc(license)).some(({ entry }) => entry.attributes.mining === true);
    const stated = read({ addresses: [], codes: [license], texts: [] }).license;
    if (mining || (manuscript === true && (stated === 'other' || stated === null))) return 'TDM';
    return stated;
  };
}
