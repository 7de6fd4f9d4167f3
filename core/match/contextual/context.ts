import type { Span } from '../../text/span.js';
import { compileExceptions, nearestException, type CompiledExceptions } from './exceptions.js';
import { literalAlternatives } from './literal.js';

/** What must stand around a hit: the `context` and `except` of a rule. All cues are literal phrases, not patterns. */
export interface ContextSpec {
  /** Cues to the left; one is enough. */
  readonly before?: readonly string[];
  /** Cues to the right; one is enough. */
  readonly after?: readonly string[];
  /** Greatest number of characters between the near edges of cue and hit, inclusive; 2,000 at most. Default: the sentence. */
  readonly within?: number;
  /** A cue on both sides is needed. A side without a list is satisfied. Default: one side is enough. */
  readonly both?: boolean;
  /** The hit stands without a cue too; cues only raise its confidence. Exceptions still apply. */
  readonly optional?: boolean;
  /** A cue does not count inside a longer word (`fast` in `faster`). Default: it does. */
  readonly wholeWords?: boolean;
  /** Case counts in cues and exceptions. Default: it does not. */
  readonly caseSensitive?: boolean;
  /** A hit near one of these words is refused. */
  readonly except?: ExceptionSpec;
}
export interface ExceptionSpec {
  /** Whole tokens, or several with blanks between them. */
  readonly words: readonly string[];
  /** Greatest difference of token indices, inclusive. Default 40. */
  readonly within?: number;
}

/** Made by `compileContext`; safe to keep and to share, as nothing in it changes. */
export interface CompiledContext {
  readonly before: CueFinder | null;
  readonly after: CueFinder | null;
  readonly within: number;
  readonly both: boolean;
  readonly optional: boolean;
  readonly exceptions: CompiledExceptions | null;
}
interface CueFinder {
  readonly pattern: RegExp;
  /** Most characters that a cue is expected to take; white space in a cue may be stretched in the text. */
  readonly reach: number;
}

/** A cue that was found. `distance` is the number of characters between it and the hit. */
export interface Cue extends Span {
  readonly distance: number;
}
export interface ContextVerdict {
  readonly holds: boolean;
  /** The cue nearest to the hit, whichever side it is on, or null. */
  readonly cue: Cue | null;
  /** 0.5 without a cue; each cue adds up to 0.25, the more the nearer it is. */
  readonly confidence: number;
  readonly before: Cue | null;
  readonly after: Cue | null;
  /** The exception that refused the hit, or null. */
  readonly exception: Span | null;
}

const NO_EXCEPTION_DISTANCE = 40;
const STRETCH = 16;
/** No cue is looked for farther away than this, so that the time for a hit stays bounded in a sentence of megabytes. */
const WIDEST = 2_000;

/** Compiles the context of a rule, once. Lists that are empty or missing put no condition on their side. */
export function compileContext(spec: ContextSpec): CompiledContext {
  const wholeWords = spec.wholeWords ?? false;
  const flags = spec.caseSensitive ? 'gu' : 'giu';
  const { words, within } = spec.except ?? { words: [] };
  return {
    // A look-behind visits the ends of all cues, overlapping ones too; the last one that fits is the nearest.
    before: finder(spec.before ?? [], wholeWords, (cues) => new RegExp(`(?<=(${cues}))`, flags)),
    after: finder(spec.after ?? [], wholeWords, (cues) => new RegExp(`(?:${cues})`, flags)),
    within: spec.within ?? Infinity,
    both: spec.both ?? false,
    optional: spec.optional ?? false,
    exceptions: compileExceptions(words, within ?? NO_EXCEPTION_DISTANCE, spec.caseSensitive ?? false),
  };
}

function finder(cues: readonly string[], wholeWords: boolean, make: (cues: string) => RegExp): CueFinder | null {
  const source = literalAlternatives(cues, wholeWords);
  if (source === '') return null;
  return { pattern: make(source), reach: Math.max(...cues.map((cue) => cue.length)) + STRETCH };
}

/**
 * Whether the words around a hit allow it. Nothing outside the sentence is looked at.
 *
 * @param text the whole text; all offsets are UTF-16, into it
 * @param hit the characters that matched, inside `sentence`
 * @param tokens the tokens of the sentence where the caller has them; exceptions are counted in them. Default: those
 *   of `defaultTokens`
 */
export function contextHolds(
  text: string,
  sentence: Span,
  hit: Span,
  context: CompiledContext,
  tokens?: readonly Span[],
): ContextVerdict {
  const within = Math.min(context.within, WIDEST);
  const before = context.before && nearestBefore(text, sentence, hit, context.before, within);
  const after = context.after && nearestAfter(text, sentence, hit, context.after, within);
  const cue = !before ? after : !after || before.distance <= after.distance ? before : after;
  const exception = context.exceptions && nearestException(text, sentence, hit, context.exceptions, tokens);
  return {
    holds: exception === null && sidesHold(context, before !== null, after !== null),
    cue,
    confidence: round(0.5 + nearness(before, context.within) + nearness(after, context.within)),
    before,
    after,
    exception,
  };
}

function sidesHold(context: CompiledContext, before: boolean, after: boolean): boolean {
  if (context.optional || (context.before === null && context.after === null)) return true;
  if (!context.both) return before || after;
  return (before || context.before === null) && (after || context.after === null);
}

/** Fitted to printed values: 0.25 for a cue that touches the hit, 0 for one at the end of the window. */
function nearness(cue: Cue | null, within: number): number {
  if (cue === null) return 0;
  if (within === 0) return 0.25;
  // Without a window the slope of a window of 25 characters, the one that all known values have.
  return Math.max(0, 0.25 * (1 - cue.distance / (within === Infinity ? 25 : within)));
}

const round = (value: number): number => Math.round(value * 100) / 100;

function nearestBefore(text: string, sentence: Span, hit: Span, cues: CueFinder, within: number): Cue | null {
  const from = Math.max(sentence.start, hit.start - within - cues.reach);
  // One character more than may be used, so that a boundary at the end of a cue sees what follows.
  const window = text.slice(from, hit.start + 1);
  const limit = hit.start - from;
  const { pattern } = cues;
  let found: Cue | null = null;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(window); match !== null && match.index <= limit; match = pattern.exec(window)) {
    const end = from + match.index;
    const distance = hit.start - end;
    if (distance <= within) found = { start: end - match[1].length, end, distance };
    pattern.lastIndex = match.index + 1;
  }
  return found;
}

function nearestAfter(text: string, sentence: Span, hit: Span, cues: CueFinder, within: number): Cue | null {
  const from = Math.max(sentence.start, hit.end - 1);
  const window = text.slice(from, Math.min(sentence.end, hit.end + within + cues.reach));
  const { pattern } = cues;
  pattern.lastIndex = hit.end - from;
  const match = pattern.exec(window);
  if (match === null) return null;
  const start = from + match.index;
  const distance = start - hit.end;
  return distance <= within ? { start, end: start + match[0].length, distance } : null;
}
