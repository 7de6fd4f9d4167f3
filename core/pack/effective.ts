import { createHash } from 'node:crypto';
import type { Diagnostic, Related } from '../diagnostics/diagnostic.js';
import { duplicateId } from '../diagnostics/packs.js';
import type { Range } from '../source/index.js';
import { buildDictionary, buildMorphology, buildRules, buildTaxonomy, type TermDefaults } from './build.js';
import type { PackSource } from './files.js';
import type { DictionaryFile, PackFile } from './format.js';
import type { LoadedPack } from './load.js';
import type {
  At,
  Compound,
  Dictionary,
  DictionaryValue,
  Disjoint,
  EffectivePack,
  Morphology,
  NormaliseMap,
  TaxonomyClass,
} from './model.js';
import { applyOverrides, type Layers } from './override.js';

/**
 * Lays packs over each other in the order of loading: files of each, then its overrides over all before it. What has
 * an id that is taken is reported and left out.
 */
export function layPacks(packs: readonly LoadedPack[], diagnostics: Diagnostic[]): EffectivePack {
  const layers: Layers = { values: new Map(), rules: new Map(), disabled: new Map() };
  const dictionaries: Dictionary[] = [];
  const morphologies = new Map<string, Morphology>();
  const classes = new Map<string, TaxonomyClass>();
  const disjoint: Disjoint[] = [];
  const compounds: Compound[] = [];
  const normalise = new Map<string, NormaliseMap>();
  let defaultNormalise: string | undefined;
  const firsts = new Map<string, Related>();

  /** Whether an id is new among its kind; where not, that is reported. */
  function isNew(what: string, id: string, at: At, file: PackSource): boolean {
    const key = `${what} ${id}`;
    const range = lineRange(at, id.length);
    const first = firsts.get(key);
    if (first) diagnostics.push(duplicateId({ file: file.source.file, range }, what, id, first));
    else firsts.set(key, { message: 'the first one', file: file.source.file, range });
    return first === undefined;
  }

  for (const pack of packs) {
    for (const file of pack.files) {
      if (file.kind === 'dictionary') {
        const dictionary = buildDictionary(file, pack.ref);
        const written = file.source.value as DictionaryFile;
        const id = written.id === undefined ? (written.entity === undefined ? 'lexicon' : 'entity') : 'id';
        if (!isNew('dictionaries', dictionary.id, valueAt(file, `/${id}`), file)) continue;
        dictionaries.push(dictionary);
        const defaults: TermDefaults = { exactCase: written.case === 'exact', morphology: written.morphology ?? [] };
        for (const value of dictionary.values) layers.values.set(value.id, { value, defaults });
      } else if (file.kind === 'rules') {
        buildRules(file, pack.ref).forEach((rule, i) => {
          if (isNew('rules', rule.id, valueAt(file, `/rules/${i}/id`), file)) layers.rules.set(rule.id, rule);
        });
      } else if (file.kind === 'morphology') {
        const morphology = buildMorphology(file, pack.ref);
        if (isNew('morphologies', morphology.id, valueAt(file, '/morphology'), file))
          morphologies.set(morphology.id, morphology);
      } else if (file.kind === 'taxonomy') {
        const taxonomy = buildTaxonomy(file, pack.ref);
        for (const one of taxonomy.classes) if (isNew('classes', one.id, one.at, file)) classes.set(one.id, one);
        for (const one of taxonomy.disjoint) if (isNew('disjoint sets', one.id, one.at, file)) disjoint.push(one);
        for (const one of taxonomy.compounds) if (isNew('compounds', one.id, one.at, file)) compounds.push(one);
      }
    }
    const manifest = pack.manifest.source.value as PackFile;
    for (const [name, map] of Object.entries(manifest.normalise ?? {}))
      normalise.set(name, { ...normalise.get(name), ...map });
    defaultNormalise = manifest.default_normalise ?? defaultNormalise;
    diagnostics.push(...applyOverrides(layers, pack.manifest.source, pack.manifest.file, pack.ref));
  }
  return {
    packs: packs.map((pack) => ({
      id: pack.id,
      version: pack.version,
      root: pack.place.folder,
      digest: digestOf(pack),
    })),
    dictionaries: dictionaries.map((dictionary) => withOverrides(dictionary, layers)),
    rules: [...layers.rules.values()].filter((rule) => !layers.disabled.has(rule.id)),
    taxonomy: { classes, disjoint, compounds },
    morphologies,
    normalise,
    ...(defaultNormalise === undefined ? {} : { defaultNormalise }),
    disabled: layers.disabled,
  };
}

function withOverrides(dictionary: Dictionary, layers: Layers): Dictionary {
  const values: DictionaryValue[] = [];
  let changed = false;
  for (const before of dictionary.values) {
    const { value } = layers.values.get(before.id)!;
    const off = layers.disabled.has(before.id);
    changed ||= off || value !== before;
    if (!off) values.push(value);
  }
  return changed ? { ...dictionary, values } : dictionary;
}

function digestOf({ manifest, files }: LoadedPack): string {
  const hash = createHash('sha256');
  for (const { file, source } of [manifest, ...files])
    hash.update(`${file}\0${source.text.length}\0`).update(source.text);
  return hash.digest('hex');
}

function valueAt(file: PackSource, pointer: string): At {
  const { line, col } = file.source.rangeOf(pointer);
  return { file: file.file, line, col };
}

const lineRange = ({ line, col }: At, length: number): Range => ({ line, col, endLine: line, endCol: col + length });
