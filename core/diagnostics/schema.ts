import type { Range } from '../source/position.js';
import type { Diagnostic } from './diagnostic.js';
import { didYouMean, listed } from './nearest.js';

interface Where {
  readonly file: string;
  readonly range: Range;
}

/** Faults of shape: keys and types that a schema does not allow. `at` is a readable path such as `values.ct.terms`. */
export function unknownKey(where: Where, key: string, at: string, allowed: readonly string[]): Diagnostic {
  return {
    code: 'unknown-key',
    severity: 'error',
    message: `\`${key}\` is no key of ${at}`,
    ...where,
    help: didYouMean(key, allowed) ?? `the keys here are ${listed(allowed, 20)}`,
  };
}

export function wrongType(where: Where, at: string, expected: string, given: string, hint?: string): Diagnostic {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: `${at} must be ${expected}, not ${given}`,
    ...where,
    ...(hint ? { help: hint } : {}),
  };
}

export function missingKey(where: Where, at: string, key: string, meaning?: string): Diagnostic {
  return {
    code: 'missing-key',
    severity: 'error',
    message: `${at} needs the key \`${key}\``,
    ...where,
    ...(meaning ? { help: `\`${key}\`: ${meaning}` } : {}),
  };
}

export function oneOfKeys(where: Where, at: string, keys: readonly string[], given: readonly string[]): Diagnostic {
  const both = given.length > 1 ? `; it has ${given.map((key) => `\`${key}\``).join(' and ')}` : '';
  return {
    code: 'one-of-keys',
    severity: 'error',
    message: `${at} needs exactly one of ${keys.map((key) => `\`${key}\``).join(', ')}${both}`,
    ...where,
  };
}

export function wrongValue(
  where: Where,
  at: string,
  expected: string,
  given: string,
  allowed?: readonly string[],
  hint?: string,
): Diagnostic {
  const meant = (allowed && didYouMean(given, allowed)) ?? hint;
  return {
    code: 'wrong-value',
    severity: 'error',
    message: `${at} is \`${given}\`, which is not ${expected}`,
    ...where,
    ...(meant ? { help: meant } : {}),
  };
}
