import { childOf, childrenOf, plainText } from '../../core/article/index.js';
import { readXml, SourceError, type Http, type HttpRequest, type SourceQuery } from '../../core/plugin/index.js';
import { entrezDate } from './days.js';

export type Database = 'pmc' | 'pubmed';

/** An error that comes with the status of success. Articles may hold the word, so only the roots of results count. */
const ERROR = /<e(?:Search|Summary|Fetch|Post|Link)Result[^>]*>\s*(?:<Count>0<\/Count>\s*)?<ERROR>([^<]*)<\/ERROR>/;

const JSON_ERROR = /^\s*\{[^{}]*"error"\s*:\s*"([^"]*)"/;

/** Why an answer is none: the service's own words, or that it is not what was asked for. */
export const faultUnless =
  (wanted: RegExp) =>
  (body: string): string | null => {
    const head = body.slice(0, 4096);
    const said = ERROR.exec(head)?.[1] ?? JSON_ERROR.exec(head)?.[1];
    if (said !== undefined) return said.replace(/\s+/g, ' ').trim().slice(0, 200);
    return wanted.test(head) ? null : 'it is not what was asked for';
  };

/** The parameters of a search: what the user asks, the licences, the dates of publication, and one part of it all. */
export function searchOf(
  { text, from, to, since, licenses }: SourceQuery,
  db: Database,
  window: string,
): NonNullable<HttpRequest['query']> {
  const parts = [`(${text})`];
  const narrowed = narrowing(db, licenses);
  if (narrowed !== null) parts.push(narrowed);
  if (since !== undefined) parts.push(`${entrezDate(since)}:3000[edat]`);
  if (window !== '') parts.push(window);
  const dated = from !== undefined || to !== undefined;
  return {
    db,
    term: parts.join(' AND '),
    datetype: dated ? 'pdat' : undefined,
    mindate: dated ? entrezDate(from ?? '1500') : undefined,
    maxdate: dated ? entrezDate(to ?? '3000') : undefined,
  };
}

/**
 * What leaves out that which cannot be had anyway. PMC has a filter for each licence, named after it. PubMed is only asked
 * for what PMC has: for the open access subset where all licences that are wanted are open ones, as one or other of
 * its filters by licence may not be there, and a search by a filter that is not there finds nothing.
 */
function narrowing(db: Database, licenses: readonly string[] | undefined): string | null {
  const open = licenses !== undefined && licenses.length > 0;
  if (db === 'pubmed') return open ? '"pubmed pmc open access"[filter]' : '"pubmed pmc"[sb]';
  return open ? `(${licenses.map((name) => `"${name.toLowerCase()} license"[filter]`).join(' OR ')})` : null;
}

export interface Found {
  readonly count: number;
  /** Numbers of the first articles, without `PMC`. */
  readonly uids: readonly string[];
  /** Where the server keeps the result; null where it keeps none. */
  readonly history: History | null;
}
interface History {
  readonly webenv: string;
  readonly queryKey: string;
}

/** Searches. @throws SourceError */
export async function esearch(query: NonNullable<HttpRequest['query']>, retmax: number, http: Http): Promise<Found> {
  const usehistory = retmax > 0 ? 'y' : undefined;
  // By POST: queries may be longer than an address.
  const answer = await http.get({
    service: 'eutils',
    path: '/esearch.fcgi',
    form: { ...query, retmax, usehistory },
    expect: 'xml',
    absent: [],
    cache: 'no',
    fault: faultUnless(/<eSearchResult[\s>]/),
  });
  const result = await readXml(answer!, 'eSearchResult');
  // A field that is not there is passed over by the service, and something else is found than was asked for.
  const unknown = childrenOf(childOf(result, 'ErrorList'), 'FieldNotFound').flatMap((field) => plainText(field) ?? []);
  if (unknown.length > 0) {
    throw new SourceError('refused', `the database ${String(query.db)} has no search field [${unknown.join('], [')}]`);
  }
  const count = Number(plainText(childOf(result, 'Count')) ?? NaN);
  if (!Number.isInteger(count))
    throw new SourceError('bad-answer', `${answer!.url} does not say how many articles it finds`);
  const webenv = plainText(childOf(result, 'WebEnv'));
  const queryKey = plainText(childOf(result, 'QueryKey'));
  return {
    count,
    uids: childrenOf(childOf(result, 'IdList'), 'Id').flatMap((id) => plainText(id) ?? []),
    history: webenv !== null && queryKey !== null ? { webenv, queryKey } : null,
  };
}

/** More numbers of a result that the server keeps. @throws SourceError above all where it keeps it no longer */
export async function uidsFrom(
  db: Database,
  { webenv, queryKey }: History,
  retstart: number,
  retmax: number,
  http: Http,
): Promise<readonly string[]> {
  const answer = await http.get({
    service: 'eutils',
    path: '/efetch.fcgi',
    query: { db, WebEnv: webenv, query_key: queryKey, rettype: 'uilist', retmode: 'text', retstart, retmax },
    expect: 'text',
    absent: [],
    cache: 'no',
    fault: faultUnless(/^[\d\s]*$/),
  });
  return answer!
    .text()
    .split(/\s+/)
    .filter((uid) => uid !== '');
}
