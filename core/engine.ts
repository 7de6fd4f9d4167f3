import type { Config } from './config.js';
import type { EffectivePack } from './pack/model.js';
import type { PluginContext, Slot, Slots } from './plugin/contract.js';
import type { Mounted } from './plugin/host.js';
import { PluginError } from './plugin/pluginError.js';
import { JsonPrinter, toRecord, type PrintOptions } from './label/print.js';
import type { Labeller, Labelling } from './label/labeller.js';
import type { LabelRecord } from './label/record.js';
import { Tokenizer, type Doc, type Vocabulary } from './text/index.js';

/** Longest caption that is read, in UTF-16 units. Figures have a few hundred; what is longer is no caption. */
export const MAX_CAPTION = 100_000;

/** What an engine is made of; put together in one place, `core/container.ts`. */
export interface EngineParts {
  readonly version: string;
  readonly config: Config;
  readonly pack: EffectivePack;
  readonly vocabulary: Vocabulary;
  readonly abbreviations: ReadonlySet<string>;
  readonly mounted: ReadonlyMap<Slot, readonly Mounted<Slot>[]>;
  readonly context: PluginContext;
  readonly labeller: () => Labeller;
}

/** Labels captions, and hands out the processor of each slot. One engine serves one thread. */
export class Engine {
  private made: Labeller | undefined;
  private readonly tokenizer: Tokenizer;

  constructor(private readonly parts: EngineParts) {
    this.tokenizer = new Tokenizer(parts.vocabulary, parts.abbreviations);
  }

  get version(): string {
    return this.parts.version;
  }

  get pack(): EffectivePack {
    return this.parts.pack;
  }

  /** What plugins are given: the lexicons of the packs. */
  get context(): PluginContext {
    return this.parts.context;
  }

  get labeller(): Labeller {
    return (this.made ??= this.parts.labeller());
  }

  /**
   * The labels, entities and subcaptions of a caption; offsets in code points.
   * @throws RangeError where the caption is longer than `MAX_CAPTION`
   * @throws PluginError where a plugin fails on it
   */
  label(caption: string, options?: PrintOptions): LabelRecord {
    return toRecord(this.read(caption), this.labeller.pack.taxonomy, options);
  }

  /** The inner labelling, for `explain` and for printers. Valid until the next call. */
  read(caption: string, expectedPanels?: number, explain = false): Labelling {
    if (caption.length > MAX_CAPTION) {
      throw new RangeError(`the caption has ${caption.length} characters; the limit is ${MAX_CAPTION}`);
    }
    return this.labeller.label(caption, expectedPanels, explain);
  }

  /** Prints labellings as JSON, fast. */
  printer(options?: PrintOptions): JsonPrinter {
    return new JsonPrinter(this.labeller.pack.taxonomy, options);
  }

  /** The processor that fills a slot. @throws PluginError `empty-slot` where none does */
  processor<S extends Slot>(slot: S): Slots[S] {
    return this.processors(slot)[0];
  }

  /** All processors of a slot, in the order of the config; more than one only for `article-reader`. */
  processors<S extends Slot>(slot: S): readonly Slots[S][] {
    const mounted = this.parts.mounted.get(slot) ?? [];
    if (mounted.length === 0) throw new PluginError('empty-slot', 'none', slot, 'no plugin fills this slot');
    return mounted.map((m) => m.processor as Slots[S]);
  }

  /** `name@version` of every plugin that was set up, for provenance. */
  get plugins(): readonly string[] {
    return [...this.parts.mounted.values()].flat().map(({ plugin }) => `${plugin.name}@${plugin.version}`);
  }

  /** A text cut into tokens and sentences, to be given to a processor. It lasts. */
  doc(text: string): Doc {
    return this.tokenizer.keep(text);
  }
}
