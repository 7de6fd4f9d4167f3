import { doi, pmcid, pmid } from '../../core/article/index.js';
import type { ArticleIds, Http, SourceRecord } from '../../core/plugin/index.js';

/** A result as far as it is needed; none of it is certain to be there. */
interface Result {
  readonly pmcid?: string;
  readonly pmid?: string;
  readonly doi?: string;
  readonly title?: string;
  readonly license?: string;
  readonly firstPublicationDate?: string;
  readonly pubYear?: string;
  readonly journalInfo?: { readonly journal?: { readonly title?: string } };
  readonly authMan?: string;
  readonly epmcAuthMan?: string;
  readonly nihAuthMan?: string;
  readonly pubTypeList?: { readonly pubType?: readonly string[] | string };
}
export interface Results {
  readonly total: number;
  readonly next: string | undefined;
  readonly results: readonly Result[];
}

export interface ResultsQuery {
  readonly query: string;
  readonly resultType: 'idlist' | 'core';
  readonly pageSize: number;
  readonly cursorMark: string;
}

/** One page of a search. @throws SourceError */
export async function resultsOf(query: ResultsQuery, http: Http): Promise<Results> {
  const answer = await http.get({
    service: 'europepmc',
    path: '/search',
    query: { ...query, format: 'json' },
    expect: 'json',
    absent: [],
    cache: 'no',
    fault: (body) => {
      if (/"hitCount"\s*:\s*\d/.test(body)) return null;
      return /"errMsg"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? 'it does not say how many articles it finds';
    },
  });
  const page = answer!.json() as {
    readonly hitCount: number;
    readonly nextCursorMark?: string;
    readonly resultList?: { readonly result?: readonly Result[] };
  };
  return { total: page.hitCount, next: page.nextCursorMark, results: page.resultList?.result ?? [] };
}

export const idsOf = (result: Result): ArticleIds => ({
  pmcid: pmcid(result.pmcid),
  pmid: pmid(result.pmid),
  doi: doi(result.doi),
});

/** `license` is as the service writes it: `cc by-nc`. */
export function recordOf(result: Result): SourceRecord {
  const types = [result.pubTypeList?.pubType ?? []].flat();
  return {
    ids: idsOf(result),
    license: result.license ?? null,
    title: result.title ?? null,
    journal: result.journalInfo?.journal?.title ?? null,
    published: result.firstPublicationDate ?? result.pubYear ?? null,
    manuscript: [result.authMan, result.epmcAuthMan, result.nihAuthMan].includes('Y'),
    retracted: types.some((type) => /^retracted publication$/i.test(type)),
  };
}
