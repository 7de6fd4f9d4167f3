import type { SourceService } from '../plugin/contract.js';
import { UsageError } from '../pipeline/usageError.js';

/** Stands for every service in an override: `*=http://127.0.0.1:8080` puts each at that address and its own name. */
const EVERY = '*';

/** Overrides by the user: base URLs and limits by name of a service, `*` for all. */
export interface ServiceOverrides {
  readonly baseUrls: ReadonlyMap<string, string>;
  readonly rates: ReadonlyMap<string, number>;
}

/** A service as it is used: with the user's overrides. */
export interface ServiceAtWork {
  readonly name: string;
  readonly baseUrl: string;
  readonly perSecond: number;
  readonly identify: SourceService['identify'];
}

/**
 * Reads `NAME=URL` pairs, from flags or from an environment variable that joins them with commas.
 * @throws UsageError where one is no pair or no web address
 */
export function readBaseUrls(pairs: readonly string[]): Map<string, string> {
  return new Map(
    pairs
      .flatMap((list) => list.split(','))
      .map((pair) => {
        const { name, value } = split(pair, 'a base URL', 'eutils=http://127.0.0.1:8080');
        if (!/^https?:\/\//.test(value) || !URL.canParse(value))
          throw new UsageError(`the base URL of '${name}' is no web address: ${value}`);
        return [name, value.replace(/\/+$/, '')];
      }),
  );
}

/** Reads `NAME=REQUESTS` pairs. @throws UsageError */
export function readRates(pairs: readonly string[]): Map<string, number> {
  return new Map(
    pairs
      .flatMap((list) => list.split(','))
      .map((pair) => {
        const { name, value } = split(pair, 'a limit', 'pmc-cloud=10');
        const rate = Number(value);
        if (!(rate > 0)) throw new UsageError(`the limit of '${name}' is no number of requests a second: ${value}`);
        return [name, rate];
      }),
  );
}

function split(pair: string, what: string, example: string): { name: string; value: string } {
  const at = pair.indexOf('=');
  if (at <= 0) throw new UsageError(`${what} is given as NAME=VALUE, such as ${example}; not '${pair}'`);
  return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
}

/** A source's services under the user's overrides. */
export function servicesAtWork(
  services: readonly SourceService[],
  overrides: ServiceOverrides,
  hasKey: boolean,
): ReadonlyMap<string, ServiceAtWork> {
  return new Map(
    services.map((service) => {
      const everywhere = overrides.baseUrls.get(EVERY);
      const baseUrl =
        overrides.baseUrls.get(service.name) ??
        (everywhere === undefined ? service.baseUrl.replace(/\/+$/, '') : `${everywhere}/${service.name}`);
      const own = hasKey ? (service.perSecondWithKey ?? service.perSecond) : service.perSecond;
      const perSecond = overrides.rates.get(service.name) ?? overrides.rates.get(EVERY) ?? own;
      return [service.name, { name: service.name, baseUrl, perSecond, identify: service.identify }];
    }),
  );
}

/** @throws UsageError where an override names a service that no source has */
export function assertKnown(overrides: ServiceOverrides, known: readonly string[]): void {
  for (const name of [...overrides.baseUrls.keys(), ...overrides.rates.keys()]) {
    if (name !== EVERY && !known.includes(name))
      throw new UsageError(`no source has a service '${name}'; services: ${known.join(', ')}`);
  }
}
