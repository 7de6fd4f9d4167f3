import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { Lexicon, type LexiconTerm } from '../../core/match/lexicon.js';
import type { LexiconEntry, PluginContext } from '../../core/plugin/index.js';
import { Tokenizer, Vocabulary, foldWord } from '../../core/text/index.js';

interface File {
  readonly lexicon?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly values?: Readonly<Record<string, { readonly attributes?: Readonly<Record<string, unknown>>; readonly terms?: readonly unknown[] }>>;
}

/** All the ways to read `(a|b) c`; brackets do not nest. */
export function expandAlternatives(term: string): string[] {
  const m = /\(([^()]*)\)/.exec(term);
  if (m === null) return [term.replace(/\s+/g, ' ').trim()].filter((t) => t !== '');
  return m[1].split('|').flatMap((part) => expandAlternatives(term.slice(0, m.index) + part + term.slice(m.index + m[0].length)));
}

/** A plugin context over the plain YAML files of a folder, for measuring a plugin without an engine. */
export function devContext(folder: URL, pattern: RegExp): PluginContext & { readonly tokenizer: Tokenizer } {
  const vocabulary = new Vocabulary();
  const terms = new Map<string, LexiconTerm<LexiconEntry>[]>();
  for (const name of readdirSync(folder).sort()) {
    if (!pattern.test(name)) continue;
    const file = load(readFileSync(new URL(name, folder), 'utf8')) as File;
    if (file.lexicon === undefined) continue;
    const list = terms.get(file.lexicon) ?? [];
    terms.set(file.lexicon, list);
    for (const [value, { attributes, terms: own }] of Object.entries(file.values ?? {})) {
      const entry: LexiconEntry = { value, attributes: { ...file.attributes, ...attributes } };
      for (const term of own ?? []) {
        const text = typeof term === 'object' && term !== null ? String((term as { term: unknown }).term) : String(term);
        for (const expanded of expandAlternatives(text)) list.push({ text: expanded, entry });
      }
    }
  }
  const lexicons = new Map([...terms].map(([name, list]) => [name, new Lexicon(vocabulary, list)]));
  const abbreviations = new Set(['fig', 'figs', 'approx', 'dr', 'vs', 'etc', 'al', 'st', 'no', 'mr', 'mrs', 'ca', 'resp', 'abb'].map(foldWord));
  const tokenizer = new Tokenizer(vocabulary, abbreviations);
  return {
    engineVersion: '0.1.0',
    tokenizer,
    doc: (text) => tokenizer.keep(text),
    lexicon: (name) => {
      const lexicon = lexicons.get(name);
      if (lexicon === undefined) throw new Error(`there is no lexicon ${name}`);
      return lexicon;
    },
  };
}
