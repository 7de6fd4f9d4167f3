import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Article } from '../../core/article/types.js';
import { decode } from '../../core/image/decode.js';
import { shrink, type Raster } from '../../core/image/raster.js';
import { openEngine, type Engine } from '../../core/index.js';
import { articleStream } from '../../core/pipeline/articleStream.js';
import { overlap } from '../image/figure.js';
import { draw } from './draw/compose.js';
import { FIGURES } from './draw/figures.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const figures = join(examples, 'figures');

interface CaseRow {
  readonly case_id: string;
  readonly text: string;
  readonly age: { readonly years: number } | null;
  readonly gender: string;
  readonly figures: readonly string[];
}
interface CasesRow {
  readonly article_id: string;
  readonly cases: readonly CaseRow[];
  readonly skipped_reason: string | null;
}

let engine: Engine;
const articles: Article[] = [];
const cases: CasesRow[] = [];
const rejects: string[] = [];

/** A figure's picture in the folder; JATS often leaves out how its name ends. */
const pictureOf = (file: string | null): string | undefined =>
  readdirSync(figures).find((name) => name === file || name.replace(/\.\w+$/, '') === file);

beforeAll(async () => {
  engine = await openEngine({ slots: ['article-reader', 'patient-segmenter', 'demographics', 'image-splitter'] });
  const folder = [join(examples, 'articles')];
  for await (const item of articleStream(engine, 'article-reader', folder, [join(examples, 'pubmed.xml')]))
    if ('json' in item) articles.push(JSON.parse(item.json) as Article);
    else rejects.push(`${basename(item.reject.file)}: ${item.reject.error}`);
  for await (const item of articleStream(engine, 'patient-segmenter', folder, []))
    if ('json' in item) cases.push(JSON.parse(item.json) as CasesRow);
});

describe('articles of the sample', () => {
  test('all are read but the one that is cut off, which is refused with a sentence', () => {
    expect(articles).toHaveLength(16);
    expect(rejects).toEqual(['PMC99000017-cut-off.xml: The file is cut off: it ends inside <xref>.']);
  });

  test('they are of several formats, languages and licences', () => {
    const files = readdirSync(join(examples, 'articles'));
    for (const end of ['.xml', '.bioc.xml', '.json', '.txt'])
      expect(files.some((name) => name.endsWith(end))).toBe(true);
    expect(new Set(articles.map(({ language }) => language))).toEqual(new Set(['en', 'es', 'fr', 'pt', null]));
    expect(new Set(articles.map(({ license }) => license))).toEqual(
      new Set(['CC BY', 'CC BY-NC', 'CC BY-NC-ND', 'CC BY-NC-SA', 'CC BY-SA', 'CC0', null]),
    );
  });

  test('every one but the plain text has a title, an abstract, authors, keywords and MeSH terms', () => {
    const bare = articles.filter(
      (held) =>
        !held.title || !held.abstract || !held.authors.length || !held.keywords.length || !held.mesh_terms.length,
    );
    expect(bare.map(({ article_id }) => article_id)).toEqual(['yellow-hands']);
  });

  test('the sample stays small', () => {
    const bytes = ['articles', 'figures']
      .flatMap((folder) =>
        readdirSync(join(examples, folder)).map((name) => statSync(join(examples, folder, name)).size),
      )
      .reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });
});

describe('patients of the sample', () => {
  test('they are 23, with the ages and genders that the texts tell', () => {
    const told = cases.flatMap((row) =>
      row.cases.map(({ age, gender }) => `${row.article_id.replace('PMC990000', '')} ${age?.years} ${gender}`),
    );
    expect(told).toEqual([
      '01 58 Male', '02 61 Male', '02 49 Female', '02 67 Male', '03 34 Male', '04 23 Female', '05 0.5833 Male', '05 3 Female',
      '06 71 Female', '07 44 Male', '08 36 Female', '09 27 Male', '10 63 Female', '11 42 Female', '11 66 Male', '11 31 Male',
      '11 55 Female', '12 19 Male', '15 29 Male', '15 72 Male', '15 16 Male', '16 41 Male', 'yellow-hands 52 Female',
    ]); // prettier-ignore
  });

  test('the review has none, and says why', () => {
    expect(cases.filter((row) => row.cases.length === 0)).toMatchObject([
      { article_id: 'PMC99000013', skipped_reason: 'review' },
    ]);
  });

  test('a figure belongs to each patient who is shown in it', () => {
    const of = (id: string): string[] =>
      cases
        .flatMap((row) => row.cases)
        .filter((row) => row.case_id.startsWith(id))
        .map((row) => row.figures.join());
    expect(of('PMC99000002')).toEqual(['F1', 'F2', 'F3,F4']);
    expect(of('PMC99000011')).toEqual(['F1', 'F1', 'F1,F2', 'F1']);
  });
});

describe('figures of the sample', () => {
  test('they are 36, and one of the files that are named is missing', () => {
    const named = articles.flatMap((article) => article.figures.map(({ file }) => file));
    expect(named).toHaveLength(36);
    expect(named.filter((file) => pictureOf(file) === undefined)).toEqual(['legenda-12-g003.jpg', null]);
    expect(readdirSync(figures).sort()).toEqual(FIGURES.map(({ file }) => file));
    expect(named.map(pictureOf).filter(Boolean).sort()).toEqual(FIGURES.map(({ file }) => file));
  });

  test.each(FIGURES.map((figure) => [figure.file, figure] as const))(
    '%s is as drawn, and is cut as its caption says',
    async (file, plan) => {
      const bytes = readFileSync(join(figures, file));
      const drawn = draw(plan);
      const { raster } = await decode(file, bytes);
      expect([raster.width, raster.height]).toEqual([drawn.width, drawn.height]);
      expect(difference(raster, drawn)).toBeLessThan(3);

      const caption =
        articles.flatMap((article) => article.figures).find((figure) => pictureOf(figure.file) === file)?.caption ?? '';
      const told = engine.label(caption).subcaptions.length;
      expect(told).toBe(drawn.panels.length);
      const { panels } = await engine.processor('image-splitter').split({ file, bytes, expectedPanels: told });
      expect(panels).toHaveLength(told);
      if (told > 1)
        panels.forEach(({ x, y, width, height }, i) =>
          expect(overlap({ x0: x, y0: y, x1: x + width, y1: y + height }, drawn.panels[i])).toBeGreaterThan(0.85),
        );
    },
  );

  test('the example of the male brain tumour dataset finds several', () => {
    const men = cases
      .flatMap((row) => row.cases.map((held) => ({ ...held, article_id: row.article_id })))
      .filter(
        (held) => held.gender === 'Male' && (held.age?.years ?? 0) >= 18 && /tumor|cancer|carcinoma/i.test(held.text),
      );
    const found = men.flatMap((held) =>
      (articles.find(({ article_id }) => article_id === held.article_id)?.figures ?? [])
        .filter(({ figure_id, caption }) => held.figures.includes(figure_id) && /metastas|tumor|mass/i.test(caption))
        .filter(({ caption }) => {
          const { labels } = engine.label(caption, { ancestors: true });
          return labels.includes('mri') && labels.includes('head');
        })
        .map(({ file }) => file),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'legenda-01-g001.jpg',
        'legenda-01-g003.png',
        'legenda-02-g001.jpg',
        'legenda-02-g003.jpg',
        'legenda-03-g001.jpg',
        'legenda-15-g001.jpg',
      ]),
    );
    // A boy, a woman, and a man whose lesion was no tumour.
    for (const other of ['legenda-15-g003.jpg', 'legenda-02-g002.jpg', 'legenda-16-g001.jpg'])
      expect(found).not.toContain(other);
  });
});

/** Mean difference of the colours of two pictures, made small first, so that an encoder's traces do not count. */
function difference(a: Raster, b: Raster): number {
  const [left, right] = [shrink(a, 48).data, shrink(b, 48).data];
  return left.reduce((sum, level, i) => sum + Math.abs(level - right[i]), 0) / left.length;
}
