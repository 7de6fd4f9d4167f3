import type { Span } from '../../text/span.js';

/** Cuts a text into the stretches that context may not leave; UTF-16 offsets, left to right. */
export type SplitSentences = (text: string) => Span[];

// The look-behind lets a run of end marks be tried once, not from each of its characters.
const END = /(?<![.?!])[.?!]+["'”’)\]]*(?=\s|$)|\n[^\S\n]*\n/gu;

/**
 * A plain sentence splitter: at `.`, `?` and `!` before white space, and at empty lines. A full stop does not end a
 * sentence after an abbreviation, an initial, a list number, or before a comma or closing bracket.
 *
 * @param abbreviations words in lower case, without their last full stop
 */
export function plainSentences(abbreviations: ReadonlySet<string>): SplitSentences {
  return (text) => {
    const sentences: Span[] = [];
    let start = 0;
    const push = (end: number): void => {
      const part = text.slice(start, end);
      const from = start + (part.length - part.trimStart().length);
      const to = start + part.trimEnd().length;
      if (to > from) sentences.push({ start: from, end: to });
      start = end;
    };
    for (const match of text.matchAll(END)) {
      const end = match.index + match[0].length;
      if (/^\s/u.test(match[0]) || ends(text, start, match.index, end, abbreviations)) push(end);
    }
    push(text.length);
    return sentences;
  };
}

function ends(text: string, start: number, mark: number, end: number, abbreviations: ReadonlySet<string>): boolean {
  const next = /^\s*(\S)/u.exec(text.slice(end, end + 64))?.[1];
  if (next !== undefined && /[,;:)\]}.?!%]/u.test(next)) return false;
  if (text[mark] !== '.') return true;
  const before = text.slice(Math.max(start, mark - 32), mark);
  const word = /[\p{L}\p{M}\p{N}.]+$/u.exec(before)?.[0] ?? '';
  if (word === '' || next === undefined) return true;
  const first = mark - start < 64 && text.slice(start, mark).trim() === word;
  // `1. Chest`, `A. Chest`: what numbers a list.
  if (first && /^(?:\p{N}{1,2}|\p{L})$/u.test(word)) return false;
  // `J. Smith` after another initial, `N.A. Bank`.
  if (/^\p{L}(?:\.\p{L})+$/u.test(word)) return false;
  return !abbreviations.has(word.toLowerCase());
}
