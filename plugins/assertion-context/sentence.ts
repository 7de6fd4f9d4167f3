import type { Doc, Span } from '../../core/plugin/index.js';
import type { Range } from './scope.js';

/** The sentence that holds a concept, in tokens; of several sentences where the concept runs over their border. */
export function sentenceOf(doc: Doc, concept: Span): Range {
  const { sentences } = doc;
  let from = sentences.length - 1;
  while (from > 0 && sentences[from].start > concept.start) from--;
  let to = from;
  while (to + 1 < sentences.length && sentences[to + 1].start < concept.end) to++;
  // `Lower lobe, ? pneumonia`: a question mark before a small letter asks, and ends nothing.
  while (from > 0 && asks(doc.text, sentences[from - 1].end - 1, sentences[from].start)) from--;
  while (to + 1 < sentences.length && asks(doc.text, sentences[to].end - 1, sentences[to + 1].start)) to++;
  const first = doc.tokenAt(sentences[from]?.start ?? 0);
  return { first, last: Math.max(first, doc.tokenAt((sentences[to]?.end ?? doc.text.length) - 1)) };
}

function asks(text: string, mark: number, next: number): boolean {
  return text[mark] === '?' && text[next] === text[next].toLowerCase();
}
