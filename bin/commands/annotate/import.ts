import { Args, Flags } from '@oclif/core';
import { LegendaCommand } from '../../base.js';
import { EXIT, EXIT_HELP } from '../../failure.js';

export default class AnnotateImport extends LegendaCommand {
  static override summary = 'Read corrected annotations of Label Studio or brat back as gold for `legenda eval`.';
  static override description = EXIT_HELP;
  static override examples = [
    '<%= config.bin %> annotate import label-studio project-1.json -o gold.jsonl',
    '<%= config.bin %> annotate import brat brat/data/captions -o gold.jsonl && <%= config.bin %> eval gold.jsonl',
  ];
  static override args = {
    from: Args.string({ required: true, options: ['label-studio', 'brat'], description: 'the tool' }),
    input: Args.string({
      required: true,
      description: 'an export of Label Studio as JSON (or a folder of these), or a folder of brat',
    }),
  };
  static override flags = {
    output: Flags.string({
      char: 'o',
      default: '-',
      description: 'output file (.jsonl), - for standard output',
      helpValue: 'OUT',
    }),
    predictions: Flags.boolean({
      default: false,
      description: 'take what nobody looked at as it was found (label-studio)',
    }),
    'allow-rejects': Flags.boolean({ default: false, description: 'exit 0 although some could not be read' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no summary' }),
    json: Flags.boolean({ default: false, description: 'print the summary as JSON (needs -o FILE)' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AnnotateImport);
    const { importAnnotations } = await import('../../../core/annotate/index.js');
    const { UsageError } = await import('../../../core/pipeline/usageError.js');
    if (flags.json && flags.output === '-') throw new UsageError('--json needs an output file: -o FILE');
    const { texts, entities, unseen, rejects, notes } = importAnnotations({
      from: args.from,
      input: args.input,
      output: flags.output,
      predictions: flags.predictions,
    });
    if (flags.json) this.log(JSON.stringify({ texts, entities, unseen, rejects, notes }));
    else if (!flags.quiet) {
      this.logToStderr(`${texts} texts with ${entities} entities`);
      if (unseen > 0)
        this.logToStderr(
          `${unseen} tasks that nobody annotated are left out; --predictions takes them as they were found`,
        );
      if (rejects > 0)
        this.logToStderr(
          `legenda: ${rejects} rejected${flags.output === '-' ? '' : `: see ${flags.output}.rejects.jsonl`}`,
        );
      for (const note of notes) this.logToStderr(note);
    }
    if (rejects > 0 && !flags['allow-rejects']) process.exitCode = EXIT.findings;
  }
}
