import type { Article, Author } from '../../article/types.js';
import type { ArticleRow, CaseRow } from '../../dataset/rows.js';
import type { Segmentation } from '../../plugin/contract.js';
import type { Answer, FileTask } from './desk.js';
import { allOrNone } from './allOrNone.js';
import { finishFigure, seeFigure, type BuiltFigure, type FigureJob, type BuildTools } from './buildFigure.js';
import type { ArticleRows, BuildReject, FigureQuery, FigureSource } from './journalEntry.js';
import type { WrittenImage } from './writeImage.js';

export interface BuiltArticle {
  readonly rows: ArticleRows;
  readonly figures: readonly FigureSource[];
  readonly images: readonly WrittenImage[];
  readonly rejects: readonly BuildReject[];
}

/** What is looked for as the file of each of an article's figures. */
export function figureQueries({ figures }: Article): FigureQuery[] {
  return figures.map(({ figure_id, file, files }) => ({
    figure_id,
    names: [...new Set([...(file === null ? [] : [file]), ...(files ?? [])])],
  }));
}

/**
 * Makes all rows and picture files of an article.
 * @throws Error where the segmenter or demographics fail: the article is a reject; DiskError where a picture cannot be written
 */
export async function buildArticle(
  tools: BuildTools,
  article: Article,
  task: FileTask,
  answer: Extract<Answer, { kind: 'go' }>,
): Promise<BuiltArticle> {
  const { engine, watch } = tools;
  const segmentation = watch.time('segment', () => engine.processor('patient-segmenter').segment(article));
  const ids = figureIds(article);
  const cases = watch.time('segment', () => segmentation.cases.map((c) => caseRow(tools, article, c, ids)));
  const jobs = article.figures.map((figure, i): FigureJob => {
    const figureId = ids[i].id;
    const own = cases.filter((c) => c.figures.some((f) => f.figure_id === figureId));
    return { article, figure, figureId, cases: own, file: answer.files[i] };
  });
  const built = await buildFigures(tools, jobs);
  const images = built.flatMap((b) => b.images);
  const row = articleRow(tools, article, task, segmentation.skipped_reason, {
    cases: cases.length,
    figures: built.length,
    images: images.length,
  });
  const queries = figureQueries(article);
  return {
    rows: { article: row, cases, figures: built.map((b) => b.row), images },
    figures: built.map(({ used }, i) => ({
      ...queries[i],
      used,
      ambiguous: (answer.files[i]?.rivals.length ?? 0) > 0,
      lost: used === null && answer.files[i] !== null,
    })),
    images: built.flatMap((b) => b.written),
    rejects: built.flatMap((b) => b.rejects).map((r) => (r.file === article.file ? { ...r, file: task.path } : r)),
  };
}

/** The figures in their order; with `together`, one is still being written while the next is looked at. */
async function buildFigures(tools: BuildTools, jobs: readonly FigureJob[]): Promise<BuiltFigure[]> {
  const built: Promise<BuiltFigure>[] = [];
  for (const job of jobs) {
    const done = finishFigure(tools, await seeFigure(tools, job));
    built.push(done);
    // What fails is thrown at the end, when nothing is being written any more.
    done.catch(() => undefined);
    // At most one figure's pixels wait.
    await Promise.allSettled(tools.together ? built.slice(-2, -1) : [done]);
  }
  return allOrNone(built);
}

interface FigureId {
  readonly given: string;
  readonly id: string;
}

/** Ids of the figures in the dataset. Where an article has an id twice, the later one is numbered. */
function figureIds({ article_id, figures }: Article): FigureId[] {
  const times = new Map<string, number>();
  return figures.map(({ figure_id: given }) => {
    // Names of files must differ in more than case: not every system tells case.
    const key = given.toLowerCase();
    const n = (times.get(key) ?? 0) + 1;
    times.set(key, n);
    return { given, id: `${article_id}_${given}${n === 1 ? '' : `_${n}`}` };
  });
}

function caseRow(
  { engine }: BuildTools,
  article: Article,
  from: Segmentation['cases'][number],
  ids: readonly FigureId[],
): CaseRow {
  const { text } = from;
  const { age, gender } = engine.processor('demographics').read(engine.doc(text));
  return {
    case_id: from.case_id,
    article_id: article.article_id,
    case_text: text,
    age: age?.years ?? null,
    age_value: age?.value ?? null,
    age_unit: age?.unit ?? null,
    age_from: age?.range?.[0] ?? null,
    age_to: age?.range?.[1] ?? null,
    age_text: age ? text.slice(age.start, age.end) : null,
    gender,
    language: article.language,
    license: article.license,
    figures: from.figures.flatMap(({ figure_id, mentions, text_references }) => {
      const known = ids.find(({ given }) => given === figure_id);
      return known ? [{ figure_id: known.id, mentions, text_references }] : [];
    }),
  };
}

function articleRow(
  { specialtiesOf }: BuildTools,
  article: Article,
  { file, sha256 }: FileTask,
  skipped_reason: string | null,
  amounts: { readonly cases: number; readonly figures: number; readonly images: number },
): ArticleRow {
  return {
    article_id: article.article_id,
    file,
    file_sha256: sha256,
    language: article.language,
    article_type: article.article_type,
    title: article.title,
    authors: article.authors.map(authorName),
    journal: article.journal,
    year: article.year,
    published: article.published ?? null,
    doi: article.doi,
    pmid: article.pmid,
    pmcid: article.pmcid,
    keywords: article.keywords,
    mesh_terms: article.mesh_terms,
    major_mesh_terms: article.major_mesh_terms ?? [],
    publication_types: article.publication_types,
    subjects: article.subjects ?? [],
    specialties: specialtiesOf(article),
    abstract: article.abstract,
    link: linkOf(article),
    license: article.license,
    case_amount: amounts.cases,
    figure_amount: amounts.figures,
    image_amount: amounts.images,
    skipped_reason,
    warnings: article.warnings ?? [],
  };
}

const authorName = ({ given_names, surname }: Author): string => (given_names ? `${given_names} ${surname}` : surname);

function linkOf({ pmcid, doi, pmid }: Article): string | null {
  if (pmcid !== null) return `https://pmc.ncbi.nlm.nih.gov/articles/${pmcid}/`;
  if (doi !== null) return `https://doi.org/${doi}`;
  return pmid === null ? null : `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`;
}
