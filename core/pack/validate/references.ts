import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { unknownAttribute, unknownLabel, unknownMorphology, unknownNormalise } from '../../diagnostics/packs.js';
import { cyclicClasses } from '../../diagnostics/rules.js';
import type { PackSource } from '../files.js';
import type { DictionaryFile, OneOrMore, PackFile, RulesFile, TaxonomyFile, TermFile } from '../format.js';
import { asList } from '../format.js';
import { pointerOf } from '../../source/index.js';
import type { Scene } from './scene.js';

type Step = string | number;
type Check = (file: PackSource, names: OneOrMore | undefined, ...pointer: readonly Step[]) => void;

/** Names that stand for something elsewhere: labels, morphologies, normalisation maps and their attributes. */
export function checkReferences(scene: Scene): Diagnostic[] {
  const { effective } = scene;
  const diagnostics: Diagnostic[] = [];
  const classes = new Set([...effective.taxonomy.classes.keys(), ...effective.taxonomy.compounds.map((one) => one.id)]);
  const check =
    (
      known: { has(name: string): boolean },
      fault: (file: PackSource, pointer: string, name: string) => Diagnostic,
    ): Check =>
    (file, names, ...pointer) =>
      asList(names).forEach((name, i) => {
        if (known.has(name)) return;
        diagnostics.push(
          fault(file, typeof names === 'string' ? pointerOf(...pointer) : pointerOf(...pointer, i), name),
        );
      });
  const where = (file: PackSource, pointer: string) => ({
    file: file.source.file,
    range: file.source.rangeOf(pointer),
  });
  const labels = check(classes, (file, pointer, name) => unknownLabel(where(file, pointer), name, classes));
  const morphologies = check(effective.morphologies, (file, pointer, name) =>
    unknownMorphology(where(file, pointer), name, effective.morphologies.keys()),
  );
  const terms = (file: PackSource, list: readonly TermFile[] | undefined, ...pointer: readonly Step[]): void =>
    list?.forEach((term, i) => {
      if (typeof term === 'object') morphologies(file, term.morphology, ...pointer, i, 'morphology');
    });

  for (const pack of scene.packs) {
    for (const file of pack.files) {
      if (file.kind === 'dictionary') {
        const dictionary = file.source.value as DictionaryFile;
        morphologies(file, dictionary.morphology, 'morphology');
        const labelled = dictionary.entity !== undefined;
        if (labelled) labels(file, dictionary.labels, 'labels');
        for (const [name, value] of Object.entries(dictionary.values)) {
          if (labelled) labels(file, value.labels, 'values', name, 'labels');
          terms(file, value.terms, 'values', name, 'terms');
        }
      } else if (file.kind === 'rules') {
        const written = file.source.value as RulesFile;
        morphologies(file, written.morphology, 'morphology');
        written.rules.forEach((rule, i) => {
          labels(file, rule.labels, 'rules', i, 'labels');
          terms(file, rule.terms, 'rules', i, 'terms');
        });
      } else if (file.kind === 'taxonomy') {
        const taxonomy = file.source.value as TaxonomyFile;
        for (const [id, one] of Object.entries(taxonomy.classes ?? {})) {
          labels(file, one?.parent, 'classes', id, 'parent');
          labels(file, one?.requires, 'classes', id, 'requires');
        }
        taxonomy.disjoint?.forEach((set, i) => {
          labels(file, set.classes, 'disjoint', i, 'classes');
          set.compatible?.forEach((pair, k) => labels(file, pair, 'disjoint', i, 'compatible', k));
        });
        for (const [id, one] of Object.entries(taxonomy.compounds ?? {})) labels(file, one.of, 'compounds', id, 'of');
      }
    }
    const manifest = pack.manifest;
    const written = manifest.source.value as PackFile;
    written.overrides?.forEach((override, i) => {
      labels(manifest, override.labels, 'overrides', i, 'labels');
      terms(manifest, override.add_terms, 'overrides', i, 'add_terms');
    });
    const { default_normalise: chosen } = written;
    if (chosen !== undefined && !effective.normalise.has(chosen)) {
      diagnostics.push(unknownNormalise(where(manifest, '/default_normalise'), chosen, effective.normalise.keys()));
    }
    for (const [name, map] of Object.entries(written.normalise ?? {})) {
      for (const [entity, attribute] of Object.entries(map)) {
        const known = attributesOf(scene, entity);
        if (known.has(attribute)) continue;
        diagnostics.push(
          unknownAttribute(where(manifest, pointerOf('normalise', name, entity)), entity, attribute, known),
        );
      }
    }
  }
  return [...diagnostics, ...checkAncestors(scene)];
}

function attributesOf({ effective }: Scene, entity: string): Set<string> {
  const values = effective.dictionaries.filter((one) => one.entity === entity).flatMap((one) => one.values);
  const rules = effective.rules.filter((rule) => rule.entity === entity);
  return new Set([...values, ...rules].flatMap((one) => Object.keys(one.attributes)));
}

/** A class that is its own ancestor: reported once a circle, at the class that stands first. */
function checkAncestors(scene: Scene): Diagnostic[] {
  const { classes } = scene.effective.taxonomy;
  const diagnostics: Diagnostic[] = [];
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    const from = path.indexOf(id);
    if (from >= 0) {
      const one = classes.get(id)!;
      diagnostics.push(cyclicClasses(scene.place(one.at, one.pack, id.length), [...path.slice(from), id]));
      return;
    }
    if (done.has(id)) return;
    for (const parent of classes.get(id)?.parents ?? []) visit(parent, [...path, id]);
    done.add(id);
  };
  for (const id of classes.keys()) visit(id, []);
  return diagnostics;
}
