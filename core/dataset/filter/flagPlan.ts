import { UsageError } from '../../pipeline/usageError.js';
import { parseCondition } from './entities.js';
import { nameIn } from './nameIn.js';
import { ASSERTIONS } from '../../plugin/contract.js';
import type {
  ArticleFilter,
  CaseFilter,
  EntityCondition,
  Filter,
  ImageFilter,
  SplitPlan,
  Stratum,
  SubsetPlan,
  SubsetType,
  TermFilter,
  TextFilter,
  Wanted,
} from './types.js';

export const GENDERS = ['Female', 'Male', 'Transgender', 'Unknown'];
export const LICENSES = ['CC BY', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC BY-SA', 'CC0', 'other', 'unknown'];
export const STATUSES = [
  'matched',
  'matched-by-order',
  'single',
  'count-mismatch',
  'low-confidence',
  'undecodable',
  'missing',
];

type ListFlag =
  | 'license'
  | 'language'
  | 'specialty'
  | 'keyword'
  | 'keyword-any'
  | 'keyword-none'
  | 'mesh'
  | 'mesh-any'
  | 'mesh-none'
  | 'gender'
  | 'case-text'
  | 'case-text-any'
  | 'case-text-none'
  | 'caption'
  | 'caption-any'
  | 'caption-none'
  | 'caption-regex'
  | 'label'
  | 'label-any'
  | 'label-none'
  | 'entity'
  | 'entity-any'
  | 'entity-none'
  | 'assertion'
  | 'status';
type TextFlag =
  | 'keyword-match'
  | 'mesh-match'
  | 'min-age'
  | 'max-age'
  | 'case-text-match'
  | 'caption-match'
  | 'confidence'
  | 'type'
  | 'split'
  | 'stratify'
  | 'image-token'
  | 'name';
export type FilterFlags = { readonly [F in ListFlag]?: readonly string[] } & { readonly [F in TextFlag]?: string } & {
  readonly [F in 'min-year' | 'max-year' | 'seed']?: number;
} & { readonly [F in 'case-text-case' | 'caption-case']?: boolean };

/**
 * The plan of flags, beside that of a file: both have to hold; of what can only be one thing (type, split, name) the flag wins.
 * @throws UsageError for a value that is none
 */
export function planOf(flags: FilterFlags, file: SubsetPlan = {}): SubsetPlan {
  const filter = filterOf(flags);
  const regex = captionRegex(flags);
  // One condition on captions has one way of matching: words and a regular expression are two filters.
  const apart = regex !== undefined && filter.images?.caption?.match !== 'regex';
  const split = splitOf(flags, file.split);
  const both =
    isEmpty(file.articles) && isEmpty(file.cases) && isEmpty(file.images)
      ? { ...file, ...filter }
      : addedTo(file, filter);
  return {
    ...both,
    ...(apart && { also: [...(both.also ?? []), { images: { caption: regex } }] }),
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.type !== undefined && { type: flags.type as SubsetType }),
    ...(split && { split }),
    ...(flags['image-token'] !== undefined && {
      image_token: flags['image-token'] || usage('--image-token has no value'),
    }),
  };
}

const addedTo = (file: SubsetPlan, filter: Filter): SubsetPlan =>
  Object.keys(filter).length === 0 ? file : { ...file, also: [...(file.also ?? []), filter] };
const isEmpty = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0;

function usage(message: string): never {
  throw new UsageError(message);
}

/** `a, "b, c", d\\, e` is three values; quotes inside a value stand for themselves. */
export function valuesOf(flag: string): string[] {
  const values: string[] = [];
  const next = /\s*(?:"((?:[^"\\]|\\.)*)"\s*(?=,|$)|((?:[^,\\]|\\.)*))(,|$)/suy;
  for (let match = next.exec(flag); match !== null; match = next.exec(flag)) {
    const value = (match[1] ?? match[2].trim()).replace(/\\([,"\\])/g, '$1');
    if (value !== '') values.push(value);
    if (match[3] === '') break;
  }
  return values;
}

const LISTS = [
  'license',
  'language',
  'specialty',
  'keyword',
  'keyword-any',
  'keyword-none',
  'mesh',
  'mesh-any',
  'mesh-none',
  'gender',
  'case-text',
  'case-text-any',
  'case-text-none',
  'caption',
  'caption-any',
  'caption-none',
  'label',
  'label-any',
  'label-none',
  'assertion',
  'status',
] as const satisfies readonly ListFlag[];

/** List flags as lists: each may be given several times, and hold several values. */
function parted(flags: FilterFlags): FilterFlags {
  const lists = LISTS.filter((name) => flags[name] !== undefined).map((name): [string, string[]] => {
    const values = flags[name]!.flatMap(valuesOf);
    // An empty list would ask for nothing, and so let everything pass.
    return [name, values.length > 0 ? values : usage(`--${name} has no value`)];
  });
  return { ...flags, ...(Object.fromEntries(lists) as Partial<FilterFlags>) };
}

function filterOf(given: FilterFlags): Filter {
  const flags = parted(given);
  const license = known('license', flags.license, LICENSES);
  const gender = known('gender', flags.gender, GENDERS);
  const status = known('status', flags.status, STATUSES);
  const assertion = known('assertion', flags.assertion, ASSERTIONS);
  const articles: ArticleFilter = defined({
    year: bounds('year', flags['min-year'], flags['max-year']),
    license,
    language: flags.language,
    specialties: flags.specialty && { any: flags.specialty.map((name) => name.replaceAll(' ', '_')) },
    keywords: terms(wanted(flags.keyword, flags['keyword-any'], flags['keyword-none']), flags['keyword-match']),
    mesh: terms(wanted(flags.mesh, flags['mesh-any'], flags['mesh-none']), flags['mesh-match']),
  });
  const cases: CaseFilter = defined({
    age: bounds('age', age('min-age', flags['min-age']), age('max-age', flags['max-age'])),
    gender,
    text: text(
      wanted(flags['case-text'], flags['case-text-any'], flags['case-text-none']),
      flags['case-text-match'],
      flags['case-text-case'],
    ),
  });
  const caption = text(
    wanted(flags.caption, flags['caption-any'], flags['caption-none']),
    flags['caption-match'],
    flags['caption-case'],
  );
  const images: ImageFilter = defined({
    caption: caption ?? captionRegex(flags),
    label: wanted(flags.label, flags['label-any'], flags['label-none']),
    entity: entities(flags, assertion),
    status,
    confidence: flags.confidence as ImageFilter['confidence'],
  });
  return defined({
    articles: isEmpty(articles) ? undefined : articles,
    cases: isEmpty(cases) ? undefined : cases,
    images: isEmpty(images) ? undefined : images,
  });
}

function captionRegex(flags: FilterFlags): TextFilter | undefined {
  const regexes = flags['caption-regex'];
  return regexes && { all: regexes, match: 'regex', ...(flags['caption-case'] && { case: true }) };
}

function entities(flags: FilterFlags, assertion: readonly string[] | undefined): Wanted<EntityCondition> | undefined {
  const read = (conditions: readonly string[] | undefined): EntityCondition[] | undefined =>
    conditions?.map(parseCondition);
  const all = [...(read(flags.entity) ?? []), ...(assertion ? [{ entity: 'finding', assertion }] : [])];
  return wanted(all.length > 0 ? all : undefined, read(flags['entity-any']), read(flags['entity-none']));
}

/** Names from a fixed list, however they are written. */
function known(
  flag: string,
  values: readonly string[] | undefined,
  allowed: readonly string[],
): readonly string[] | undefined {
  if (!values) return undefined;
  const found: string[] = [];
  for (const value of values) {
    const one = nameIn(allowed, value);
    found.push(one ?? usage(`--${flag}: there is no '${value}'; there are ${allowed.join(', ')}`));
  }
  return found;
}

function age(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const years = Number(value);
  return value.trim() !== '' && years >= 0 && Number.isFinite(years)
    ? years
    : usage(`--${flag}: '${value}' is no age in years`);
}

function splitOf(flags: FilterFlags, file: SplitPlan | undefined): SplitPlan | undefined {
  if (flags.split === undefined && file === undefined) {
    return flags.seed === undefined && flags.stratify === undefined
      ? undefined
      : usage('--seed and --stratify need --split');
  }
  const shares = flags.split === undefined ? file!.shares : sharesOf(flags.split);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) return usage(`the shares of a split sum to 1, not to ${Number(total.toFixed(6))}`);
  const stratify = (flags.stratify as Stratum | undefined) ?? file?.stratify;
  return { shares, seed: flags.seed ?? file?.seed ?? 0, ...(stratify && { stratify }) };
}

const NAMES = ['train', 'validation', 'test'];

function sharesOf(text: string): Record<string, number> {
  const pieces = text.split(',').map((piece) => piece.trim());
  const named = pieces.every((piece) => piece.includes('='));
  const names = pieces.length === 2 ? ['train', 'test'] : NAMES;
  if (!named && pieces.length !== 2 && pieces.length !== 3)
    return usage(`--split: '${text}' is not two or three shares, nor NAME=SHARE,…`);
  const pairs = pieces.map((piece, i): [string, number] => {
    const [name, share] = named ? piece.split('=') : [names[i], piece];
    return [name, share.trim() === '' ? NaN : Number(share)];
  });
  for (const [name, share] of pairs) {
    if (!(share >= 0 && share <= 1) || !/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(name))
      return usage(`--split: '${text}' is no list of shares from 0 to 1`);
  }
  return Object.fromEntries(pairs);
}

function bounds(what: string, min: number | undefined, max: number | undefined) {
  if (min !== undefined && max !== undefined && min > max) usage(`--min-${what} ${min} is above --max-${what} ${max}`);
  return min === undefined && max === undefined ? undefined : defined({ min, max });
}
const wanted = <T>(
  all: readonly T[] | undefined,
  any: readonly T[] | undefined,
  none: readonly T[] | undefined,
): Wanted<T> | undefined => ((all ?? any ?? none) ? defined({ all, any, none }) : undefined);
const terms = (list: Wanted<string> | undefined, match: string | undefined): TermFilter | undefined =>
  list && defined({ ...list, match: match as TermFilter['match'] });
const text = (
  list: Wanted<string> | undefined,
  match: string | undefined,
  exact: boolean | undefined,
): TextFilter | undefined =>
  list && defined({ ...list, match: match as TextFilter['match'], case: exact || undefined });

/** Without what is undefined. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
