import { Args, Flags } from '@oclif/core';
import { LegendaCommand, packFlags } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { FORMATS, reportContext, type Format } from '../report.js';

export default class Test extends LegendaCommand {
  static override summary = 'Run the cases that are written beside the rules of packs.';
  static override description = `Without a PACK, the cases of the built-in packs and of those of the config are run.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> test ./my-specialty',
    '<%= config.bin %> test ./my-specialty --coverage --format junit',
  ];
  static override strict = false;
  static override args = { pack: Args.string({ description: 'folders or installed packages' }) };
  static override flags = {
    ...packFlags,
    coverage: Flags.boolean({ default: false, description: 'what the cases do not reach: rules, entries, exceptions' }),
    'min-coverage': Flags.integer({
      min: 0,
      max: 100,
      description: 'fail below this percentage of rules, entries or exceptions reached',
      helpValue: 'PERCENT',
    }),
    update: Flags.boolean({ default: false, description: 'write snapshots anew' }),
    format: Flags.string({ options: [...FORMATS], default: 'pretty', description: 'form of the report' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Test);
    const { packAt } = await import('../../core/loadConfig.js');
    const { testPacks } = await import('../../core/testing/testPacks.js');
    const { testSummary } = await import('../../core/testing/report.js');
    const { reporters } = await import('../../core/diagnostics/reporters/index.js');
    const config = await this.configOf(flags);
    const least = flags['min-coverage'];
    const thresholds = least === undefined ? {} : { rules: least, entries: least, exceptions: least };
    const roots = [...config.packs, ...(argv as string[]).map((p) => packAt(p, process.cwd()))];
    const { run, diagnostics, checked, coverage } = await testPacks(
      roots,
      () => this.engineOf({ ...config, packs: roots }, ['caption-splitter', 'assertion']),
      { builtin: config.builtin, update: flags.update, coverage: flags.coverage || least !== undefined, thresholds },
    );
    this.log(reporters[flags.format as Format](diagnostics, reportContext(checked)));
    if (run && flags.format === 'pretty') this.logToStderr(testSummary(run, coverage));
    process.exitCode =
      run === undefined ? EXIT.pack : diagnostics.some((d) => d.severity === 'error') ? EXIT.findings : EXIT.fine;
  }
}
