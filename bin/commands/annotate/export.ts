import { Args, Flags } from '@oclif/core';
import { LegendaCommand } from '../../base.js';
import { printSummary } from '../../exportSummary.js';
import { EXIT, EXIT_HELP } from '../../failure.js';
import { progressBar } from '../../progress.js';

export default class AnnotateExport extends LegendaCommand {
  static override summary = 'Write captions and what was found in them for Label Studio or brat, to be corrected.';
  static override description = `The input is a dataset, or records as \`legenda label\` writes them.

  label-studio   tasks-001.json (texts with predictions) and labeling_config.xml
  brat           .txt and .ann by text, annotation.conf

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> annotate export my-dataset --to label-studio -o tasks',
    '<%= config.bin %> label captions.jsonl -o found.jsonl && <%= config.bin %> annotate export found.jsonl --to brat -o brat/data/captions',
  ];
  static override args = {
    input: Args.string({
      required: true,
      description: 'a dataset, a .jsonl, .csv or .parquet file, or a folder of these',
    }),
  };
  static override flags = {
    to: Flags.string({ required: true, options: ['label-studio', 'brat'], description: 'the tool' }),
    output: Flags.string({ char: 'o', required: true, description: 'folder to write', helpValue: 'OUT' }),
    force: Flags.boolean({ default: false, description: 'replace an export that is there' }),
    'pictures-url': Flags.string({
      description: 'address of the folder of the dataset, to show pictures (label-studio)',
      helpValue: 'URL',
    }),
    'allow-rejects': Flags.boolean({ default: false, description: 'exit 0 although some lines could not be read' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
    json: Flags.boolean({ default: false, description: 'print the summary as JSON' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AnnotateExport);
    const { exportForAnnotation } = await import('../../../core/annotate/index.js');
    const bar = progressBar('annotate export', flags.quiet || !process.stderr.isTTY);
    const onProgress = (records: number): void => bar.update({ records, rejects: 0, done: undefined });
    const summary = await exportForAnnotation({
      input: args.input,
      to: flags.to,
      output: flags.output,
      force: flags.force,
      picturesUrl: flags['pictures-url'],
      onProgress,
    }).finally(bar.end);
    printSummary(this, summary, flags.output, flags);
    if (summary.rejects === 0) return;
    if (!flags.quiet) this.logToStderr(`legenda: ${summary.rejects} lines rejected: see ${flags.output}.rejects.jsonl`);
    if (!flags['allow-rejects']) process.exitCode = EXIT.findings;
  }
}
