import { javaRegex } from './javaRegex/index.js';
import type { CueOptions } from './rule.js';
import { readFlag, readNumber, readWords } from './read.js';
import { SENTENCE_ABBREVIATIONS } from './generated/defaults.js';
import { plainSentences, type SplitSentences } from './sentences.js';
import { defaultTokens, patternTokens, type Tokenize } from './tokens.js';

/** The sentence splitter that is used where a caller brings none. */
export const SENTENCES: SplitSentences = plainSentences(new Set(SENTENCE_ABBREVIATIONS));

/** Options of the annotator. Booleans may be written as strings. */
export interface ContextualParserOptions {
  /** For dictionary words, cues and exceptions; a regex always heeds case. Default false. */
  readonly caseSensitive?: boolean | string;
  /** A cue on both sides is needed. Default false. */
  readonly prefixAndSuffixMatch?: boolean | string;
  /** Hits stand without context, which then only raises their confidence. Default false. */
  readonly optionalContextRules?: boolean | string;
  /** Taken, without effect: the nearest cue is always the one that counts. */
  readonly shortestContextMatch?: boolean | string;
  /** Cues do not count inside longer words. Default false. */
  readonly completeContextMatch?: boolean | string;
  /** A fault in `parse` comes back as one chunk with `error` instead of being thrown. Default false. */
  readonly doExceptionHandling?: boolean | string;
  /** How `dictionary` is laid out; `dictionaryOrientation` is the same. Default `horizontal`. */
  readonly orientation?: string;
  readonly dictionaryOrientation?: string;
  /** Between the cells of a dictionary that is given as text; `dictionaryDelimiter` is the same. Default: tab. */
  readonly delimiter?: string;
  readonly dictionaryDelimiter?: string;
  /** The first column tells what is searched at a time: the sentences (default) or, if its name says `document`, all. */
  readonly inputCols?: readonly string[];
  /** How tokens are cut: a function, or the options of a RegexTokenizer. A name is taken for the default. */
  readonly tokenizer?: string | Tokenize | RegexTokenizerOptions | null;
  /** A Java pattern for what stands between tokens, as RegexTokenizer has it; `tokenizer_pattern` is the same. */
  readonly tokenizerPattern?: string | null;
  readonly tokenizer_pattern?: string | null;
  /** Cuts the text into sentences. Default: a plain splitter at end marks and empty lines. */
  readonly sentences?: SplitSentences;
  /** Of dictionary hits that overlap: the longest at each place (default), or all, one for each label. */
  readonly overlaps?: 'longest' | 'all';
  /** Chunk texts as they stand in the text, also where Spark NLP returns them in lower case. Default false. */
  readonly surfaceText?: boolean;
}
export interface RegexTokenizerOptions {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly trimWhitespace?: boolean;
  /** Taken, without effect: tokens keep their text and their exact place. */
  readonly toLowercase?: boolean;
  readonly preservePosition?: boolean;
  readonly positionalMask?: boolean;
}

export interface ParserOptions extends CueOptions {
  readonly doExceptionHandling: boolean;
  readonly orientation: 'horizontal' | 'vertical';
  readonly delimiter: string;
  readonly wholeDocument: boolean;
  readonly tokenize: Tokenize;
  readonly sentences: SplitSentences;
  readonly allOverlaps: boolean;
  readonly surfaceText: boolean;
}

/** The options with their defaults filled in. */
export function readParserOptions(options: ContextualParserOptions): ParserOptions {
  return {
    caseSensitive: readFlag(options.caseSensitive, false),
    prefixAndSuffixMatch: readFlag(options.prefixAndSuffixMatch, false),
    optionalContextRules: readFlag(options.optionalContextRules, false),
    completeContextMatch: readFlag(options.completeContextMatch, false),
    doExceptionHandling: readFlag(options.doExceptionHandling, false),
    orientation: (options.orientation ?? options.dictionaryOrientation) === 'vertical' ? 'vertical' : 'horizontal',
    delimiter: options.delimiter ?? options.dictionaryDelimiter ?? '\t',
    wholeDocument: readsDocument(options.inputCols),
    tokenize: readTokenizer(options),
    sentences: options.sentences ?? SENTENCES,
    allOverlaps: options.overlaps === 'all',
    surfaceText: options.surfaceText ?? false,
  };
}

/** Whether the first input column is that of the document. */
export function readsDocument(inputCols: unknown): boolean {
  return /document/iu.test(readWords(inputCols)[0] ?? '');
}

/** The tokenizer that the options ask for; Spark NLP's default where they name no pattern. */
export function readTokenizer(
  options: Pick<ContextualParserOptions, 'tokenizer' | 'tokenizerPattern' | 'tokenizer_pattern'>,
): Tokenize {
  const { tokenizer } = options;
  if (typeof tokenizer === 'function') return tokenizer;
  const given = typeof tokenizer === 'object' && tokenizer !== null ? tokenizer : null;
  const pattern = options.tokenizerPattern ?? options.tokenizer_pattern ?? (given && (given.pattern ?? '\\s+'));
  if (pattern === null) return defaultTokens;
  return patternTokens({
    delimiter: javaRegex(pattern, 'g'),
    minLength: readNumber(given?.minLength),
    maxLength: readNumber(given?.maxLength),
    trimWhitespace: readFlag(given?.trimWhitespace, false),
  });
}
