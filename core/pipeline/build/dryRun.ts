import { join } from 'node:path';
import { LAYOUT } from '../../dataset/layout.js';
import type { ArticleReader } from '../../plugin/contract.js';
import { readArticles } from '../articles.js';
import { readPubmed } from '../pubmed.js';
import { articleFiles } from './articleFiles.js';
import { figureQueries } from './buildArticle.js';
import { Journal } from './journal.js';
import { isWanted, planFile, type Standing } from './plan.js';
import { figuresOf, JOURNAL, type BuildOptions } from './runBuild.js';

/** What a build would do. */
export interface DryRun {
  readonly files: number;
  /** Article files that an earlier build did not see, that have changed (or their figures, or what reads them), and that stand. */
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Article files of an earlier build that are gone: their rows and images would go. */
  readonly removed: number;
  /** Articles in the new and changed files. */
  readonly articles: number;
  readonly excluded: number;
  readonly unreadable: readonly { readonly file: string; readonly error: string }[];
  readonly figures: number;
  readonly found: number;
  /** Figures without a file, by article. */
  readonly missing: readonly { readonly article_id: string; readonly figures: readonly string[] }[];
  /** Figures of which several files fit, and the one that would be taken. */
  readonly ambiguous: readonly {
    readonly article_id: string;
    readonly figure: string;
    readonly taken: string;
    readonly others: readonly string[];
  }[];
  /** Picture files in the folders of images. */
  readonly pictures: number;
}

/** Finds out what a build would do; writes nothing. */
export async function dryRun(options: BuildOptions, readers: readonly ArticleReader[]): Promise<DryRun> {
  const files = articleFiles(options.articles, options.output);
  const figures = figuresOf(options.images, files);
  const pubmed = options.metadata.length > 0 ? await readPubmed(options.metadata) : null;
  const path = join(options.output, LAYOUT.work, JOURNAL);
  const journal = options.fresh ? null : Journal.open(path, options.provenance.fingerprint, 'read');
  const found = { new: 0, changed: 0, unchanged: 0, articles: 0, excluded: 0, figures: 0, found: 0 };
  const unreadable: { file: string; error: string }[] = [];
  const missing: { article_id: string; figures: string[] }[] = [];
  const ambiguous: DryRun['ambiguous'][number][] = [];
  for (const [i, file] of files.entries()) {
    options.onProgress?.({ stage: 'scan', done: (i + 1) / files.length, articles: i, rejects: unreadable.length });
    if (journal) {
      const standing: Standing = { journal, figures, pubmed, wanted: options.wanted };
      const plan = await planFile(standing, file);
      if (plan?.done) {
        found.unchanged++;
        continue;
      }
      if (plan?.seen) found.changed++;
      else found.new++;
    } else found.new++;
    for await (const result of readArticles([file.path], readers)) {
      if ('reject' in result) {
        unreadable.push(result.reject);
        continue;
      }
      const { article } = result;
      if (!isWanted(options.wanted, article.license)) {
        found.excluded++;
        continue;
      }
      found.articles++;
      const without: string[] = [];
      for (const query of figureQueries(article)) {
        const { figure_id } = query;
        found.figures++;
        const hit = figures.find({ ...article, file: file.path }, query);
        if (hit === null) without.push(figure_id);
        else found.found++;
        if (hit && hit.rivals.length > 0) {
          ambiguous.push({ article_id: article.article_id, figure: figure_id, taken: hit.path, others: hit.rivals });
        }
      }
      if (without.length > 0) missing.push({ article_id: article.article_id, figures: without });
    }
  }
  const here = new Set(files.map(({ file }) => file));
  const removed = journal ? [...journal.fileNames].filter((name) => !here.has(name)).length : 0;
  journal?.close();
  return { files: files.length, ...found, removed, unreadable, missing, ambiguous, pictures: figures.size };
}

/** Lines of a list that are shown. */
const SHOWN = 20;

/** What a build would do, for people. */
export function printDryRun(found: DryRun, output: string): string {
  const { files, unchanged, changed, removed, articles, excluded, figures, unreadable, missing, ambiguous, pictures } =
    found;
  const missed = missing.reduce((sum, m) => sum + m.figures.length, 0);
  const list = (items: readonly string[]): string[] => [
    ...items.slice(0, SHOWN).map((item) => `  ${item}`),
    ...(items.length > SHOWN ? [`  … and ${items.length - SHOWN} more (all of them: --json)`] : []),
  ];
  return [
    `Nothing was written. A build of ${output} would take:`,
    `article files   ${files}: ${found.new} new, ${changed} changed, ${unchanged} unchanged${removed > 0 ? `, ${removed} gone (their rows and images would be removed)` : ''}`,
    `to be done      ${articles} articles with ${figures} figures${excluded > 0 ? `; ${excluded} articles left out by licence` : ''}`,
    `figure files    ${found.found} found, ${missed} missing (${pictures} pictures in the folders of images)`,
    ...(missing.length > 0
      ? ['missing:', ...list(missing.map((m) => `${m.article_id}: ${m.figures.join(', ')}`))]
      : []),
    ...(ambiguous.length > 0
      ? [
          'several files:',
          ...list(ambiguous.map((a) => `${a.article_id} ${a.figure}: ${a.taken}, not ${a.others.join(', ')}`)),
        ]
      : []),
    ...(unreadable.length > 0 ? ['cannot be read:', ...list(unreadable.map((u) => `${u.file}: ${u.error}`))] : []),
  ].join('\n');
}
