import { conditionTest, ENTITY_FIELDS, valuesTest, type AskedEntity } from './entities.js';
import type { LabelTree } from './labels.js';
import type { ColumnRequest } from './tableSource.js';
import type { Bounds, Filter } from './types.js';
import { asks, termTest, textTest, wantedTest } from './wanted.js';

/** One condition on the rows of a table: the column that it reads, and whether a value of it passes. */
export interface RowTest {
  readonly column: ColumnRequest;
  readonly test: (value: unknown) => boolean;
  /** 0: small columns; 1: captions and paths; 2: running texts and entities, which are read for rows that passed all else. */
  readonly cost: 0 | 1 | 2;
}

const CONFIDENCES = ['low', 'medium', 'high'];

const bounded =
  ({ min = -Infinity, max = Infinity }: Bounds) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value >= min && value <= max;
const hasBounds = (bounds: Bounds | undefined): bounds is Bounds =>
  bounds !== undefined && (bounds.min !== undefined || bounds.max !== undefined);

/** Any of the values, case folded; `unknown` stands for null and for a column's own `Unknown`. */
function oneOf(values: readonly string[]): (value: unknown) => boolean {
  const wanted = new Set(values.map((value) => value.trim().toLowerCase()));
  return (value) => wanted.has(value === null ? 'unknown' : String(value).toLowerCase());
}

const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);
const given = (values: readonly string[] | undefined): values is readonly string[] =>
  values !== undefined && values.length > 0;

export function articleTests(filters: readonly Filter[]): RowTest[] {
  return filters.flatMap(({ articles = {} }) => {
    const { year, license, language, specialties, keywords, mesh } = articles;
    const tests: RowTest[] = [];
    if (hasBounds(year)) tests.push({ column: 'year', cost: 0, test: bounded(year) });
    if (given(license)) tests.push({ column: 'license', cost: 0, test: oneOf(license) });
    if (given(language)) tests.push({ column: 'language', cost: 0, test: oneOf(language) });
    for (const [column, terms] of [
      ['specialties', specialties],
      ['keywords', keywords],
      ['mesh_terms', mesh],
    ] as const) {
      if (!terms || !asks(terms)) continue;
      const passes = termTest(terms);
      tests.push({ column, cost: 0, test: (value) => passes(list(value)) });
    }
    return tests;
  });
}

export function caseTests(filters: readonly Filter[]): RowTest[] {
  return filters.flatMap(({ cases = {} }) => {
    const { age, gender, text } = cases;
    const tests: RowTest[] = [];
    if (hasBounds(age)) tests.push({ column: 'age', cost: 0, test: bounded(age) });
    if (given(gender)) tests.push({ column: 'gender', cost: 0, test: oneOf(gender) });
    if (text && asks(text)) {
      const passes = textTest(text);
      tests.push({ column: 'case_text', cost: 2, test: (value) => passes(String(value ?? '')) });
    }
    return tests;
  });
}

export function imageTests(filters: readonly Filter[], labels: LabelTree): RowTest[] {
  return filters.flatMap(({ images = {} }) => {
    const { caption, label, entity, status, confidence } = images;
    const tests: RowTest[] = [];
    if (given(status)) tests.push({ column: 'status', cost: 0, test: oneOf(status) });
    if (confidence !== undefined) {
      tests.push({ column: 'confidence', cost: 0, test: oneOf(CONFIDENCES.slice(CONFIDENCES.indexOf(confidence))) });
    }
    if (label && asks(label)) {
      const passes = wantedTest<string, readonly string[]>(label, (one) => labels.test(one));
      tests.push({ column: 'labels', cost: 0, test: (value) => passes(list(value)) });
    }
    if (caption && asks(caption)) {
      const passes = textTest(caption);
      tests.push({ column: 'caption', cost: 1, test: (value) => passes(String(value ?? '')) });
    }
    if (entity && asks(entity)) {
      const passes = wantedTest(entity, conditionTest);
      const mayPass = valuesTest(entity);
      if (mayPass)
        tests.push({ column: { name: 'entities', fields: ['value'] }, cost: 2, test: (value) => mayPass(list(value)) });
      tests.push({
        column: { name: 'entities', fields: ENTITY_FIELDS },
        cost: 2,
        test: (value) => passes(list<AskedEntity>(value)),
      });
    }
    return tests;
  });
}

/** What types that hand out pictures ask of an image: that there is one. */
export const hasPicture: RowTest = {
  column: 'file',
  cost: 1,
  test: (value) => typeof value === 'string' && value !== '',
};
