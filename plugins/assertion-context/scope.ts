import type { Boundary, Role } from './boundary.js';
import type { Cue } from './cue.js';
import type { Hit } from './hits.js';

/** A concept or a sentence in tokens, both ends inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** What stands in a sentence: all that may end the scope of a cue. Both lists run from left to right. */
export interface Surroundings {
  readonly sentence: Range;
  readonly boundaries: readonly Hit<Boundary>[];
  readonly cues: readonly Hit<Cue>[];
}

/** Whether `concept` lies in the scope of a cue that looks forward. */
export function reachesForward(cue: Hit<Cue>, concept: Range, { sentence, boundaries, cues }: Surroundings): boolean {
  if (cue.first >= concept.first || cue.first < sentence.first) return false;
  if (concept.first - cue.last - 1 > cue.term.window) return false;
  let clauseMayHaveBegun = false;
  let lastJoint: Role | undefined;
  for (const { term, first, last } of boundaries) {
    if (first <= cue.last) continue;
    if (last >= concept.first) break;
    if (term.role === 'terminating' && first > cue.last + 1) return false;
    if (term.role === 'soft') {
      if (cue.term.reach === 'phrase') return false;
      clauseMayHaveBegun = true;
      lastJoint = 'soft';
    }
    if (term.role === 'list') lastJoint = 'list';
    if (term.role === 'verb' && clauseMayHaveBegun) return false;
  }
  if (cutByCue(cue, concept, cues, boundaries)) return false;
  // `There is no fracture, and a mass is seen`: the clause of the cue has its verb, so the next one is of a new clause.
  // In `No fever, cough and chills were noted` it is the first.
  const newClause =
    lastJoint === 'soft' && verbFollows(concept, boundaries, sentence) && verbPrecedes(cue, boundaries, sentence);
  return !newClause;
}

/** Whether `concept` lies in the scope of a cue that looks backward. */
export function reachesBackward(cue: Hit<Cue>, concept: Range, { sentence, boundaries }: Surroundings): boolean {
  if (cue.last <= concept.last || cue.last > sentence.last) return false;
  if (cue.first - concept.last - 1 > cue.term.window) return false;
  let joined = false;
  for (let i = boundaries.length - 1; i >= 0; i--) {
    const { term, first, last } = boundaries[i];
    if (last >= cue.first) continue;
    if (first <= concept.last) break;
    if (term.role === 'terminating' && last < cue.first - 1) return false;
    if (term.role === 'soft') {
      if (cue.term.reach === 'phrase') return false;
      joined = true;
    }
    if (term.role === 'verb' && joined) return false;
  }
  // `He had fever, and cultures were negative`: fever is the object of its own verb, not one of the subjects.
  return !(joined && verbPrecedes(concept, boundaries, sentence));
}

/** Another statement begins after a comma or conjunction: `no effusion, possible pneumonia`. */
function cutByCue(
  cue: Hit<Cue>,
  concept: Range,
  cues: readonly Hit<Cue>[],
  boundaries: readonly Hit<Boundary>[],
): boolean {
  return cues.some(
    (other) =>
      other.term.assertion !== cue.term.assertion &&
      other.term.forward &&
      other.first > cue.last &&
      other.last < concept.first &&
      boundaries.some((b) => isJoint(b.term.role) && b.last === other.first - 1 && b.first > cue.last),
  );
}

const isJoint = (role: Role): boolean => role === 'soft' || role === 'list';

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
