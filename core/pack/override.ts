import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { unknownId, unknownTerm } from '../diagnostics/packs.js';
import { pointerOf, type Source } from '../source/index.js';
import { atOf, buildContext, buildExceptions, buildTerms, type TermDefaults } from './build.js';
import type { OverrideFile, PackFile } from './format.js';
import type { DictionaryValue, Origin, Rule, Term } from './model.js';

/** What overrides work on: everything by id, and what is switched off. Changed in place while packs are laid over each other. */
export interface Layers {
  readonly values: Map<string, { value: DictionaryValue; readonly defaults: TermDefaults }>;
  readonly rules: Map<string, Rule>;
  readonly disabled: Map<string, Origin>;
}

/** Applies the overrides of one manifest, in their order; packs that extend it inherit the result. */
export function applyOverrides(layers: Layers, source: Source, file: string, pack: string): Diagnostic[] {
  const overrides = (source.value as PackFile).overrides ?? [];
  return overrides.flatMap((override, i) => {
    const at = atOf(source, file, source.startOf(overrides, i));
    const origin: Origin = { pack, at, ...(override.why === undefined ? {} : { why: override.why }) };
    const place = { pointer: pointerOf('overrides', i), source, file, pack, origin };
    const held = layers.values.get(override.id);
    const rule = layers.rules.get(override.id);
    const where = { file: source.file, range: source.rangeOf(`${place.pointer}/id`) };
    if (!held && !rule) return [unknownId(where, override.id, [...layers.values.keys(), ...layers.rules.keys()])];
    if (override.disabled === true) layers.disabled.set(override.id, origin);
    if (override.disabled === false) layers.disabled.delete(override.id);
    const diagnostics: Diagnostic[] = [];
    if (held) held.value = overrideValue(held.value, override, held.defaults, place, diagnostics);
    if (rule) layers.rules.set(rule.id, overrideRule(rule, override, place, diagnostics));
    return diagnostics;
  });
}

interface Place {
  readonly pointer: string;
  readonly source: Source;
  readonly file: string;
  readonly pack: string;
  readonly origin: Origin;
}

const SHARED = ['name', 'labels', 'codes', 'attributes', 'assertion', 'priority'] as const;

/** The fields that values and rules have in common, with those that changed. */
function sharedFields(
  now: DictionaryValue | Rule,
  override: OverrideFile,
  changed: Set<string>,
): Partial<Pick<DictionaryValue, (typeof SHARED)[number]>> {
  for (const field of SHARED) if (override[field] !== undefined) changed.add(field);
  const { name, labels, codes, attributes, assertion, priority } = override;
  return {
    ...(name === undefined ? {} : { name }),
    ...(labels === undefined ? {} : { labels }),
    ...(codes === undefined ? {} : { codes: { ...now.codes, ...codes } }),
    ...(attributes === undefined ? {} : { attributes: { ...now.attributes, ...attributes } }),
    ...(assertion === undefined ? {} : { assertion }),
    ...(priority === undefined ? {} : { priority }),
  };
}

function overrideValue(
  value: DictionaryValue,
  override: OverrideFile,
  defaults: TermDefaults,
  place: Place,
  diagnostics: Diagnostic[],
): DictionaryValue {
  const changed = new Set<string>();
  const fields = sharedFields(value, override, changed);
  const terms = overrideTerms(value.id, value.terms, override, defaults, place, changed, diagnostics);
  if (override.add_except) changed.add('except');
  const except = override.add_except
    ? [...value.except, ...buildExceptions(override.add_except, place.source, place.file, place.pack)]
    : value.except;
  return { ...value, ...fields, terms, except, overridden: origins(value.overridden, changed, place.origin) };
}

function overrideRule(rule: Rule, override: OverrideFile, place: Place, diagnostics: Diagnostic[]): Rule {
  const changed = new Set<string>();
  const fields = sharedFields(rule, override, changed);
  const defaults = { exactCase: rule.exactCase, morphology: rule.terms?.[0]?.morphology ?? [] };
  const terms = rule.terms && overrideTerms(rule.id, rule.terms, override, defaults, place, changed, diagnostics);
  if (override.context) changed.add('context');
  const context = override.context ? { context: buildContext(override.context) } : {};
  return {
    ...rule,
    ...fields,
    ...(terms ? { terms } : {}),
    ...context,
    overridden: origins(rule.overridden, changed, place.origin),
  };
}

function overrideTerms(
  id: string,
  terms: readonly Term[],
  override: OverrideFile,
  defaults: TermDefaults,
  place: Place,
  changed: Set<string>,
  diagnostics: Diagnostic[],
): readonly Term[] {
  const { remove_terms: removed, add_terms: added } = override;
  if (!removed && !added) return terms;
  changed.add('terms');
  removed?.forEach((text, i) => {
    if (terms.some((term) => term.text === text)) return;
    const range = place.source.rangeOf(`${place.pointer}/remove_terms/${i}`);
    diagnostics.push(
      unknownTerm(
        { file: place.source.file, range },
        id,
        text,
        terms.map((term) => term.text),
      ),
    );
  });
  return [
    ...terms.filter((term) => !removed?.includes(term.text)),
    ...buildTerms(added, place.source, place.file, defaults, place.pack),
  ];
}

function origins(
  before: ReadonlyMap<string, Origin> | undefined,
  changed: Set<string>,
  origin: Origin,
): ReadonlyMap<string, Origin> {
  return new Map([...(before ?? []), ...[...changed].map((field) => [field, origin] as const)]);
}
