import { Flags } from '@oclif/core';
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
} from '../core/dataset/filter/types.js';

const SUBSET_TYPES = [
  'text',
  'image',
  'multimodal',
  'case-series',
  'classification',
] as const satisfies readonly SubsetType[];
const STRATA = ['label', 'gender', 'age', 'year', 'license', 'class'] as const satisfies readonly Stratum[];
const GENDERS = ['Female', 'Male', 'Transgender', 'Unknown'];
const LICENSES = ['CC BY', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC BY-SA', 'CC0', 'other', 'unknown'];
const STATUSES = [
  'matched',
  'matched-by-order',
  'single',
  'count-mismatch',
  'low-confidence',
  'undecodable',
  'missing',
];
const ASSERTIONS = ['present', 'absent', 'possible', 'conditional', 'hypothetical', 'historical', 'someone_else'];

const listed = (description: string, helpGroup: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', description, helpValue: 'A,B', helpGroup });
/** Values with commas or quotes in them come one a flag. */
const single = (description: string, helpGroup: string, helpValue: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, description, helpValue, helpGroup });
const choice = (description: string, helpGroup: string, options: readonly string[]) =>
  Flags.string({ description, helpGroup, options: [...options] });

const ARTICLES = 'ARTICLE';
const CASES = 'CASE';
const IMAGES = 'IMAGE';

/** Filters as flags. A list flag takes all of its values, `-any` at least one, `-none` none. */
export const filterFlags = {
  'min-year': Flags.integer({ description: 'published in this year or later', helpGroup: ARTICLES }),
  'max-year': Flags.integer({ description: 'published in this year or before', helpGroup: ARTICLES }),
  license: listed(`any of these licences (${LICENSES.join(', ')})`, ARTICLES),
  language: listed('any of these languages (ISO 639-1)', ARTICLES),
  keyword: listed('all of these keywords', ARTICLES),
  'keyword-any': listed('any of these keywords', ARTICLES),
  'keyword-none': listed('none of these keywords', ARTICLES),
  'keyword-match': choice('whole keywords (default) or parts of them', ARTICLES, ['full', 'partial']),
  mesh: listed('all of these MeSH terms (put one with a comma in quotes: \'"Neoplasms, Cystic"\')', ARTICLES),
  'mesh-any': listed('any of these MeSH terms', ARTICLES),
  'mesh-none': listed('none of these MeSH terms', ARTICLES),
  'mesh-match': choice('whole terms (default) or parts of them', ARTICLES, ['full', 'partial']),
  'min-age': Flags.string({ description: 'this old or older, years', helpGroup: CASES, helpValue: 'N' }),
  'max-age': Flags.string({ description: 'this old or younger, years', helpGroup: CASES, helpValue: 'N' }),
  gender: listed(`any of these (${GENDERS.join(', ')})`, CASES),
  'case-text': listed('the text of the case has all of these', CASES),
  'case-text-any': listed('the text of the case has any of these', CASES),
  'case-text-none': listed('the text of the case has none of these', CASES),
  'case-text-match': choice('anywhere (default) or whole words', CASES, ['substring', 'word']),
  'case-text-case': Flags.boolean({ description: 'upper and lower case differ', helpGroup: CASES }),
  caption: listed('the caption has all of these', IMAGES),
  'caption-any': listed('the caption has any of these', IMAGES),
  'caption-none': listed('the caption has none of these', IMAGES),
  'caption-match': choice('anywhere (default) or whole words', IMAGES, ['substring', 'word']),
  'caption-regex': single(
    'the caption has a match of this regular expression (of all, given several times)',
    IMAGES,
    'REGEX',
  ),
  'caption-case': Flags.boolean({ description: 'upper and lower case differ', helpGroup: IMAGES }),
  label: listed('all of these classes; one stands for all below it (radiology: ct too)', IMAGES),
  'label-any': listed('any of these classes', IMAGES),
  'label-none': listed('none of these classes', IMAGES),
  entity: single(
    'the caption names this, as in "finding=mass laterality=left anatomy=brain assertion=present" (several times: all)',
    IMAGES,
    'CONDITION',
  ),
  'entity-any': single('the caption names any of these', IMAGES, 'CONDITION'),
  'entity-none': single('the caption names none of these', IMAGES, 'CONDITION'),
  assertion: listed(`a finding is asserted as any of these (${ASSERTIONS.join(', ')})`, IMAGES),
  status: listed(`any of these (${STATUSES.join(', ')})`, IMAGES),
  confidence: choice('at least this sure that picture and caption belong together', IMAGES, ['low', 'medium', 'high']),
  type: Flags.string({ char: 't', options: [...SUBSET_TYPES], description: 'what is written (default: multimodal)' }),
  split: Flags.string({
    description: 'shares of the parts, as 0.8,0.1,0.1 (train, validation, test) or train=0.9,test=0.1',
    helpValue: 'SHARES',
  }),
  seed: Flags.integer({ description: 'another seed gives another split (default 0)' }),
  stratify: Flags.string({ options: [...STRATA], description: 'keep the proportions of this alike in all parts' }),
  'image-token': Flags.string({
    description: 'what stands for an image in a text; {file} and {image_id} are filled in (default: <{file}>)',
    helpValue: 'TOKEN',
  }),
  name: Flags.string({ description: 'name of the subset, for its README' }),
};

type ListFlag =
  | 'license'
  | 'language'
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
export async function planOf(flags: FilterFlags, file: SubsetPlan = {}): Promise<SubsetPlan> {
  const filter = await filterOf(flags);
  const split = await splitOf(flags, file.split);
  const both =
    isEmpty(file.articles) && isEmpty(file.cases) && isEmpty(file.images)
      ? { ...file, ...filter }
      : addedTo(file, filter);
  return {
    ...both,
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.type !== undefined && { type: flags.type as SubsetType }),
    ...(split && { split }),
    ...(flags['image-token'] !== undefined && { image_token: flags['image-token'] }),
  };
}

const addedTo = (file: SubsetPlan, filter: Filter): SubsetPlan =>
  Object.keys(filter).length === 0 ? file : { ...file, also: [...(file.also ?? []), filter] };
const isEmpty = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0;

async function usage(message: string): Promise<never> {
  const { UsageError } = await import('../core/pipeline/usageError.js');
  throw new UsageError(message);
}

async function filterOf(flags: FilterFlags): Promise<Filter> {
  const license = await known('license', flags.license, LICENSES);
  const gender = await known('gender', flags.gender, GENDERS);
  const status = await known('status', flags.status, STATUSES);
  const assertion = await known('assertion', flags.assertion, ASSERTIONS);
  const articles: ArticleFilter = defined({
    year: bounds(flags['min-year'], flags['max-year']),
    license,
    language: flags.language,
    keywords: terms(wanted(flags.keyword, flags['keyword-any'], flags['keyword-none']), flags['keyword-match']),
    mesh: terms(wanted(flags.mesh, flags['mesh-any'], flags['mesh-none']), flags['mesh-match']),
  });
  const cases: CaseFilter = defined({
    age: bounds(await age('min-age', flags['min-age']), await age('max-age', flags['max-age'])),
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
  const regexes = flags['caption-regex'];
  if (caption && regexes)
    await usage('--caption-regex goes without --caption; put both into a filter file, under `also`');
  const images: ImageFilter = defined({
    caption: regexes
      ? { all: regexes, match: 'regex' as const, ...(flags['caption-case'] && { case: true }) }
      : caption,
    label: wanted(flags.label, flags['label-any'], flags['label-none']),
    entity: await entities(flags, assertion),
    status,
    confidence: flags.confidence as ImageFilter['confidence'],
  });
  return defined({
    articles: isEmpty(articles) ? undefined : articles,
    cases: isEmpty(cases) ? undefined : cases,
    images: isEmpty(images) ? undefined : images,
  });
}

async function entities(
  flags: FilterFlags,
  assertion: readonly string[] | undefined,
): Promise<Wanted<EntityCondition> | undefined> {
  const { ConditionError, parseCondition } = await import('../core/dataset/filter/entities.js');
  const read = async (conditions: readonly string[] | undefined): Promise<EntityCondition[] | undefined> => {
    if (!conditions) return undefined;
    try {
      return conditions.map(parseCondition);
    } catch (error) {
      return error instanceof ConditionError ? usage(error.message) : Promise.reject(error as Error);
    }
  };
  const all = [...((await read(flags.entity)) ?? []), ...(assertion ? [{ entity: 'finding', assertion }] : [])];
  return wanted(all.length > 0 ? all : undefined, await read(flags['entity-any']), await read(flags['entity-none']));
}

/** A name from a fixed list, whatever its case. */
async function known(
  flag: string,
  values: readonly string[] | undefined,
  allowed: readonly string[],
): Promise<readonly string[] | undefined> {
  if (!values) return undefined;
  const found: string[] = [];
  for (const value of values) {
    const one = allowed.find((name) => name.toLowerCase() === value.trim().toLowerCase());
    found.push(one ?? (await usage(`--${flag}: there is no '${value}'; there are ${allowed.join(', ')}`)));
  }
  return found;
}

async function age(flag: string, value: string | undefined): Promise<number | undefined> {
  if (value === undefined) return undefined;
  const years = Number(value);
  return value.trim() !== '' && years >= 0 && Number.isFinite(years)
    ? years
    : usage(`--${flag}: '${value}' is no age in years`);
}

async function splitOf(flags: FilterFlags, file: SplitPlan | undefined): Promise<SplitPlan | undefined> {
  if (flags.split === undefined && file === undefined) {
    return flags.seed === undefined && flags.stratify === undefined
      ? undefined
      : usage('--seed and --stratify need --split');
  }
  const shares = flags.split === undefined ? file!.shares : await sharesOf(flags.split);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) return usage(`the shares of a split sum to 1, not to ${Number(total.toFixed(6))}`);
  const stratify = (flags.stratify as Stratum | undefined) ?? file?.stratify;
  return { shares, seed: flags.seed ?? file?.seed ?? 0, ...(stratify && { stratify }) };
}

const NAMES = ['train', 'validation', 'test'];

async function sharesOf(text: string): Promise<Record<string, number>> {
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

const bounds = (min: number | undefined, max: number | undefined) =>
  min === undefined && max === undefined ? undefined : defined({ min, max });
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
