import { childOf, childrenOf, plainText } from '../../core/article/index.js';
import { readXml, type Http } from '../../core/plugin/index.js';

/** A list that goes on for ever is no list. */
const MOST_PAGES = 100;

/**
 * The versions of an article, the highest first; empty where the bucket does not have it. The prefix that was asked for
 * comes back at the top of the answer and is none of them, and a bucket sorts `.10` before `.2`.
 */
export async function versionsOf(pmcid: string, http: Http): Promise<readonly number[]> {
  const versions = new Set<number>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await http.get({
      service: 'pmc-cloud',
      path: '/',
      query: { 'list-type': 2, prefix: `${pmcid}.`, delimiter: '/', 'continuation-token': token },
      expect: 'xml',
      // What is not there has an empty list; a 404 is another bucket.
      absent: [],
      fault: (body) => (/<(?:\w+:)?ListBucketResult[\s>]/.test(body) ? null : 'it is no list of a bucket'),
    });
    const list = await readXml(answer!, 'ListBucketResult');
    for (const folder of childrenOf(list, 'CommonPrefixes')) {
      const [, id, number] = /^(PMC\d+)\.(\d+)\/$/.exec(plainText(childOf(folder, 'Prefix')) ?? '') ?? [];
      if (id === pmcid) versions.add(Number(number));
    }
    token = plainText(childOf(list, 'NextContinuationToken')) ?? undefined;
    if (token === undefined || plainText(childOf(list, 'IsTruncated')) !== 'true') break;
  }
  return [...versions].sort((a, b) => b - a);
}
