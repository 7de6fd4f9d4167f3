import { GAP_NEWLINE, NUMBER, PUNCTUATION, WORD } from '../../core/plugin/index.js';
import { caseNumberAt } from './caseNumber.js';
import type { Heading, Role } from './heading.js';
import type { Words } from './words.js';

export interface Part {
  readonly heading: Heading | null;
  /** Offsets of the text under the heading. */
  readonly start: number;
  readonly end: number;
}

interface Mark {
  readonly role: Role;
  readonly title: string;
  readonly caseNumber: number | null;
  /** Where the heading begins and where its text begins. */
  readonly start: number;
  readonly text: number;
}

/**
 * The headings inside a text that has lost its layout, such as a scraped page: a heading's words in capitals between
 * the end of a sentence and the beginning of another. Lists of headings with nothing between them are navigation and
 * do not count; those of a structured abstract count as abstract.
 */
export function inlineHeadings(words: Words): Part[] {
  const { text } = words.doc;
  const marks = withText(marksOf(words), text.length);
  if (!marks.some(({ role }) => role === 'case' || role === 'discussion')) return [{ heading: null, start: 0, end: text.length }];
  const parts: Part[] = [];
  if (marks[0].start > 0) parts.push({ heading: null, start: 0, end: marks[0].start });
  const roles = outOfAbstract(marks);
  marks.forEach((mark, i) => {
    const end = marks[i + 1]?.start ?? text.length;
    parts.push({ heading: { title: mark.title, role: roles[i], caseNumber: mark.caseNumber }, start: mark.text, end });
  });
  return parts;
}

function marksOf(words: Words): Mark[] {
  const { doc } = words;
  const marks: Mark[] = [];
  let afterHeading = true;
  for (let i = 0; i < doc.count; i++) {
    const heading = opens(words, i, afterHeading) ? headingAt(words, i) : null;
    if (heading === null) {
      if (doc.kind[i] === WORD) afterHeading = false;
      continue;
    }
    const { next } = heading;
    const title = doc.text.slice(doc.start[i], doc.end[next - 1]);
    const text = next < doc.count ? doc.start[skipColon(words, next)] : doc.text.length;
    marks.push({ role: heading.role, title, caseNumber: heading.number, start: doc.start[i], text });
    i = next - 1;
    afterHeading = true;
  }
  return marks;
}

/** The heading that starts at token `i`: `Case 2`, or words of the lexicon, with capitals and set off from what follows. */
function headingAt(words: Words, i: number): { role: Role; number: number | null; next: number } | null {
  if (!/^\p{Lu}/u.test(words.text(i))) return null;
  const numbered = caseNumberAt(words, i);
  if (numbered && closes(words, numbered.next)) return { role: 'case', number: numbered.number, next: numbered.next };
  const heading = words.at(i, 'heading');
  if (heading === null || !closes(words, heading.last + 1)) return null;
  if (isSentenceCase(words.doc.text.slice(words.doc.start[i], words.doc.end[heading.last]))) return null;
  return { role: String(heading.entry.attributes.role) as Role, number: null, next: heading.last + 1 };
}

/** `The Case` or `Our case` are rather sentences than headings. */
const isSentenceCase = (title: string): boolean => /^\p{Lu}\p{Ll}+ \p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(title) && title.length > 40;

const skipColon = (words: Words, i: number): number => (/^[:.-]$/.test(words.text(i)) && i + 1 < words.doc.count ? i + 1 : i);

/** At the head, after a line break, after the end of a sentence, after a number of its own, or after another heading. */
function opens({ doc }: Words, i: number, afterHeading: boolean): boolean {
  if (i === 0 || afterHeading || doc.gap[i] === GAP_NEWLINE) return true;
  let at = i - 1;
  if (doc.text.slice(doc.start[at], doc.end[at]) === '.' && doc.kind[at - 1] === NUMBER && doc.end[at - 1] - doc.start[at - 1] <= 2) at -= 2;
  if (at < 0) return true;
  if (doc.kind[at] === PUNCTUATION && /[.?!\])|>:]/.test(doc.text[doc.start[at]])) return true;
  // Pages set headings apart by two blanks or more.
  return doc.start[i] - doc.end[i - 1] >= 2;
}

/** Followed by a capital, a number, a colon, or the end. */
function closes({ doc }: Words, i: number): boolean {
  if (i >= doc.count) return true;
  const next = doc.text.slice(doc.start[i], doc.end[i]);
  if (doc.kind[i] === PUNCTUATION) return /^[:.("“|<[-]$/.test(next);
  return doc.kind[i] === NUMBER || /^\p{Lu}/u.test(next) || doc.start[i] - doc.end[i - 1] >= 2;
}

/** Fewer characters than this between two headings are no text. */
const EMPTY = 40;

/** Headings with text under them; an empty one stays where it qualifies the next (`Case presentation` `Case report 1`). */
function withText(marks: readonly Mark[], length: number): Mark[] {
  return marks.filter((mark, i) => (marks[i + 1]?.start ?? length) - mark.text >= EMPTY || mark.role === 'abstract');
}

/** Within an abstract, headings that come again in the body are abstract; it ends where one does, or with keywords. */
function outOfAbstract(marks: readonly Mark[]): Role[] {
  let inside = false;
  let sections = 0;
  const seen = new Set<Role>();
  return marks.map(({ role, text }, i) => {
    const size = (marks[i + 1]?.start ?? Infinity) - text;
    if (role === 'abstract') {
      inside = true;
      seen.clear();
      sections = size >= EMPTY ? 1 : 0;
      return 'abstract';
    }
    if (!inside) return role;
    const unstructured = sections === 1 && seen.size === 0;
    if (role === 'keywords' || seen.has(role) || unstructured || (role === 'introduction' && seen.size > 0)) {
      inside = false;
      return role;
    }
    const again = marks.slice(i + 1).some((later) => later.role === role);
    if (!again && (role === 'case' || role === 'discussion') && seen.has('conclusion')) {
      inside = false;
      return role;
    }
    seen.add(role);
    return 'abstract';
  });
}
