import { foldWord } from './characters.js';
import type { Doc } from './doc.js';
import type { Span } from './span.js';
import { GAP_NEWLINE, GAP_NONE, NUMBER, PUNCTUATION, WORD } from './token.js';

const isUpper = (c: string): boolean => c !== c.toLowerCase();

/**
 * Cuts a caption into sentences. General splitters are of no use here: captions are full of `Fig. 1a.`,
 * `approx. 3.5 cm`, panel letters (`A. Chest radiograph`) and missing spaces (`lung.The`).
 *
 * @param abbreviations folded words whose full stop does not end a sentence (`fig`, `approx`, `dr`)
 * @returns spans that leave out the white space between sentences, left to right
 */
export function splitSentences(doc: Doc, abbreviations: ReadonlySet<string>): Span[] {
  const sentences: Span[] = [];
  let first = 0;
  for (let i = 0; i < doc.count; i++) {
    if (i + 1 < doc.count && !endsSentence(doc, i, first, abbreviations)) continue;
    sentences.push({ start: doc.start[first], end: doc.end[i] });
    first = i + 1;
  }
  return sentences;
}

function endsSentence(doc: Doc, i: number, first: number, abbreviations: ReadonlySet<string>): boolean {
  const next = i + 1;
  const initial = doc.text[doc.start[next]];
  if (doc.gap[next] === GAP_NEWLINE && (isUpper(initial) || doc.kind[next] === NUMBER)) return true;
  if (doc.kind[i] !== PUNCTUATION || doc.end[i] - doc.start[i] !== 1) return false;
  const mark = doc.text[doc.start[i]];
  if (mark === '?' || mark === '!') return doc.kind[next] === WORD || doc.kind[next] === NUMBER || initial === '(';
  if (mark !== '.') return false;
  // `lung.The`: no space, but a small letter before and a capital after.
  if (doc.gap[next] === GAP_NONE) {
    return doc.kind[next] === WORD && isUpper(initial) && i > 0 && doc.kind[i - 1] === WORD && longWord(doc, i - 1);
  }
  if (i === first) return true;
  const before = i - 1;
  if (doc.kind[before] === WORD) {
    const word = doc.tokenText(before);
    if (doc.end[before] === doc.start[i] && abbreviations.has(foldWord(word))) {
      // `vs. The`? An abbreviation before a capital may still end a sentence, but only one of several letters can.
      return false;
    }
    // `A. Chest radiograph`, `J. Smith`: a single letter at the head of a sentence or after an initial.
    if (word.length === 1 && (before === first || isInitial(doc, before - 1)) && isUpper(word)) return false;
  }
  if (doc.kind[next] === WORD) return isUpper(initial) || startsPanel(doc, next);
  if (doc.kind[next] === NUMBER)
    return doc.kind[before] !== WORD || longWord(doc, before) || isUpper(doc.tokenText(before));
  return true;
}

/** A small letter that opens a panel: `a)`, `b:`, `c,`, `(d)`. */
function startsPanel(doc: Doc, i: number): boolean {
  return doc.end[i] - doc.start[i] === 1 && i + 1 < doc.count && doc.kind[i + 1] === PUNCTUATION;
}

function isInitial(doc: Doc, i: number): boolean {
  return i > 0 && doc.text[doc.start[i]] === '.' && doc.kind[i - 1] === WORD && doc.end[i - 1] - doc.start[i - 1] === 1;
}

function longWord(doc: Doc, i: number): boolean {
  return doc.end[i] - doc.start[i] > 2;
}
