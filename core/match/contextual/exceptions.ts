import type { Span } from '../../text/span.js';
import { defaultTokens, tokenAt, tokensAround } from './tokens.js';

/** Exception words, cut into tokens and folded. */
export interface CompiledExceptions {
  /** By first token: the token sequences that begin with it. */
  readonly byFirst: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly within: number;
  readonly longest: number;
  readonly caseSensitive: boolean;
}

/** Compiles a list of exceptions; null where it holds no word. */
export function compileExceptions(
  words: readonly string[],
  within: number,
  caseSensitive: boolean,
): CompiledExceptions | null {
  const byFirst = new Map<string, string[][]>();
  let longest = 0;
  for (const word of words) {
    const folded = caseSensitive ? word : word.toLowerCase();
    const sequence = defaultTokens(folded, { start: 0, end: folded.length }).map((t) => folded.slice(t.start, t.end));
    if (sequence.length === 0) continue;
    longest = Math.max(longest, sequence.length);
    byFirst.set(sequence[0], [...(byFirst.get(sequence[0]) ?? []), sequence]);
  }
  return longest === 0 ? null : { byFirst, within, longest, caseSensitive };
}

/**
 * The nearest exception on either side of a hit, or null. Exceptions are whole tokens, so `on` does not stand in
 * `Pulmonary`; the distance is the difference of token indices, so a neighbour is 1 away.
 */
export function nearestException(
  text: string,
  sentence: Span,
  hit: Span,
  exceptions: CompiledExceptions,
  tokens: readonly Span[] = tokensAround(text, sentence, hit, Math.min(exceptions.within, 1e6) + exceptions.longest),
): Span | null {
  const first = tokenAt(tokens, hit.start);
  const last = tokenAt(tokens, hit.end - 1);
  let best: Span | null = null;
  let bestDistance = exceptions.within + 1;
  const low = Math.max(0, first - exceptions.within - exceptions.longest);
  const high = Math.min(tokens.length - 1, last + exceptions.within);
  for (let i = low; i <= high; i++) {
    if (i >= first && i <= last) continue;
    for (const sequence of exceptions.byFirst.get(folded(text, tokens[i], exceptions)) ?? []) {
      const end = i + sequence.length - 1;
      if (end >= tokens.length || (i < first && end >= first)) continue;
      const distance = i < first ? first - end : i - last;
      if (distance >= bestDistance || !stands(text, tokens, i, sequence, exceptions)) continue;
      best = { start: tokens[i].start, end: tokens[end].end };
      bestDistance = distance;
    }
  }
  return best;
}

function folded(text: string, token: Span, { caseSensitive }: CompiledExceptions): string {
  const word = text.slice(token.start, token.end);
  return caseSensitive ? word : word.toLowerCase();
}

function stands(
  text: string,
  tokens: readonly Span[],
  at: number,
  sequence: readonly string[],
  exceptions: CompiledExceptions,
): boolean {
  return sequence.every((word, k) => folded(text, tokens[at + k], exceptions) === word);
}
