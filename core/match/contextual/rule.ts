import { compileContext, type CompiledContext } from './context.js';
import { javaRegex } from './javaRegex/index.js';
import { readFlag, readNumber, readWords } from './read.js';

/** A rule as Spark NLP's ContextualParser reads it. Booleans may be written as strings. Other keys are ignored. */
export interface ContextualRule {
  /** The name of what is found; kept as written, blanks too. */
  readonly entity: string;
  /** `sentence` (default): each token by itself. `document`: the whole text of each sentence, or of the document. */
  readonly ruleScope?: string;
  /** A Java regular expression; case always counts in it. Ignored where a dictionary is given. */
  readonly regex?: string;
  /** `token` (default): all of the token, in document scope all of the sentence. `sub-token`: only what matched. */
  readonly matchScope?: string;
  /** The expression must cover the whole token. Without effect in document scope. Default false. */
  readonly completeMatchRegex?: boolean | string;
  /** Cues to the left. */
  readonly prefix?: readonly string[];
  /** Cues to the right. */
  readonly suffix?: readonly string[];
  /** Greatest distance of a cue, in characters. */
  readonly contextLength?: number | string;
  readonly contextException?: readonly string[];
  /** Greatest distance of an exception, in tokens. Default 40. */
  readonly exceptionDistance?: number | string;
  readonly [key: string]: unknown;
}

/** How cues are compared; the annotator's options, not the rule's. */
export interface CueOptions {
  readonly caseSensitive: boolean;
  readonly prefixAndSuffixMatch: boolean;
  readonly optionalContextRules: boolean;
  readonly completeContextMatch: boolean;
}

export interface CompiledRule {
  readonly entity: string;
  readonly scope: 'sentence' | 'document';
  readonly match: 'token' | 'sub-token';
  readonly complete: boolean;
  /** With the flag `g`, to look for in a stretch; null without a regex. */
  readonly pattern: RegExp | null;
  /** The same, covering all of what it is tried on. */
  readonly whole: RegExp | null;
  readonly context: CompiledContext;
}

/** A rule, a dictionary or options that cannot be used. */
export class ContextualRuleError extends Error {
  override readonly name = 'ContextualRuleError';
}

/** Checks and compiles a rule. Throws `ContextualRuleError` or, for its regex, `JavaRegexError`. */
export function compileRule(rule: ContextualRule, cues: CueOptions, hasDictionary: boolean): CompiledRule {
  if (typeof rule !== 'object' || rule === null || typeof rule.entity !== 'string') {
    throw new ContextualRuleError('A contextual rule must be an object with an `entity`.');
  }
  const regex = hasDictionary ? undefined : rule.regex;
  if (regex !== undefined && typeof regex !== 'string') throw new ContextualRuleError('`regex` must be a string.');
  if (!hasDictionary && (regex === undefined || regex === '')) {
    throw new ContextualRuleError(`The rule for ${rule.entity} has neither a regex nor a dictionary.`);
  }
  const pattern = regex === undefined ? null : javaRegex(regex, 'g');
  return {
    entity: rule.entity,
    scope: oneOf(rule.ruleScope, ['sentence', 'document'], 'ruleScope'),
    match: oneOf(rule.matchScope, ['token', 'sub-token'], 'matchScope'),
    complete: readFlag(rule.completeMatchRegex, false),
    pattern,
    whole: pattern && new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace('g', '')),
    context: compileContext({
      before: readWords(rule.prefix),
      after: readWords(rule.suffix),
      within: readNumber(rule.contextLength),
      both: cues.prefixAndSuffixMatch,
      optional: cues.optionalContextRules,
      wholeWords: cues.completeContextMatch,
      caseSensitive: cues.caseSensitive,
      except: { words: readWords(rule.contextException), within: readNumber(rule.exceptionDistance) },
    }),
  };
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], key: string): T {
  if (value === undefined || value === null || value === '') return allowed[0];
  const given = String(value).trim().toLowerCase().replace('_', '-');
  const found = allowed.find((one) => one === given || one.replace('-', '') === given);
  if (found === undefined) throw new ContextualRuleError(`\`${key}\` must be ${allowed.join(' or ')}, not ${value}.`);
  return found;
}
