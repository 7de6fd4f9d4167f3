import { doi, pmcid, pmid } from '../../core/article/index.js';
import type { ArticleIds, Http, SourceRecord } from '../../core/plugin/index.js';
import { esearch, faultUnless } from './entrez.js';

/** A document summary of `db=pmc`, as far as it is needed; none of it is certain to be there. */
interface Summary {
  readonly title?: string;
  readonly fulljournalname?: string;
  readonly source?: string;
  readonly sortdate?: string;
  readonly pubdate?: string;
  readonly error?: string;
  readonly articleids?: readonly { readonly idtype?: string; readonly value?: string }[];
}

/**
 * What PMC says of articles. A summary has no licence: PMC's filters are asked which of the articles each licence has.
 * @param licenses the licences whose filters are asked
 */
export async function summariesOf(
  articles: readonly ArticleIds[],
  licenses: readonly string[],
  http: Http,
): Promise<readonly (SourceRecord | null)[]> {
  const uids = articles.flatMap(({ pmcid: id }) => (id === null ? [] : id.slice(3)));
  if (uids.length === 0) return articles.map(() => null);
  const answer = await http.get({
    service: 'eutils',
    path: '/esummary.fcgi',
    form: { db: 'pmc', id: uids.join(','), retmode: 'json' },
    expect: 'json',
    absent: [],
    cache: 'no',
    fault: faultUnless(/"result"\s*:/),
  });
  const { result } = (answer!.json() ?? {}) as { readonly result?: Readonly<Record<string, Summary | undefined>> };
  const known = uids.filter((uid) => result?.[uid] !== undefined && result[uid].error === undefined);
  const licensed = known.length === 0 ? new Map<string, string>() : await licensesOf(known, licenses, http);
  return articles.map(({ pmcid: id }) => {
    const uid = id?.slice(3) ?? '';
    return known.includes(uid) ? recordOf(uid, result![uid]!, licensed.get(uid) ?? null) : null;
  });
}

function recordOf(uid: string, summary: Summary, license: string | null): SourceRecord {
  const idOf = (type: string): string | undefined => summary.articleids?.find(({ idtype }) => idtype === type)?.value;
  const date = /^\d{4}(?:\/\d\d(?:\/\d\d)?)?/.exec(summary.sortdate ?? summary.pubdate ?? '')?.[0];
  // PMC writes 0 where an article has none.
  const known = pmid(idOf('pmid'));
  return {
    ids: { pmcid: pmcid(idOf('pmcid')) ?? `PMC${uid}`, pmid: known === '0' ? null : known, doi: doi(idOf('doi')) },
    license,
    title: summary.title ?? null,
    journal: summary.fulljournalname ?? summary.source ?? null,
    published: date?.replaceAll('/', '-') ?? null,
  };
}

/**
 * The licence of each article that has one of them. First it is asked which articles have any: most of those whose licence
 * nobody else knew have none. Then one question a licence, whatever the number of articles, the last one spared.
 */
async function licensesOf(
  uids: readonly string[],
  licenses: readonly string[],
  http: Http,
): Promise<Map<string, string>> {
  const having = async (some: readonly string[], names: readonly string[]): Promise<readonly string[]> => {
    const filters = names.map((name) => `"${name.toLowerCase()} license"[filter]`).join(' OR ');
    const term = `(${some.map((uid) => `${uid}[uid]`).join(' OR ')}) AND (${filters})`;
    return (await esearch({ db: 'pmc', term }, some.length, http)).uids;
  };
  const found = new Map<string, string>();
  let rest = licenses.length === 0 ? [] : await having(uids, licenses);
  for (const [at, license] of licenses.entries()) {
    if (rest.length === 0) break;
    for (const uid of at === licenses.length - 1 ? rest : await having(rest, [license])) found.set(uid, license);
    rest = rest.filter((uid) => !found.has(uid));
  }
  return found;
}
