import { ASSERTIONS, type Assertion, type LexiconEntry } from '../../core/plugin/index.js';

/** How far the scope of a cue goes before anything ends it. */
export type Reach =
  /** Over commas and conjunctions, as long as no new clause begins: `no fever, cough or chills`. */
  | 'clause'
  /** To the first comma or `and`: `possible pneumonia and effusion`. */
  | 'phrase';

/** A cue in the terms of ConText (Harkema et al. 2009), read from the attributes of a dictionary's value. */
export interface Cue {
  readonly assertion: Assertion;
  /** The assertion it has in the caption of a figure; the same as `assertion` where nothing else is said. */
  readonly inCaption: Assertion;
  readonly forward: boolean;
  readonly backward: boolean;
  /** Looks like a cue and is none: it takes the place of the shorter cues in it. */
  readonly pseudo: boolean;
  /** The most tokens that may stand between cue and concept. */
  readonly window: number;
  readonly reach: Reach;
  /** A phrase with a preposition (`without fever`) is no subject: the next verb is of another clause. */
  readonly prepositional: boolean;
  /** Counts only where its phrase ends: `the spleen is absent`, not `absent spleen`. */
  readonly final: boolean;
  /** Undefined for signs that belong to no language. */
  readonly language: string | undefined;
}

const DIRECTIONS = ['forward', 'backward', 'both', 'pseudo'];

/**
 * The cue that a dictionary's value describes by its attributes `assertion`, `in_caption`, `direction`, `window`,
 * `reach`, `prepositional`, `final` and `language`.
 * @throws Error with the value's name where an attribute is missing or unknown
 */
export function readCue({ value, attributes }: LexiconEntry): Cue {
  const { direction, language } = attributes;
  if (typeof direction !== 'string' || !DIRECTIONS.includes(direction)) {
    throw new Error(`Cue ${value}: direction must be one of ${DIRECTIONS.join(', ')}, not ${String(direction)}.`);
  }
  const pseudo = direction === 'pseudo';
  const assertion = pseudo ? 'present' : assertionNamed(attributes.assertion, value);
  return {
    assertion,
    inCaption: attributes.in_caption === undefined ? assertion : assertionNamed(attributes.in_caption, value),
    forward: direction === 'forward' || direction === 'both',
    backward: direction === 'backward' || direction === 'both',
    pseudo,
    window: typeof attributes.window === 'number' ? attributes.window : Infinity,
    reach: attributes.reach === 'phrase' ? 'phrase' : 'clause',
    prepositional: attributes.prepositional === true,
    final: attributes.final === true,
    language: typeof language === 'string' ? language : undefined,
  };
}

function assertionNamed(name: unknown, value: string): Assertion {
  const assertion = ASSERTIONS.find((a) => a === name);
  if (assertion !== undefined) return assertion;
  throw new Error(`Cue ${value}: assertion must be one of ${ASSERTIONS.join(', ')}, not ${String(name)}.`);
}
