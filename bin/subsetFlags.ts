import { Flags } from '@oclif/core';
import { GENDERS, LICENSES, STATUSES } from '../core/dataset/filter/flagPlan.js';
import { STRATA, SUBSET_TYPES } from '../core/dataset/filter/types.js';
import { ASSERTIONS } from '../core/plugin/contract.js';

/** Parted by commas in `flagPlan`: oclif knows no quotes. */
const listed = (description: string, helpGroup: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, description, helpValue: 'A,B', helpGroup });
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
  specialty: listed('any of these specialties, as `stats` names them', ARTICLES),
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
