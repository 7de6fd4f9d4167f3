import { Args, Flags } from '@oclif/core';
import type { FilterFlags } from '../../core/dataset/filter/flagPlan.js';
import type { SubsetCounts } from '../../core/dataset/subset/prepare.js';
import type { SubsetReport } from '../../core/dataset/subset/write.js';
import { LegendaCommand } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { progressBar } from '../progress.js';
import { filterFlags } from '../subsetFlags.js';

export default class Subset extends LegendaCommand {
  static override summary =
    'Cut a subset out of a built dataset: by year, licence, age, gender, words, labels, findings.';
  static override description = `All filters have to hold. A list flag takes all of its values, the same with -any at least one, with -none none; values are
parted by commas, and one with a comma in it stands in double quotes. Types: text (cases.csv), image (pictures and
image_metadata.jsonl), multimodal (both; mentions of figures in the text become tokens), case-series (a folder for each
patient), classification (a folder for each class of the filter file). A subset is a dataset itself, with its citations
and licences. Nothing found is exit 1.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> subset my-dataset -o brain --min-age 18 --gender male --case-text-any tumor,cancer,carcinoma --caption-any metastasis,tumor,mass --label mri,head',
    '<%= config.bin %> subset my-dataset --count --entity "finding=mass laterality=left anatomy=brain assertion=present"',
    '<%= config.bin %> subset my-dataset -o ct-or-mri --filter classes.yaml --split 0.8,0.1,0.1 --seed 7 --stratify class',
  ];
  static override args = { dataset: Args.string({ required: true, description: 'folder of a built dataset' }) };
  static override flags = {
    output: Flags.string({ char: 'o', description: 'folder to write', helpValue: 'OUT' }),
    ...filterFlags,
    filter: Flags.string({
      char: 'f',
      description: 'file of filters, type and split (YAML); flags are added to it',
      helpValue: 'FILE',
    }),
    'save-filter': Flags.string({
      description: 'write the filters of this call to a file that --filter takes',
      helpValue: 'FILE',
    }),
    count: Flags.boolean({ description: 'say how much there is, and write nothing' }),
    'dry-run': Flags.boolean({ description: 'the same, with licences and what would be written' }),
    link: Flags.boolean({ description: 'hard links in place of copies of the pictures, where the file system can' }),
    format: Flags.string({ options: ['parquet', 'jsonl'], description: 'of the tables (default: as in the dataset)' }),
    force: Flags.boolean({ description: 'replace an older subset of that name' }),
    'allow-rejects': Flags.boolean({ description: 'exit 0 although some pictures were not there' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
    json: Flags.boolean({ description: 'print the counts as JSON' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Subset);
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const only = flags.count || flags['dry-run'];
    if (flags.output === undefined && !only && flags['save-filter'] === undefined)
      throw new UsageError('a subset needs a folder to go to: -o OUT (or --count)');
    const file =
      flags.filter === undefined ? {} : (await import('../../core/dataset/filter/readPlan.js')).readPlan(flags.filter);
    const { planOf } = await import('../../core/dataset/filter/flagPlan.js');
    const plan = planOf(flags as FilterFlags, file);
    const { checkRegexes } = await import('../../core/dataset/filter/regexes.js');
    await checkRegexes(plan);
    if (flags['save-filter'] !== undefined) {
      const { saveText } = await import('../../core/dataset/subset/saveText.js');
      saveText(flags['save-filter'], (await import('../../core/dataset/filter/readPlan.js')).writePlan(plan));
      if (flags.output === undefined && !only) return;
    }
    const { DatasetTables } = await import('../../core/dataset/filter/tableSource.js');
    const { countsOf, prepare } = await import('../../core/dataset/subset/prepare.js');
    const tables = DatasetTables.at(args.dataset);
    try {
      const prepared = await prepare(tables, plan);
      const counts = countsOf(prepared);
      if (prepared.type === 'text' ? counts.cases === 0 : counts.images === 0) {
        if (flags.json) this.log(JSON.stringify({ type: prepared.type, ...counts }));
        else if (flags.count) this.log(sentence(counts));
        process.stderr.write(
          `legenda: nothing in ${args.dataset} passes these filters${flags.output === undefined ? '' : '; nothing was written'}\n`,
        );
        const { commonFilters } = await import('../../core/dataset/filter/types.js');
        const { whyNothing } = await import('../../core/dataset/filter/whyNothing.js');
        const reasons = await whyNothing(tables, commonFilters(plan), prepared.type);
        for (const reason of reasons) process.stderr.write(`legenda: ${reason}\n`);
        process.exitCode = EXIT.findings;
        return;
      }
      if (only) {
        this.tell({ type: prepared.type, ...counts }, counts, flags.json);
        if (flags['dry-run'] && !flags.json && !flags.quiet) await this.dryRun(prepared, flags.output);
        return;
      }
      await this.write(prepared, flags);
    } finally {
      await tables.close();
    }
  }

  private tell(report: object, counts: SubsetCounts, json: boolean): void {
    if (json) this.log(JSON.stringify(report));
    else {
      this.log(sentence(counts));
      for (const line of classLines(counts)) this.log(line);
    }
  }

  private async dryRun(
    prepared: Awaited<ReturnType<typeof import('../../core/dataset/subset/prepare.js').prepare>>,
    output: string | undefined,
  ): Promise<void> {
    const { countLicenses } = await import('../../core/dataset/subset/licenses.js');
    const articles: (string | null)[] = [];
    const { selectedRows } = await import('../../core/dataset/filter/select.js');
    await (
      await selectedRows(prepared.tables, prepared.selection, 'articles')
    ).each(['license'], (license) => articles.push(license as string | null));
    const parts = countLicenses({ articles, cases: [], images: [] }).map(
      (one) => `${one.license ?? 'not stated'} ${one.articles}`,
    );
    this.log(`licences of the articles: ${parts.join(', ')}`);
    this.log(`would write a subset of type ${prepared.type}${output === undefined ? '' : ` to ${output}`}`);
  }

  private async write(
    prepared: Awaited<ReturnType<typeof import('../../core/dataset/subset/prepare.js').prepare>>,
    flags: {
      output?: string;
      link: boolean;
      format?: string;
      force: boolean;
      quiet: boolean;
      json: boolean;
      'allow-rejects': boolean;
    },
  ): Promise<void> {
    const { writeSubset } = await import('../../core/dataset/subset/write.js');
    const bar = progressBar('subset', flags.quiet || !process.stderr.isTTY);
    const report: SubsetReport = await writeSubset(prepared, {
      out: flags.output!,
      link: flags.link,
      format: flags.format as 'parquet' | 'jsonl' | undefined,
      force: flags.force,
      onProgress: (done, total) => bar.update({ records: done, rejects: 0, done: total === 0 ? 1 : done / total }),
    }).finally(bar.end);
    if (flags.json) this.log(JSON.stringify({ type: prepared.type, ...report }));
    else if (!flags.quiet) {
      process.stderr.write(
        [`${flags.output}: ${sentence(report.counts)}`, ...classLines(report.counts), ''].join('\n'),
      );
      for (const [name, part] of Object.entries(report.split ?? {}))
        process.stderr.write(`  ${name}: ${sentence(part)}\n`);
    }
    if (report.lost.length > 0) {
      process.stderr.write(
        `legenda: ${amount(report.lost.length, 'picture')} of the dataset could not be found; see ${flags.output}/rejects.jsonl\n`,
      );
      if (!flags['allow-rejects']) process.exitCode = EXIT.findings;
    }
  }
}

/** Images of each class: one without any, and images that two classes take, should be seen. */
const classLines = ({ classes, overlaps }: Pick<SubsetCounts, 'classes' | 'overlaps'>): string[] => [
  ...Object.entries(classes ?? {}).map(([name, n]) => `  ${name}: ${amount(n, 'image')}`),
  ...(overlaps ? [`  in two classes, left out: ${amount(overlaps, 'image')}`] : []),
];

const number = (n: number): string => n.toLocaleString('en');
const amount = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;
const sentence = ({
  articles,
  cases,
  figures,
  images,
}: Omit<SubsetCounts, 'figures'> & { readonly figures?: number }): string =>
  [
    amount(articles, 'article'),
    amount(cases, 'patient'),
    ...(figures === undefined ? [] : [amount(figures, 'figure')]),
    amount(images, 'image'),
  ].join(', ');
