import type { Article } from '../../article/types.js';
import { KindReader } from '../../dataset/build/kinds.js';
import type { Beacon } from '../../plugin/beacon.js';
import { PluginError } from '../../plugin/pluginError.js';
import type { Engine } from '../../engine.js';
import { readArticles } from '../articles.js';
import { placeReader } from '../pairPlaces.js';
import { joinPubmed, PubmedIndex, type PubmedRecord } from '../pubmed.js';
import type { BuildTools } from './buildFigure.js';
import { buildArticle, figureQueries } from './buildArticle.js';
import type { Crew, Desk, FileOutcome, FileTask } from './desk.js';
import type { ArticleHead, BuildReject } from './journalEntry.js';
import { mentionReader } from './panelMentions.js';
import { specialtyReader } from './specialties.js';
import { Stopwatch } from './stopwatch.js';
import { DiskError } from './writeImage.js';

/** Works on article files with an engine, one article at a time. */
export class FileBuilder {
  private readonly tools: Omit<BuildTools, 'watch'>;

  /**
   * @param output the dataset's folder
   * @param together as in `BuildTools`
   */
  constructor(
    private readonly engine: Engine,
    output: string,
    together: boolean,
    private readonly beacon?: Beacon,
  ) {
    this.tools = {
      engine,
      placeOf: placeReader(engine.context),
      mentionsOf: mentionReader(engine.context),
      specialtiesOf: specialtyReader(engine.context),
      kinds: new KindReader(engine.pack.taxonomy),
      output,
      together,
      beat: () => beacon?.step(),
    };
  }

  /** Reads the articles of a file, and hands each to the desk when it is done. @throws DiskError */
  async build(task: FileTask, desk: Desk): Promise<FileOutcome> {
    const watch = new Stopwatch();
    const tools: BuildTools = { ...this.tools, watch };
    const rejects: BuildReject[] = [];
    let nth = -1;
    const articles = readArticles([task.path], this.engine.processors('article-reader'))[Symbol.asyncIterator]();
    for (;;) {
      this.beacon?.line(nth + 2);
      const next = await watch.time('read', () => articles.next());
      if (next.done) break;
      if ('reject' in next.value) {
        if (task.share === 0)
          rejects.push({ file: task.path, stage: 'article-reader', error: next.value.reject.error });
        continue;
      }
      nth++;
      if (nth % task.of !== task.share) continue;
      if ((await this.one(tools, next.value.article, nth, task, desk)) === 'stop') {
        void articles.return?.(undefined);
        this.beacon?.line(0);
        return { articles: nth, rejects, seconds: watch.seconds, stopped: true };
      }
    }
    this.beacon?.line(0);
    return { articles: nth + 1, rejects, seconds: watch.seconds };
  }

  private async one(tools: BuildTools, read: Article, nth: number, task: FileTask, desk: Desk): Promise<'stop' | void> {
    const { article_id, pmcid, pmid, doi, license } = read;
    const { path, file, sha256 } = task;
    const figures = figureQueries(read);
    const answer = await desk.ask({ nth, article_id, pmcid, pmid, doi, license, path, file, sha256, figures });
    if (answer.kind === 'known') return;
    if (answer.kind === 'stop') return 'stop';
    const head = { kind: 'article', file, sha256, nth, article_id, pmcid, pmid, doi, license, pubmed: null } as const;
    const nothing = { figures: [], images: [], rejects: [] };
    if (answer.kind === 'excluded') return desk.take({ ...head, ...nothing, excluded: true }, '');
    const article = answer.pubmed ? joined(read, answer.pubmed) : read;
    const ready = { ...head, pubmed: answer.pubmedHash, excluded: false };
    const refused = task.refused?.get(nth);
    if (refused) {
      const reject: BuildReject = { file: path, stage: refused.stage, error: `${article_id}: ${refused.error}` };
      return desk.take({ ...ready, ...nothing, rejects: [reject] }, '');
    }
    try {
      const { rows, ...done } = await buildArticle(tools, article, task, answer);
      await desk.take({ ...ready, ...done }, JSON.stringify(rows));
    } catch (error) {
      if (error instanceof DiskError) throw error;
      const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
      const reject: BuildReject = {
        file: path,
        stage: error instanceof PluginError ? error.slot : 'patient-segmenter',
        error: `${article_id}: ${message}`,
      };
      await desk.take({ ...ready, ...nothing, rejects: [reject] } satisfies ArticleHead, '');
    }
  }
}

function joined(article: Article, record: PubmedRecord): Article {
  const index = new PubmedIndex();
  index.add(record);
  return joinPubmed(article, index);
}

/** Works in this thread, and keeps to one core. */
export function inlineCrew(engine: Engine, output: string): Crew {
  const builder = new FileBuilder(engine, output, false);
  return { width: 1, run: (task, desk) => builder.build(task, desk), close: () => Promise.resolve() };
}
