import { doi, pmcid, pmid } from '../../core/article/index.js';
import { SourceError, type ArticleIds, type Http } from '../../core/plugin/index.js';
import { faultUnless } from './entrez.js';

/** A record of the converter. Numbers were strings once. */
interface Converted {
  readonly 'requested-id'?: string | number;
  readonly pmcid?: string;
  readonly pmid?: string | number;
  readonly doi?: string;
  readonly status?: string;
}

/** Ids in one question, and letters of them: some servers refuse longer addresses. */
const MOST_IDS = 200;
const MOST_LETTERS = 4000;

/** The PMCIDs, PMIDs and DOIs of articles of which one is known; null for what is not in PMC. */
export async function identify(articles: readonly ArticleIds[], http: Http): Promise<readonly (ArticleIds | null)[]> {
  const asked = articles.map(({ pmcid: id, pmid: number, doi: name }) => id ?? number ?? name);
  const found = new Map<string, ArticleIds>();
  // The converter takes ids of one kind at a time.
  for (const kind of [/^PMC/, /^\d+$/, /^10\./]) {
    const ids = [...new Set(asked.flatMap((id) => (id !== null && kind.test(id) ? id : [])))];
    for (const batch of batches(ids)) for (const [id, known] of await convert(batch, http)) found.set(id, known);
  }
  return asked.map((id) => (id === null ? null : (found.get(id.toLowerCase()) ?? null)));
}

function* batches(ids: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let letters = 0;
  for (const id of ids) {
    const length = encodeURIComponent(id).length + 3;
    if (batch.length === MOST_IDS || (batch.length > 0 && letters + length > MOST_LETTERS)) {
      yield batch;
      batch = [];
      letters = 0;
    }
    batch.push(id);
    letters += length;
  }
  if (batch.length > 0) yield batch;
}

async function convert(ids: readonly string[], http: Http): Promise<(readonly [string, ArticleIds])[]> {
  const answer = await http.get({
    service: 'idconv',
    path: '/articles/',
    query: { ids: ids.join(','), format: 'json' },
    expect: 'json',
    absent: [],
    cache: 'no',
    fault: faultUnless(/"records"\s*:/),
  });
  const { records } = (answer!.json() ?? {}) as { readonly records?: readonly Converted[] };
  if (!Array.isArray(records)) throw new SourceError('bad-answer', `${answer!.url} answered without records`);
  const found: (readonly [string, ArticleIds])[] = [];
  for (const record of records as readonly Converted[]) {
    if (record.status === 'error') continue;
    const known = { pmcid: pmcid(record.pmcid), pmid: pmid(String(record.pmid ?? '')), doi: doi(record.doi) };
    if (known.pmcid === null) continue;
    // By each of its names: some answers do not repeat what was asked for.
    for (const name of [record['requested-id'], record.pmcid, record.pmid, record.doi]) {
      if (name !== undefined) found.push([String(name).toLowerCase(), known]);
    }
  }
  return found;
}
