import { dayOf } from './calendar.js';
import { parseQuery, type Query } from './query.js';
import type { World, WorldArticle } from './world.js';

type Test = (article: WorldArticle) => boolean;

const DATES = new Set([
  'edat',
  'pdat',
  'dp',
  'mdat',
  'pmclivedate',
  'publication date',
  'entrez date',
  'first_pdate',
  'update_date',
  'e_pdate',
  'creation_date',
]);

/** The licences that services filter by, in the words of each. */
const FILTERS: Readonly<Record<string, Test>> = {
  'open access': ({ open }) => open,
  'pubmed pmc open access': ({ open }) => open,
  'pubmed pmc': () => true,
  'cc by license': ({ licenseCode }) => licenseCode === 'CC BY',
  'cc by-nc license': ({ licenseCode }) => licenseCode === 'CC BY-NC',
  'cc by-nc-nd license': ({ licenseCode }) => licenseCode === 'CC BY-NC-ND',
  'cc by-nc-sa license': ({ licenseCode }) => licenseCode === 'CC BY-NC-SA',
  'cc by-sa license': ({ licenseCode }) => licenseCode === 'CC BY-SA',
  'cc0 license': ({ licenseCode }) => licenseCode === 'CC0',
  'author manuscript': ({ licenseCode }) => licenseCode === 'TDM',
  'case reports': ({ caseReport }) => caseReport,
};

export interface FindOptions {
  /** Whose numbers `[uid]` speaks of, and whose articles are found; those of PMC where absent. */
  readonly db?: string;
  /** First and last day, since 1970. */
  readonly within?: readonly [number, number];
}

/** The numbers of the articles that a search finds, the newest first, as the services sort them. */
export function find(world: World, text: string, { db = 'pmc', within }: FindOptions = {}): Uint32Array {
  const parsed = parseQuery(text);
  const test = compile(parsed, db);
  const range = datesOf(parsed);
  const [low, high] = world.between(
    Math.max(range?.[0] ?? -Infinity, within?.[0] ?? world.firstDay),
    Math.min(range?.[1] ?? Infinity, within?.[1] ?? 100_000),
  );
  const found = new Uint32Array(Math.max(0, high - low));
  let count = 0;
  for (let index = Math.min(high, world.size) - 1; index >= low; index--) {
    const article = world.at(index)!;
    if ((db !== 'pubmed' || article.pmid !== null) && test(article)) found[count++] = index;
  }
  return found.subarray(0, count);
}

/** The days that a search asks for by itself or in a conjunction: they are looked up, not looked through. */
function datesOf(query: Query): readonly [number, number] | undefined {
  if (query.kind === 'range' && DATES.has(query.field)) return [dayOf(query.from), dayOf(query.to, true)];
  if (query.kind !== 'and') return undefined;
  for (const part of query.parts) {
    const range = datesOf(part);
    if (range) return range;
  }
  return undefined;
}

function compile(query: Query, db: string): Test {
  switch (query.kind) {
    case 'and': {
      const tests = query.parts.map((part) => compile(part, db));
      return (article) => tests.every((test) => test(article));
    }
    case 'or': {
      const tests = query.parts.map((part) => compile(part, db));
      return (article) => tests.some((test) => test(article));
    }
    case 'not': {
      const test = compile(query.part, db);
      return (article) => !test(article);
    }
    case 'range':
      return ofRange(query, db);
    case 'word':
      return ofWord(query.text.toLowerCase(), query.field, db);
  }
}

function ofRange({ field, from, to }: Extract<Query, { kind: 'range' }>, db: string): Test {
  if (DATES.has(field)) {
    const first = dayOf(from);
    const last = dayOf(to, true);
    return ({ day }) => day >= first && day <= last;
  }
  // `[crdt]` is there, and finds nothing.
  if (field !== 'uid') return () => false;
  return (article) => uidOf(article, db) >= Number(from) && uidOf(article, db) <= Number(to);
}

const uidOf = (article: WorldArticle, db: string): number => (db === 'pubmed' ? Number(article.pmid) : article.uid);

function ofWord(text: string, field: string | null, db: string): Test {
  switch (field) {
    case 'filter':
    case 'sb':
      return FILTERS[text.replace(/_/g, ' ')] ?? (() => false);
    case 'pt':
    case 'publication type':
    case 'pub_type':
      return ({ caseReport }) => (/^case[- ]reports?$/.test(text) ? caseReport : !caseReport);
    case 'uid':
      return (article) => uidOf(article, db) === Number(text.replace(/^pmc/, ''));
    case 'pmid':
      return ({ pmid }) => pmid === text;
    case 'ext_id':
      return ({ pmid, pmcid }) => pmid === text || pmcid.toLowerCase() === text;
    case 'pmcid':
    case 'pmc':
    case 'aid':
      return ({ pmcid, doi }) =>
        pmcid.toLowerCase() === `pmc${text.replace(/^pmc/, '')}` || doi?.toLowerCase() === text;
    case 'doi':
      return ({ doi }) => doi?.toLowerCase() === text;
    case 'open_access':
      return ({ open }) => open === (text === 'y');
    case 'in_epmc':
    case 'in_pmc':
    case 'has_ft':
    case 'src':
    case 'lang':
      return () => true;
    case 'license':
      return ({ licenseCode }) => licenseCode?.toLowerCase().replace(/-/g, ' ') === text.replace(/-/g, ' ');
    default:
      return ({ subject }) => text.split(/\s+/).every((word) => subject.includes(word));
  }
}
