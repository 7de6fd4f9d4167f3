import type { LexiconEntry } from '../../core/plugin/index.js';

/** What a word may be to the grammar. The words stand in `dictionaries/language/caption-*.yaml`, by `role`. */
export const ROLE = {
  position: 1 << 0,
  panel: 1 << 1,
  figure: 1 << 2,
  joiner: 1 << 3,
  list: 1 << 4,
  range: 1 << 5,
  glue: 1 << 6,
  contrast: 1 << 7,
  technique: 1 << 8,
  legend: 1 << 9,
  refer: 1 << 10,
  determiner: 1 << 11,
  anaphor: 1 << 12,
  preposition: 1 << 13,
  show: 1 << 14,
  be: 1 << 15,
  verb: 1 << 16,
  before_letter: 1 << 17,
  category: 1 << 18,
  header: 1 << 19,
  image: 1 << 20,
  images: 1 << 21,
  content: 1 << 22,
  modifier: 1 << 23,
  noun: 1 << 24,
  structure: 1 << 25,
  picture: 1 << 26,
  line: 1 << 27,
  strong: 1 << 28,
  finding: 1 << 29,
  genitive: 1 << 30,
  landmark: 1 << 31,
} as const;
export type Role = keyof typeof ROLE;

/** The roles that an entry names, as bits. Unknown names are another plugin's and count for nothing. */
export function rolesOf(entry: LexiconEntry): number {
  const named = entry.attributes['role'];
  const names: readonly unknown[] = Array.isArray(named) ? named : [named];
  let bits = 0;
  for (const name of names) if (typeof name === 'string' && name in ROLE) bits |= ROLE[name as Role];
  return bits;
}
