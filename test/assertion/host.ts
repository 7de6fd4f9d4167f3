import { defaultConfig } from '../../core/config.js';
import { Lexicon } from '../../core/match/lexicon.js';
import { loadEffective } from '../../core/pack/loadEffective.js';
import type { EffectivePack } from '../../core/pack/model.js';
import { Lexicons } from '../../core/plugin/lexicons.js';
import type { LexiconEntry, PluginContext } from '../../core/plugin/index.js';
import { Tokenizer, Vocabulary } from '../../core/text/index.js';

/** The built-in pack `language` alone, and a host over it. */
export async function languageHost(): Promise<{ readonly pack: EffectivePack; readonly host: PluginContext }> {
  const config = { ...defaultConfig(process.cwd()), builtin: false, packs: ['./dictionaries/language'] };
  const pack = await loadEffective(config);
  const vocabulary = new Vocabulary();
  const lexicons = new Lexicons(pack, vocabulary);
  const tokenizer = new Tokenizer(vocabulary, new Set(lexicons.words('abbreviations')));
  const host = {
    engineVersion: '0.1.0',
    lexicon: (name: string) => lexicons.get(name),
    doc: (text: string) => tokenizer.keep(text),
  };
  return { pack, host };
}

type Words = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A host whose dictionaries are written out in a test: term → attributes. */
export function writtenHost(dictionaries: Readonly<Record<string, Words>>): PluginContext {
  const vocabulary = new Vocabulary();
  const compiled = new Map(
    Object.entries(dictionaries).map(([name, words]) => {
      const terms = Object.entries(words).map(([text, attributes]) => ({ text, entry: { value: text, attributes } }));
      return [name, new Lexicon<LexiconEntry>(vocabulary, terms)] as const;
    }),
  );
  const tokenizer = new Tokenizer(vocabulary);
  return { engineVersion: '0.1.0', lexicon: (name) => compiled.get(name)!, doc: (text) => tokenizer.keep(text) };
}
