import type { Doc, Span } from '../../core/plugin/index.js';
import type { Range } from './scope.js';

/** Nobody asks more often in one breath. */
const QUESTIONS = 20;

/** The sentence that holds a concept, in tokens; of several sentences where the concept runs over their border. */
export function sentenceOf(doc: Doc, concept: Span): Range {
  const { sentences } = doc;
  let from = lastBefore(sentences, concept.start);
  let to = from;
  while (to + 1 < sentences.length && sentences[to + 1].start < concept.end) to++;
  // `Lower lobe, ? pneumonia`: a question mark before a small letter asks, and ends nothing.
  for (let i = 0; i < QUESTIONS && from > 0 && asks(doc.text, sentences[from - 1].end - 1, sentences[from].start); i++)
    from--;
  for (
    let i = 0;
    i < QUESTIONS && to + 1 < sentences.length && asks(doc.text, sentences[to].end - 1, sentences[to + 1].start);
    i++
  )
    to++;
  const first = doc.tokenAt(sentences[from]?.start ?? 0);
  return { first, last: Math.max(first, doc.tokenAt((sentences[to]?.end ?? doc.text.length) - 1)) };
}

/** Index of the last sentence that begins at or before an offset; 0 where none does. */
function lastBefore(sentences: readonly Span[], offset: number): number {
  let low = 0;
  let high = sentences.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (sentences[mid].start <= offset) low = mid;
    else high = mid - 1;
  }
  return low;
}

function asks(text: string, mark: number, next: number): boolean {
  return text[mark] === '?' && text[next] === text[next].toLowerCase();
}
