import type { Slot } from './plugin/contract.js';

/** A plugin as a config names it: a built-in name, an npm package, or a path; with or without options. */
export interface PluginChoice {
  readonly plugin: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What `legenda.config.yaml` says, paths made absolute. */
export interface Config {
  /** Packs beside the built-in ones: folders or npm packages. */
  readonly packs: readonly string[];
  /** Whether the built-in packs are loaded. */
  readonly builtin: boolean;
  readonly normalise?: string;
  /** Who fills each slot; several only for `article-reader` and `source`, tried in order. */
  readonly slots: Readonly<Partial<Record<Slot, readonly PluginChoice[]>>>;
  /** How `legenda fetch` reaches services, as written; `core/fetch/settings.ts` reads it. */
  readonly fetch?: Readonly<Record<string, unknown>>;
  /** Folder from which packs and plugins are looked up. */
  readonly base: string;
}

/** The plugins that fill the slots where a config says nothing. */
export const DEFAULT_SLOTS: Readonly<Record<Slot, readonly PluginChoice[]>> = {
  'article-reader': [{ plugin: 'jats' }, { plugin: 'bioc' }, { plugin: 'text' }],
  'patient-segmenter': [{ plugin: 'structure' }],
  demographics: [{ plugin: 'rules' }],
  'caption-splitter': [{ plugin: 'grammar' }],
  'image-splitter': [{ plugin: 'gutters' }],
  assertion: [{ plugin: 'context' }],
  source: [
    { plugin: 'pmc-cloud' },
    { plugin: 'eutils' },
    { plugin: 'oai-pmh' },
    { plugin: 'bioc' },
    { plugin: 'europepmc' },
  ],
};

export const defaultConfig = (base: string): Config => ({ packs: [], builtin: true, slots: {}, base });

/** The plugins that fill slots, by the config or by default: slot by slot, in order. Their place is their index in a watch. */
export const chosenPlugins = (config: Config, slots: readonly Slot[]): (PluginChoice & { readonly slot: Slot })[] =>
  slots.flatMap((slot) => (config.slots[slot] ?? DEFAULT_SLOTS[slot]).map((choice) => ({ slot, ...choice })));
