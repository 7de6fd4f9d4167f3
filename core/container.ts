import 'reflect-metadata';
import { Container } from 'inversify';
import { chosenPlugins, type Config } from './config.js';
import { Engine } from './engine.js';
import { compilePack } from './label/compile.js';
import { Labeller } from './label/labeller.js';
import { UnknownNormalisation } from './label/unknownNormalisation.js';
import { loadEffective } from './pack/loadEffective.js';
import type { EffectivePack } from './pack/model.js';
import type { Beacon } from './plugin/beacon.js';
import type { PluginContext, Slot } from './plugin/contract.js';
import { pluginContext } from './plugin/context.js';
import type { Mounted } from './plugin/host.js';
import { Lexicons } from './plugin/lexicons.js';
import { mountAll } from './plugin/mountAll.js';
import { foldWord, Vocabulary } from './text/index.js';
import { VERSION } from './version.js';

const TOKENS = {
  config: Symbol.for('legenda.config'),
  pack: Symbol.for('legenda.effective-pack'),
  vocabulary: Symbol.for('legenda.vocabulary'),
  lexicons: Symbol.for('legenda.lexicons'),
  abbreviations: Symbol.for('legenda.abbreviations'),
  context: Symbol.for('legenda.plugin-context'),
  mounted: Symbol.for('legenda.mounted-plugins'),
  engine: Symbol.for('legenda.engine'),
} as const;

/** Name of the dictionary whose words' full stops do not end a sentence. */
const ABBREVIATIONS = 'abbreviations';

/**
 * Builds an engine from a config. The container is asked once and dropped: nothing else knows of it.
 *
 * @param slots the slots that will be used; only their plugins are loaded
 * @param beacon where the thread says which plugin is at work, for a watchdog
 * @param loaded the packs of the config where they have been loaded before: by the thread that started this one
 * @throws PackError where a pack is invalid (exit 3), PluginError where a plugin does not fit (exit 4)
 */
export async function buildEngine(
  config: Config,
  slots: readonly Slot[],
  beacon?: Beacon,
  loaded?: EffectivePack,
): Promise<Engine> {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind<Config>(TOKENS.config).toConstantValue(config);
  const pack = loaded ?? (await loadEffective(config));
  // Before any worker is started: it is the user who has to hear of it.
  if (config.normalise !== undefined && !pack.normalise.has(config.normalise)) {
    throw new UnknownNormalisation(config.normalise, [...pack.normalise.keys()]);
  }
  container.bind<EffectivePack>(TOKENS.pack).toConstantValue(pack);
  container.bind(TOKENS.vocabulary).toDynamicValue(() => new Vocabulary());
  container
    .bind(TOKENS.lexicons)
    .toResolvedValue(
      (pack: EffectivePack, vocabulary: Vocabulary) => new Lexicons(pack, vocabulary),
      [TOKENS.pack, TOKENS.vocabulary],
    );
  container
    .bind(TOKENS.abbreviations)
    .toResolvedValue((lexicons: Lexicons) => new Set(lexicons.words(ABBREVIATIONS).map(foldWord)), [TOKENS.lexicons]);
  container
    .bind(TOKENS.context)
    .toResolvedValue(
      (lexicons: Lexicons, vocabulary: Vocabulary, abbreviations: ReadonlySet<string>) =>
        pluginContext(VERSION, lexicons, vocabulary, abbreviations),
      [TOKENS.lexicons, TOKENS.vocabulary, TOKENS.abbreviations],
    );

  const plugins = await mountAll(
    chosenPlugins(config, slots),
    config.base,
    container.get<PluginContext>(TOKENS.context),
    beacon,
  );
  const mounted = new Map(slots.map((slot) => [slot, plugins.filter(({ plugin }) => plugin.slot === slot)]));
  container.bind(TOKENS.mounted).toConstantValue(mounted);
  container
    .bind<Engine>(TOKENS.engine)
    .toResolvedValue(assemble, [
      TOKENS.config,
      TOKENS.pack,
      TOKENS.vocabulary,
      TOKENS.abbreviations,
      TOKENS.mounted,
      TOKENS.context,
    ]);
  return container.get<Engine>(TOKENS.engine);
}

function assemble(
  config: Config,
  pack: EffectivePack,
  vocabulary: Vocabulary,
  abbreviations: ReadonlySet<string>,
  mounted: ReadonlyMap<Slot, readonly Mounted<Slot>[]>,
  context: PluginContext,
): Engine {
  const engine: Engine = new Engine({
    version: VERSION,
    config,
    pack,
    vocabulary,
    abbreviations,
    mounted,
    context,
    labeller: () =>
      new Labeller(
        compilePack(pack, vocabulary, config.normalise),
        engine.processor('caption-splitter'),
        engine.processor('assertion'),
        abbreviations,
      ),
  });
  return engine;
}
