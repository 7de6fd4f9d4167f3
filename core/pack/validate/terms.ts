import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { ambiguousTerm, badTerm, repeatedTerm, shadowedTerm } from '../../diagnostics/terms.js';
import { termKey } from '../../match/lexicon.js';
import { expandTerm, termProblem } from '../expand.js';
import type { Term } from '../model.js';
import { variants } from '../variants.js';
import type { Scene } from './scene.js';

/** Everything that holds terms: a value of a dictionary, or a rule. */
interface Holder {
  readonly id: string;
  readonly pack: string;
  readonly layer: string | undefined;
  readonly priority: number;
  readonly terms: readonly Term[];
  /** Its hits hang on what stands around them, so that it need not compete. */
  readonly conditional: boolean;
}

interface Owner {
  readonly holder: Holder;
  readonly term: Term;
  readonly written: boolean;
}

/** Terms that cannot be read, that two values of a layer share, or that stand twice under one. */
export function checkTerms(scene: Scene): Diagnostic[] {
  const owners = new Map<string, Map<string, Owner>>();
  const diagnostics: Diagnostic[] = [];
  for (const holder of holdersOf(scene)) {
    let layer = owners.get(holder.layer ?? '');
    if (!layer) owners.set(holder.layer ?? '', (layer = new Map()));
    for (const term of holder.terms)
      diagnostics.push(...checkTerm(term, holder, holder.layer === undefined ? undefined : layer, scene));
  }
  return diagnostics;
}

function* holdersOf({ effective }: Scene): Generator<Holder> {
  for (const { pack, layer, entity, values } of effective.dictionaries) {
    // What the words of a lexicon are for, only its plugin knows: they need not compete.
    for (const { id, priority, terms } of values) {
      yield { id, pack, layer: entity === undefined ? undefined : layer, priority, terms, conditional: false };
    }
  }
  for (const { id, pack, layer, priority, terms, context, except } of effective.rules) {
    if (terms)
      yield { id, pack, layer, priority, terms, conditional: (context && !context.optional) || except !== undefined };
  }
}

function checkTerm(term: Term, holder: Holder, layer: Map<string, Owner> | undefined, scene: Scene): Diagnostic[] {
  const where = () => scene.place(term.at, holder.pack, term.text.length);
  const problem = termProblem(term.text);
  if (problem) return [badTerm(where(), term.text, problem)];
  if (!layer || holder.conditional || (term.context && !term.context.optional)) return [];
  const written = new Set(expandTerm(term.text));
  const found: Diagnostic[] = [];
  for (const text of variants(term, scene.effective)) {
    const key = term.exactCase ? `${termKey(text)}\0${text}` : termKey(text);
    const own: Owner = { holder, term, written: written.has(text) };
    const other = layer.get(key);
    if (!other) layer.set(key, own);
    else if (other.term !== term) {
      // A term has one fault of a kind at most, however many variants it has.
      if (found.length === 0) found.push(...clash(own, other, text, scene));
      if (priorityOf(own) > priorityOf(other)) layer.set(key, own);
    }
  }
  return found;
}

const priorityOf = ({ term, holder }: Owner): number => term.priority ?? holder.priority;

function clash(own: Owner, other: Owner, text: string, scene: Scene): Diagnostic[] {
  const place = ({ term, holder }: Owner) => scene.place(term.at, holder.pack, term.text.length);
  const related = (message: string, owner: Owner) => ({ message, ...place(owner) });
  if (own.holder.id === other.holder.id) {
    // Alternatives overlap by nature; a plain phrase that is there already is one too many.
    if (own.term.text.includes('|') || !other.written || own.term.exactCase !== other.term.exactCase) return [];
    return [repeatedTerm(place(own), text, own.holder.id, related('the first one', other))];
  }
  const difference = priorityOf(own) - priorityOf(other);
  if (difference === 0) {
    const generated = !own.written || !other.written;
    const message = `here for \`${other.holder.id}\``;
    return [ambiguousTerm(place(own), text, own.holder.id, other.holder.id, related(message, other), generated)];
  }
  const [winner, loser] = difference > 0 ? [own, other] : [other, own];
  if (!loser.written || !winner.written) return [];
  return [shadowedTerm(place(loser), text, loser.holder.id, winner.holder.id, related('the winner', winner))];
}
