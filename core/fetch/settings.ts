import { UsageError } from '../pipeline/usageError.js';
import type { Identity } from './address.js';
import type { BackOff } from './backOff.js';
import type { Timeouts } from './exchange.js';
import type { HttpOptions } from './http.js';
import { readBaseUrls, readRates, type ServiceOverrides } from './services.js';

/** What the command line says; each has a like in the config file, where the flag is absent. */
export interface FetchFlags {
  readonly 'base-url'?: readonly string[];
  readonly rate?: readonly string[];
  readonly email?: string;
  readonly 'api-key'?: string;
  readonly attempts?: number;
  /** Seconds without a byte. */
  readonly timeout?: number;
  readonly jobs?: number;
}

export interface FetchSettings extends Omit<HttpOptions, 'signal'> {
  readonly jobs: number;
}

/** Keys of `fetch:` in a config file. Waits are there alone: nobody needs them on a command line. */
const KEYS = [
  'base_urls',
  'rates',
  'tool',
  'email',
  'attempts',
  'first_wait_ms',
  'longest_wait_ms',
  'timeout',
  'jobs',
  'sockets',
  'fresh_hours',
];

/**
 * The settings of a pass: flags, else the environment (`LEGENDA_BASE_URL`, `LEGENDA_EMAIL`, `NCBI_API_KEY`), else the
 * config file, else what is polite. The key has no place in a config file, which people share.
 *
 * @throws UsageError naming the key or flag that is wrong
 */
export function fetchSettings(
  flags: FetchFlags,
  config: Readonly<Record<string, unknown>> | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): FetchSettings {
  const written = config ?? {};
  for (const key of Object.keys(written)) {
    if (!KEYS.includes(key)) throw new UsageError(`the config has no key 'fetch.${key}'; keys: ${KEYS.join(', ')}`);
  }
  const number = (key: string, given: number | undefined, otherwise: number): number => {
    const value = given ?? written[key] ?? otherwise;
    if (typeof value !== 'number' || !(value >= 0))
      throw new UsageError(`'fetch.${key}' is a number that is not below 0`);
    return value;
  };
  const text = (key: string): string | undefined => {
    const value = written[key];
    if (value !== undefined && typeof value !== 'string') throw new UsageError(`'fetch.${key}' is a text`);
    return value;
  };
  const identity: Identity = {
    tool: text('tool') ?? 'legenda',
    email: emailOf(flags.email ?? environment.LEGENDA_EMAIL ?? text('email')),
    apiKey: flags['api-key'] ?? (environment.NCBI_API_KEY || undefined),
  };
  const timeout = number('timeout', flags.timeout, 60) * 1000;
  const timeouts: Timeouts = {
    connectMs: Math.min(timeout, 20_000),
    headersMs: timeout,
    bodyMs: timeout,
    wholeMs: Math.max(timeout * 10, 600_000),
  };
  const backOff: BackOff = {
    attempts: Math.max(1, number('attempts', flags.attempts, 8)),
    firstMs: number('first_wait_ms', undefined, 1000),
    longestMs: number('longest_wait_ms', undefined, 60_000),
  };
  return {
    overrides: overridesOf(flags, written, environment),
    identity,
    backOff,
    timeouts,
    sockets: Math.max(1, number('sockets', undefined, 8)),
    longestRetryAfterMs: 15 * 60_000,
    freshMs: number('fresh_hours', undefined, 24) * 3_600_000,
    jobs: Math.max(1, number('jobs', flags.jobs, 8)),
  };
}

function overridesOf(
  flags: FetchFlags,
  written: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): ServiceOverrides {
  const listed = (environment.LEGENDA_BASE_URL ?? '').split(',').filter((pair) => pair.trim() !== '');
  return {
    baseUrls: new Map([
      ...readBaseUrls(pairsOf(written, 'base_urls')),
      ...readBaseUrls(listed),
      ...readBaseUrls(flags['base-url'] ?? []),
    ]),
    rates: new Map([...readRates(pairsOf(written, 'rates')), ...readRates(flags.rate ?? [])]),
  };
}

function pairsOf(written: Readonly<Record<string, unknown>>, key: string): string[] {
  const map = written[key] ?? {};
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    throw new UsageError(`'fetch.${key}' is a map of services to values`);
  return Object.entries(map).map(([name, value]) => `${name}=${String(value)}`);
}

/** @throws UsageError where an address of mail is none */
function emailOf(email: string | undefined): string | undefined {
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError(`'${email}' is no address of mail`);
  return email;
}
