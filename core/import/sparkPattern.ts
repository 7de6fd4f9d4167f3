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
  /** Every match begins with a digit, signs and brackets apart. */
  readonly isNumber: boolean;
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
    isNumber: startsWithDigit(parseJavaRegex(regex).body),
  };
}

/** Whether the first letter or digit of every match is a digit. */
const startsWithDigit = (body: readonly (readonly Node[])[]): boolean =>
  body.every((nodes) => {
    for (const node of nodes) {
      const start = startOf(node);
      if (start !== 'neither') return start === 'digit';
    }
    return false;
  });

/** What a node begins with. `neither`: with nothing, or a sign or the like; what comes after it decides. */
function startOf(node: Node): 'digit' | 'neither' | 'other' {
  switch (node.kind) {
    case 'verbatim':
      return node.source === '\\d' ? 'digit' : node.width === 0 ? 'neither' : 'other';
    case 'character':
      return isDigit(node.code) ? 'digit' : isSign(node.code) ? 'neither' : 'other';
    case 'class':
      return ofSet(node.set);
    case 'group':
      if (/^\(\?(?:[=!]|<[=!])/u.test(node.open)) return 'neither';
      return startsWithDigit(node.body) ? 'digit' : 'other';
    case 'atomic':
      return startsWithDigit(node.body) ? 'digit' : 'other';
    case 'repeat': {
      const start = startOf(node.body);
      return start === 'digit' && /^(?:[*?]|\{0)/u.test(node.quantifier) ? 'neither' : start;
    }
    case 'reference':
      return 'other';
  }
}

function ofSet({ negated, items, and }: CharacterSet): 'digit' | 'neither' | 'other' {
  const all = (holds: (code: number) => boolean): boolean =>
    items.every((item) => item.kind === 'range' && holds(item.from) && holds(item.to));
  if (negated || and.length > 0) return 'other';
  if (items.length === 1 && items[0].kind === 'source' && items[0].source === '\\d') return 'digit';
  const single = items.every((item) => item.kind === 'range' && item.from === item.to);
  return all(isDigit) ? 'digit' : single && all(isSign) ? 'neither' : 'other';
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** Printable ASCII that is no letter and no digit. */
const isSign = (code: number): boolean =>
  code >= 0x20 && code < 0x7f && !/[0-9A-Za-z]/u.test(String.fromCharCode(code));
