import { expandTerm, inflect } from './expand.js';
import type { EffectivePack, Term } from './model.js';

/** All spellings of a term: its alternatives, and what the declared morphologies make of each. Each once. */
export function variants(
  term: Pick<Term, 'text' | 'morphology'>,
  pack: Pick<EffectivePack, 'morphologies'>,
): Iterable<string> {
  const expanded = expandTerm(term.text);
  if (term.morphology.length === 0) return expanded;
  const all = new Set(expanded);
  for (const name of term.morphology) {
    const morphology = pack.morphologies.get(name);
    if (morphology) for (const text of [...all]) for (const variant of inflect(text, morphology)) all.add(variant);
  }
  return all;
}
