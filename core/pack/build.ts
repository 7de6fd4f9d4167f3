import type { Source } from '../source/index.js';
import type { PackSource } from './files.js';
import {
  asList,
  type ContextFile,
  type DictionaryFile,
  type MorphologyFile,
  type RulesFile,
  type TaxonomyFile,
  type TermFile,
} from './format.js';
import type {
  At,
  Compound,
  Context,
  Dictionary,
  DictionaryValue,
  Disjoint,
  Exception,
  Morphology,
  Rule,
  TaxonomyClass,
  Term,
} from './model.js';

const NONE: readonly never[] = Object.freeze([]);
const NOTHING = Object.freeze({});

/** Line and column of an offset in a file of the model. */
export function atOf(source: Source, file: string, offset: number, pack?: string): At {
  const line = source.lines.lineAt(offset);
  const col = source.lines.colAt(offset, line);
  return pack === undefined ? { file, line, col } : { file, line, col, pack };
}

/** Defaults that a file gives to its terms. */
export interface TermDefaults {
  readonly exactCase: boolean;
  readonly morphology: readonly string[];
}

/** The terms of a list, each with its place. `pack` is set where they come by an override. */
export function buildTerms(
  terms: readonly TermFile[] | undefined,
  source: Source,
  file: string,
  defaults: TermDefaults,
  pack?: string,
): Term[] {
  if (!terms) return [];
  const offsets = source.layoutOf(terms)?.offsets ?? [];
  return terms.map((term, i) => {
    const at = atOf(source, file, offsets[i * 2] ?? 0, pack);
    if (typeof term === 'string') {
      return { text: term, exactCase: defaults.exactCase, morphology: defaults.morphology, at };
    }
    return {
      text: term.term,
      exactCase: term.case === undefined ? defaults.exactCase : term.case === 'exact',
      morphology: term.morphology ?? defaults.morphology,
      ...(term.priority === undefined ? NOTHING : { priority: term.priority }),
      ...(term.context ? { context: buildContext(term.context) } : NOTHING),
      ...(term.why === undefined ? NOTHING : { why: term.why }),
      at,
    };
  });
}

export function buildContext(context: ContextFile): Context {
  return {
    before: context.before ?? NONE,
    after: context.after ?? NONE,
    within: context.within ?? 25,
    both: context.both ?? false,
    optional: context.optional ?? false,
    wholeWords: context.whole_words ?? false,
  };
}

export function buildExceptions(
  phrases: readonly string[] | undefined,
  source: Source,
  file: string,
  pack?: string,
): readonly Exception[] {
  if (!phrases) return NONE;
  const offsets = source.layoutOf(phrases)?.offsets ?? [];
  return phrases.map((text, i) => ({ text, at: atOf(source, file, offsets[i * 2] ?? 0, pack) }));
}

export function buildDictionary({ file, source }: PackSource, pack: string): Dictionary {
  const written = source.value as DictionaryFile;
  const name = (written.entity ?? written.lexicon)!;
  const id = written.id ?? name;
  const defaults: TermDefaults = { exactCase: written.case === 'exact', morphology: written.morphology ?? NONE };
  const layout = source.layoutOf(written.values);
  const starts = new Map(layout?.keys?.map((key, i) => [key, layout.offsets[i * 4]]));
  const values = Object.entries(written.values).map(([value, entry]): DictionaryValue => ({
    id: `${id}/${value}`,
    value,
    ...(entry.name === undefined ? NOTHING : { name: entry.name }),
    labels: entry.labels ?? written.labels ?? NONE,
    codes: entry.codes ?? NOTHING,
    attributes: written.attributes ? { ...written.attributes, ...entry.attributes } : (entry.attributes ?? NOTHING),
    ...(entry.assertion === undefined ? NOTHING : { assertion: entry.assertion }),
    priority: entry.priority ?? written.priority ?? 0,
    terms: buildTerms(entry.terms, source, file, defaults),
    except: buildExceptions(entry.except, source, file),
    at: atOf(source, file, starts.get(value) ?? 0),
  }));
  return {
    id,
    pack,
    file,
    ...(written.entity === undefined ? { lexicon: written.lexicon } : { entity: written.entity }),
    layer: written.layer ?? name,
    ...(written.language === undefined ? NOTHING : { language: written.language }),
    values,
  };
}

export function buildRules({ file, source }: PackSource, pack: string): Rule[] {
  const written = source.value as RulesFile;
  return written.rules.map((rule, i): Rule => {
    const exactCase = rule.case === 'exact';
    return {
      id: rule.id,
      pack,
      file,
      entity: rule.entity,
      ...(rule.value === undefined ? NOTHING : { value: rule.value }),
      ...(rule.name === undefined ? NOTHING : { name: rule.name }),
      labels: rule.labels ?? NONE,
      codes: rule.codes ?? NOTHING,
      attributes: rule.attributes ?? NOTHING,
      ...(rule.assertion === undefined ? NOTHING : { assertion: rule.assertion }),
      ...(rule.regex === undefined ? NOTHING : { regex: rule.regex }),
      ...(rule.terms
        ? { terms: buildTerms(rule.terms, source, file, { exactCase, morphology: written.morphology ?? NONE }) }
        : NOTHING),
      exactCase,
      anchors: rule.anchors ?? NONE,
      match: rule.match ?? 'token',
      complete: rule.complete ?? false,
      scope: rule.scope ?? 'sentence',
      ...(rule.context ? { context: buildContext(rule.context) } : NOTHING),
      ...(rule.except ? { except: { words: rule.except.words, within: rule.except.within ?? 5 } } : NOTHING),
      priority: rule.priority ?? 0,
      layer: rule.layer ?? rule.entity,
      ...(written.language === undefined ? NOTHING : { language: written.language }),
      ...(rule.why === undefined ? NOTHING : { why: rule.why }),
      at: atOf(source, file, source.startOf(written.rules, i)),
    };
  });
}

export function buildMorphology({ file, source }: PackSource, pack: string): Morphology {
  const written = source.value as MorphologyFile;
  return {
    id: written.morphology,
    pack,
    plural: (written.plural ?? []).map(([ending, replacements]) => [ending, asList(replacements)] as const),
    heads: written.heads ?? NONE,
    spelling: written.spelling ?? NONE,
    joined: written.joined ?? false,
    at: atOf(source, file, 0),
  };
}

export interface BuiltTaxonomy {
  readonly classes: readonly TaxonomyClass[];
  readonly disjoint: readonly Disjoint[];
  readonly compounds: readonly Compound[];
}

export function buildTaxonomy({ file, source }: PackSource, pack: string): BuiltTaxonomy {
  const written = source.value as TaxonomyFile;
  const keyAt = (container: object, key: string): At => atOf(source, file, source.keyStartOf(container, key));
  const classes = written.classes ?? {};
  const disjoint = written.disjoint ?? [];
  const compounds = written.compounds ?? {};
  return {
    classes: Object.entries(classes).map(([id, entry]) => ({
      id,
      pack,
      ...(entry?.name === undefined ? NOTHING : { name: entry.name }),
      parents: asList(entry?.parent),
      ...(entry?.group === undefined ? NOTHING : { group: entry.group }),
      requires: asList(entry?.requires),
      codes: entry?.codes ?? NOTHING,
      at: keyAt(classes, id),
    })),
    disjoint: disjoint.map((set, i) => ({
      id: set.id,
      classes: set.classes,
      compatible: set.compatible ?? NONE,
      at: atOf(source, file, source.startOf(disjoint, i)),
    })),
    compounds: Object.entries(compounds).map(([id, entry]) => ({ id, of: entry.of, at: keyAt(compounds, id) })),
  };
}
