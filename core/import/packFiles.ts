import { dump } from 'js-yaml';

/** A file of an imported pack; `path` is relative to the pack's folder. */
export interface ImportedFile {
  readonly path: string;
  readonly content: string;
}
/** Something that is otherwise than in the original, or missing. */
export interface ImportNote {
  /** `lost`: it is not in the pack. `changed`: it is, but does not do quite the same. */
  readonly kind: 'lost' | 'changed';
  /** What it is about: a key, an n-gram, a label. */
  readonly what: string;
  readonly why: string;
}
export interface ImportedPack {
  readonly id: string;
  readonly files: readonly ImportedFile[];
  /** What could not be carried over, and what is otherwise. Never empty in silence: each importer says all it knows. */
  readonly notes: readonly ImportNote[];
}

/** A source that is not what it should be; one clear sentence. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** The engine that imported packs are for. */
const ENGINE = '>=0.1.0 <1.0.0';

/** The manifest of an imported pack. Globs are written only where there are such files. */
export function manifestFile(
  id: string,
  description: string,
  more: {
    readonly extends?: readonly string[];
    readonly rules?: boolean;
    readonly taxonomy?: boolean;
    readonly dictionaries?: readonly string[];
  },
): ImportedFile {
  return yamlFile('pack.yaml', 'pack', {
    id,
    version: '1.0.0',
    engine: ENGINE,
    description,
    ...(more.extends && more.extends.length > 0 ? { extends: more.extends } : {}),
    dictionaries: more.dictionaries ?? [],
    ...(more.rules ? { rules: ['rules.yaml'] } : {}),
    ...(more.taxonomy ? { taxonomy: 'taxonomy.yaml' } : {}),
  });
}

/** A YAML file with the line that editors find its schema by. */
export function yamlFile(path: string, schema: string, value: object, comment?: string): ImportedFile {
  const head = [
    `# yaml-language-server: $schema=https://legenda.dev/schemas/${schema}.schema.json`,
    ...(comment === undefined ? [] : comment.split('\n').map((line) => `# ${line}`)),
  ];
  return { path, content: `${head.join('\n')}\n${dump(value, { lineWidth: 110, noRefs: true })}` };
}

/** A name that packs allow for entities, values and ids: lower-case letters, digits and `_`. */
export function slug(name: string): string {
  const made = name
    .trim()
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{Ll}\p{Nd}]+/gu, '_')
    .replace(/^_+|_+$/gu, '');
  return made === '' ? 'unnamed' : made;
}
