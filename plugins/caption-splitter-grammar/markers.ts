import { GAP_NEWLINE } from '../../core/plugin/index.js';
import { isDash, type Alphabet, type Label } from './labels.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** How a marker is written. */
export type Frame =
  | 'bracket' // (A)
  | 'open' // (A, 200x)
  | 'tail' // (arrow in A)
  | 'half' // A)
  | 'dot' // A.
  | 'colon' // A:
  | 'comma' // A,
  | 'equals' // A =
  | 'dash' // A -
  | 'bare' // a Text
  | 'word'; // Panel A, image (B)

/** What stands before a marker. */
export type Before = 'start' | 'strong' | 'comma' | 'joiner' | 'text';

/** Something that looks like a panel marker. */
export interface Candidate {
  /** Tokens, both inclusive. */
  readonly first: number;
  readonly last: number;
  readonly labels: readonly Label[];
  readonly alphabet: Alphabet;
  readonly frame: Frame;
  readonly before: Before;
  /** Refers to a panel inside a sentence ("in A"), and by itself makes no panel. */
  readonly mention: boolean;
  /** Another panel is compared with ("relative to panel A"): the text is not about it. */
  readonly aside: boolean;
  /** A panel noun stands with it. */
  readonly noun: boolean;
  readonly ranged: boolean;
}

/** What stands before token `i`. */
export function beforeOf(r: Reading, i: number): Before {
  if (i <= 0) return 'start';
  if (r.doc.gap[i] === GAP_NEWLINE) return 'start';
  const c = r.mark1(i - 1);
  if (c === '') {
    if (r.is(i - 1, ROLE.joiner) && r.isWord(i - 1)) return 'joiner';
    return 'text';
  }
  if (c === '.' || c === '!' || c === '?') return 'start';
  if (c === ';' || c === ':' || c === '|' || c === '•' || isDash(c)) return 'strong';
  if (c === ',') return 'comma';
  if (c === '&' || (c === '/' && !r.glued(i))) return 'joiner';
  if (r.isClose(i - 1) || c === '”' || c === '"' || c === '’') return 'text';
  return 'text';
}

/** Frames by the mark behind a label. */
export const PUNCTUATION_FRAME: Readonly<Record<string, Frame>> = {
  '.': 'dot',
  ':': 'colon',
  ',': 'comma',
  '=': 'equals',
  ')': 'half',
};

export const COLONS: readonly string[] = [':', '：'];
