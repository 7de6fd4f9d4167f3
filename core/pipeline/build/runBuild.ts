import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TaxonomyFile } from '../../dataset/manifest.js';
import { LAYOUT } from '../../dataset/layout.js';
import { readPubmed, type PubmedIndex } from '../pubmed.js';
import { articleFiles, type ArticleFile } from './articleFiles.js';
import { articleStem, FigureFiles } from './figureFiles.js';
import {
  NO_SECONDS,
  type Answer,
  type Crew,
  type Desk,
  type FileOutcome,
  type Question,
  type StageSeconds,
} from './desk.js';
import { diskFailure } from './diskFailure.js';
import { Journal, type KnownArticle } from './journal.js';
import { takeLock } from './lock.js';
import { openOutput } from './openOutput.js';
import { brokenArticles, groupArticles, orderArticles, type OrderedArticles } from './order.js';
import {
  isWanted,
  planFile,
  pubmedHash,
  stands,
  type PlannedFile,
  type Standing,
  type WantedLicenses,
} from './plan.js';
import type { Provenance } from './provenance.js';
import { addSeconds } from './stopwatch.js';
import { writeDataset, type DatasetCounts } from './writeDataset.js';

export interface BuildOptions {
  /** Article files and folders. */
  readonly articles: readonly string[];
  /** Folders of figure files. */
  readonly images: readonly string[];
  /** The dataset's folder. */
  readonly output: string;
  /** PubMed XML that is joined to the articles. */
  readonly metadata: readonly string[];
  readonly wanted: WantedLicenses;
  readonly format: 'parquet' | 'jsonl';
  /** Does everything again. */
  readonly fresh: boolean;
  readonly provenance: Provenance;
  readonly taxonomy: TaxonomyFile;
  /** Called when there is work, with the number of files: who does it. */
  readonly crew: (files: number) => Promise<Crew>;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** Stops the build at the next article file; the same command goes on from there. */
  readonly signal?: AbortSignal;
}
export interface BuildProgress {
  readonly stage: 'scan' | 'articles' | 'tables' | 'images';
  /** Share of the stage that is done, 0 to 1. */
  readonly done: number;
  /** Articles so far in this stage. */
  readonly articles: number;
  readonly rejects: number;
}
export interface BuildSummary extends DatasetCounts {
  readonly files: number;
  /** Articles worked on in this run, and those that stood from before. */
  readonly built: number;
  readonly unchanged: number;
  /** Article files that are gone since the last run. */
  readonly removed: number;
  readonly excluded: number;
  readonly rejects: number;
  /** Lines of the journal that were damaged; their articles were done again. */
  readonly damaged: number;
  readonly interrupted: boolean;
  /** Working seconds of each stage, all workers together. */
  readonly stages: StageSeconds;
}

/** A file larger than this has many articles: all workers share it. */
const SHARED_BYTES = 4 << 20;

/**
 * Builds a dataset: every article once, into a journal; then, in natural order of ids, from the journal into the tables.
 * The folder may hold an earlier build: what stands of it is kept, so that the same command goes on after a kill, and does only
 * what is new or changed.
 *
 * @throws UsageError where something cannot be read or written, or another build is at work on the folder
 */
export async function runBuild(options: BuildOptions): Promise<BuildSummary> {
  const files = articleFiles(options.articles, options.output);
  const figures = figuresOf(options.images, files);
  const pubmed = options.metadata.length > 0 ? await readPubmed(options.metadata) : null;
  const work = join(options.output, LAYOUT.work);
  try {
    openOutput(options.output, work);
    const lock = takeLock(join(work, 'lock'), options.output);
    try {
      if (options.fresh) rmSync(join(work, JOURNAL), { force: true });
      const journal = Journal.open(join(work, JOURNAL), options.provenance.fingerprint)!;
      try {
        return await new Build(options, files, figures, pubmed, journal).run();
      } finally {
        journal.close();
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    throw diskFailure(error, options.output);
  }
}

export const JOURNAL = 'journal.jsonl';

/** The folders of images, and whose they are. */
export const figuresOf = (images: readonly string[], files: readonly ArticleFile[]): FigureFiles =>
  new FigureFiles(images, new Set(files.map(({ path }) => articleStem(path))));

class Build {
  private readonly standing: Standing;
  private readonly forced = new Set<KnownArticle>();
  private seconds: StageSeconds = NO_SECONDS;
  private rejects = 0;
  /** Articles that were done in this run, and those of them that were left out by licence. */
  private readonly taken = new Set<string>();
  private readonly leftOut = new Set<string>();

  constructor(
    private readonly options: BuildOptions,
    private readonly files: readonly ArticleFile[],
    figures: FigureFiles,
    pubmed: PubmedIndex | null,
    private readonly journal: Journal,
  ) {
    this.standing = { journal, figures, pubmed, wanted: options.wanted };
  }

  async run(): Promise<BuildSummary> {
    const { options, journal } = this;
    const here = new Set(this.files.map(({ file }) => file));
    const removed = [...journal.fileNames].filter((name) => !here.has(name)).length;
    const planned = await this.plan();
    const todo = planned.filter(({ done }) => !done);
    let crew: Crew | undefined;
    const hire = async (): Promise<Crew> => (crew ??= await options.crew(Math.max(1, todo.length)));
    try {
      if (todo.length > 0) await this.work(todo, await hire());
      if (options.signal?.aborted) return this.summary(null, removed, true);
      const { articles, rejects } = await this.settle(planned, hire);
      journal.sync();
      const counts = await writeDataset({
        options,
        journal,
        articles,
        rejects,
        onProgress: (stage, done, count) => this.progress(stage, done, count),
      });
      journal.compact(new Set(planned.map(({ file }) => file)));
      this.rejects = rejects.length;
      return this.summary(counts, removed, false);
    } finally {
      await crew?.close();
    }
  }

  private async plan(): Promise<PlannedFile[]> {
    const planned: PlannedFile[] = [];
    for (const [i, file] of this.files.entries()) {
      const plan = await planFile(this.standing, file);
      // A file that disappeared is as one that was never there.
      if (plan) planned.push(plan);
      this.progress('scan', (i + 1) / this.files.length, i + 1);
    }
    return planned;
  }

  /** Has the files worked on, as many at once as there are hands; a large file by all of them. */
  private async work(todo: readonly PlannedFile[], crew: Crew): Promise<void> {
    const { signal } = this.options;
    const total = todo.reduce((sum, { size }) => sum + size, 0) || 1;
    const tasks = todo.flatMap((file) => {
      const of = file.size > SHARED_BYTES ? crew.width : 1;
      const outcomes: FileOutcome[] = [];
      return Array.from({ length: of }, (_, share) => ({ file, share, of, outcomes }));
    });
    let next = 0;
    let done = 0;
    let failed = false;
    const hand = async (): Promise<void> => {
      while (next < tasks.length && !failed && !signal?.aborted) {
        const { file, share, of, outcomes } = tasks[next++];
        try {
          outcomes.push(
            await crew.run({ path: file.path, file: file.file, sha256: file.sha256, share, of }, this.desk),
          );
        } catch (error) {
          failed = true;
          throw error;
        }
        if (outcomes.length === of && outcomes.every(({ stopped }) => !stopped)) this.complete(file, outcomes);
        done += file.size / of;
        this.progress('articles', done / total, this.taken.size);
      }
    };
    const hands = await Promise.allSettled(Array.from({ length: crew.width }, hand));
    for (const result of hands) if (result.status === 'rejected') throw result.reason;
  }

  /** Notes that a file is done. */
  private complete({ file, sha256, stamp }: PlannedFile, outcomes: readonly FileOutcome[]): void {
    const rejects = outcomes.flatMap((outcome) => outcome.rejects);
    this.rejects += rejects.length;
    this.seconds = outcomes.reduce((sum, { seconds }) => addSeconds(sum, seconds), this.seconds);
    const articles = Math.max(...outcomes.map((outcome) => outcome.articles));
    this.journal.append({ kind: 'file', file, sha256, stamp, articles, rejects });
  }

  private readonly desk: Desk = {
    ask: (question) => this.answer(question),
    take: (head, rows) => {
      this.journal.append(head, rows);
      const key = `${head.file}\n${head.nth}`;
      this.taken.add(key);
      if (head.excluded) this.leftOut.add(key);
      this.rejects += head.rejects.length;
    },
  };

  private answer(question: Question): Answer {
    const { file, nth, sha256, path, figures } = question;
    const known = this.journal.article(file, nth);
    if (known?.sha256 === sha256 && !this.forced.has(known) && stands(this.standing, known, path))
      return { kind: 'known' };
    if (this.options.signal?.aborted) return { kind: 'stop' };
    if (!isWanted(this.options.wanted, question.license)) return { kind: 'excluded' };
    const pubmed = this.standing.pubmed?.find(question) ?? null;
    const owner = { ...question, file: path };
    const found = figures.map((query) => this.standing.figures.find(owner, query));
    return { kind: 'go', pubmed, pubmedHash: pubmedHash(pubmed), files: found };
  }

  /** What goes into the tables. An article whose images are not in their place is done again first. */
  private async settle(planned: readonly PlannedFile[], hire: () => Promise<Crew>): Promise<OrderedArticles> {
    const { journal, options } = this;
    const broken = brokenArticles(groupArticles(planned, journal, options.wanted), journal, options.output);
    if (broken.length > 0) {
      for (const { known } of broken) this.forced.add(known);
      await this.work([...new Set(broken.map(({ plan }) => plan))], await hire());
    }
    return orderArticles(planned, journal, options.wanted);
  }

  private progress(stage: BuildProgress['stage'], done: number, articles: number): void {
    this.options.onProgress?.({ stage, done, articles, rejects: this.rejects });
  }

  private summary(counts: DatasetCounts | null, removed: number, interrupted: boolean): BuildSummary {
    const none: DatasetCounts = {
      articles: 0,
      cases: 0,
      figures: 0,
      images: 0,
      pictures: 0,
      missing: 0,
      ambiguous: 0,
      licenses: {},
    };
    return {
      ...(counts ?? none),
      files: this.files.length,
      built: this.taken.size - this.leftOut.size,
      unchanged:
        this.files.reduce((sum, { file }) => sum + (this.journal.files.get(file)?.articles ?? 0), 0) - this.taken.size,
      removed,
      excluded: this.excluded(),
      rejects: this.rejects,
      damaged: this.journal.damaged,
      interrupted,
      stages: this.seconds,
    };
  }

  private excluded(): number {
    let n = 0;
    for (const { file } of this.files) {
      const articles = this.journal.files.get(file)?.articles ?? 0;
      for (let nth = 0; nth < articles; nth++) {
        const known = this.journal.article(file, nth);
        if (known && !isWanted(this.options.wanted, known.license)) n++;
      }
    }
    return n;
  }
}
