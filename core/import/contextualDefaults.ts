import { load } from 'js-yaml';

/** The dictionaries that `legenda/contextual-parser` needs where no pack can be loaded, relative to the repository. */
export const CONTEXTUAL_DEFAULT_SOURCES = {
  assertion: 'dictionaries/language/contextual-assertion-defaults.yaml',
  abbreviations: 'dictionaries/language/abbreviations.yaml',
} as const;
export const CONTEXTUAL_DEFAULTS_FILE = 'core/match/contextual/generated/defaults.ts';

interface Dictionary {
  readonly values: Readonly<Record<string, { readonly terms: readonly string[] }>>;
}

/**
 * The TypeScript counterpart of these dictionaries: the library runs in a browser, which has no packs. Part of
 * `npm run update`; a test fails where the file that lies there differs from this.
 *
 * @param read gives the text of a file, by its path relative to the repository
 */
export function contextualDefaults(read: (path: string) => string): {
  readonly path: string;
  readonly content: string;
} {
  const terms = (path: string): Readonly<Record<string, readonly string[]>> => {
    const { values } = load(read(path)) as Dictionary;
    return Object.fromEntries(Object.entries(values).map(([value, { terms }]) => [value, terms.map(String)]));
  };
  const assertion = terms(CONTEXTUAL_DEFAULT_SOURCES.assertion);
  const abbreviations = Object.values(terms(CONTEXTUAL_DEFAULT_SOURCES.abbreviations)).flat();
  const list = (name: string, type: string, words: readonly string[]): string =>
    `export const ${name}: ${type} = [\n${words.map((word) => `  ${literal(word)},\n`).join('')}];\n`;
  const content = [
    `// Generated from ${CONTEXTUAL_DEFAULT_SOURCES.assertion} and`,
    `// ${CONTEXTUAL_DEFAULT_SOURCES.abbreviations} by \`npm run update\`. Change those.\n`,
    list('ASSERTION_PREFIXES', 'readonly string[]', assertion.prefix),
    list('ASSERTION_SUFFIXES', 'readonly string[]', assertion.suffix),
    list('ASSERTION_EXCEPTIONS', 'readonly string[]', assertion.exception),
    list('SENTENCE_ABBREVIATIONS', 'readonly string[]', abbreviations),
  ].join('\n');
  return { path: CONTEXTUAL_DEFAULTS_FILE, content };
}

const literal = (word: string): string => `'${word.replace(/['\\]/gu, '\\$&')}'`;
