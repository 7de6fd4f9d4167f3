import fc from 'fast-check';
import type { EntityCell } from '../../core/dataset/index.js';
import type { EntityCondition, Filter, TextFilter, Wanted } from '../../core/dataset/filter/types.js';
import { aCase, aFigure, anArticle, anImage, TAXONOMY, type Dataset } from './dataset.js';

const WORDS = ['mass', 'Tumor', 'brain', 'left', 'éclair', 'CT', 'x-ray', 'no'];
const LABELS = Object.keys(TAXONOMY.classes).filter((id) => id !== 'mammography');
const ENTITIES = ['finding', 'anatomy', 'laterality'];
const VALUES = ['mass', 'brain', 'left', 'right'];
const ASSERTIONS = ['present', 'absent', 'possible'] as const;
const CODES = ['mesh:D1', 'mesh:D2'];

const subarray = (items: readonly string[], maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...items), { maxLength });
const words = fc
  .array(fc.constantFrom(...WORDS, 'masses', 'tumors,', '🦵'), { maxLength: 6 })
  .map((list) => list.join(' '));
const entity: fc.Arbitrary<EntityCell> = fc.record({
  start: fc.constant(0),
  end: fc.constant(3),
  text: fc.constant('abc'),
  entity: fc.constantFrom(...ENTITIES),
  value: fc.constantFrom(...VALUES),
  labels: fc.constant([]),
  assertion: fc.constantFrom(...ASSERTIONS),
  codes: subarray(CODES, 2),
  confidence: fc.constantFrom(0.25, 0.5, 1),
  sentence: fc.nat(1),
  pack: fc.constant('p@1'),
  rule: fc.constant('r'),
  at: fc.constant('f:1'),
  cue: fc.constantFrom(null, 'no'),
});
const imageParts = fc.record({
  caption: words,
  labels: subarray(LABELS, 3),
  entities: fc.array(entity, { maxLength: 4 }),
  hasFile: fc.boolean(),
  status: fc.constantFrom('matched', 'single', 'missing'),
  confidence: fc.constantFrom('low', 'medium', 'high'),
});
const figureParts = fc.record({
  images: fc.array(imageParts, { minLength: 1, maxLength: 2 }),
  cases: fc.array(fc.nat(2), { maxLength: 2 }),
});
const caseParts = fc.record({
  text: words,
  age: fc.option(fc.constantFrom(0.5, 17, 18, 40, 90)),
  gender: fc.constantFrom('Male', 'Female', 'Unknown' as const),
});
const articleParts = fc.record({
  year: fc.option(fc.integer({ min: 2018, max: 2022 })),
  license: fc.constantFrom(null, 'CC BY', 'CC BY-NC', 'CC0'),
  language: fc.constantFrom(null, 'en', 'de'),
  specialties: subarray(['cyst', 'humans'], 2),
  keywords: subarray(['Cyst', 'cyst of knee', 'Tumor'], 2),
  mesh: subarray(['Humans', 'Neoplasms, Cystic'], 2),
  cases: fc.array(caseParts, { maxLength: 3 }),
  figures: fc.array(figureParts, { minLength: 1, maxLength: 3 }),
});

/** Datasets with all kinds of gaps: articles without cases, figures of no case or of two, images without a picture. */
export const datasets: fc.Arbitrary<Dataset> = fc.array(articleParts, { maxLength: 8, size: 'max' }).map((articles) => {
  const rows = { articles: [] as object[], cases: [] as object[], figures: [] as object[], images: [] as object[] };
  articles.forEach((a, i) => {
    const article_id = `PMC${i + 1}`;
    const caseIds = a.cases.map((_, c) => `${article_id}_0${c + 1}`);
    rows.articles.push(
      anArticle({
        article_id,
        year: a.year,
        license: a.license,
        language: a.language,
        specialties: a.specialties,
        keywords: a.keywords,
        mesh_terms: a.mesh,
        doi: `10.1/${i}`,
        pmid: `${i}`,
        pmcid: article_id,
      }),
    );
    const figures = a.figures.map((f, k) => ({
      ...f,
      figure_id: `${article_id}_f${k + 1}`,
      case_ids: [...new Set(f.cases)].filter((c) => c < caseIds.length).map((c) => caseIds[c]),
    }));
    a.cases.forEach((c, k) => {
      const own = figures.filter((f) => f.case_ids.includes(caseIds[k]));
      rows.cases.push(
        aCase({
          case_id: caseIds[k],
          article_id,
          case_text: c.text,
          age: c.age,
          gender: c.gender as 'Male',
          figures: own.map((f) => ({ figure_id: f.figure_id, mentions: [], text_references: [] })),
        }),
      );
    });
    for (const f of figures) {
      rows.figures.push(aFigure({ figure_id: f.figure_id, article_id, case_ids: f.case_ids }));
      f.images.forEach((one, k) => {
        const image_id = `${f.figure_id}_${'ab'[k]}`;
        rows.images.push(
          anImage({
            image_id,
            article_id,
            figure_id: f.figure_id,
            image_component: 'ab'[k],
            case_ids: f.case_ids,
            case_id: f.case_ids[0] ?? null,
            caption: one.caption,
            labels: one.labels,
            entities: one.entities,
            status: one.status,
            confidence: one.confidence,
            file: one.hasFile ? `images/${image_id}.webp` : null,
          }),
        );
      });
    }
  });
  return rows as unknown as Dataset;
});

const wantedOf = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<Wanted<T>> =>
  fc.record(
    {
      any: fc.array(one, { maxLength: 2 }),
      all: fc.array(one, { maxLength: 1 }),
      none: fc.array(one, { maxLength: 1 }),
    },
    { requiredKeys: [] },
  );
const bounds = (values: readonly number[]) =>
  fc.record({ min: fc.constantFrom(...values), max: fc.constantFrom(...values) }, { requiredKeys: [] });
const termFilter = wantedOf(fc.constantFrom('cyst', 'Tumor', 'neoplasms, cystic', 'humans')).chain((wanted) =>
  fc
    .constantFrom(undefined, 'full' as const, 'partial' as const)
    .map((match) => ({ ...wanted, ...(match && { match }) })),
);
const textFilter = (regex: boolean): fc.Arbitrary<TextFilter> =>
  fc
    .constantFrom(undefined, 'substring' as const, 'word' as const, ...(regex ? ['regex' as const] : []))
    .chain((match) =>
      fc
        .record({
          wanted: wantedOf(
            fc.constantFrom(
              ...(match === 'regex' ? ['mass(es)?$', '^CT', 't.mor'] : [...WORDS, 'ass', 'tumor', 'x-r']),
            ),
          ),
          exact: fc.boolean(),
        })
        .map(({ wanted, exact }): TextFilter => ({ ...wanted, ...(match && { match }), ...(exact && { case: true }) })),
    );
const condition: fc.Arbitrary<EntityCondition> = fc.record(
  {
    entity: fc.constantFrom(...ENTITIES),
    value: fc.array(fc.constantFrom(...VALUES), { maxLength: 2 }),
    with: fc.dictionary(fc.constantFrom(...ENTITIES), fc.array(fc.constantFrom(...VALUES), { maxLength: 2 }), {
      maxKeys: 2,
    }),
    assertion: fc.array(fc.constantFrom(...ASSERTIONS), { minLength: 1, maxLength: 2 }),
    confidence: fc.constantFrom(0, 0.5, 0.75),
    code: fc.array(fc.constantFrom(...CODES), { minLength: 1, maxLength: 1 }),
  },
  { requiredKeys: ['entity'] },
);

const some = <T>(items: readonly T[]) => fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 2 });
const one = <K extends string, V>(key: K, value: fc.Arbitrary<V>) =>
  value.map((given) => ({ [key]: given }) as Record<K, V>);

/** Filters of one condition each: several of them have to hold together, and more would let nothing through. */
export const filters: fc.Arbitrary<Filter> = fc.oneof(
  one(
    'articles',
    fc.oneof(
      one('year', bounds([2019, 2021])),
      one('license', some(['CC BY', 'cc0', 'unknown'])),
      one('language', some(['en', 'unknown'])),
      one('specialties', termFilter),
      one('keywords', termFilter),
      one('mesh', termFilter),
    ),
  ),
  one(
    'cases',
    fc.oneof(
      one('age', bounds([0.5, 18, 40])),
      one('gender', some(['male', 'Female', 'unknown'])),
      one('text', textFilter(false)),
    ),
  ),
  one(
    'images',
    fc.oneof(
      one('caption', textFilter(true)),
      one('label', wantedOf(fc.constantFrom('radiology', 'ct', 'mri', 'head', 'mammography', 'pathology'))),
      one('entity', wantedOf(condition)),
      one('status', some(['matched', 'single', 'missing'])),
      one('confidence', fc.constantFrom('low' as const, 'medium' as const, 'high' as const)),
    ),
  ),
  fc.constant({}),
);
