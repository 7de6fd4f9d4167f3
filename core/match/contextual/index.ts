/**
 * `legenda/contextual-parser`: contextual parsers, chunk merging and contextual assertion with the semantics of
 * Spark NLP for Healthcare, in plain TypeScript that runs in a browser too.
 */
export { contextualParser } from './parser.js';
export type { ContextualChunk, ContextualParser, ContextualParserSpec } from './parser.js';
export { ContextualRuleError } from './rule.js';
export type { ContextualRule } from './rule.js';
export type { ContextualParserOptions, RegexTokenizerOptions } from './options.js';
export { mergeChunks } from './merge.js';
export type { MergeOptions, MergeableChunk, MergedChunk, OrderingFeature, Table } from './merge.js';
export { contextualAssertion } from './assertion.js';
export type {
  AssertedChunk,
  ContextualAssertion,
  ContextualAssertionOptions,
  ContextualAssertionResult,
} from './assertion.js';

// The machinery, for the compiler of rules in YAML.
export { compileContext, contextHolds } from './context.js';
export type { CompiledContext, ContextSpec, ContextVerdict, Cue, ExceptionSpec } from './context.js';
export { Phrases, dictionaryRows, readDictionary } from './dictionary.js';
export type { DictionaryEntry, PhraseHit } from './dictionary.js';
export { JavaRegexError, javaRegex, translateJavaRegex } from './javaRegex/index.js';
export type { TranslatedRegex } from './javaRegex/index.js';
export { plainSentences } from './sentences.js';
export type { SplitSentences } from './sentences.js';
export { defaultTokens, patternTokens } from './tokens.js';
export type { PatternTokens, Tokenize } from './tokens.js';
