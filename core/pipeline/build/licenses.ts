import type { License } from '../../article/types.js';
import { UsageError } from '../usageError.js';
import type { WantedLicenses } from './plan.js';

const NAMES: readonly (License | 'unknown')[] = [
  'CC BY',
  'CC BY-NC',
  'CC BY-NC-ND',
  'CC BY-NC-SA',
  'CC BY-SA',
  'CC0',
  'other',
  'unknown',
];
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '');
const BY_KEY = new Map(NAMES.map((name) => [keyOf(name), name]));

/**
 * The licences of flags like `cc-by,cc0`; null, for all, where none is given.
 * @throws UsageError naming what is no licence
 */
export function licensesOf(flags: readonly string[]): WantedLicenses {
  const names = flags.flatMap((flag) => flag.split(',')).filter((name) => name.trim() !== '');
  if (names.length === 0) return null;
  return new Set(
    names.map((name) => {
      const license = BY_KEY.get(keyOf(name));
      if (license === undefined)
        throw new UsageError(`there is no licence '${name.trim()}'; licences: ${[...BY_KEY.keys()].join(', ')}`);
      return license;
    }),
  );
}
