import type { LexiconEntry } from '../../core/plugin/index.js';

/** What a word does to the scope of a cue. */
export type Role =
  /** Ends every scope: `but`, `except`, `;`. */
  | 'terminating'
  /** A finite verb: with a comma or conjunction before it a new clause has begun. */
  | 'verb'
  /** A comma: a list goes on, or a new clause begins. */
  | 'soft'
  /** `and`: the same, but after a list with `or` something new is added. */
  | 'addition'
  /** `or`, `nor`: a list surely goes on. */
  | 'list'
  /** Brackets: what stands in them is an aside. */
  | 'open'
  | 'close'
  /** Tells the language, and nothing else. Longer than a boundary it takes its place: `such as`. */
  | 'plain';

export interface Boundary {
  readonly role: Role;
  /** Ends the scope of cues that look this way; of both where nothing is said. */
  readonly ends: 'forward' | 'backward' | 'both';
  /** Next to a cue that looks this way it leads on to the concept: `likely due to`, `negative for:`, `edema: none`. */
  readonly bridges: 'forward' | 'both' | undefined;
  readonly language: string | undefined;
}

const ROLES: readonly Role[] = ['terminating', 'verb', 'soft', 'addition', 'list', 'open', 'close', 'plain'];

/**
 * The boundary that a dictionary's value describes by its attributes `role`, `ends`, `bridges` and `language`.
 * @throws Error with the value's name where the role is missing or unknown
 */
export function readBoundary({ value, attributes }: LexiconEntry): Boundary {
  const role = ROLES.find((r) => r === attributes.role);
  if (role === undefined) {
    throw new Error(`Boundary ${value}: role must be one of ${ROLES.join(', ')}, not ${String(attributes.role)}.`);
  }
  const ends = attributes.ends === 'forward' || attributes.ends === 'backward' ? attributes.ends : 'both';
  const bridges = attributes.bridges === 'forward' || attributes.bridges === 'both' ? attributes.bridges : undefined;
  const language = typeof attributes.language === 'string' ? attributes.language : undefined;
  return { role, ends, bridges, language };
}
