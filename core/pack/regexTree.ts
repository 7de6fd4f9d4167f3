/**
 * A regular expression in Unicode mode as a tree, as far as literals matter: `deriveAnchors` reads it. The pattern
 * must be one that `new RegExp(pattern, 'u')` takes.
 */
export type RegexNode =
  | { readonly type: 'sequence'; readonly items: readonly RegexNode[] }
  /** `places` has where each option stands in the pattern, in code points. */
  | {
      readonly type: 'choice';
      readonly options: readonly RegexNode[];
      readonly places: readonly (readonly [number, number])[];
    }
  | { readonly type: 'repeat'; readonly item: RegexNode; readonly min: number; readonly max: number }
  | { readonly type: 'char'; readonly char: string }
  | { readonly type: 'class'; readonly chars: CharClass }
  /** `^`, `$`, `\b`, `\B`. */
  | { readonly type: 'edge'; readonly edge: '^' | '$' | 'b' | 'B' }
  | { readonly type: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly item: RegexNode }
  /** A back reference: any text. */
  | { readonly type: 'unknown' };

/** What a class holds: the kinds of characters, and all of them one by one where they are few. */
export interface CharClass {
  readonly kinds: number;
  readonly few: readonly string[] | undefined;
  /** Kinds of which every character is in it. */
  readonly whole: number;
}

export const LETTERS = 1;
export const DIGITS = 2;
export const OTHERS = 4;
export const ANY = 7;
const FEW = 12;

export const kindOfChar = (char: string): number =>
  /\p{Nd}/u.test(char) ? DIGITS : /[\p{L}\p{N}]/u.test(char) ? LETTERS : OTHERS;

export function parseRegex(pattern: string): RegexNode {
  const chars = [...pattern];
  let at = 0;

  function choice(): RegexNode {
    const options: RegexNode[] = [];
    const places: [number, number][] = [];
    for (;;) {
      const start = at;
      options.push(sequence());
      places.push([start, at]);
      if (chars[at] !== '|') break;
      at++;
    }
    return options.length === 1 ? options[0] : { type: 'choice', options, places };
  }

  function sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (at < chars.length && chars[at] !== '|' && chars[at] !== ')') items.push(repeated(atom()));
    return { type: 'sequence', items };
  }

  function repeated(item: RegexNode): RegexNode {
    const c = chars[at];
    let min: number;
    let max: number;
    if (c === '*' || c === '+' || c === '?') {
      at++;
      [min, max] = c === '*' ? [0, Infinity] : c === '+' ? [1, Infinity] : [0, 1];
    } else if (c === '{') {
      const close = chars.indexOf('}', at);
      const [low, high] = chars
        .slice(at + 1, close)
        .join('')
        .split(',');
      [min, max] = [Number(low), high === undefined ? Number(low) : high === '' ? Infinity : Number(high)];
      at = close + 1;
    } else return item;
    if (chars[at] === '?') at++;
    return { type: 'repeat', item, min, max };
  }

  function atom(): RegexNode {
    const c = chars[at++];
    if (c === '(') return group();
    if (c === '[') return { type: 'class', chars: charClass() };
    if (c === '.') return { type: 'class', chars: { kinds: ANY, few: undefined, whole: ANY } };
    if (c === '^' || c === '$') return { type: 'edge', edge: c };
    if (c !== '\\') return { type: 'char', char: c };
    const e = chars[at];
    if (e === 'b' || e === 'B') {
      at++;
      return { type: 'edge', edge: e };
    }
    if (/[1-9]/.test(e)) {
      while (/\d/.test(chars[at] ?? '')) at++;
      return { type: 'unknown' };
    }
    if (e === 'k') {
      at = chars.indexOf('>', at) + 1;
      return { type: 'unknown' };
    }
    const escaped = escape();
    return typeof escaped === 'string' ? { type: 'char', char: escaped } : { type: 'class', chars: escaped };
  }

  function group(): RegexNode {
    let look: { ahead: boolean; negative: boolean } | undefined;
    if (chars[at] === '?') {
      const head = chars.slice(at, at + 3).join('');
      if (head.startsWith('?:')) at += 2;
      else if (/^\?[=!]/.test(head)) {
        look = { ahead: true, negative: head[1] === '!' };
        at += 2;
      } else if (/^\?<[=!]/.test(head)) {
        look = { ahead: false, negative: head[2] === '!' };
        at += 3;
      } else at = chars.indexOf(head[1] === '<' ? '>' : ':', at) + 1;
    }
    const item = choice();
    at++;
    return look ? { type: 'look', ...look, item } : item;
  }

  /** What follows a backslash: one character, or a class. `at` stands on the character after it. */
  function escape(): string | CharClass {
    const e = chars[at++];
    switch (e) {
      case 'd':
        return { kinds: DIGITS, few: undefined, whole: DIGITS };
      case 'D':
        return { kinds: LETTERS | OTHERS, few: undefined, whole: LETTERS | OTHERS };
      case 's':
        return { kinds: OTHERS, few: undefined, whole: 0 };
      case 'S':
        return { kinds: ANY, few: undefined, whole: LETTERS | DIGITS };
      case 'w':
        return { kinds: ANY, few: undefined, whole: LETTERS | DIGITS };
      case 'W':
        return { kinds: OTHERS, few: undefined, whole: OTHERS };
      case 'p':
      case 'P': {
        const close = chars.indexOf('}', at);
        const name = chars.slice(at + 1, close).join('');
        at = close + 1;
        return property(name, e === 'P');
      }
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'v':
        return '\v';
      case '0':
        return '\0';
      case 'c':
        return String.fromCharCode(chars[at++].charCodeAt(0) % 32);
      case 'x':
        return code(2);
      case 'u': {
        if (chars[at] !== '{') return code(4);
        const close = chars.indexOf('}', at);
        const point = parseInt(chars.slice(at + 1, close).join(''), 16);
        at = close + 1;
        return String.fromCodePoint(point);
      }
      default:
        return e;
    }
  }

  function code(length: number): string {
    const hex = chars.slice(at, at + length).join('');
    at += length;
    return String.fromCharCode(parseInt(hex, 16));
  }

  function charClass(): CharClass {
    const negated = chars[at] === '^';
    if (negated) at++;
    let kinds = 0;
    let whole = 0;
    let few: string[] | undefined = [];
    while (chars[at] !== ']') {
      const low = member();
      if (typeof low !== 'string') {
        [kinds, whole, few] = [kinds | low.kinds, whole | low.whole, undefined];
      } else if (chars[at] === '-' && chars[at + 1] !== ']') {
        at++;
        const high = member();
        if (typeof high !== 'string') {
          [kinds, whole, few] = [kinds | high.kinds | OTHERS | kindOfChar(low), whole | high.whole, undefined];
          continue;
        }
        const [from, to] = [low.codePointAt(0)!, high.codePointAt(0)!];
        kinds |= to - from < 200 ? 0 : ANY;
        for (let c = from; c <= Math.min(to, from + 200); c++) kinds |= kindOfChar(String.fromCodePoint(c));
        if (low === 'a' && high === 'z') whole |= LETTERS;
        if (low === '0' && high === '9') whole |= DIGITS;
        if (few && to - from < FEW) for (let c = from; c <= to; c++) few.push(String.fromCodePoint(c));
        else few = undefined;
      } else {
        kinds |= kindOfChar(low);
        few?.push(low);
      }
    }
    at++;
    if (negated) return { kinds: ANY & ~whole, few: undefined, whole: 0 };
    return { kinds, few: few && few.length <= FEW ? few : undefined, whole };
  }

  function member(): string | CharClass {
    const c = chars[at++];
    if (c !== '\\') return c;
    if (chars[at] === 'b') {
      at++;
      return '\b';
    }
    return escape();
  }

  return choice();
}

function property(name: string, negated: boolean): CharClass {
  const kinds = /^(L|Letter|Alphabetic|Alpha)$/.test(name) ? LETTERS : /^(N|Nd|Number)$/.test(name) ? DIGITS : 0;
  if (kinds === 0) return { kinds: ANY, few: undefined, whole: 0 };
  return negated
    ? { kinds: ANY & ~kinds, few: undefined, whole: ANY & ~kinds }
    : { kinds, few: undefined, whole: kinds };
}
