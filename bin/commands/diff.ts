import { Args, Flags } from '@oclif/core';
import type { Config } from '../../core/config.js';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

export default class Diff extends LegendaCommand {
  static override summary = 'What a change of a pack does to the labels of a corpus, as Markdown for a pull request.';
  static override description = EXIT_HELP;
  static override examples = ['<%= config.bin %> diff main/my-pack ./my-pack --corpus captions.jsonl'];
  static override args = {
    old: Args.string({ required: true, description: 'the pack as it was' }),
    new: Args.string({ required: true, description: 'the pack as it is' }),
  };
  static override flags = {
    corpus: Flags.string({
      required: true,
      description: 'captions: a .jsonl, .csv or .parquet file',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    const { packAt } = await import('../../core/loadConfig.js');
    const { defaultConfig } = await import('../../core/config.js');
    const { diffPacks, renderDiff } = await import('../../core/audit/index.js');
    const { readCaptions } = await import('../../core/pipeline/readCaptions.js');
    const engine = (pack: string) => {
      const config: Config = { ...defaultConfig(process.cwd()), packs: [packAt(pack, process.cwd())] };
      return this.engineOf(config, ['caption-splitter', 'assertion']);
    };
    const captions = await readCaptions(flags.corpus);
    const diff = diffPacks(await engine(args.old), await engine(args.new), captions);
    this.log(renderDiff(diff, { old: args.old, new: args.new }));
  }
}
