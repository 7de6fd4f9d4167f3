import { inflect } from './expand.js';
import type { Morphology } from './model.js';

/** How the words of a term vary, by the morphologies that its dictionary declares. */
export interface Inflections {
  /** A word and its other spellings; with `plural` its plurals too. */
  forms(word: string, plural: boolean): readonly string[];
  /** Whether the word before this one varies (`mass of the lung`). */
  isHead(word: string): boolean;
}

const made = new WeakMap<ReadonlyMap<string, Morphology>, Map<string, Inflections>>();

/** The inflections of some morphologies. Words recur in thousands of terms, so each is inflected once. */
export function inflectionsOf(names: readonly string[], morphologies: ReadonlyMap<string, Morphology>): Inflections {
  let known = made.get(morphologies);
  if (known === undefined) made.set(morphologies, (known = new Map<string, Inflections>()));
  const key = names.join(' ');
  let inflections = known.get(key);
  if (inflections === undefined) {
    inflections = build(names.flatMap((name) => morphologies.get(name) ?? []));
    known.set(key, inflections);
  }
  return inflections;
}

function build(morphologies: readonly Morphology[]): Inflections {
  const spelled = new Map<string, readonly string[]>();
  const plurals = new Map<string, readonly string[]>();
  const heads = new Set(morphologies.flatMap((m) => m.heads));
  const vary = (word: string, plural: boolean): string[] => {
    const all = new Set([word]);
    for (const morphology of morphologies) {
      const used = plural ? morphology : { ...morphology, plural: [] };
      for (const form of [...all]) for (const variant of inflect(form, used)) all.add(variant);
    }
    return [...all];
  };
  return {
    forms(word, plural) {
      const memo = plural ? plurals : spelled;
      let forms = memo.get(word);
      if (forms === undefined) memo.set(word, (forms = vary(word, plural)));
      return forms;
    },
    isHead: (word) => heads.has(word.toLowerCase()),
  };
}
