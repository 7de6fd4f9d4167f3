import { Tokenizer, type Vocabulary } from '../text/index.js';
import type { PluginContext } from './contract.js';
import type { Lexicons } from './lexicons.js';

/** What a plugin is given when it is set up: the dictionaries of the packs and the tokenizer that goes with them. */
export function pluginContext(
  engineVersion: string,
  lexicons: Lexicons,
  vocabulary: Vocabulary,
  abbreviations: ReadonlySet<string>,
): PluginContext {
  const tokenizer = new Tokenizer(vocabulary, abbreviations);
  return {
    engineVersion,
    lexicon: (name) => lexicons.get(name),
    doc: (text) => tokenizer.keep(text),
  };
}
