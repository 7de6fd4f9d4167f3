import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Lexicon, type LexiconTerm } from '../../core/match/lexicon.js';
import type { LexiconEntry, PluginContext } from '../../core/plugin/index.js';
import { Tokenizer, Vocabulary } from '../../core/text/index.js';

interface DictionaryFile {
  readonly lexicon?: string;
  readonly case?: string;
  readonly attributes?: Record<string, unknown>;
  readonly values?: Record<string, { attributes?: Record<string, unknown>; terms?: (string | { term: string; case?: string })[] }>;
}

/** `(a|b|) c` → `a c`, `b c`, `c`. */
function expand(term: string): string[] {
  const group = /\(([^()|]*(?:\|[^()|]*)+)\)/.exec(term);
  if (!group) return [term.replace(/\s+/g, ' ').trim()];
  const head = term.slice(0, group.index);
  const tail = term.slice(group.index + group[0].length);
  return group[1].split('|').flatMap((choice) => expand(head + choice + tail));
}

function* yamlFiles(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* yamlFiles(path);
    else if (/^(demographics|segmentation).*\.yaml$/.test(name) && !name.endsWith('.test.yaml')) yield path;
  }
}

/** A plugin context over the dictionaries of the repository, without the pack loader: for evaluation and unit tests. */
export function devContext(folder = new URL('../../dictionaries', import.meta.url).pathname): PluginContext {
  const vocabulary = new Vocabulary();
  const terms = new Map<string, LexiconTerm<LexiconEntry>[]>();
  for (const path of yamlFiles(folder)) {
    const file = load(readFileSync(path, 'utf8')) as DictionaryFile;
    if (!file.lexicon) continue;
    const list = terms.get(file.lexicon) ?? [];
    terms.set(file.lexicon, list);
    for (const [value, { attributes, terms: written = [] }] of Object.entries(file.values ?? {})) {
      const entry: LexiconEntry = { value, attributes: { ...file.attributes, ...attributes } };
      for (const term of written) {
        const { term: text, case: letters = file.case } = typeof term === 'object' ? term : { term: String(term), case: undefined };
        for (const variant of expand(text)) list.push({ text: variant, entry, exactCase: letters === 'exact' });
      }
    }
  }
  const lexicons = new Map([...terms].map(([name, list]) => [name, new Lexicon(vocabulary, list)]));
  const tokenizer = new Tokenizer(vocabulary, new Set(['fig', 'figs', 'dr', 'mr', 'mrs', 'ms', 'vs', 'approx', 'no', 'mme', 'sr', 'sra', 'st', 'et', 'al']));
  return {
    engineVersion: '0.1.0',
    doc: (text) => tokenizer.keep(text),
    lexicon(name) {
      const lexicon = lexicons.get(name);
      if (!lexicon) throw new Error(`No dictionary with lexicon: ${name}.`);
      return lexicon;
    },
  };
}
