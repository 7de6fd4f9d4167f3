import { Args, Flags } from '@oclif/core';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';
import { FORMATS, reportContext, type Format } from '../report.js';

export default class Audit extends LegendaCommand {
  static override summary =
    'What a corpus says of a pack: rules that never fire, entries that are always shadowed, cost by rule.';
  static override description = EXIT_HELP;
  static override examples = ['<%= config.bin %> audit ./my-specialty --corpus captions.jsonl'];
  static override args = {
    pack: Args.string({ required: true, description: 'a folder, an installed package or a built-in pack' }),
  };
  static override flags = {
    corpus: Flags.string({
      required: true,
      description: 'captions: a .jsonl, .csv or .parquet file',
      helpValue: 'FILE',
    }),
    format: Flags.string({ options: [...FORMATS], default: 'pretty', description: 'form of the report' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Audit);
    const { packAt } = await import('../../core/loadConfig.js');
    const { defaultConfig } = await import('../../core/config.js');
    const { loadPacks } = await import('../../core/pack/index.js');
    const { audit, renderAudit } = await import('../../core/audit/index.js');
    const { reporters } = await import('../../core/diagnostics/reporters/index.js');
    const { readCaptions } = await import('../../core/pipeline/readCaptions.js');
    const roots = [packAt(args.pack, process.cwd())];
    const captions = await readCaptions(flags.corpus);
    const engine = await this.engineOf({ ...defaultConfig(process.cwd()), packs: roots }, [
      'caption-splitter',
      'assertion',
    ]);
    const loaded = loadPacks(roots);
    // What the pack builds on is not on trial, unless it is what was named.
    const packs = new Set(loaded.packs.filter((p) => !p.place.builtin || p.id === args.pack).map((p) => p.ref));
    const report = audit(
      loaded,
      engine,
      captions.map((c) => c.caption),
      { packs },
    );
    this.log(reporters[flags.format as Format](report.diagnostics, reportContext()));
    if (flags.format === 'pretty') this.log(renderAudit(report));
  }
}
