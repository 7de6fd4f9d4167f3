import { defaultConfig } from '../../config.js';
import { loadEffective } from '../../pack/loadEffective.js';
import { checkOptions } from '../../plugin/checkOptions.js';
import { pluginContext as contextOf } from '../../plugin/context.js';
import type { Plugin, PluginContext, Slot } from '../../plugin/contract.js';
import { Lexicons } from '../../plugin/lexicons.js';
import { foldWord, Vocabulary } from '../../text/index.js';
import { VERSION } from '../../version.js';

export interface HostOptions {
  /** Packs beside the built-in ones, whose lexicons the plugin asks for: folders or installed packages. */
  readonly packs?: readonly string[];
  /** Options for the plugin; its defaults are filled in. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What plugins are set up with, over the built-in packs and others. */
export async function testContext({ packs = [] }: HostOptions = {}): Promise<PluginContext> {
  const pack = await loadEffective({ ...defaultConfig(process.cwd()), packs });
  const vocabulary = new Vocabulary();
  const lexicons = new Lexicons(pack, vocabulary);
  return contextOf(VERSION, lexicons, vocabulary, new Set(lexicons.words('abbreviations').map(foldWord)));
}

/**
 * What a test of a plugin sets it up with, as the engine would: `plugin.setup(context, options)`.
 * @throws PackError, UsageError for packs; PluginError for options
 */
export async function pluginContext<S extends Slot, O>(
  plugin: Plugin<S, O>,
  host: HostOptions = {},
): Promise<{ readonly context: PluginContext; readonly options: O }> {
  const options = (await checkOptions(plugin as unknown as Plugin<Slot>, host.options)) as O;
  return { context: await testContext(host), options };
}
