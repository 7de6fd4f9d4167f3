import type { Boundary, Role } from './boundary.js';
import type { Cue } from './cue.js';
import type { Hit } from './hits.js';

/** A concept or a sentence in tokens, both ends inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** What stands in a text: all that may end the scope of a cue. Both lists run from left to right. */
export interface Surroundings {
  readonly sentence: Range;
  readonly boundaries: readonly Hit<Boundary>[];
  readonly cues: readonly Hit<Cue>[];
  /** Whether a token may follow the end of a phrase: punctuation, a boundary, the end of the text. */
  endsPhrase(token: number): boolean;
}

/** Whether `concept` lies in the scope of a cue that looks forward. */
export function reachesForward(cue: Hit<Cue>, concept: Range, around: Surroundings): boolean {
  const { sentence, boundaries } = around;
  if (cue.first >= concept.first || cue.first < sentence.first) return false;
  if (concept.first - cue.last - 1 > cue.term.window) return false;
  const between = boundaries.filter(({ first }) => first > cue.last && first < concept.first);
  const joints = withoutAsides(between);
  if (joints === undefined) return false;
  let listed = false;
  let lastJoint: Role | undefined;
  for (const { term, first } of joints) {
    const bridge = first === cue.last + 1 && term.bridges !== undefined;
    if (term.role === 'terminating' && term.ends !== 'backward' && !bridge) return false;
    if (term.role === 'verb' && (lastJoint !== undefined || cue.term.prepositional)) return false;
    if (term.role === 'list') listed = true;
    if (!mayBeginClause(term.role)) continue;
    if (cue.term.reach === 'phrase') return false;
    // `without keratitis or iritis, and ptosis`: the list was closed by its `or`.
    if (term.role === 'addition' && listed) return false;
    lastJoint = term.role;
  }
  if (cutByCue(cue, concept, around)) return false;
  // `There is no fracture, and a mass is seen`: the clause of the cue has its verb, so the next one is of a new clause.
  // In `No fever, cough and chills were noted` it is the first.
  const newClause =
    lastJoint !== undefined &&
    !listed &&
    verbFollows(concept, boundaries, sentence) &&
    verbPrecedes(cue, boundaries, sentence);
  return !newClause;
}

/** The verb of a predicate may come this many tokens before it: `has been | not seen`. */
const AUXILIARIES = 3;

/** Whether `concept` lies in the scope of a cue that looks backward. */
export function reachesBackward(cue: Hit<Cue>, concept: Range, around: Surroundings): boolean {
  const { sentence, boundaries } = around;
  if (cue.last <= concept.last || cue.last > sentence.last) return false;
  if (cue.first - concept.last - 1 > cue.term.window) return false;
  if (cue.term.final && cue.last < sentence.last && !around.endsPhrase(cue.last + 1)) return false;
  const between = boundaries.filter(({ first }) => first > concept.last && first < cue.first);
  const bracket = between.findLast(({ term }) => term.role === 'open' || term.role === 'close');
  // `effusion (negative)` speaks of the effusion, `collection (culture negative)` of the culture.
  if (bracket?.term.role === 'open' && bracket.last < cue.first - 1) return false;
  const joints = withoutAsides(between) ?? between;
  let joined = false;
  for (let i = joints.length - 1; i >= 0; i--) {
    const { term, last } = joints[i];
    const bridge = last === cue.first - 1 && term.bridges === 'both';
    if (term.role === 'terminating' && term.ends !== 'forward' && !bridge) return false;
    // `The patient had a biopsy that was negative`: between a subject and its predicate stands no other verb.
    if (term.role === 'verb' && (joined || last < cue.first - AUXILIARIES)) return false;
    if (!mayBeginClause(term.role)) continue;
    if (cue.term.reach === 'phrase') return false;
    joined = true;
  }
  // `He had fever, and cultures were negative`: fever is the object of its own verb, not one of the subjects.
  return !(joined && verbPrecedes(concept, boundaries, sentence));
}

const mayBeginClause = (role: Role): boolean => role === 'soft' || role === 'addition';

/** The boundaries without those in brackets; undefined where a bracket closes that was opened before the first. */
function withoutAsides(boundaries: readonly Hit<Boundary>[]): Hit<Boundary>[] | undefined {
  const kept: Hit<Boundary>[] = [];
  const opened: number[] = [];
  for (const hit of boundaries) {
    if (hit.term.role === 'open') opened.push(kept.length);
    else if (hit.term.role !== 'close') kept.push(hit);
    else {
      const from = opened.pop();
      if (from === undefined) return undefined;
      kept.length = from;
    }
  }
  return kept;
}

/** Another statement begins after a comma or `and`: `no effusion, possible pneumonia`. */
function cutByCue(cue: Hit<Cue>, concept: Range, { cues, boundaries }: Surroundings): boolean {
  return cues.some(
    (other) =>
      other.term.assertion !== cue.term.assertion &&
      other.term.forward &&
      other.first > cue.last &&
      other.last < concept.first &&
      boundaries.some((b) => mayBeginClause(b.term.role) && b.last === other.first - 1 && b.first > cue.last),
  );
}

/** Whether a verb stands right of `concept` with no comma, conjunction or terminating word before it. */
function verbFollows(concept: Range, boundaries: readonly Hit<Boundary>[], sentence: Range): boolean {
  for (const { term, first } of boundaries) {
    if (first <= concept.last || term.role === 'plain') continue;
    return first <= sentence.last && term.role === 'verb';
  }
  return false;
}

/** Whether a verb stands left of `range` in the same clause, as far as one can tell. */
function verbPrecedes(range: Range, boundaries: readonly Hit<Boundary>[], sentence: Range): boolean {
  for (let i = boundaries.length - 1; i >= 0; i--) {
    const { term, first, last } = boundaries[i];
    if (last >= range.first || term.role === 'plain') continue;
    return first >= sentence.first && term.role === 'verb';
  }
  return false;
}
