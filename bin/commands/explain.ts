import { Args, Flags } from '@oclif/core';
import { LegendaCommand, packFlags } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';

export default class Explain extends LegendaCommand {
  static override summary = 'Show why a caption gets its labels: each hit, what it won against, what was refused.';
  static override description = `With --rule, shows the first step that stopped a rule or dictionary value on this caption.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> explain "Axial CT of the chest shows no mass."',
    '<%= config.bin %> explain "CT-guided biopsy" --rule modality/ct',
  ];
  static override args = { caption: Args.string({ required: true, description: 'the caption' }) };
  static override flags = {
    ...packFlags,
    rule: Flags.string({ description: 'id of a rule or of a dictionary value (modality/ct)', helpValue: 'ID' }),
    json: Flags.boolean({ default: false, description: 'print the trace as JSON' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const engine = await this.engineOf(await this.configOf(flags), ['caption-splitter', 'assertion']);
    const { explainCaption, explainRule } = await import('../../core/explain/explain.js');
    const { renderExplanation, renderVerdict } = await import('../../core/explain/render.js');
    if (flags.rule === undefined) {
      const explanation = explainCaption(engine, args.caption);
      this.log(flags.json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation));
      return;
    }
    const verdict = explainRule(engine, args.caption, flags.rule);
    this.log(flags.json ? JSON.stringify(verdict, null, 2) : renderVerdict(verdict));
    if (verdict.outcome !== 'fired') process.exitCode = EXIT.findings;
  }
}
