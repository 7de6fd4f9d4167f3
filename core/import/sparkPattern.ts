import { translateJavaRegex } from '../match/contextual/javaRegex/index.js';
import { parseJavaRegex } from '../match/contextual/javaRegex/parse.js';
import type { CharacterSet, Node } from '../match/contextual/javaRegex/syntax.js';

/** Punctuation that Spark NLP's tokenizer takes off the ends of a token. */
const EDGE = '[.,;:!?*()"\'\\-]*';
/** The ends of a token of Spark NLP, written for a regex that is run on a sentence. */
const TOKEN = { start: `(?<=(?:^|\\s)${EDGE})`, end: `(?=${EDGE}(?:\\s|$))` };

/** A pattern of a rule as a JavaScript source (flag `u`, case counts) that is run on a sentence. */
export interface SparkPattern {
  readonly source: string;
  /** Every match holds a digit. */
  readonly needsDigit: boolean;
}

/**
 * Translates the regex of a rule. In sentence scope it was tried on each token by itself: there it must not reach
 * over white space, its `^` and `$` are the ends of the token, and a complete match lies between these.
 */
export function sparkPattern(regex: string, triedOn: 'text' | 'token' | 'whole-token'): SparkPattern {
  const token = triedOn === 'text' ? undefined : TOKEN;
  const { source } = translateJavaRegex(regex, { cases: 'spelled', token });
  return {
    source: triedOn === 'whole-token' ? `${TOKEN.start}(?:${source})${TOKEN.end}` : source,
    needsDigit: needsDigit(parseJavaRegex(regex).body),
  };
}

const needsDigit = (body: readonly Node[][]): boolean => body.every((nodes) => nodes.some(isDigit));

function isDigit(node: Node): boolean {
  switch (node.kind) {
    case 'verbatim':
      return node.source === '\\d';
    case 'character':
      return digit(node.code);
    case 'class':
      return digits(node.set);
    case 'group':
      return /^\((?:\?:|\?<\w|$)/u.test(node.open) && needsDigit(node.body);
    case 'atomic':
      return needsDigit(node.body);
    case 'repeat':
      return !/^(?:[*?]|\{0)/u.test(node.quantifier) && isDigit(node.body);
    case 'reference':
      return false;
  }
}

const digit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const digits = (set: CharacterSet): boolean =>
  !set.negated &&
  set.items.length > 0 &&
  set.items.every((item) =>
    item.kind === 'range' ? digit(item.from) && digit(item.to) : item.kind === 'source' && item.source === '\\d',
  );
