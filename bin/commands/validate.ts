import { Args, Flags } from '@oclif/core';
import { LegendaCommand, packFlags } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { FORMATS, reportContext, type Format } from '../report.js';

export default class Validate extends LegendaCommand {
  static override summary =
    'Check packs: schema, cross references, safety of regular expressions, duplicates, shadowed entries.';
  static override description = `Without a PACK, the built-in packs and those of the config are checked.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> validate ./my-specialty',
    '<%= config.bin %> validate ./my-specialty --format sarif > validate.sarif',
    '<%= config.bin %> validate ./my-specialty --effective',
  ];
  static override strict = false;
  static override args = { pack: Args.string({ description: 'folders or installed packages' }) };
  static override flags = {
    ...packFlags,
    format: Flags.string({ options: [...FORMATS], default: 'pretty', description: 'form of the report' }),
    effective: Flags.boolean({ default: false, description: 'print the effective pack with the origin of each field' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Validate);
    const { packAt } = await import('../../core/loadConfig.js');
    const config = await this.configOf(flags);
    const cwd = process.cwd();
    const roots = [...config.packs, ...(argv as string[]).map((p) => packAt(p, cwd))];
    const { explainEffective, validatePacks } = await import('../../core/pack/index.js');
    const { reporters } = await import('../../core/diagnostics/reporters/index.js');
    const { diagnostics, effective } = await validatePacks(roots, { builtin: config.builtin, cwd });
    if (flags.effective) this.log(explainEffective(effective));
    const report = reporters[flags.format as Format](diagnostics, reportContext());
    if (flags.effective) this.logToStderr(report);
    else this.log(report);
    process.exitCode = codeOf(diagnostics);
  }
}

/** 2 for a pack that is not there, 4 where only the engine's version does not fit, 3 for other errors, 1 for warnings. */
function codeOf(
  diagnostics: readonly { readonly code: string; readonly severity: string; readonly range?: unknown }[],
): number {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (errors.some((d) => d.code === 'unknown-pack' && d.range === undefined)) return EXIT.usage;
  if (errors.length > 0) return errors.every((d) => d.code.startsWith('engine-too-')) ? EXIT.version : EXIT.pack;
  return diagnostics.some((d) => d.severity === 'warning') ? EXIT.findings : EXIT.fine;
}
