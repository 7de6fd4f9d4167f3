import { dump } from 'js-yaml';
import type { At, Dictionary, DictionaryValue, EffectivePack, Origin, Rule, Taxonomy, Term } from './model.js';

/**
 * The effective pack as YAML, each entry with where it comes from as a comment, and each field that an override
 * changed with the override. What `legenda validate --effective` prints; the YAML itself reads back as the values.
 */
export function explainEffective(effective: EffectivePack): string {
  const out = new Writer();
  out.line(0, 'packs:');
  for (const { id, version, root } of effective.packs) out.line(1, `- ${id}@${version}`, root);
  if (effective.defaultNormalise) out.line(0, `default_normalise: ${scalar(effective.defaultNormalise)}`);
  if (effective.normalise.size > 0) out.line(0, 'normalise:');
  for (const [name, map] of effective.normalise) out.line(1, `${scalar(name)}: ${flow(map)}`);
  out.line(0, 'dictionaries:');
  for (const dictionary of effective.dictionaries) writeDictionary(out, dictionary);
  if (effective.rules.length > 0) out.line(0, 'rules:');
  for (const rule of effective.rules) writeRule(out, rule);
  writeTaxonomy(out, effective.taxonomy);
  if (effective.morphologies.size > 0) out.line(0, 'morphologies:');
  for (const [id, one] of effective.morphologies) out.line(1, `- ${scalar(id)}`, origin(one.at, one.pack));
  if (effective.disabled.size > 0) out.line(0, 'disabled:');
  for (const [id, by] of effective.disabled) out.line(1, `- ${scalar(id)}`, override(by));
  return out.text();
}

class Writer {
  private readonly lines: string[] = [];

  line(depth: number, text: string, comment?: string): void {
    this.lines.push('  '.repeat(depth) + text + (comment ? `  # ${comment}` : ''));
  }

  text(): string {
    return this.lines.join('\n') + '\n';
  }
}

const origin = (at: At, pack: string): string => `${at.pack ?? pack} ${at.file}:${at.line}`;
const override = (by: Origin): string => `${origin(by.at, by.pack)}${by.why ? `: ${by.why}` : ''}`;

/** A value on one line, quoted where YAML needs it. */
const flow = (value: unknown): string => dump(value, { flowLevel: 0, lineWidth: -1 }).trimEnd();
const scalar = flow;

function writeDictionary(out: Writer, dictionary: Dictionary): void {
  const { id, entity, lexicon, layer, language, values, pack, file } = dictionary;
  out.line(1, `${scalar(id)}:`, `${pack} ${file}`);
  out.line(2, entity === undefined ? `lexicon: ${scalar(lexicon)}` : `entity: ${scalar(entity)}`);
  out.line(2, `layer: ${scalar(layer)}`);
  if (language !== undefined) out.line(2, `language: ${language}`);
  out.line(2, 'values:');
  for (const value of values) {
    out.line(3, `${scalar(value.value)}:`, origin(value.at, pack));
    writeShared(out, 4, value);
    writeTerms(out, 4, value.terms, pack, value.overridden);
    if (value.except.length === 0) continue;
    out.line(4, 'except:', changed(value.overridden, 'except'));
    for (const phrase of value.except) out.line(5, `- ${scalar(phrase.text)}`, origin(phrase.at, pack));
  }
}

type Overridden = ReadonlyMap<string, Origin> | undefined;
const changed = (overridden: Overridden, field: string): string | undefined => {
  const by = overridden?.get(field);
  return by && override(by);
};

function writeShared(out: Writer, depth: number, one: DictionaryValue | Rule): void {
  const { name, labels, codes, attributes, assertion, priority, overridden } = one;
  const field = (key: string, value: unknown): void =>
    out.line(depth, `${key}: ${flow(value)}`, changed(overridden, key));
  if (name !== undefined) field('name', name);
  if (labels.length > 0 || overridden?.has('labels')) field('labels', labels);
  if (Object.keys(codes).length > 0) field('codes', codes);
  if (Object.keys(attributes).length > 0) field('attributes', attributes);
  if (assertion !== undefined) field('assertion', assertion);
  if (priority !== 0 || overridden?.has('priority')) field('priority', priority);
}

function writeTerms(out: Writer, depth: number, terms: readonly Term[], pack: string, overridden: Overridden): void {
  if (terms.length === 0) return out.line(depth, 'terms: []', changed(overridden, 'terms'));
  out.line(depth, 'terms:', changed(overridden, 'terms'));
  for (const term of terms) {
    const { text, exactCase, morphology, priority, context } = term;
    const long = {
      term: text,
      ...(exactCase ? { case: 'exact' } : {}),
      ...(morphology.length > 0 ? { morphology } : {}),
      ...(priority === undefined ? {} : { priority }),
      ...(context ? { context } : {}),
    };
    out.line(depth + 1, `- ${flow(Object.keys(long).length === 1 ? text : long)}`, origin(term.at, pack));
  }
}

function writeRule(out: Writer, rule: Rule): void {
  const {
    id,
    entity,
    value,
    regex,
    terms,
    anchors,
    match,
    complete,
    scope,
    context,
    except,
    layer,
    exactCase,
    overridden,
  } = rule;
  out.line(1, `- id: ${scalar(id)}`, origin(rule.at, rule.pack));
  const field = (key: string, written: unknown): void =>
    out.line(2, `${key}: ${flow(written)}`, changed(overridden, key));
  field('entity', entity);
  if (value !== undefined) field('value', value);
  writeShared(out, 2, rule);
  if (regex !== undefined) field('regex', regex);
  if (terms) writeTerms(out, 2, terms, rule.pack, overridden);
  if (exactCase) field('case', 'exact');
  if (anchors.length > 0) field('anchors', anchors);
  field('match', match);
  if (complete) field('complete', complete);
  field('scope', scope);
  if (context) field('context', context);
  if (except) field('except', except);
  if (layer !== entity) field('layer', layer);
}

function writeTaxonomy(out: Writer, { classes, disjoint, compounds }: Taxonomy): void {
  if (classes.size === 0) return;
  out.line(0, 'taxonomy:');
  out.line(1, 'classes:');
  for (const { id, name, parents, group, requires, codes, at, pack } of classes.values()) {
    const written = {
      ...(name === undefined ? {} : { name }),
      ...(parents.length > 0 ? { parent: parents } : {}),
      ...(group === undefined ? {} : { group }),
      ...(requires.length > 0 ? { requires } : {}),
      ...(Object.keys(codes).length > 0 ? { codes } : {}),
    };
    out.line(2, `${scalar(id)}: ${flow(written)}`, origin(at, pack));
  }
  if (disjoint.length > 0) out.line(1, 'disjoint:');
  for (const { id, classes: set, compatible, at } of disjoint) {
    out.line(
      2,
      `- ${flow({ id, classes: set, ...(compatible.length > 0 ? { compatible } : {}) })}`,
      `${at.file}:${at.line}`,
    );
  }
  if (compounds.length > 0) out.line(1, 'compounds:');
  for (const { id, of, at } of compounds) out.line(2, `${scalar(id)}: ${flow({ of })}`, `${at.file}:${at.line}`);
}
