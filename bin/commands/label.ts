import { Args, Flags } from '@oclif/core';
import { packFlags } from '../base.js';
import { EXIT_HELP } from '../failure.js';
import { PassCommand, passFlags } from '../passCommand.js';

export default class Label extends PassCommand {
  static override summary = 'Label captions: entities, labels and a subcaption for each panel, each with its reason.';
  static override description = `Reads {"id", "caption"} a line and writes one record for each, in the same order. Fields that the
output does not have are passed through. What cannot be read goes to OUT.rejects.jsonl.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> label captions.jsonl -o labels.jsonl',
    '<%= config.bin %> label captions.csv -o labels.parquet --pack ./my-specialty',
    'cat captions.jsonl | <%= config.bin %> label - | head',
  ];
  static override args = {
    input: Args.string({
      required: true,
      description: 'a .jsonl, .csv or .parquet file, a folder of these, or - for standard input',
    }),
  };
  static override flags = {
    ...passFlags,
    ...packFlags,
    ancestors: Flags.boolean({ default: false, description: 'print the ancestors of each label too' }),
    explain: Flags.boolean({ default: false, description: 'add a trace of each caption: what won, what was shadowed' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Label);
    const config = await this.configOf(flags);
    const task = { kind: 'label', ancestors: flags.ancestors, explain: flags.explain } as const;
    await this.pass(args.input, task, ['caption-splitter', 'assertion'], config, flags);
  }
}
