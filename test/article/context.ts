import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { Lexicon } from '../../core/match/lexicon.js';
import { Tokenizer, Vocabulary } from '../../core/text/index.js';
import type { LexiconEntry, PluginContext, PluginLexicon } from '../../core/plugin/contract.js';

interface LexiconFile {
  readonly lexicon?: string;
  readonly values: Record<string, { attributes?: Record<string, unknown>; terms: string[] }>;
}

/** A plugin context over the dictionaries of the language folder, so that a reader is tested without the pack loader. */
export function testContext(): PluginContext {
  const vocabulary = new Vocabulary();
  const tokenizer = new Tokenizer(vocabulary);
  const folder = new URL('../../dictionaries/language/', import.meta.url);
  const lexicons = new Map<string, PluginLexicon>();
  for (const name of readdirSync(folder)) {
    if (!/^(licences|float-labels)\.yaml$/.test(name)) continue;
    const file = load(readFileSync(new URL(name, folder), 'utf8')) as LexiconFile;
    const terms = Object.entries(file.values).flatMap(([value, { attributes = {}, terms: written }]) => {
      const entry: LexiconEntry = { value, attributes };
      return written.flatMap((term) => alternatives(term).map((text) => ({ text, entry })));
    });
    lexicons.set(file.lexicon!, new Lexicon(vocabulary, terms));
  }
  return {
    engineVersion: '0.0.0',
    lexicon: (name) => {
      const found = lexicons.get(name);
      if (!found) throw new Error(`There is no lexicon ${name}.`);
      return found;
    },
    doc: (text) => tokenizer.keep(text),
  };
}

/** `(a|b|) c` is `a c`, `b c` and `c`. */
function alternatives(term: string): string[] {
  const group = /\(([^()]*)\)/.exec(term);
  if (!group) return [term.replace(/\s+/g, ' ').trim()];
  const [before, after] = [term.slice(0, group.index), term.slice(group.index + group[0].length)];
  return group[1].split('|').flatMap((choice) => alternatives(before + choice + after));
}
