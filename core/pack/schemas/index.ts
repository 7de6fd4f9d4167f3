import dictionary from './dictionary.schema.json' with { type: 'json' };
import morphology from './morphology.schema.json' with { type: 'json' };
import pack from './pack.schema.json' with { type: 'json' };
import rules from './rules.schema.json' with { type: 'json' };
import taxonomy from './taxonomy.schema.json' with { type: 'json' };
import test from './test.schema.json' with { type: 'json' };

/** The kinds of YAML files of a pack. */
export type FileKind = 'pack' | 'dictionary' | 'rules' | 'morphology' | 'taxonomy' | 'test';

/** JSON Schema 2020-12 of each kind of file. Their descriptions are the reference documentation. */
export const schemas: Readonly<Record<FileKind, object>> = { pack, dictionary, rules, morphology, taxonomy, test };

const TOP_KEYS: readonly (readonly [FileKind, readonly string[]])[] = [
  ['test', ['cases']],
  ['rules', ['rules']],
  ['morphology', ['morphology']],
  ['taxonomy', ['taxonomy']],
  ['dictionary', ['entity', 'lexicon', 'values']],
];

/** What kind of file a value is, told by its keys; `morphology` beside `values` is a dictionary's. */
export function kindOf(value: object): FileKind | undefined {
  const has = (key: string): boolean => Object.hasOwn(value, key);
  if (has('values') || has('entity') || has('lexicon')) return has('rules') ? 'rules' : 'dictionary';
  return TOP_KEYS.find(([, keys]) => keys.some(has))?.[0];
}
