import { codePointMap, utf16Map } from '../../text/codePoints.js';
import type { Span } from '../../text/span.js';
import { nearestLeft, nearestRight, type Cues, compileCues } from './cues.js';
import { ASSERTION_EXCEPTIONS, ASSERTION_PREFIXES, ASSERTION_SUFFIXES } from './generated/defaults.js';
import { SENTENCES, readTokenizer, readsDocument, type ContextualParserOptions } from './options.js';
import { readFlag, readNumber, readWords } from './read.js';
import { tokenAt, type Tokenize } from './tokens.js';
import type { SplitSentences } from './sentences.js';

/** Options as in Spark NLP for Healthcare. A list that is given replaces the built-in one; `add…` goes on top. */
export interface ContextualAssertionOptions extends Pick<
  ContextualParserOptions,
  'inputCols' | 'tokenizer' | 'tokenizerPattern' | 'tokenizer_pattern' | 'sentences'
> {
  /** The label that is given. Default `absent`. */
  readonly assertion?: string;
  /** Cues that count before a chunk; literal, whole words. */
  readonly prefixKeywords?: readonly string[];
  readonly addPrefixKeywords?: readonly string[];
  /** Cues that count after a chunk. */
  readonly suffixKeywords?: readonly string[];
  readonly addSuffixKeywords?: readonly string[];
  /** What in the scope takes a chunk out, whatever cues there are. */
  readonly exceptionKeywords?: readonly string[];
  readonly addExceptionKeywords?: readonly string[];
  /** The same as Java regular expressions. None are built in. */
  readonly prefixRegexPatterns?: readonly string[];
  readonly addPrefixRegexPatterns?: readonly string[];
  readonly suffixRegexPatterns?: readonly string[];
  readonly addSuffixRegexPatterns?: readonly string[];
  readonly exceptionRegexPatterns?: readonly string[];
  readonly addExceptionRegexPatterns?: readonly string[];
  /** Whether case counts, in keywords and patterns. Default false. */
  readonly caseSensitive?: boolean | string;
  /** A cue on both sides is needed. Default false. */
  readonly prefixAndSuffixMatch?: boolean | string;
  /** How many tokens left and right of the chunk count; a negative number is no limit. Default: the whole sentence. */
  readonly scopeWindow?: readonly number[];
  /** Tokens that end the scope. */
  readonly scopeWindowDelimiters?: readonly string[];
  /** Cues may stand in the chunk itself too, and its length counts in the confidence. Default false. */
  readonly includeChunkToScope?: boolean | string;
  /** The side whose nearest cue gives the confidence: `left` (default), `right`, or `both`, the nearer one. */
  readonly confidenceCalculationDirection?: string;
}

/** A chunk as given to `assert`: code point offsets, `end` exclusive. */
export interface AssertedChunk {
  readonly start: number;
  readonly end: number;
}
export interface ContextualAssertionResult<C extends AssertedChunk> {
  readonly chunk: C;
  readonly assertion: string;
  /** exp(-0.02 · characters to the cue), four decimals; 0 where the chosen side has no cue. */
  readonly confidence: number;
}
export interface ContextualAssertion {
  /** One result for each chunk that a cue applies to, in the order of the chunks; none for the others. */
  assert<C extends AssertedChunk>(text: string, chunks: readonly C[]): ContextualAssertionResult<C>[];
}

interface Settings {
  readonly label: string;
  readonly prefix: Cues;
  readonly suffix: Cues;
  readonly exception: Cues;
  readonly both: boolean;
  readonly window: readonly [number, number];
  readonly delimiters: ReadonlySet<string>;
  readonly caseSensitive: boolean;
  readonly includeChunk: boolean;
  readonly direction: 'left' | 'right' | 'both';
  readonly wholeDocument: boolean;
  readonly tokenize: Tokenize;
  readonly sentences: SplitSentences;
}

/**
 * Asserts chunks by words before and after them in their sentence, after the documentation and printed results of
 * ContextualAssertion of Spark NLP for Healthcare. For the engine's own assertion see the plugins of that slot.
 *
 * @throws JavaRegexError on a bad pattern
 */
export function contextualAssertion(options: ContextualAssertionOptions = {}): ContextualAssertion {
  const settings = readSettings(options);
  return {
    assert(text, chunks) {
      const unit = utf16Map(text);
      const point = codePointMap(text);
      const sentences = settings.wholeDocument ? [{ start: 0, end: text.length }] : settings.sentences(text);
      const tokens = new Map<Span, readonly Span[]>();
      return chunks.flatMap((chunk) => {
        const span = { start: unit(chunk.start), end: unit(chunk.end) };
        const sentence = sentences[tokenAt(sentences, span.start)] ?? { start: 0, end: text.length };
        if (!tokens.has(sentence)) tokens.set(sentence, settings.tokenize(text, sentence));
        const confidence = judge(text, span, sentence, tokens.get(sentence)!, settings, point);
        return confidence === null ? [] : [{ chunk, assertion: settings.label, confidence }];
      });
    },
  };
}

function readSettings(options: ContextualAssertionOptions): Settings {
  const caseSensitive = readFlag(options.caseSensitive, false);
  const cues = (
    keywords: unknown,
    builtIn: readonly string[],
    added: unknown,
    patterns: unknown,
    addedPatterns: unknown,
  ): Cues =>
    compileCues(
      [
        ...(Array.isArray(keywords) || typeof keywords === 'string' ? readWords(keywords) : builtIn),
        ...readWords(added),
      ],
      [...readWords(patterns), ...readWords(addedPatterns)],
      caseSensitive,
    );
  const limit = (side: number): number => {
    const tokens = readNumber(options.scopeWindow?.[side]) ?? -1;
    return tokens < 0 ? Infinity : tokens;
  };
  const direction = String(options.confidenceCalculationDirection ?? 'left').toLowerCase();
  const o = options;
  return {
    label: options.assertion ?? 'absent',
    prefix: cues(
      o.prefixKeywords,
      ASSERTION_PREFIXES,
      o.addPrefixKeywords,
      o.prefixRegexPatterns,
      o.addPrefixRegexPatterns,
    ),
    suffix: cues(
      o.suffixKeywords,
      ASSERTION_SUFFIXES,
      o.addSuffixKeywords,
      o.suffixRegexPatterns,
      o.addSuffixRegexPatterns,
    ),
    exception: cues(
      o.exceptionKeywords,
      ASSERTION_EXCEPTIONS,
      o.addExceptionKeywords,
      o.exceptionRegexPatterns,
      o.addExceptionRegexPatterns,
    ),
    both: readFlag(options.prefixAndSuffixMatch, false),
    window: [limit(0), limit(1)],
    delimiters: new Set(
      readWords(options.scopeWindowDelimiters).map((word) => (caseSensitive ? word : word.toLowerCase())),
    ),
    caseSensitive,
    includeChunk: readFlag(options.includeChunkToScope, false),
    direction: direction === 'right' || direction === 'both' ? direction : 'left',
    wholeDocument: readsDocument(options.inputCols),
    tokenize: readTokenizer(options),
    sentences: options.sentences ?? SENTENCES,
  };
}

/** The confidence of the assertion, or null where it does not apply. */
function judge(
  text: string,
  chunk: Span,
  sentence: Span,
  tokens: readonly Span[],
  settings: Settings,
  point: (offset: number) => number,
): number | null {
  const scope = scopeOf(text, chunk, sentence, tokens, settings);
  const left = { start: scope.start, end: settings.includeChunk ? chunk.end : chunk.start };
  const right = { start: settings.includeChunk ? chunk.start : chunk.end, end: scope.end };
  const before = nearestLeft(text, left, settings.prefix);
  const after = nearestRight(text, right, settings.suffix);
  if (settings.both ? before === null || after === null : before === null && after === null) return null;
  const excepted = settings.includeChunk
    ? nearestRight(text, scope, settings.exception)
    : (nearestRight(text, left, settings.exception) ?? nearestRight(text, right, settings.exception));
  if (excepted !== null) return null;
  const distances = [
    ...(before !== null && settings.direction !== 'right' ? [point(left.end) - point(before.end)] : []),
    ...(after !== null && settings.direction !== 'left' ? [point(after.start) - point(right.start)] : []),
  ];
  if (distances.length === 0) return 0;
  return Math.round(Math.exp(-0.02 * Math.min(...distances)) * 1e4) / 1e4;
}

/** The stretch in which whole cues must lie: the sentence, or so many tokens beside the chunk, cut at delimiters. */
function scopeOf(text: string, chunk: Span, sentence: Span, tokens: readonly Span[], settings: Settings): Span {
  const first = tokenAt(tokens, chunk.start);
  const last = tokenAt(tokens, Math.max(chunk.start, chunk.end - 1));
  const [leftWindow, rightWindow] = settings.window;
  const delimits = (i: number): boolean => {
    const word = text.slice(tokens[i].start, tokens[i].end);
    return settings.delimiters.has(settings.caseSensitive ? word : word.toLowerCase());
  };
  let start = Math.min(sentence.start, chunk.start);
  if (leftWindow !== Infinity || settings.delimiters.size > 0) {
    let i = first;
    while (i > 0 && first - i < leftWindow && !delimits(i - 1)) i--;
    start = i < tokens.length ? Math.min(tokens[i].start, chunk.start) : chunk.start;
  }
  let end = Math.max(sentence.end, chunk.end);
  if (rightWindow !== Infinity || settings.delimiters.size > 0) {
    let i = last;
    while (i + 1 < tokens.length && i - last < rightWindow && !delimits(i + 1)) i++;
    end = i < tokens.length ? Math.max(tokens[i].end, chunk.end) : chunk.end;
  }
  return { start, end };
}
