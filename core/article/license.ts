import type { PluginContext } from '../plugin/contract.js';
import type { License } from './types.js';

/** What an article says about its licence, the surest first. */
export interface LicenseEvidence {
  /** Addresses given as the licence. */
  readonly addresses: readonly string[];
  /** Codes of a service (`CC BY`, `NO-CC CODE`). */
  readonly codes: readonly string[];
  /** Statements in words. */
  readonly texts: readonly string[];
}
export interface LicenseReading {
  readonly license: License | null;
  /** The statement that was not understood, where `license` is `other`. */
  readonly unknown: string | null;
}

/**
 * Reads licences by the dictionary `licences`: each value has an attribute `license`, the normalised name; those that
 * speak of something beside the text (a waiver for data) have `aside: true` and count only where nothing else is said.
 */
export function licenseReader(context: PluginContext): (evidence: LicenseEvidence) => LicenseReading {
  const lexicon = context.lexicon('licences');

  /** The licences named in a text, in its order. */
  const named = (text: string): { license: License; aside: boolean }[] =>
    lexicon.find(context.doc(text)).map(({ entry }) => ({
      license: entry.attributes.license as License,
      aside: entry.attributes.aside === true,
    }));

  return ({ addresses, codes, texts }) => {
    const asides: License[] = [];
    for (const statement of [...addresses, ...codes, ...texts]) {
      const found = named(statement);
      for (const { license, aside } of found) if (aside) asides.push(license);
      const own = found.filter(({ aside }) => !aside).map(({ license }) => license);
      if (own.includes('other')) return { license: 'other', unknown: statement };
      const best = strictest(own);
      if (best !== undefined) return { license: best, unknown: null };
    }
    if (asides.length > 0) return { license: asides[0], unknown: null };
    const unknown = [...texts, ...codes, ...addresses].find((statement) => statement.trim() !== '');
    return unknown === undefined ? { license: null, unknown: null } : { license: 'other', unknown };
  };
}

/** A statement that says "Attribution" and then "CC BY-NC" means the one that allows less. */
function strictest(licenses: readonly License[]): License | undefined {
  return licenses.reduce<License | undefined>(
    (best, license) => (best === undefined || license.length > best.length ? license : best),
    undefined,
  );
}
