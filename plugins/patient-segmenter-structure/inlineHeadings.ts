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
 * do not count; a case in a structured abstract counts as abstract.
 */
export function inlineHeadings(words: Words): Part[] {
  const { text } = words.doc;
  const marks = withText(marksOf(words), text.length);
  if (!marks.some(({ role }) => role === 'case' || role === 'discussion'))
    return [{ heading: null, start: 0, end: text.length }];
  const parts: Part[] = [];
  if (marks[0].start > 0) parts.push({ heading: null, start: 0, end: marks[0].start });
  const told = roles(marks);
  marks.forEach((mark, i) => {
    const end = marks[i + 1]?.start ?? text.length;
    parts.push({ heading: { title: mark.title, role: told[i], caseNumber: mark.caseNumber }, start: mark.text, end });
  });
  return parts;
}

function marksOf(words: Words): Mark[] {
  const { doc } = words;
  const marks: Mark[] = [];
  let afterHeading = true;
  for (let i = 0; i < doc.count; i++) {
    const found = headingAt(words, i);
    const heading = found && (opens(words, i, afterHeading) || endsKeywords(marks, found.role)) ? found : null;
    if (heading === null) {
      if (doc.kind[i] === WORD) afterHeading = false;
      continue;
    }
    const { next } = heading;
    const title = doc.text.slice(doc.start[i], doc.end[next - 1]);
    const text = next < doc.count ? doc.start[skipColon(words, next)] : doc.text.length;
    marks.push({
      role: heading.role,
      title,
      caseNumber: heading.number,
      start: doc.start[numberingBefore(words, i)],
      text,
    });
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
const isSentenceCase = (title: string): boolean =>
  /^\p{Lu}\p{Ll}+ \p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(title) && title.length > 40;

const skipColon = (words: Words, i: number): number =>
  /^[:.-]$/.test(words.text(i)) && i + 1 < words.doc.count ? i + 1 : i;

/** At the head, after a line break, after the end of a sentence, after a number of its own, or after another heading. */
function opens({ doc }: Words, i: number, afterHeading: boolean): boolean {
  if (i === 0 || afterHeading || doc.gap[i] === GAP_NEWLINE) return true;
  if (doc.kind[i - 1] === PUNCTUATION && /[.?!\])|>:]/.test(doc.text[doc.start[i - 1]])) return true;
  // Pages set headings apart by two blanks or more.
  return doc.start[i] - doc.end[i - 1] >= 2;
}

/** The token where the numbering of a heading begins (`2.1. Case 1`), or the heading itself. */
function numberingBefore({ doc }: Words, i: number): number {
  const dot = i > 0 && doc.text[doc.start[i - 1]] === '.' ? i - 2 : i - 1;
  const number =
    dot > 0 && doc.kind[dot] === NUMBER && /^\d(?:\.\d)?$/.test(doc.text.slice(doc.start[dot], doc.end[dot]));
  return number && /[.?!\])]/.test(doc.text[doc.start[dot - 1]]) ? dot : i;
}

/** Keywords end in no full stop; the next heading of the body ends them. */
const endsKeywords = (marks: readonly Mark[], role: Role): boolean =>
  marks.length > 0 && marks[marks.length - 1].role === 'keywords' && (role === 'case' || role === 'introduction');

/** Followed by a capital, a number, a colon, or the end. */
function closes({ doc }: Words, i: number): boolean {
  if (i >= doc.count) return true;
  const next = doc.text.slice(doc.start[i], doc.end[i]);
  if (doc.kind[i] === PUNCTUATION) return /^[:.("“|<[-]$/.test(next);
  return doc.kind[i] === NUMBER || /^\p{Lu}/u.test(next) || doc.start[i] - doc.end[i - 1] >= 2;
}

/** Fewer characters than this between two headings are no text. */
const EMPTY = 40;

/**
 * Headings with text under them. An empty one hands its part on to the heading right after it (`Case presentation`
 * `Initial presentation`); the list of references counts even where a reference begins like a heading.
 */
function withText(marks: readonly Mark[], length: number): Mark[] {
  const kept: Mark[] = [];
  let above: Role | null = null;
  let body = false;
  marks.forEach((mark, i) => {
    const size = (marks[i + 1]?.start ?? length) - mark.text;
    const role = above === 'case' && mark.role === 'case_part' ? 'case' : mark.role;
    if (size >= EMPTY || role === 'abstract' || (role === 'references' && body)) {
      kept.push({ ...mark, role });
      body ||= role === 'discussion' && size >= EMPTY;
      above = null;
    } else above = role;
  });
  return kept;
}

const BETWEEN: ReadonlySet<Role> = new Set<Role>(['keywords', 'abstract', 'conclusion', 'introduction']);

/**
 * A case that comes again after keywords, a conclusion or an introduction stood in the abstract or in the page's head.
 * What follows the list of references belongs to it.
 */
function roles(marks: readonly Mark[]): Role[] {
  const list = marks.findIndex(
    ({ role }, i) => role === 'references' && marks.slice(0, i).some((m) => m.role === 'case'),
  );
  const end = list < 0 ? marks.length : list;
  return marks.map(({ role, caseNumber }, i) => {
    if (i > end) return 'references';
    if (role !== 'case') return role;
    const turn = marks.findIndex((m, k) => k > i && k < end && BETWEEN.has(m.role));
    const again =
      turn >= 0 &&
      marks.some(
        (m, k) => k > turn && k < end && m.role === 'case' && (caseNumber === null || m.caseNumber === caseNumber),
      );
    return again ? 'abstract' : 'case';
  });
}
