import { Args, Flags } from '@oclif/core';
import { chosenPlugins, type Config } from '../../core/config.js';
import type { BuildOptions, BuildSummary } from '../../core/pipeline/build/runBuild.js';
import type { Crew } from '../../core/pipeline/build/desk.js';
import type { Engine } from '../../core/engine.js';
import { packFlags } from '../base.js';
import { buildBar } from '../buildBar.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { PassCommand } from '../passCommand.js';

/** Below this number of files a second thread costs more to start than it saves. */
const FEW_FILES = 6;

/** How long a plugin may take for an article or a figure: large pictures take their time. */
const TIMEOUT_SECONDS = 120;

interface CrewFlags {
  readonly workers?: number;
  readonly timeout?: number;
}

export default class Build extends PassCommand {
  static override summary = 'Build a dataset from article files and their figure files.';
  static override description = `Reads articles (JATS, NLM, BioC, text), cuts them into patients, splits figures and captions into panels, labels them,
and writes tables (articles, cases, figures, images) and picture files. The folder may hold an earlier build: only what is new or
changed is done, so that the same command also goes on after an interruption.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> build articles/ --images figures/ -o my-dataset',
    '<%= config.bin %> build articles/ --images figures/ -o my-dataset --license cc-by,cc0',
    '<%= config.bin %> build articles/ -o my-dataset --dry-run',
  ];
  static override strict = false;
  static override args = { articles: Args.string({ required: true, description: 'article files and folders' }) };
  static override flags = {
    output: Flags.string({ char: 'o', required: true, description: 'folder of the dataset', helpValue: 'DATASET' }),
    images: Flags.string({
      multiple: true,
      description: 'folder of figure files, flat or by article (may be given several times)',
      helpValue: 'DIR',
    }),
    license: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description:
        'take only articles of these licences: cc-by, cc-by-nc, cc-by-nc-nd, cc-by-nc-sa, cc-by-sa, cc0, other, unknown',
      helpValue: 'LICENCE,…',
    }),
    metadata: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'PubMed XML with MeSH terms, joined by PMID, PMCID or DOI',
      helpValue: 'FILE',
    }),
    format: Flags.option({
      options: ['parquet', 'jsonl'] as const,
      default: 'parquet' as const,
      description: 'format of the tables',
    })(),
    ...packFlags,
    workers: Flags.integer({ min: 1, description: 'worker threads (default: one for each core, one for a few files)' }),
    timeout: Flags.integer({
      min: 1,
      description: `seconds that a plugin may take for one thing, then the article is rejected (default: ${TIMEOUT_SECONDS})`,
      helpValue: 'SECONDS',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'only say what would be done' }),
    resume: Flags.boolean({
      default: false,
      description: 'go on where an interrupted build stopped (this is what happens anyway)',
      exclusive: ['fresh'],
    }),
    fresh: Flags.boolean({ default: false, description: 'do everything again, whatever an earlier build did' }),
    'allow-rejects': Flags.boolean({ default: false, description: 'exit 0 although some files could not be read' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
    json: Flags.boolean({ default: false, description: 'print the summary as JSON on standard output' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Build);
    const { licensesOf } = await import('../../core/pipeline/build/licenses.js');
    const { assertReadable } = await import('../../core/pipeline/assertReadable.js');
    const { resolve } = await import('node:path');
    const wanted = licensesOf(flags.license ?? []);
    const articles = argv as string[];
    assertReadable([...articles, ...(flags.metadata ?? []), ...(flags.images ?? [])]);
    const config = await this.configOf(flags);
    const { BUILD_SLOTS, provenanceOf } = await import('../../core/pipeline/build/provenance.js');
    const { taxonomyFile } = await import('../../core/dataset/taxonomyFile.js');
    await this.rehearse(config, resolve(flags.output), flags);
    const engine = await this.engineOf(config, BUILD_SLOTS);
    const bar = buildBar(flags.quiet || !process.stderr.isTTY);
    const options: BuildOptions = {
      articles,
      images: flags.images ?? [],
      output: flags.output,
      metadata: flags.metadata ?? [],
      wanted,
      format: flags.format,
      fresh: flags.fresh,
      provenance: provenanceOf(engine, config),
      taxonomy: taxonomyFile(engine.pack.taxonomy),
      crew: (files) => this.crew(engine, config, resolve(flags.output), files, flags),
      onProgress: bar.update,
    };
    if (flags['dry-run']) {
      const { dryRun, printDryRun } = await import('../../core/pipeline/build/dryRun.js');
      const found = await dryRun(options, engine.processors('article-reader'));
      bar.end();
      this.log(flags.json ? JSON.stringify(found) : printDryRun(found, flags.output));
      return;
    }
    const { runBuild } = await import('../../core/pipeline/build/runBuild.js');
    const stop = this.stopOnSignal();
    const started = Date.now();
    try {
      const summary = await runBuild({ ...options, signal: stop.signal });
      bar.end();
      this.tell(summary, (Date.now() - started) / 1000, flags);
    } finally {
      bar.end();
      stop.off();
    }
  }

  /** This thread where it is enough: few files, and no plugin that may hang. */
  private async crew(engine: Engine, config: Config, output: string, files: number, flags: CrewFlags): Promise<Crew> {
    const { availableParallelism } = await import('node:os');
    const count = flags.workers ?? (files < FEW_FILES ? 1 : availableParallelism());
    const { BUILD_SLOTS } = await import('../../core/pipeline/build/provenance.js');
    if (count === 1 && !this.watchOf(config, BUILD_SLOTS, flags.timeout)) {
      const { inlineCrew } = await import('../../core/pipeline/build/buildFile.js');
      return inlineCrew(engine, output);
    }
    const { keepToOwnCores } = await import('../../core/pipeline/keepToOwnCores.js');
    keepToOwnCores(count);
    return this.watchedCrew(config, output, count, flags.timeout);
  }

  /**
   * Sets up a plugin that may hang under the watch of a worker first: in this thread, which needs it too, nobody could tell.
   * @throws PluginError where it does not come to an end
   */
  private async rehearse(config: Config, output: string, { timeout }: CrewFlags): Promise<void> {
    const { BUILD_SLOTS } = await import('../../core/pipeline/build/provenance.js');
    if (!this.watchOf(config, BUILD_SLOTS)) return;
    const crew = await this.watchedCrew(config, output, 1, timeout);
    await crew.close();
  }

  private async watchedCrew(config: Config, output: string, count: number, timeout = TIMEOUT_SECONDS): Promise<Crew> {
    const { BUILD_SLOTS } = await import('../../core/pipeline/build/provenance.js');
    const { workerCrew } = await import('../../core/pipeline/build/crew.js');
    const plugins = chosenPlugins(config, BUILD_SLOTS).map(({ plugin, slot }) => ({ name: plugin, slot }));
    return workerCrew({
      script: new URL('../buildWorker.js', import.meta.url),
      data: { config, slots: BUILD_SLOTS, output, together: count > 1 },
      count,
      timeout,
      plugins,
    });
  }

  private tell(
    summary: BuildSummary,
    seconds: number,
    flags: {
      readonly output: string;
      readonly quiet: boolean;
      readonly json: boolean;
      readonly 'allow-rejects': boolean;
    },
  ): void {
    const {
      articles,
      cases,
      figures,
      images,
      pictures,
      missing,
      ambiguous,
      built,
      unchanged,
      removed,
      excluded,
      rejects,
      damaged,
    } = summary;
    const say = (line: string): void => void (flags.quiet || process.stderr.write(`${line}\n`));
    if (flags.json) this.log(JSON.stringify({ ...summary, seconds, ...costs() }));
    if (damaged > 0)
      say(
        `legenda: ${damaged} damaged ${damaged === 1 ? 'line of the journal was left out and its article' : 'lines of the journal were left out and their articles'} done again`,
      );
    if (summary.interrupted) {
      say(`legenda: interrupted after ${built} articles; the same command goes on from here`);
      process.exitCode = 130;
      return;
    }
    const n = (count: number, one: string, many = `${one}s`): string =>
      `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
    const tell = (line: string): void => void (process.stderr.isTTY && say(line));
    tell(
      `${flags.output}: ${n(articles, 'article')}, ${n(cases, 'case')}, ${n(figures, 'figure')}, ${n(images, 'image')} (${pictures.toLocaleString('en')} with a picture) in ${seconds.toFixed(1)} s`,
    );
    const notes = [
      ...(unchanged > 0 ? [`${n(built, 'article')} done, ${unchanged.toLocaleString('en')} unchanged`] : []),
      ...(removed > 0 ? [`${n(removed, 'article file')} gone since the last build`] : []),
      ...(excluded > 0 ? [`${n(excluded, 'article')} left out by licence`] : []),
      ...(missing > 0 ? [`${n(missing, 'figure')} without a file`] : []),
      ...(ambiguous > 0
        ? [`${n(ambiguous, 'figure')} with several files of the same name (reason several-files)`]
        : []),
    ];
    if (notes.length > 0) tell(notes.join('; '));
    if (rejects > 0) {
      say(`legenda: ${n(rejects, 'reject')}: see ${flags.output}/rejects.jsonl`);
      if (!flags['allow-rejects']) process.exitCode = EXIT.findings;
    }
  }
}

/** Processor time and memory of this process with all its threads: what a measurement on a busy machine can rely on. */
function costs(): { readonly cpu_seconds: number; readonly peak_mb: number } {
  const { user, system } = process.cpuUsage();
  return { cpu_seconds: (user + system) / 1e6, peak_mb: Math.round(process.resourceUsage().maxRSS / 1024) };
}
