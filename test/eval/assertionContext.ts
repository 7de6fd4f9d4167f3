import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Lexicon, type LexiconTerm } from '../../core/match/lexicon.js';
import type { LexiconEntry, PluginContext } from '../../core/plugin/index.js';
import { Tokenizer, Vocabulary } from '../../core/text/index.js';

type Yaml = Record<string, unknown>;

/** A PluginContext over the built-in language dictionaries, without the pack loader: only what assertion needs. */
export function assertionContext(folder: string): PluginContext & { read(text: string): ReturnType<Tokenizer['read']> } {
  const vocabulary = new Vocabulary();
  const terms = new Map<string, LexiconTerm<LexiconEntry>[]>();
  for (const file of readdirSync(folder).filter((name) => /^(assertion|abbreviations).*\.yaml$/.test(name) && !name.endsWith('.test.yaml'))) {
    const yaml = load(readFileSync(join(folder, file), 'utf8')) as Yaml;
    if (typeof yaml.lexicon !== 'string') continue;
    const list = terms.get(yaml.lexicon) ?? [];
    terms.set(yaml.lexicon, list);
    for (const [value, body] of Object.entries(yaml.values as Record<string, Yaml>)) {
      const attributes = { ...(yaml.attributes as Yaml), ...(body.attributes as Yaml) };
      const entry: LexiconEntry = { value, attributes };
      for (const term of body.terms as (string | Yaml)[]) {
        const text = typeof term === 'string' ? term : String(term.term);
        const exactCase = typeof term === 'object' && term.case === 'exact';
        for (const variant of expand(text)) list.push({ text: variant, entry, exactCase });
      }
    }
  }
  const abbreviations = (terms.get('abbreviations') ?? []).map((term) => term.text);
  const lexicons = new Map([...terms].map(([name, list]) => [name, new Lexicon(vocabulary, list)]));
  const tokenizer = new Tokenizer(vocabulary, new Set(abbreviations));
  return {
    engineVersion: '0.1.0',
    lexicon(name) {
      const found = lexicons.get(name);
      if (!found) throw new Error(`No dictionary has lexicon: ${name}`);
      return found;
    },
    doc: (text) => tokenizer.keep(text),
    read: (text) => tokenizer.read(text),
  };
}

/** All ways to read a term's alternatives: `(a|b|) c`. A bracket without a bar is itself. */
function expand(text: string): string[] {
  const group = /\(([^()]*\|[^()]*)\)/.exec(text);
  if (!group) return [text.replace(/\s+/g, ' ').trim()].filter((t) => t !== '');
  return group[1].split('|').flatMap((option) => expand(text.replace(group[0], () => option)));
}
