/** A character of a word, for the boundaries of cues and dictionary entries. Marks belong to the letter before them. */
export const WORD_CHARACTER = '[\\p{L}\\p{M}\\p{N}_]';
const isWord = new RegExp(WORD_CHARACTER, 'u');
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/gu;

/** Whether the first code point of `text` is a character of a word. */
export const startsWithWord = (text: string): boolean =>
  text !== '' && isWord.test(String.fromCodePoint(text.codePointAt(0)!));

/** Whether the last code point of `text` is a character of a word. */
export const endsWithWord = (text: string): boolean => text !== '' && isWord.test([...text.slice(-2)].at(-1)!);

/**
 * The source of a regular expression (flag `u`) that matches `phrase` literally, white space in it as any white space.
 *
 * @param wholeWords no match inside a longer word; asked only where the edge of the phrase is a character of a word, so
 *   that cues such as `.` or `-year-old` go on working
 */
export function literalSource(phrase: string, wholeWords: boolean): string {
  const body = phrase
    .trim()
    .split(/\s+/u)
    .map((part) => part.replace(SYNTAX, '\\$&'))
    .join('\\s+');
  if (!wholeWords) return body;
  const head = startsWithWord(phrase.trim()) ? `(?<!${WORD_CHARACTER})` : '';
  const tail = endsWithWord(phrase.trim()) ? `(?!${WORD_CHARACTER})` : '';
  return head + body + tail;
}

/** Alternatives of literal phrases, longest first, so that the longest one at a place is the one that is read. */
export function literalAlternatives(phrases: readonly string[], wholeWords: boolean): string {
  const kept = [...new Set(phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''))];
  kept.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return kept.map((phrase) => literalSource(phrase, wholeWords)).join('|');
}
