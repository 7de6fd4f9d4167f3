import { SourceError, type ArticleIds, type Http, type SearchPage, type SourceQuery } from '../../core/plugin/index.js';
import { dateOf, dayOf } from './days.js';
import { esearch, searchOf, uidsFrom, type Database, type Found } from './entrez.js';
import { dayParts, isOpen, termOf, uidParts, windowSince, type Window } from './windows.js';

export interface SearchOptions {
  readonly db: Database;
  /** Articles in one answer. */
  readonly page_size: number;
  /** Articles that are taken of one search: of PubMed, no more than 9,999 can be had. */
  readonly window_size: number;
}

/** A part of the search, asked for: how many it has, and the first of them. */
interface Probed {
  readonly window: Window;
  readonly found: Found;
}

/**
 * All articles that a search finds. What finds more than can be had at once is asked for in parts, by the days on which
 * Entrez took articles in, and by their numbers where that does not do. The counts of the parts are held against the
 * count of the whole: parts that lose anything are not used.
 *
 * A bookmark is the last day of which everything was given.
 */
export async function* search(query: SourceQuery, options: SearchOptions, http: Http): AsyncGenerator<SearchPage> {
  const after = query.after === undefined ? undefined : dayOf(query.after) + 1;
  const first = windowSince(after);
  const total = after === undefined ? undefined : (await esearch(searchOf(query, options.db, ''), 0, http)).count;
  const whole = await probe(first);
  yield { hits: [], total: total ?? whole.found.count };
  yield* all(whole);

  async function probe(window: Window): Promise<Probed> {
    return { window, found: await esearch(searchOf(query, options.db, termOf(window)), options.page_size, http) };
  }

  async function recount(window: Window): Promise<number> {
    return (await esearch(searchOf(query, options.db, termOf(window)), 0, http)).count;
  }

  async function* all({ window, found }: Probed): AsyncGenerator<SearchPage> {
    if (found.count <= options.window_size) {
      const lost = yield* pages({ window, found });
      if (!lost) return;
    }
    yield* inParts({ window, found });
  }

  /** The pages of a part that is small enough. Returns whether something of it could not be had. */
  async function* pages({ window, found: { count, uids, history } }: Probed): AsyncGenerator<SearchPage, boolean> {
    let got = uids.length;
    if (got >= count) {
      yield pageOf(uids, window);
      return false;
    }
    if (got > 0) yield pageOf(uids);
    while (got < count && got > 0 && history !== null) {
      let more: readonly string[];
      try {
        more = await uidsFrom(options.db, history, got, options.page_size, http);
      } catch (error) {
        // The server has forgotten the result; smaller parts need no memory.
        if (error instanceof SourceError && error.fault !== 'stopped') return true;
        throw error;
      }
      if (more.length === 0) return true;
      got += more.length;
      yield pageOf(more, got >= count ? window : undefined);
    }
    return got < count;
  }

  async function* inParts({ window, found: { count, uids } }: Probed): AsyncGenerator<SearchPage> {
    for (const parts of [dayParts(window, count, options.window_size), uidParts(window, uids.map(Number))]) {
      if (parts.length === 0) continue;
      const probed: Probed[] = [];
      for (const part of parts) probed.push(await probe(part));
      const sum = probed.reduce((before, { found }) => before + found.count, 0);
      // An article that was withdrawn meanwhile is not lost.
      if (sum < count && sum < (await recount(window))) continue;
      for (const part of probed) if (part.found.count > 0) yield* all(part);
      if (parts[0].uids && !window.uids) yield { hits: [], ...bookmarkOf(window) };
      return;
    }
    throw new SourceError(
      'bad-answer',
      `a search that finds ${count} articles (${termOf(window)}) cannot be had in parts`,
    );
  }

  /** @param done the part that is complete with this page */
  function pageOf(uids: readonly string[], done?: Window): SearchPage {
    const hits = uids.map((uid) => idsOf(uid, options.db));
    return { hits, ...(done && !done.uids ? bookmarkOf(done) : {}) };
  }
}

/** A part without an end is asked for again another day. */
const bookmarkOf = (window: Window): { bookmark?: string } =>
  isOpen(window) ? {} : { bookmark: dateOf(window.lastDay) };

const idsOf = (uid: string, db: Database): ArticleIds =>
  db === 'pmc' ? { pmcid: `PMC${uid}`, pmid: null, doi: null } : { pmcid: null, pmid: uid, doi: null };
