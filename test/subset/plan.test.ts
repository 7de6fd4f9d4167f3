import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConditionError, parseCondition } from '../../core/dataset/filter/entities.js';
import { parsePlan, readPlan, writePlan } from '../../core/dataset/filter/readPlan.js';
import { checkRegexes } from '../../core/dataset/filter/regexes.js';
import type { SubsetPlan } from '../../core/dataset/filter/types.js';
import { planOf, valuesOf } from '../../core/dataset/filter/flagPlan.js';
import { filters } from './generated.js';

const folder = mkdtempSync(join(tmpdir(), 'legenda-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a filter file', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const plan = JSON.parse(
          JSON.stringify({ ...filter, name: 'x', split: { shares: { train: 0.5, test: 0.5 }, seed: 3 } }),
        ) as SubsetPlan;
        expect(folded(parsePlan('f.yaml', writePlan(plan)))).toEqual(folded(plan));
      }),
      { seed: 3 },
    );
  });

  it('may write conditions in words', () => {
    const plan = parsePlan(
      'f.yaml',
      "images:\n  entity:\n    any: ['finding=mass laterality=left assertion=present']\n",
    );
    expect(plan.images?.entity?.any).toEqual([
      { entity: 'finding', value: ['mass'], with: { laterality: ['left'] }, assertion: ['present'] },
    ]);
  });

  it.each([
    [
      'an unknown key',
      'images:\n  lable: { any: [ct] }\n',
      /f\.yaml:2:3: `lable` is no key of `images`[\s\S]*did you mean `label`/,
    ],
    ['a wrong value', 'cases:\n  gender: [Mle]\n', /f\.yaml:2:12: .*Mle[\s\S]*did you mean `Male`/],
    ['a wrong type', 'articles:\n  year: 2020\n', /f\.yaml:2:9: `articles\.year` must be a map, not the number `2020`/],
    ['a condition that is none', "images:\n  entity:\n    any: ['finding mass']\n", /f\.yaml:3:11: .*NAME=VALUE/],
    [
      'a thing inside a class',
      'classes:\n  a: { images: { label: { any: [1] } } }\n',
      /f\.yaml:2:33: .*must be a text/,
    ],
    ['what is no YAML', 'images: [\n', /f\.yaml:\d+:\d+/],
  ])('with %s is refused with its place', (_, text, message) => {
    expect(() => parsePlan('f.yaml', text)).toThrow(message);
  });

  it('that is not there is a usage error', () => {
    expect(() => readPlan(join(folder, 'nowhere.yaml'))).toThrow(/no such file: .*nowhere\.yaml/);
  });
});

describe('a condition on an entity', () => {
  it('reads alternatives, quotes and reserved words', () => {
    expect(
      parseCondition(
        'finding=mass|"a" anatomy="left lung|liver" assertion=present|possible confidence=0.5 code=mesh:D1 laterality=*'.replace(
          '|"a"',
          '',
        ),
      ),
    ).toEqual({
      entity: 'finding',
      value: ['mass'],
      with: { anatomy: ['left lung', 'liver'], laterality: [] },
      assertion: ['present', 'possible'],
      confidence: 0.5,
      code: ['mesh:D1'],
    });
    expect(parseCondition('finding=*')).toEqual({ entity: 'finding' });
  });
  it.each([
    '',
    'mass',
    'finding=mass left',
    'assertion=present',
    'finding=mass confidence=2',
    'finding=mass assertion=presnt',
    'finding=a anatomy=b anatomy=c',
  ])('refuses %j', (text) => {
    expect(() => parseCondition(text)).toThrow(ConditionError);
  });
});

describe('flags', () => {
  it.each([
    ['mri,head', ['mri', 'head']],
    [' mri , head ', ['mri', 'head']],
    ['"Neoplasms, Cystic",Humans', ['Neoplasms, Cystic', 'Humans']],
    ['a\\,b,c', ['a,b', 'c']],
    ['the "worst" case,x', ['the "worst" case', 'x']],
    ['"a "b,c', ['"a "b', 'c']],
    ['a,,b,', ['a', 'b']],
  ])('%j is %j', (flag, values) => {
    expect(valuesOf(flag)).toEqual(values);
    expect(planOf({ keyword: [flag] }).articles?.keywords?.all).toEqual(values);
  });

  it('are added to a file: both have to hold', () => {
    const plan = planOf({ gender: ['male'] }, { cases: { gender: ['Female'] }, type: 'text' });
    expect(plan).toEqual({ cases: { gender: ['Female'] }, type: 'text', also: [{ cases: { gender: ['Male'] } }] });
  });
  it('make a plan that a file can keep', () => {
    const plan = planOf({
      'min-age': '18',
      label: ['mri', 'head'],
      'caption-any': ['mass'],
      entity: ['finding=mass anatomy=brain'],
      assertion: ['present'],
      split: '0.8,0.1,0.1',
      seed: 7,
    });
    expect(parsePlan('f.yaml', writePlan(plan))).toEqual(plan);
    expect(plan).toMatchObject({
      cases: { age: { min: 18 } },
      images: {
        label: { all: ['mri', 'head'] },
        caption: { any: ['mass'] },
        entity: {
          all: [
            { entity: 'finding', value: ['mass'], with: { anatomy: ['brain'] } },
            { entity: 'finding', assertion: ['present'] },
          ],
        },
      },
      split: { shares: { train: 0.8, validation: 0.1, test: 0.1 }, seed: 7 },
    });
  });
  it('take names however they are written, as a file does', () => {
    const articles = { license: ['CC BY', 'CC BY-NC-ND', 'CC0', 'unknown'] };
    expect(planOf({ license: ['cc-by,CC-BY-NC-ND', 'cc0,Unknown'] })).toEqual({ articles });
    expect(parsePlan('f.yaml', 'articles: { license: [cc-by, CC BY NC ND, cc0, Unknown] }')).toEqual({ articles });
  });
  it('may ask for words and for a regular expression of a caption at once', () => {
    expect(planOf({ caption: ['mass'], 'caption-regex': ['^CT'] })).toEqual({
      images: { caption: { all: ['mass'] } },
      also: [{ images: { caption: { all: ['^CT'], match: 'regex' } } }],
    });
  });
  it.each([
    [{ gender: ['mail'] }, /--gender: there is no 'mail'/],
    [{ license: ['MIT'] }, /--license: there is no 'MIT'/],
    [{ 'min-age': 'x' }, /--min-age: 'x' is no age/],
    [{ 'min-age': '50', 'max-age': '20' }, /--min-age 50 is above --max-age 20/],
    [{ 'min-year': 2020, 'max-year': 2019 }, /--min-year 2020 is above --max-year 2019/],
    [{ split: '0.8,0.1' }, /sum to 1, not to 0\.9/],
    [{ split: '0.5' }, /not two or three shares/],
    [{ seed: 3 }, /need --split/],
    [{ label: [' ,'] }, /--label has no value/],
    [{ entity: ['mass'] }, /NAME=VALUE/],
  ])('%j is a usage error', (flags, message) => {
    expect(() => planOf(flags)).toThrow(message);
  });
});

describe('a regular expression of a filter', () => {
  const plan = (regex: string): SubsetPlan => ({ images: { caption: { any: [regex], match: 'regex' } } });
  it('is taken where it is safe', async () => {
    await checkRegexes(plan('mass(es)?|tumou?r'));
  });
  it('is refused where it is none, and where it can run away', async () => {
    await expect(checkRegexes(plan('(T1'))).rejects.toThrow(/'\(T1' is no regular expression/);
    await expect(checkRegexes(plan('^(a+)+$'))).rejects.toThrow(/refused: its time is exponential/);
    await expect(checkRegexes({ classes: { x: plan('(\\w+\\s?)*:'), y: {} } })).rejects.toThrow(/refused/);
  }, 60_000);
});

/** Names of genders and licences come back as they are printed. */
const folded = (plan: SubsetPlan): unknown =>
  strip(
    JSON.parse(
      JSON.stringify(plan)
        .replaceAll('"cc0"', '"CC0"')
        .replaceAll('"male"', '"Male"')
        .replaceAll('["unknown"]', '["Unknown"]')
        .replaceAll('"unknown"', '"Unknown"'),
    ),
  );

/** Without empty maps, which a file leaves out. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]): [string, unknown] => [key, strip(one)])
      .filter(
        ([, one]) => !(typeof one === 'object' && one !== null && !Array.isArray(one) && Object.keys(one).length === 0),
      ),
  );
}
