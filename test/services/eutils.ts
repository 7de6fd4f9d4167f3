import { json, text, xml, type Answer, type Ask, type Service } from './answer.js';
import { dayOf } from './calendar.js';
import { find } from './find.js';
import { jatsOf } from './jats.js';
import { escapeXml, proseOf } from './prose.js';
import { pubmedSet } from './pubmedXml.js';
import type { World, WorldArticle } from './world.js';

/** Of PubMed, a search can only reach these; the other databases can be paged to the end. */
const PUBMED_REACH = 9999;
const MOST_IDS = 10_000;

interface Search {
  readonly db: string;
  readonly term: string;
  readonly first: number;
  readonly last: number;
}

/** ESearch, ESummary, EFetch, EPost and ELink, for the databases `pmc` and `pubmed`. */
export function eutils(world: World): Service {
  /** Searches by WebEnv. Only what was asked is kept. */
  const history = new Map<string, (Search | readonly string[])[]>();
  const recent = new Map<string, Uint32Array>();

  const resultsOf = (search: Search): Uint32Array => {
    const key = `${world.size} ${JSON.stringify(search)}`;
    const known = recent.get(key);
    if (known) return known;
    const found = find(world, search.term, { db: search.db, within: [search.first, search.last] });
    recent.set(key, found);
    if (recent.size > 4) recent.delete(recent.keys().next().value!);
    return found;
  };
  const uid = (db: string, article: WorldArticle): string => (db === 'pubmed' ? article.pmid! : String(article.uid));
  const byUid = (db: string, id: string): WorldArticle | undefined =>
    db === 'pubmed' ? world.byPmid(id) : world.byPmcid(id);

  const store = (item: Search | readonly string[], webenv: string | null): { webenv: string; key: number } => {
    const name = webenv ?? `MCID_${(0x6927d6 + history.size).toString(16)}e7fee3e90f880ec190`;
    const items = history.get(name) ?? [];
    items.push(item);
    history.set(name, items);
    return { webenv: name, key: items.length };
  };

  const search = ({ params }: Ask): Answer => {
    const db = params.get('db') ?? 'pubmed';
    const term = params.get('term');
    const asJson = params.get('retmode') === 'json';
    if (!term) return failed('esearch', 'Empty term and query_key - nothing todo', asJson);
    const low = params.get('mindate');
    const high = params.get('maxdate');
    // `[crdt]` gives nothing, and so does it here.
    const never = params.get('datetype') === 'crdt';
    const asked: Search = {
      db,
      term,
      first: never ? 1 : low ? dayOf(low) : world.firstDay,
      last: never ? 0 : high ? dayOf(high, true) : 100_000,
    };
    const start = Number(params.get('retstart') ?? 0);
    let max = Math.min(Number(params.get('retmax') ?? 20), MOST_IDS);
    const found = resultsOf(asked);
    if (db === 'pubmed') {
      if (start > PUBMED_REACH - 1 && found.length > PUBMED_REACH) {
        return failed(
          'esearch',
          `Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching the query.`,
          asJson,
        );
      }
      max = Math.min(max, Math.max(0, PUBMED_REACH - start));
    }
    const ids = Array.from(found.subarray(start, start + max), (index) => uid(db, world.at(index)!));
    const kept = params.get('usehistory') === 'y' ? store(asked, params.get('WebEnv')) : undefined;
    if (asJson) {
      return json(
        JSON.stringify({
          header: { type: 'esearch', version: '0.3' },
          esearchresult: {
            count: String(found.length),
            retmax: String(ids.length),
            retstart: String(start),
            ...(kept ? { querykey: String(kept.key), webenv: kept.webenv } : {}),
            idlist: ids,
            translationset: [],
            querytranslation: term,
          },
        }),
      );
    }
    const historyPart = kept ? `<QueryKey>${kept.key}</QueryKey><WebEnv>${kept.webenv}</WebEnv>` : '';
    const list = ids.length === 0 ? '<IdList/>' : `<IdList>\n${ids.map((id) => `<Id>${id}</Id>\n`).join('')}</IdList>`;
    const warning =
      found.length === 0 ? '<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>' : '';
    return xml(
      `<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n` +
        `<eSearchResult><Count>${found.length}</Count><RetMax>${ids.length}</RetMax><RetStart>${start}</RetStart>${historyPart}${list}<TranslationSet/><QueryTranslation>${escapeXml(term)}</QueryTranslation>${warning}</eSearchResult>\n`,
    );
  };

  /** The articles that `id` or a place in the history names, or the sentence that says why there are none. */
  const named = (params: URLSearchParams): readonly (WorldArticle | string)[] | Error => {
    const db = params.get('db') ?? 'pubmed';
    const id = params.get('id');
    if (id) return id.split(',').map((each) => byUid(db, each.trim()) ?? each.trim());
    const items = history.get(params.get('WebEnv') ?? '');
    const item = items?.[Number(params.get('query_key')) - 1];
    if (!item) return new Error(items ? 'Unable to obtain query #1' : 'Neither query_key nor id specified');
    const start = Number(params.get('retstart') ?? 0);
    const max = Math.min(Number(params.get('retmax') ?? 20), MOST_IDS);
    if ('db' in item) {
      if (item.db === 'pubmed' && start > PUBMED_REACH - 1) return new Error(`'retstart' cannot be larger than 9998.`);
      return Array.from(resultsOf(item).subarray(start, start + max), (index) => world.at(index)!);
    }
    return item.slice(start, start + max).map((each) => byUid(db, each) ?? each);
  };

  const summary = ({ params }: Ask): Answer => {
    const db = params.get('db') ?? 'pubmed';
    const articles = named(params);
    if (articles instanceof Error) return failed('esummary', articles.message, params.get('retmode') === 'json');
    return params.get('retmode') === 'json' ? json(summaryJson(db, articles, uid)) : xml(summaryXml(db, articles, uid));
  };

  const fetched = ({ params }: Ask): Answer => {
    const articles = named(params);
    if (articles instanceof Error) return failed('efetch', articles.message, false, 400);
    const known = articles.filter((article) => typeof article !== 'string');
    if (params.get('rettype') === 'uilist')
      return text(known.map((article) => `${uid(params.get('db') ?? 'pubmed', article)}\n`).join(''));
    if (params.get('db') === 'pubmed') return xml(pubmedSet(known));
    return xml(
      `<?xml version="1.0" ?>\n<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">\n<pmc-articleset>` +
        // What is not open comes without a body, and nothing says so.
        articles
          .map((article) =>
            typeof article === 'string'
              ? `<error id="${article}">The following PMCID is not available: ${article}</error>`
              : jatsOf(article, { frontOnly: !article.open }),
          )
          .join('') +
        '</pmc-articleset>',
    );
  };

  const post = ({ params }: Ask): Answer => {
    const { webenv, key } = store((params.get('id') ?? '').split(','), params.get('WebEnv'));
    return xml(
      `<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE ePostResult PUBLIC "-//NLM//DTD epost 20090526//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20090526/epost.dtd"><ePostResult>\n\t<QueryKey>${key}</QueryKey>\n\t<WebEnv>${webenv}</WebEnv>\n</ePostResult>\n`,
    );
  };

  const link = ({ params }: Ask): Answer => {
    const from = params.get('dbfrom') ?? 'pubmed';
    const to = from === 'pubmed' ? 'pmc' : 'pubmed';
    // Ids of several parameters are linked one by one, those of one parameter together.
    const sets = params.getAll('id').map((ids) => ids.split(','));
    const linkSet = (ids: readonly string[]): string => {
      const links = ids.flatMap((id) => byUid(from, id) ?? []).filter(({ pmid }) => pmid !== null);
      const found = links.map((article) => `<Link><Id>${uid(to, article)}</Id></Link>`).join('');
      const database = found && `<LinkSetDb><DbTo>${to}</DbTo><LinkName>${from}_${to}</LinkName>${found}</LinkSetDb>`;
      return `<LinkSet><DbFrom>${from}</DbFrom><IdList>${ids.map((id) => `<Id>${id}</Id>`).join('')}</IdList>${database}</LinkSet>`;
    };
    return xml(`<?xml version="1.0" encoding="UTF-8" ?>\n<eLinkResult>${sets.map(linkSet).join('')}</eLinkResult>`);
  };

  return (ask) => {
    switch (ask.path) {
      case '/esearch.fcgi':
        return search(ask);
      case '/esummary.fcgi':
        return summary(ask);
      case '/efetch.fcgi':
        return fetched(ask);
      case '/epost.fcgi':
        return post(ask);
      case '/elink.fcgi':
        return link(ask);
      default:
        return text('Not found', 404);
    }
  };
}

const ROOTS = { esearch: 'eSearchResult', esummary: 'eSummaryResult', efetch: 'eFetchResult' } as const;

/** An error as these services tell it: mostly with the status of success. */
function failed(tool: keyof typeof ROOTS, message: string, asJson: boolean, status = 200): Answer {
  if (asJson) {
    const body = tool === 'esearch' ? { esearchresult: { ERROR: message } } : { error: message };
    return json(JSON.stringify({ header: { type: tool, version: '0.3' }, ...body }), status);
  }
  return xml(
    `<?xml version="1.0" encoding="UTF-8" ?>\n<${ROOTS[tool]}>\n\t<ERROR>${escapeXml(message)}</ERROR>\n</${ROOTS[tool]}>\n`,
    status,
  );
}

type UidOf = (db: string, article: WorldArticle) => string;

function summaryJson(db: string, articles: readonly (WorldArticle | string)[], uid: UidOf): string {
  const result: Record<string, unknown> = {
    uids: articles.map((article) => (typeof article === 'string' ? article : uid(db, article))),
  };
  for (const article of articles) {
    if (typeof article === 'string') {
      result[article] = { uid: article, error: 'cannot get document summary' };
      continue;
    }
    const prose = proseOf(article);
    const ids = [
      ...(article.pmid === null ? [] : [{ idtype: db === 'pubmed' ? 'pubmed' : 'pmid', value: article.pmid }]),
      ...(article.doi === null ? [] : [{ idtype: 'doi', value: article.doi }]),
      { idtype: db === 'pubmed' ? 'pmc' : 'pmcid', value: article.pmcid },
    ];
    result[uid(db, article)] = {
      uid: uid(db, article),
      pubdate: article.date.replace(/-/g, '/'),
      epubdate: article.date.replace(/-/g, '/'),
      source: prose.journal,
      authors: [{ name: `${prose.author.surname} ${prose.author.given[0]}`, authtype: 'Author' }],
      title: prose.title,
      fulljournalname: prose.journal,
      articleids: ids,
      sortdate: `${article.date.replace(/-/g, '/')} 00:00`,
      pmclivedate: article.date.replace(/-/g, '/'),
      ...(db === 'pubmed' ? { pubtype: ['Journal Article', ...(article.caseReport ? ['Case Reports'] : [])] } : {}),
    };
  }
  return JSON.stringify({ header: { type: 'esummary', version: '0.3' }, result });
}

function summaryXml(db: string, articles: readonly (WorldArticle | string)[], uid: UidOf): string {
  const item = (name: string, type: string, value: string): string =>
    `<Item Name="${name}" Type="${type}">${escapeXml(value)}</Item>`;
  const document = (article: WorldArticle | string): string => {
    if (typeof article === 'string') return `<ERROR>UID=${escapeXml(article)}: cannot get document summary</ERROR>`;
    const prose = proseOf(article);
    const ids = [
      ...(article.pmid === null ? [] : [item(db === 'pubmed' ? 'pubmed' : 'pmid', 'String', article.pmid)]),
      ...(article.doi === null ? [] : [item('doi', 'String', article.doi)]),
      item(db === 'pubmed' ? 'pmc' : 'pmcid', 'String', article.pmcid),
    ];
    return (
      `<DocSum>\n\t<Id>${uid(db, article)}</Id>\n\t` +
      [
        item('PubDate', 'Date', article.date.replace(/-/g, '/')),
        item('Source', 'String', prose.journal),
        item('Title', 'String', prose.title),
        `<Item Name="ArticleIds" Type="List">${ids.join('')}</Item>`,
        item('FullJournalName', 'String', prose.journal),
      ].join('\n\t') +
      '\n</DocSum>'
    );
  };
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSummaryResult PUBLIC "-//NLM//DTD esummary v1 20041029//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20041029/esummary-v1.dtd">\n<eSummaryResult>\n${articles.map(document).join('\n')}\n</eSummaryResult>\n`;
}
