import type { LexiconTerm } from '../match/lexicon.js';
import { readPattern } from '../match/pattern.js';
import { inflectionsOf } from './inflections.js';
import type { EffectivePack, Term } from './model.js';
import { variants } from './variants.js';

/**
 * A term of a pack as a lexicon takes it: as a pattern where that says all, else written out. Exact case is written
 * out, as it is the spelling as a whole that must agree.
 */
export function lexiconTerms<E>(
  term: Pick<Term, 'text' | 'morphology'> & { readonly exactCase?: boolean },
  entry: E,
  pack: Pick<EffectivePack, 'morphologies'>,
): LexiconTerm<E>[] {
  // A term that neither varies nor has alternatives is its own words.
  if (term.morphology.length === 0 && !term.exactCase && !ALTERNATIVES.test(term.text))
    return [{ text: term.text, entry }];
  const pattern = term.exactCase ? null : readPattern(term.text);
  if (pattern !== null)
    return [{ text: term.text, entry, pattern, inflections: inflectionsOf(term.morphology, pack.morphologies) }];
  return [...variants(term, pack)].map((text) => ({ text, entry, exactCase: term.exactCase }));
}

const ALTERNATIVES = /[()|]/;
