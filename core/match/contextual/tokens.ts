import type { Span } from '../../text/span.js';

/** Characters that come off either end of a token as a run of their own: `("Bank"),` is `("`, `Bank`, `"),`. */
const CONTEXT_CHARACTERS = new Set('.,;:!?*-()"\'');
const SPACE = /\s/u;

/** Cuts a stretch of a text into tokens; offsets are UTF-16, into the whole text, left to right, without overlap. */
export type Tokenize = (text: string, stretch: Span) => Span[];

const isSpace = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at);
  return c === 0x20 || (c >= 0x09 && c <= 0x0d) || (c > 0x7f && SPACE.test(text[at]));
};

/**
 * The default tokenizer of Spark NLP: what stands between white space, with the runs of punctuation at both ends as
 * tokens of their own. Inside a token nothing is cut: `06-20-1990`, `mg/dL`, `N.A` stay whole.
 */
export const defaultTokens: Tokenize = (text, stretch) => {
  const tokens: Span[] = [];
  let at = stretch.start;
  while (at < stretch.end) {
    if (isSpace(text, at)) {
      at++;
      continue;
    }
    const start = at;
    while (at < stretch.end && !isSpace(text, at)) at++;
    pushRun(tokens, text, start, at);
  }
  return tokens;
};

function pushRun(tokens: Span[], text: string, start: number, end: number): void {
  let first = start;
  while (first < end && CONTEXT_CHARACTERS.has(text[first])) first++;
  if (first === end) {
    tokens.push({ start, end });
    return;
  }
  let last = end;
  while (CONTEXT_CHARACTERS.has(text[last - 1])) last--;
  if (start < first) tokens.push({ start, end: first });
  tokens.push({ start: first, end: last });
  if (last < end) tokens.push({ start: last, end });
}

/** How a pattern cuts tokens; the options of Spark NLP's RegexTokenizer. */
export interface PatternTokens {
  /** What stands between tokens, with the flags `g` and `u`. May match nothing, as a look-around does. */
  readonly delimiter: RegExp;
  /** Shorter tokens are left out. Default 1. */
  readonly minLength?: number;
  /** Longer tokens are left out. Default: no limit. */
  readonly maxLength?: number;
  /** White space at the ends of a token does not belong to it. Default false. */
  readonly trimWhitespace?: boolean;
}

/**
 * A tokenizer that takes a pattern for the delimiter, as RegexTokenizer does. Offsets are always exact: the drift of
 * `positionalMask=false` is a fault that nobody should want.
 */
export function patternTokens({
  delimiter,
  minLength = 1,
  maxLength = Infinity,
  trimWhitespace = false,
}: PatternTokens): Tokenize {
  return (text, stretch) => {
    const part = text.slice(stretch.start, stretch.end);
    const tokens: Span[] = [];
    const push = (from: number, to: number): void => {
      let [start, end] = [from, to];
      if (trimWhitespace) {
        while (start < end && isSpace(part, start)) start++;
        while (start < end && isSpace(part, end - 1)) end--;
      }
      const length = end - start;
      if (length > 0 && length >= minLength && length <= maxLength) {
        tokens.push({ start: stretch.start + start, end: stretch.start + end });
      }
    };
    let from = 0;
    for (const match of part.matchAll(delimiter)) {
      push(from, match.index);
      from = match.index + match[0].length;
    }
    push(from, part.length);
    return tokens;
  };
}

/** Index of the first token that ends after `offset`; the number of tokens where there is none. */
export function tokenAt(tokens: readonly Span[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (tokens[mid].end > offset) high = mid;
    else low = mid + 1;
  }
  return low;
}

/** A run of characters is not followed farther than this for each run that is asked for. */
const LONGEST_RUN = 64;

/** The tokens up to `count` runs of characters to the left and right of `hit`, and those that it touches. */
export function tokensAround(text: string, sentence: Span, hit: Span, count: number): Span[] {
  const reach = LONGEST_RUN * (count + 1);
  const leftmost = Math.max(sentence.start, hit.start - reach);
  let start = hit.start;
  for (let runs = 0; start > leftmost && runs <= count; runs++) {
    while (start > leftmost && isSpace(text, start - 1)) start--;
    while (start > leftmost && !isSpace(text, start - 1)) start--;
  }
  const rightmost = Math.min(sentence.end, hit.end + reach);
  let end = hit.end;
  for (let runs = 0; end < rightmost && runs <= count; runs++) {
    while (end < rightmost && isSpace(text, end)) end++;
    while (end < rightmost && !isSpace(text, end)) end++;
  }
  return defaultTokens(text, { start, end });
}
