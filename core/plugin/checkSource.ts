import type { ArticleIds, Source } from './contract.js';

/** What is wrong with a source's services, or null. Looked at once, when it is set up. */
export function checkServices(source: Source): string | null {
  if (!Array.isArray(source.services) || source.services.length === 0) return 'it names no service';
  for (const { name, baseUrl, perSecond } of source.services) {
    if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name)) return `'${String(name)}' is no name of a service`;
    if (!isWebAddress(baseUrl)) return `the base URL of '${name}' is no web address`;
    if (!(perSecond > 0)) return `'${name}' has no limit of requests a second`;
  }
  const batch = source.describeBatch;
  return batch === undefined || (Number.isInteger(batch) && batch > 0) ? null : 'describeBatch must be a whole number';
}

/** What is wrong with an answer of a source, in a sentence, or null. */
export function checkSource(method: string, args: readonly unknown[], result: unknown): string | null {
  switch (method) {
    case 'search':
      if (!isObject(result) || !Array.isArray(result.hits)) return 'a page of a search must have its hits';
      return (result.hits as unknown[]).every(areIds) ? null : 'a search found something that has no ids';
    case 'count':
      return Number.isInteger(result) && (result as number) >= 0 ? null : 'count must answer a number';
    case 'identify':
      return eachOf(args[0] as readonly unknown[], result, areIds);
    case 'describe':
      return eachOf(
        args[0] as readonly unknown[],
        result,
        (one) => isObject(one) && areIds(one.ids) && isTextOrNull(one.license),
      );
    case 'text':
      if (result === null) return null;
      return isObject(result) && result.bytes instanceof Uint8Array && FORMATS.has(result.format)
        ? null
        : 'text must answer a format and bytes, or null';
    case 'files':
      if (result === null) return null;
      return Array.isArray(result) && result.every(isFile)
        ? null
        : 'files must answer names with their requests, or null';
    case 'pubmed':
      return result instanceof Uint8Array ? null : 'pubmed must answer bytes';
    default:
      return null;
  }
}

const FORMATS: ReadonlySet<unknown> = new Set(['jats', 'bioc-xml', 'bioc-json']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
}

function areIds(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { pmcid, pmid, doi } = value as unknown as ArticleIds;
  if (pmcid !== null && !(typeof pmcid === 'string' && /^PMC\d+$/.test(pmcid))) return false;
  if (pmid !== null && !(typeof pmid === 'string' && /^\d+$/.test(pmid))) return false;
  if (doi !== null && !(typeof doi === 'string' && doi.startsWith('10.'))) return false;
  return pmcid !== null || pmid !== null || doi !== null;
}

function isFile(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.request)) return false;
  return value.archive === 'zip' || (typeof value.name === 'string' && value.name !== '');
}

function eachOf(asked: readonly unknown[], result: unknown, fits: (one: unknown) => boolean): string | null {
  if (!Array.isArray(result)) return 'it must answer a list';
  if (result.length !== asked.length) return `asked about ${asked.length} articles, it answered ${result.length}`;
  return result.every((one) => one === null || fits(one)) ? null : 'an answer of it has no ids';
}
