import type { Span } from '../../text/span.js';
import { javaRegex } from './javaRegex/index.js';
import { literalAlternatives } from './literal.js';

/** Keywords and patterns that decide an assertion, compiled: with the flag `g`. */
export type Cues = readonly RegExp[];

/** Keywords are literal and whole words; patterns are Java's. */
export function compileCues(keywords: readonly string[], patterns: readonly string[], caseSensitive: boolean): Cues {
  const source = literalAlternatives(keywords, true);
  const flag = caseSensitive ? '' : 'i';
  return [
    ...(source === '' ? [] : [new RegExp(source, `gu${flag}`)]),
    ...patterns.filter((pattern) => pattern !== '').map((pattern) => javaRegex(pattern, `g${flag}`)),
  ];
}

/** The cue inside a stretch that ends furthest right, whole; null where there is none. */
export function nearestLeft(text: string, stretch: Span, cues: Cues): Span | null {
  return best(text, stretch, cues, (a, b) => a.end > b.end || (a.end === b.end && a.start < b.start));
}

/** The cue inside a stretch that begins furthest left. */
export function nearestRight(text: string, stretch: Span, cues: Cues): Span | null {
  return best(text, stretch, cues, (a, b) => a.start < b.start || (a.start === b.start && a.end > b.end));
}

function best(text: string, stretch: Span, cues: Cues, better: (a: Span, b: Span) => boolean): Span | null {
  if (stretch.end <= stretch.start) return null;
  const part = text.slice(stretch.start, stretch.end);
  let found: Span | null = null;
  for (const cue of cues) {
    for (const match of part.matchAll(cue)) {
      if (match[0] === '') continue;
      const span = { start: stretch.start + match.index, end: stretch.start + match.index + match[0].length };
      if (found === null || better(span, found)) found = span;
    }
  }
  return found;
}
