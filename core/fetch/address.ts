import type { HttpRequest } from '../plugin/contract.js';
import type { ServiceAtWork } from './services.js';

/** Who asks. Services that want to know are told; the key goes to them alone. */
export interface Identity {
  readonly tool: string;
  readonly email?: string;
  readonly apiKey?: string;
}

export interface Address {
  /** What is sent, keys included. */
  readonly url: string;
  /** The same without who asks: for messages, and the name of the answer in the cache. */
  readonly shown: string;
  /** The form of a POST. */
  readonly body?: string;
  readonly cacheable: boolean;
}

/** The address of a request under the overrides and the identity of this pass. */
export function address({ baseUrl, identify }: ServiceAtWork, request: HttpRequest, who: Identity): Address {
  const own = pairs(request.query);
  const names = identify ?? {};
  const identity: [string, string][] = [];
  if (names.tool) identity.push([names.tool, who.tool]);
  if (names.email && who.email !== undefined) identity.push([names.email, who.email]);
  if (names.apiKey && who.apiKey !== undefined) identity.push([names.apiKey, who.apiKey]);
  const plain = baseUrl + request.path;
  const at = (query: readonly [string, string][]): string => {
    const text = new URLSearchParams(query as [string, string][]).toString();
    return text === '' ? plain : `${plain}${plain.includes('?') ? '&' : '?'}${text}`;
  };
  if (request.form === undefined) {
    return { url: at([...own, ...identity]), shown: at(own), cacheable: request.cache !== 'no' };
  }
  const body = new URLSearchParams([...pairs(request.form), ...identity]).toString();
  return { url: at(own), shown: at(own), body, cacheable: false };
}

function pairs(query: HttpRequest['query']): [string, string][] {
  return Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
}
