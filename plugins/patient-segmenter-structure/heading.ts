import { NUMBER, PUNCTUATION } from '../../core/plugin/index.js';
import { caseNumberAt } from './caseNumber.js';
import type { Words } from './words.js';

/** The part of an article that a heading opens. */
export type Role =
  | 'case'
  | 'case_part'
  | 'introduction'
  | 'methods'
  | 'results'
  | 'discussion'
  | 'conclusion'
  | 'abstract'
  | 'keywords'
  | 'references'
  | 'back_matter';

export interface Heading {
  readonly title: string;
  readonly role: Role | null;
  /** The number of the case that it opens (`Case 2`, `Patient B`), or null. */
  readonly caseNumber: number | null;
}

const ROMAN = /^[ivx]{1,5}$/i;

/** Reads a section's title: numbering off, then the longest words of the lexicon at its head, else anywhere in it. */
export function readHeading(words: Words, title: string): Heading {
  const { doc } = words;
  let at = 0;
  while (at < doc.count && (doc.kind[at] !== 1 || (ROMAN.test(words.text(at)) && words.text(at + 1) === '.'))) {
    if (doc.kind[at] !== NUMBER && doc.kind[at] !== PUNCTUATION && !ROMAN.test(words.text(at))) break;
    at++;
  }
  // `1st case` and `2 patients` begin with what looks like numbering.
  const numbered = caseNumberAt(words, at) ?? (at > 0 ? caseNumberAt(words, 0) : null);
  if (numbered) return { title, role: 'case', caseNumber: numbered.number };
  const head = words.at(at, 'heading');
  const role = head ? (String(head.entry.attributes.role) as Role) : null;
  if (
    head &&
    role === 'case' &&
    head.last + 1 < doc.count &&
    isGeneric(head.first, head.last) &&
    doc.count - head.last > 4
  ) {
    // `Patient selection and follow-up criteria` is no case.
    const later = words.find(head.last + 1, doc.count, 'heading');
    return { title, role: later ? (String(later.entry.attributes.role) as Role) : null, caseNumber: null };
  }
  if (role !== null) return { title, role, caseNumber: null };
  const inside = words.find(at, doc.count, 'heading');
  const later = inside ? (String(inside.entry.attributes.role) as Role) : null;
  // Inside a longer title only a phrase is telling: `Our case report`, `Brief review of the literature`.
  return { title, role: inside && inside.last > inside.first ? later : null, caseNumber: null };
}

const isGeneric = (first: number, last: number): boolean => first === last;
