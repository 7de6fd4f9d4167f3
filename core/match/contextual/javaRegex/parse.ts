import { LETTER_CLASSES, propertySet } from './properties.js';
import { JavaRegexError, type CharacterSet, type Node, type SetItem } from './syntax.js';

/** The flags that change what a pattern means; set by `(?imsxU)` from where it stands to the end of its group. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly U: boolean;
}
const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, U: false };
const UNICODE_CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}',
  s: '\\p{White_Space}',
};
const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };

export interface ParsedRegex {
  readonly body: readonly Node[][];
}

/** Reads a Java regular expression (java.util.regex of Java 8 to 17). Throws `JavaRegexError`. */
export function parseJavaRegex(pattern: string): ParsedRegex {
  try {
    return new Reader(pattern).read();
  } catch (error) {
    if (error instanceof RangeError) throw new JavaRegexError('Nested too deeply', pattern.slice(0, 40), 0);
    throw error;
  }
}

class Reader {
  private at = 0;
  private flags: Flags = NO_FLAGS;
  private captures = 0;
  private readonly names = new Map<string, number>();
  private readonly total: number;

  constructor(private readonly pattern: string) {
    this.total = countCaptures(pattern);
  }

  read(): ParsedRegex {
    const body = this.alternatives();
    if (this.at < this.pattern.length) throw this.error('Unmatched closing bracket');
    return { body };
  }

  private alternatives(): Node[][] {
    const before = this.flags;
    const all: Node[][] = [[]];
    while (this.at < this.pattern.length && this.peek() !== ')') {
      if (this.eat('|')) all.push([]);
      else this.term(all[all.length - 1]);
    }
    this.flags = before;
    return all;
  }

  private term(into: Node[]): void {
    if (this.flags.x && this.skipComment()) return;
    if (this.eat('\\Q')) {
      const end = this.pattern.indexOf('\\E', this.at);
      const quoted = this.pattern.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.pattern.length : end + 2;
      for (const c of quoted) into.push(this.character(c.codePointAt(0)!));
      this.quantify(into);
      return;
    }
    const node = this.atom();
    if (node === null) return;
    into.push(node);
    this.quantify(into);
  }

  /** Binds quantifiers to the last node; Java takes several in a row. */
  private quantify(into: Node[]): void {
    for (;;) {
      while (this.flags.x && this.skipComment());
      const match = this.matchHere(/[*+?]|\{\d+(?:,\d*)?\}/uy);
      const body = into.at(-1);
      if (match === null || body === undefined) return;
      into.pop();
      const lazy = this.eat('?');
      const possessive = !lazy && this.eat('+');
      const repeat: Node = { kind: 'repeat', body, quantifier: match + (lazy ? '?' : '') };
      into.push(possessive ? { kind: 'atomic', body: [[repeat]] } : repeat);
    }
  }

  private atom(): Node | null {
    const start = this.at;
    const c = this.next();
    switch (c) {
      case '(':
        return this.group(start);
      case '[':
        return { kind: 'class', set: this.set(start), fold: this.flags.i };
      case '\\':
        return this.escape(start);
      case '.':
        return { kind: 'verbatim', source: this.flags.s ? '[\\s\\S]' : '.', width: 1 };
      case '^':
        return { kind: 'verbatim', source: this.flags.m ? '(?<![^\\n\\r])' : '^', width: 0 };
      case '$':
        return { kind: 'verbatim', source: this.flags.m ? '(?![^\\n\\r])' : '$', width: 0 };
      case '*':
      case '+':
      case '?':
        throw this.error('Nothing to repeat', start);
      default:
        return this.character(c.codePointAt(0)!);
    }
  }

  private group(start: number): Node | null {
    if (!this.eat('?')) return this.captured('(', start);
    const look = this.matchHere(/[=!:]|<[=!]/uy);
    if (look !== null)
      return this.close({ kind: 'group', open: `(?${look}`, capture: null, body: this.alternatives() }, start);
    if (this.eat('>')) return this.close({ kind: 'atomic', body: this.alternatives() }, start);
    const name = this.matchHere(/<([A-Za-z]\w*)>/uy);
    if (name !== null) {
      this.names.set(name.slice(1, -1), this.captures + 1);
      return this.captured(`(?${name}`, start);
    }
    const letters = this.matchHere(/[idmsuxU]*(?:-[idmsuxU]+)?/uy) ?? '';
    const before = this.flags;
    const changed = changeFlags(before, letters);
    if (this.eat(')')) {
      this.flags = changed;
      return null;
    }
    if (!this.eat(':')) throw this.error('Unknown kind of group', start);
    this.flags = changed;
    const body = this.alternatives();
    this.flags = before;
    return this.close({ kind: 'group', open: '(?:', capture: null, body }, start);
  }

  private captured(open: string, start: number): Node {
    const capture = ++this.captures;
    return this.close({ kind: 'group', open, capture, body: this.alternatives() }, start);
  }

  private close(node: Node, start: number): Node {
    if (!this.eat(')')) throw this.error('Unclosed group', start);
    return node;
  }

  private escape(start: number): Node {
    const item = this.classEscape();
    if (item !== null) {
      const negated = item.kind === 'set' && item.set.negated;
      if (item.kind === 'source' && /^\\[dDwWsS]$/u.test(item.source))
        return { kind: 'verbatim', source: item.source, width: 1 };
      if (item.kind === 'range') return this.character(item.from);
      const set = item.kind === 'set' ? item.set : { negated, items: [item], and: [] };
      return { kind: 'class', set, fold: this.flags.i };
    }
    const c = this.next();
    const verbatim = (source: string, width: 0 | 1): Node => ({ kind: 'verbatim', source, width });
    switch (c) {
      case 'b':
      case 'B':
        return verbatim(`\\${c}`, 0);
      case 'A':
        return verbatim('(?<![\\s\\S])', 0);
      case 'z':
        return verbatim('(?![\\s\\S])', 0);
      case 'Z':
        return verbatim('(?=\\n?(?![\\s\\S]))', 0);
      case 'R':
        return verbatim(`(?:\\r\\n|[${LETTER_CLASSES.v}])`, 1);
      case 'X':
        return verbatim('(?:\\P{M}\\p{M}*)', 1);
      case 'k': {
        const name = this.matchHere(/<\w+>/uy)?.slice(1, -1);
        const to = name === undefined ? undefined : this.names.get(name);
        if (to === undefined) throw this.error('Reference to a group that does not exist', start);
        return { kind: 'reference', to };
      }
      default:
        if (/[1-9]/u.test(c)) return this.reference(c, start);
        if (/[A-Za-z]/u.test(c)) throw this.error(`\\${c} has no counterpart`, start);
        return this.character(c.codePointAt(0)!);
    }
  }

  /** As many digits as name a group that the pattern has. */
  private reference(first: string, start: number): Node {
    let to = Number(first);
    if (to > this.total) throw this.error('Reference to a group that does not exist', start);
    for (let digit = this.peek(); /[0-9]/u.test(digit) && to * 10 + Number(digit) <= this.total; digit = this.peek()) {
      to = to * 10 + Number(digit);
      this.at++;
    }
    return { kind: 'reference', to };
  }

  /** An escape that may stand in a class too, after the backslash; null (and nothing read) where it is another one. */
  private classEscape(): SetItem | null {
    const start = this.at;
    const c = this.next();
    const code = (value: number): SetItem => ({ kind: 'range', from: value, to: value });
    const source = (text: string): SetItem => ({ kind: 'source', source: text });
    const lower = c.toLowerCase();
    if ('dws'.includes(lower) && this.flags.U) return set(UNICODE_CLASSES[lower], c !== lower);
    if ('dws'.includes(lower)) return source(`\\${c}`);
    if ('hv'.includes(lower)) return set(LETTER_CLASSES[lower], c !== lower);
    if (lower === 'p') {
      const name = this.matchHere(/\{[^}]+\}/uy)?.slice(1, -1) ?? this.next();
      const found = propertySet(name, c === 'P');
      if (found === null) throw this.error(`Unknown property ${name}`, start - 1);
      return { kind: 'set', set: found };
    }
    if (Object.hasOwn(CONTROL, c)) return code(CONTROL[c]);
    if (c === '0') return code(parseInt(this.expect(/[0-3]?[0-7]{1,2}/uy, start), 8));
    if (c === 'x')
      return code(parseInt(this.expect(/[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]+\}/uy, start).replace(/[{}]/gu, ''), 16));
    if (c === 'u') return code(this.unicode(start));
    if (c === 'c') return code(this.next().charCodeAt(0) ^ 64);
    this.at = start;
    return null;
  }

  /** `\uD83D\uDE00` is one character in Java too. */
  private unicode(start: number): number {
    const high = parseInt(this.expect(/[0-9A-Fa-f]{4}/uy, start), 16);
    const low = high >= 0xd800 && high < 0xdc00 ? this.matchHere(/\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}/uy) : null;
    return low === null ? high : 0x10000 + ((high - 0xd800) << 10) + (parseInt(low.slice(2), 16) - 0xdc00);
  }

  /** The inside of a class, after its `[`. */
  private set(start: number): CharacterSet {
    const negated = this.eat('^');
    const sides: SetItem[][] = [[]];
    for (let first = true; ; first = false) {
      if (this.at >= this.pattern.length) throw this.error('Unclosed character class', start);
      if (!first && this.eat(']')) break;
      if (this.eat('&&')) sides.push([]);
      else if (this.flags.x && /\s/u.test(this.peek())) this.at++;
      else this.setItem(sides[sides.length - 1]);
    }
    const [items, ...and] = sides;
    return { negated, items, and: and.map((side) => ({ negated: false, items: side, and: [] })) };
  }

  private setItem(into: SetItem[]): void {
    const start = this.at;
    if (this.eat('[')) {
      into.push({ kind: 'set', set: this.set(start) });
      return;
    }
    if (this.eat('\\Q')) {
      const end = this.pattern.indexOf('\\E', this.at);
      if (end < 0) throw this.error('Unclosed quotation in a character class', start);
      for (const c of this.pattern.slice(this.at, end))
        into.push({ kind: 'range', from: c.codePointAt(0)!, to: c.codePointAt(0)! });
      this.at = end + 2;
      return;
    }
    const item = this.setCharacter();
    const next = this.pattern[this.at + 1];
    if (item.kind !== 'range' || this.peek() !== '-' || next === undefined || next === ']' || next === '[') {
      into.push(item);
      return;
    }
    this.at++;
    const upper = this.setCharacter();
    if (upper.kind !== 'range' || upper.from < item.from)
      throw this.error('Range out of order in a character class', start);
    into.push({ kind: 'range', from: item.from, to: upper.from });
  }

  private setCharacter(): SetItem {
    const start = this.at;
    const c = this.next();
    if (c === '\\') {
      const item = this.classEscape();
      if (item !== null) return item;
      const escaped = this.next();
      if (/[A-Za-z1-9]/u.test(escaped)) throw this.error(`\\${escaped} cannot stand in a character class`, start);
      return { kind: 'range', from: escaped.codePointAt(0)!, to: escaped.codePointAt(0)! };
    }
    return { kind: 'range', from: c.codePointAt(0)!, to: c.codePointAt(0)! };
  }

  private character(code: number): Node {
    return { kind: 'character', code, fold: this.flags.i };
  }

  /** White space and `# …` under the flag x. */
  private skipComment(): boolean {
    return this.matchHere(/\s+|#[^\n\r]*/uy) !== null;
  }

  private peek(): string {
    return this.pattern[this.at] ?? '';
  }

  private next(): string {
    if (this.at >= this.pattern.length) throw this.error('The expression ends too early');
    const c = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
    this.at += c.length;
    return c;
  }

  private eat(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private matchHere(sticky: RegExp): string | null {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.pattern);
    if (match === null || match[0] === '') return null;
    this.at += match[0].length;
    return match[0];
  }

  private expect(sticky: RegExp, start: number): string {
    const found = this.matchHere(sticky);
    if (found === null) throw this.error('Bad escape', start - 1);
    return found;
  }

  private error(message: string, at = this.at): JavaRegexError {
    return new JavaRegexError(message, this.pattern, at);
  }
}

const set = (source: string, negated: boolean): SetItem => ({
  kind: 'set',
  set: { negated, items: [{ kind: 'source', source }], and: [] },
});

function changeFlags(flags: Flags, letters: string): Flags {
  const [on, off = ''] = letters.split('-');
  const flag = (letter: keyof Flags): boolean => !off.includes(letter) && (on.includes(letter) || flags[letter]);
  return { i: flag('i'), m: flag('m'), s: flag('s'), x: flag('x'), U: flag('U') };
}

/** How many capturing groups a pattern has; needed before it is read, for references such as `\12`. */
function countCaptures(pattern: string): number {
  const bare = pattern.replace(/\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]/gu, '');
  return [...bare.matchAll(/\((?!\?)|\(\?<[A-Za-z]/gu)].length;
}
