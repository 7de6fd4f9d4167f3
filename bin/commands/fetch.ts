import { Flags, type Interfaces } from '@oclif/core';
import type { Config } from '../../core/config.js';
import type { Asked, DryRun, FetchSetup, IdLine, LicenseFilter, Pictures } from '../../core/fetch/index.js';
import type { ArticleIds } from '../../core/plugin/contract.js';
import { LegendaCommand } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { duration, fetchBar, summaryText } from '../fetchProgress.js';

export default class Fetch extends LegendaCommand {
  static override summary = 'Fetch articles and their figures, from a query or a list of ids.';
  static override description = `Brings what 'legenda build' reads: OUT/PMC123/PMC123.xml with its figure files beside it,
OUT/manifest.jsonl (one line an article) and OUT/pubmed.mesh (MeSH terms, for --metadata).
The same command again goes on where it stopped and tries again what failed; nothing is fetched twice.

${EXIT_HELP}`;
  static override examples = [
    `<%= config.bin %> fetch --query 'case reports[pt] AND brain tumor' --from 2015 --to 2024 --license cc-by,cc0 --email you@lab.org -o articles/`,
    '<%= config.bin %> fetch --ids pmcids.txt -o articles/',
    '<%= config.bin %> fetch -o articles/ --update',
  ];
  static override flags = {
    output: Flags.string({ char: 'o', required: true, description: 'folder for the articles', helpValue: 'DIR' }),
    query: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'query in the language of the source that searches (of PubMed by default)',
    }),
    from: Flags.string({ description: 'first day of publication: 2015, 2015-03 or 2015-03-09', helpValue: 'DAY' }),
    to: Flags.string({ description: 'last day of publication', helpValue: 'DAY' }),
    id: Flags.string({ multiple: true, multipleNonGreedy: true, description: 'a PMCID, PMID or DOI', helpValue: 'ID' }),
    ids: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'a file with one of them a line; - for standard input',
      helpValue: 'FILE',
    }),
    license: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description:
        'licences that are wanted, joined by commas: cc0, cc-by, cc-by-sa, cc-by-nc, cc-by-nc-sa, cc-by-nc-nd, cc (all of these; the default), other, unknown, any, tdm (manuscripts for mining only)',
      helpValue: 'LICENCES',
    }),
    pictures: Flags.string({
      options: ['figures', 'all', 'none'],
      default: 'figures',
      description: 'which pictures of an article',
    }),
    mesh: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'fetch PubMed records with MeSH terms (--no-mesh: not)',
    }),
    limit: Flags.integer({ min: 1, description: 'at most so many articles in this run', helpValue: 'N' }),
    update: Flags.boolean({
      default: false,
      description: 'search again for what is new since the last run; without --query, every search of the folder',
    }),
    verify: Flags.boolean({
      default: false,
      description: 'check the hash of every file and fetch nothing; what is damaged is fetched by the next run',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'count and fetch nothing' }),
    source: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'a source to use, in order, instead of those of the config (may be given several times)',
      helpValue: 'NAME',
    }),
    email: Flags.string({ description: 'your address, which NCBI asks for (or LEGENDA_EMAIL)' }),
    'api-key': Flags.string({
      description: 'key of NCBI: 10 requests a second instead of 3 (better: NCBI_API_KEY)',
      helpValue: 'KEY',
    }),
    rate: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'requests a second of a service: pmc-cloud=10',
      helpValue: 'NAME=N',
    }),
    'base-url': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'another address of a service (or LEGENDA_BASE_URL)',
      helpValue: 'NAME=URL',
    }),
    attempts: Flags.integer({ min: 1, description: 'how often a request is tried (default 8)', helpValue: 'N' }),
    timeout: Flags.integer({
      min: 1,
      description: 'seconds without a byte after which a request has failed (default 60)',
      helpValue: 'S',
    }),
    jobs: Flags.integer({ min: 1, description: 'articles at once (default 8)', helpValue: 'N' }),
    cache: Flags.string({
      description: 'folder of the cache, which several folders of articles may share (default: OUT/.legenda/cache)',
      helpValue: 'DIR',
    }),
    config: Flags.string({
      description: 'config file (default: legenda.config.yaml here, if there is one)',
      helpValue: 'FILE',
    }),
    'allow-rejects': Flags.boolean({ default: false, description: 'exit 0 although some articles could not be had' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
    json: Flags.boolean({ default: false, description: 'print the summary as JSON on standard output' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Fetch);
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    try {
      if (flags.verify) await this.verify(flags, stop.signal);
      else await this.fetch(flags, stop.signal);
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  }

  private async fetch(flags: FetchCommandFlags, signal: AbortSignal): Promise<void> {
    const core = await import('../../core/fetch/index.js');
    const filter = core.licenseFilter(flags.license ?? []);
    const asked = await this.asked(flags, filter);
    const { ids, rejects } = await readIds(flags);
    const setup = await this.setup(flags, filter, signal);
    if (flags['dry-run']) return this.dryRun(flags, setup, asked, ids);
    if (!setup.settings.identity.email && !flags.quiet && process.stderr.isTTY) {
      process.stderr.write('legenda: NCBI asks for an address: --email or LEGENDA_EMAIL\n');
    }
    const folder = await core.openFolder(flags.output, setup);
    const bar = fetchBar(flags.quiet || !process.stderr.isTTY);
    const started = Date.now();
    try {
      const { jobs } = setup.settings;
      const { work, searches } = folder;
      const all = asked.length > 0 || !flags.update ? asked : searches.list;
      const options = {
        asked: all,
        ids,
        update: flags.update,
        jobs,
        limit: flags.limit,
        mesh: flags.mesh,
        onProgress: bar.update,
      };
      const summary = await core.fetchPass(work, searches, options);
      bar.end();
      const seconds = (Date.now() - started) / 1000;
      const rejectsFile = await core.writeIdRejects(flags.output, rejects);
      if (flags.json)
        this.log(JSON.stringify({ ...summary, rejected_ids: rejects.length, rejects_file: rejectsFile, seconds }));
      const bad = summary.articles.failed + summary.articles.incomplete;
      if (!flags.quiet) {
        if (process.stderr.isTTY) process.stderr.write(summaryText(summary, seconds));
        else if (bad > 0)
          process.stderr.write(
            `legenda: ${summary.articles.failed} articles failed, ${summary.articles.incomplete} lack figures: see ${core.PLACES.manifest(flags.output)}\n`,
          );
        if (!process.stderr.isTTY) for (const fault of summary.faults) process.stderr.write(`legenda: ${fault}\n`);
        if (rejectsFile) process.stderr.write(`legenda: ${rejects.length} lines hold no id: see ${rejectsFile}\n`);
      }
      if (summary.interrupted) {
        if (!flags.quiet) process.stderr.write('legenda: interrupted; the same command goes on from here\n');
        process.exitCode = 130;
      } else if ((bad > 0 || summary.faults.length > 0 || rejects.length > 0) && !flags['allow-rejects'])
        process.exitCode = EXIT.findings;
    } catch (error) {
      throw core.diskFailure(error, flags.output);
    } finally {
      bar.end();
      await folder.close();
    }
  }

  private async verify(flags: FetchCommandFlags, signal: AbortSignal): Promise<void> {
    const core = await import('../../core/fetch/index.js');
    const found = await core.verifyFolder(flags.output, signal);
    if (flags.json) this.log(JSON.stringify(found));
    else if (!flags.quiet) {
      for (const { id, file, what } of found.damaged) this.log(`${id}/${file}: ${what}`);
      this.log(`${found.files} files of ${found.articles} articles checked, ${found.damaged.length} damaged`);
    }
    if (found.damaged.length > 0 && !flags['allow-rejects']) process.exitCode = EXIT.findings;
  }

  private async setup(flags: FetchCommandFlags, filter: LicenseFilter, signal: AbortSignal): Promise<FetchSetup> {
    const { fetchSettings } = await import('../../core/fetch/index.js');
    const config = withSources(await this.configOf({ builtin: true, config: flags.config }), flags.source);
    const settings = fetchSettings(flags, config.fetch, process.env);
    // Of the built-in packs only the one that names licences: the others take a second to load.
    const engine = await this.engineOf({ ...config, builtin: false, packs: [...config.packs, 'language'] }, ['source']);
    return {
      ...{ settings, filter, signal, cache: flags.cache },
      plugins: engine.plugins,
      sources: engine.processors('source'),
      pack: engine.pack,
      pictures: flags.pictures as Pictures,
    };
  }

  /** The searches that the flags ask for. @throws UsageError where there is nothing to do */
  private async asked(flags: FetchCommandFlags, filter: LicenseFilter): Promise<readonly Asked[]> {
    const { dayOf, nothingAsked } = await import('../../core/fetch/index.js');
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const from = flags.from === undefined ? undefined : dayOf(flags.from, 'from');
    const to = flags.to === undefined ? undefined : dayOf(flags.to, 'to');
    if (from !== undefined && to !== undefined && from > to)
      throw new UsageError(`--from ${flags.from} is after --to ${flags.to}`);
    const queries = flags.query ?? [];
    if (queries.some((query) => query.trim() === '')) throw new UsageError('--query is empty');
    if (queries.length === 0 && (from !== undefined || to !== undefined))
      throw new UsageError('--from and --to need a --query');
    if (queries.length === 0 && !flags.id && !flags.ids) {
      const nothing = nothingAsked(flags.output, flags.update);
      if (nothing !== null) throw new UsageError(nothing);
    }
    return queries.map((text) => ({ text: text.trim(), from, to, licenses: filter.hint }));
  }

  private async dryRun(
    flags: FetchCommandFlags,
    setup: FetchSetup,
    asked: readonly Asked[],
    ids: readonly ArticleIds[],
  ): Promise<void> {
    const { dryRun } = await import('../../core/fetch/index.js');
    const { SourceError } = await import('../../core/plugin/sourceError.js');
    let run: DryRun;
    try {
      run = await dryRun(flags.output, setup, { asked, ids, update: flags.update });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (!flags.quiet) process.stderr.write(`legenda: ${error.message}\n`);
      process.exitCode = error.fault === 'stopped' ? 130 : EXIT.findings;
      return;
    }
    if (flags.json) return this.log(JSON.stringify(run));
    const dates = ({ from, to, since }: DryRun['searches'][number]): string =>
      [from && ` from ${from}`, to && ` to ${to}`, since && `, new since ${since}`].filter(Boolean).join('');
    for (const search of run.searches)
      this.log(`${search.hits.toLocaleString('en')} articles: ${search.text}${dates(search)} (${search.source})`);
    if (run.ids > 0)
      this.log(
        `${run.ids.toLocaleString('en')} ids given, ${run.known_ids.toLocaleString('en')} of them in the folder`,
      );
    this.log(
      `${run.articles.toLocaleString('en')} articles in the folder, ${run.pending.toLocaleString('en')} of them still to be fetched`,
    );
    this.log(`at most ${run.requests.toLocaleString('en')} requests, ${duration(run.seconds)}`);
  }
}

/** What the flags of the command are once parsed. */
type FetchCommandFlags = Interfaces.InferredFlags<typeof Fetch.flags>;

const withSources = (config: Config, names: readonly string[] | undefined): Config =>
  names === undefined
    ? config
    : { ...config, slots: { ...config.slots, source: names.map((plugin) => optionsOf(config, plugin)) } };

/** A source that the config names keeps its options when a flag names it. */
const optionsOf = (config: Config, plugin: string) =>
  config.slots.source?.find((choice) => choice.plugin === plugin) ?? { plugin };

async function readIds(flags: FetchCommandFlags): Promise<{ ids: readonly ArticleIds[]; rejects: readonly IdLine[] }> {
  const { readId, readIdFiles } = await import('../../core/fetch/index.js');
  const { UsageError } = await import('../../core/pipeline/usageError.js');
  const given = (flags.id ?? [])
    .flatMap((list) => list.split(','))
    .map((raw) => {
      const ids = readId(raw);
      if (ids === null) throw new UsageError(`'${raw}' is no PMCID, PMID or DOI`);
      return ids;
    });
  const lines = await readIdFiles(flags.ids ?? []);
  return {
    ids: [...given, ...lines.flatMap(({ ids }) => ids ?? [])],
    rejects: lines.filter(({ ids }) => ids === null),
  };
}
