import { Command, Flags } from '@oclif/core';
import type { Config } from '../core/config.js';
import type { Engine } from '../core/engine.js';
import type { Slot } from '../core/plugin/contract.js';

/** Flags that choose packs and plugins. */
export const packFlags = {
  pack: Flags.string({
    multiple: true,
    description: 'a pack beside the built-in ones: a folder or an installed package (may be given several times)',
    helpValue: 'PACK',
  }),
  builtin: Flags.boolean({ allowNo: true, default: true, description: 'load the built-in packs (--no-builtin: not)' }),
  config: Flags.string({
    description: 'config file (default: legenda.config.yaml here, if there is one)',
    helpValue: 'FILE',
  }),
  normalise: Flags.string({
    description: 'named normalisation map of the packs (structure, organ, region …)',
    helpValue: 'NAME',
  }),
};

export interface PackFlags {
  readonly pack?: readonly string[];
  readonly builtin: boolean;
  readonly config?: string;
  readonly normalise?: string;
}

/** What all commands share. The engine is loaded late, so that `--help` needs none of it. */
export abstract class LegendaCommand extends Command {
  /** The config of the flags and of the config file, flags first. */
  protected async configOf(flags: PackFlags): Promise<Config> {
    const { loadConfig, packAt } = await import('../core/loadConfig.js');
    const config = await loadConfig(flags.config);
    return {
      ...config,
      packs: [...config.packs, ...(flags.pack ?? []).map((p) => packAt(p, process.cwd()))],
      builtin: config.builtin && flags.builtin,
      normalise: flags.normalise ?? config.normalise,
    };
  }

  protected async engineOf(config: Config, slots: readonly Slot[]): Promise<Engine> {
    const { buildEngine } = await import('../core/container.js');
    return buildEngine(config, slots);
  }

  /** Errors are turned into a message and an exit code in `main`. */
  protected override catch(error: Error): Promise<never> {
    throw error;
  }
}
