import { Args, Flags } from '@oclif/core';
import { SLOTS, type Slot } from '../../core/plugin/contract.js';
import type { Scaffold } from '../../core/scaffold/index.js';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

const KINDS = ['pack', 'rule', 'dictionary', 'plugin'] as const;

export default class New extends LegendaCommand {
  static override summary = 'Make a working skeleton of a pack, rule, dictionary or plugin, with its tests.';
  static override description = `A pack or plugin gets a folder of its own, with the workflow of a CI; a rule or dictionary goes into a pack.
Nothing is overwritten.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> new pack burns',
    '<%= config.bin %> new rule burn-depth --pack ./burns',
    '<%= config.bin %> new dictionary dressings --pack ./burns --entity device',
    '<%= config.bin %> new plugin @lab/demographics-de --slot demographics',
  ];
  static override args = {
    kind: Args.string({ required: true, options: [...KINDS], description: 'what is made' }),
    name: Args.string({ required: true, description: 'its name: small letters, digits and hyphens' }),
  };
  static override flags = {
    pack: Flags.string({
      description: 'pack that a rule or dictionary goes into (default: this folder)',
      helpValue: 'DIR',
    }),
    entity: Flags.string({
      description: 'entity of a rule or dictionary (default: one with its name)',
      helpValue: 'NAME',
    }),
    slot: Flags.string({ options: [...SLOTS], description: 'slot that a plugin fills' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(New);
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const { intoPack, newPack, newPlugin, writeScaffold } = await import('../../core/scaffold/index.js');
    const { existsSync } = await import('node:fs');
    const inPack = args.kind === 'rule' || args.kind === 'dictionary';
    const foreign = (inPack ? (['slot'] as const) : (['pack', 'entity'] as const)).find(
      (flag) => flags[flag] !== undefined,
    );
    if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with 'new ${args.kind}'`);
    let scaffold: Scaffold;
    if (args.kind === 'rule' || args.kind === 'dictionary') {
      const { readTarget } = await import('../../core/scaffold/readTarget.js');
      scaffold = intoPack(args.kind, args.name, readTarget(flags.pack ?? '.'), flags.entity);
    } else if (args.kind === 'pack') {
      if (flags.slot !== undefined) throw new UsageError("--slot does not go with 'new pack'");
      scaffold = newPack(args.name);
    } else {
      if (flags.slot === undefined) throw new UsageError(`'new plugin' needs --slot: ${SLOTS.join(', ')}`);
      scaffold = newPlugin(args.name, flags.slot as Slot);
    }
    if (!inPack && existsSync(scaffold.folder))
      throw new UsageError(`${scaffold.folder} is there already; nothing was written`);
    const written = writeScaffold(scaffold, process.cwd());
    this.log(
      `Written:\n${written.map((path) => `  ${path}`).join('\n')}\n\nNext:\n${scaffold.next.map((step) => `  ${step}`).join('\n')}`,
    );
  }
}
