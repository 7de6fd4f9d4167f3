import { codePointMap } from '../../text/codePoints.js';
import type { Span } from '../../text/span.js';
import { contextHolds } from './context.js';
import { Phrases, dictionaryRows, readDictionary } from './dictionary.js';
import { readParserOptions, type ContextualParserOptions, type ParserOptions } from './options.js';
import { compileRule, type CompiledRule, type ContextualRule } from './rule.js';
import { tokenAt } from './tokens.js';

/** What a contextual parser has found. Offsets are Unicode code points into the text as given, `end` exclusive. */
export interface ContextualChunk {
  /** The characters that were found; in lower case for dictionary hits where case does not count. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The label of the dictionary, `""` for a regex. */
  readonly normalized: string;
  readonly entity: string;
  /** 0.5 without a cue; each cue adds up to 0.25, the more the nearer it is. Two decimals. */
  readonly confidence: number;
  /** Index of the sentence (or 0 where the document is searched as one). */
  readonly sentence: number;
  /** Index, in its sentence, of the token where the hit starts. */
  readonly tokenIndex: number;
  /** Only with `doExceptionHandling`: what went wrong. The other fields are then empty. */
  readonly error?: string;
}
export interface ContextualParser {
  /** The chunks of a text, by position. */
  parse(text: string): ContextualChunk[];
}
export interface ContextualParserSpec {
  readonly rule: ContextualRule;
  /** Rows `[label, word, word, …]`, or, with `orientation: 'vertical'`, columns; or the text of a dictionary file. */
  readonly dictionary?: readonly (readonly unknown[])[] | string | null;
  readonly options?: ContextualParserOptions;
}

/** A hit before its context is looked at. UTF-16 offsets. */
interface Hit {
  /** What matched: where context is measured from. */
  readonly matched: Span;
  /** What is returned. */
  readonly chunk: Span;
  readonly normalized: string;
}

/**
 * A finder of entities by a regex or a dictionary and by the words around: the ContextualParser of Spark NLP for
 * Healthcare, after its documentation and printed results.
 *
 * @throws ContextualRuleError on a rule that cannot be used, JavaRegexError on a bad regex
 */
export function contextualParser({ rule, dictionary, options = {} }: ContextualParserSpec): ContextualParser {
  const settings = readParserOptions(options);
  const phrases = compilePhrases(dictionary, settings);
  const compiled = compileRule(rule, settings, phrases !== null);
  return {
    parse(text) {
      try {
        return parse(text, compiled, phrases, settings);
      } catch (error) {
        if (!settings.doExceptionHandling) throw error;
        return [failure(compiled.entity, error)];
      }
    },
  };
}

function compilePhrases(dictionary: ContextualParserSpec['dictionary'], settings: ParserOptions): Phrases | null {
  if (dictionary === undefined || dictionary === null) return null;
  const rows = typeof dictionary === 'string' ? dictionaryRows(dictionary, settings.delimiter) : dictionary;
  return new Phrases(readDictionary(rows, settings.orientation), settings.caseSensitive);
}

function parse(text: string, rule: CompiledRule, phrases: Phrases | null, settings: ParserOptions): ContextualChunk[] {
  if (typeof text !== 'string') throw new TypeError('The text to parse must be a string.');
  const point = codePointMap(text);
  const stretches = settings.wholeDocument ? [{ start: 0, end: text.length }] : settings.sentences(text);
  const lower = phrases !== null && !settings.caseSensitive && !settings.surfaceText;
  return stretches.flatMap((stretch, sentence) => {
    const tokens = settings.tokenize(text, stretch);
    const hits =
      rule.scope === 'sentence'
        ? tokenHits(text, tokens, rule, phrases, settings)
        : stretchHits(text, stretch, rule, phrases, settings);
    const chunks = hits.flatMap(({ matched, chunk, normalized }): ContextualChunk[] => {
      const { holds, confidence } = contextHolds(text, stretch, matched, rule.context, tokens);
      if (!holds) return [];
      const surface = text.slice(chunk.start, chunk.end);
      return [
        {
          text: lower ? surface.toLowerCase() : surface,
          start: point(chunk.start),
          end: point(chunk.end),
          normalized,
          entity: rule.entity,
          confidence,
          sentence,
          tokenIndex: tokenAt(tokens, chunk.start),
        },
      ];
    });
    return rule.match === 'token' ? distinct(chunks) : chunks;
  });
}

/** Several hits in one token or sentence are one chunk where it is returned whole: the surest. */
function distinct(chunks: readonly ContextualChunk[]): ContextualChunk[] {
  const best = new Map<string, ContextualChunk>();
  for (const chunk of chunks) {
    const key = `${chunk.start} ${chunk.end} ${chunk.normalized}`;
    const known = best.get(key);
    if (known === undefined || known.confidence < chunk.confidence) best.set(key, chunk);
  }
  return [...best.values()];
}

/** Sentence scope: each token by itself. Of several matches in a token the first one is returned. */
function tokenHits(
  text: string,
  tokens: readonly Span[],
  rule: CompiledRule,
  phrases: Phrases | null,
  settings: ParserOptions,
): Hit[] {
  return tokens.flatMap((token) => {
    const word = text.slice(token.start, token.end);
    const hits: Hit[] = phrases
      ? phraseHits(phrases, text, token, rule, settings)
      : regexMatches(rule, word)
          .slice(0, 1)
          .map(({ start, end }) => ({
            matched: { start: token.start + start, end: token.start + end },
            chunk: token,
            normalized: '',
          }));
    return rule.match === 'token' ? hits : hits.map((hit) => ({ ...hit, chunk: hit.matched }));
  });
}

function phraseHits(phrases: Phrases, text: string, stretch: Span, rule: CompiledRule, settings: ParserOptions): Hit[] {
  const complete = rule.complete && rule.scope === 'sentence';
  const found = phrases.find(text, stretch, settings.allOverlaps || complete);
  const fit = complete ? found.filter(({ start, end }) => start === stretch.start && end === stretch.end) : found;
  return fit.flatMap(({ start, end, labels }) =>
    (settings.allOverlaps ? labels : labels.slice(0, 1)).map((normalized) => ({
      matched: { start, end },
      chunk: stretch,
      normalized,
    })),
  );
}

/** Document scope: the whole stretch is searched; `token` then returns all of it. `completeMatchRegex` has no effect. */
function stretchHits(
  text: string,
  stretch: Span,
  rule: CompiledRule,
  phrases: Phrases | null,
  settings: ParserOptions,
): Hit[] {
  const hits = phrases
    ? phraseHits(phrases, text, stretch, rule, settings)
    : allMatches(rule.pattern, text.slice(stretch.start, stretch.end)).map(({ start, end }) => ({
        matched: { start: stretch.start + start, end: stretch.start + end },
        chunk: stretch,
        normalized: '',
      }));
  return rule.match === 'token' ? hits : hits.map((hit) => ({ ...hit, chunk: hit.matched }));
}

function regexMatches(rule: CompiledRule, word: string): Span[] {
  if (rule.complete) return rule.whole?.test(word) ? [{ start: 0, end: word.length }] : [];
  return allMatches(rule.pattern, word);
}

/** The matches that hold a character. */
function allMatches(pattern: RegExp | null, text: string): Span[] {
  if (pattern === null) return [];
  return [...text.matchAll(pattern)]
    .filter((match) => match[0] !== '')
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function failure(entity: string, error: unknown): ContextualChunk {
  const message = error instanceof Error ? error.message : String(error);
  return {
    text: '',
    start: 0,
    end: 0,
    normalized: '',
    entity,
    confidence: 0,
    sentence: 0,
    tokenIndex: 0,
    error: message,
  };
}
