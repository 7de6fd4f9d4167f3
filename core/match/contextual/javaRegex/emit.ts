import { JavaRegexError, type CharacterSet, type Node, type SetItem } from './syntax.js';

export interface EmitOptions {
  /** How letters under `(?i)` come out: by the flag `i`, where all of the pattern is so (default), or as `[aA]`. */
  readonly cases?: 'flag' | 'spelled';
  /**
   * The pattern was written to be tried on one token at a time, and is now run on a sentence: `^` and `$` become these
   * sources, and nothing in it matches white space.
   */
  readonly token?: { readonly start: string; readonly end: string };
}

const SYNTAX = /[\^$\\.*+?()[\]{}|/]/u;
const SET_SYNTAX = /[\\\]^-]/u;

/** Writes the JavaScript source (flag `u`) of a pattern. Groups keep their order; those that are added come by number. */
export class Emitter {
  private captures = 0;
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly pattern: string,
    private readonly options: EmitOptions,
  ) {}

  emit(body: readonly Node[][]): string {
    const source = this.alternatives(body);
    return source.replace(/\u0000(\d+)\u0000/gu, (_, to: string) => {
      const number = this.numbers.get(Number(to));
      if (number === undefined) throw new JavaRegexError('Reference to a group that does not exist', this.pattern, 0);
      return `(?:\\${number})`;
    });
  }

  private alternatives(body: readonly Node[][]): string {
    return body.map((nodes) => nodes.map((node) => this.node(node)).join('')).join('|');
  }

  private node(node: Node): string {
    switch (node.kind) {
      case 'character':
        return this.character(node.code, node.fold);
      case 'class':
        return this.set(node.set, node.fold && this.options.cases === 'spelled');
      case 'verbatim':
        return this.verbatim(node.source);
      case 'group':
        if (node.capture !== null) this.numbers.set(node.capture, ++this.captures);
        return `${node.open}${this.alternatives(node.body)})`;
      case 'atomic': {
        // A look-ahead never gives back what it matched; the reference then takes exactly that.
        const number = ++this.captures;
        return `(?=(${this.alternatives(node.body)}))(?:\\${number})`;
      }
      case 'repeat':
        return this.repeated(node.body) + node.quantifier;
      case 'reference':
        return `\u0000${node.to}\u0000`;
    }
  }

  private verbatim(source: string): string {
    const { token } = this.options;
    if (token === undefined) return source;
    const inToken: Readonly<Record<string, string>> = {
      '^': token.start,
      $: token.end,
      '.': '\\S',
      '[\\s\\S]': '\\S',
      '\\W': '[^\\w\\s]',
      '\\D': '[^\\d\\s]',
    };
    return inToken[source] ?? source;
  }

  private set(set: CharacterSet, spelled: boolean): string {
    const blank: SetItem = { kind: 'source', source: '\\s' };
    const within = this.options.token !== undefined && set.negated && set.and.length === 0;
    return setSource(within ? { ...set, items: [...set.items, blank] } : set, spelled);
  }

  /** What is not a single unit is wrapped, so that the quantifier binds to all of it. */
  private repeated(body: Node): string {
    const source = this.node(body);
    const look = body.kind === 'group' && !/^\((?:\?:|\?<\w|$)/u.test(body.open);
    const unit = body.kind === 'character' || body.kind === 'class' || (body.kind === 'group' && !look);
    return unit || (body.kind === 'verbatim' && body.width === 1) ? source : `(?:${source})`;
  }

  private character(code: number, fold: boolean): string {
    const source = codeSource(code, SYNTAX);
    const other = fold && this.options.cases === 'spelled' ? otherCase(code) : null;
    return other === null ? source : `[${source}${codeSource(other, SYNTAX)}]`;
  }
}

/** Java folds ASCII only, unless asked for more. */
function otherCase(code: number): number | null {
  if (code >= 0x41 && code <= 0x5a) return code + 32;
  if (code >= 0x61 && code <= 0x7a) return code - 32;
  return null;
}

function codeSource(code: number, syntax: RegExp): string {
  if (code === 0x0a) return '\\n';
  if (code === 0x0d) return '\\r';
  if (code === 0x09) return '\\t';
  if (code < 0x20 || (code >= 0x7f && code <= 0xa0)) return `\\x${code.toString(16).padStart(2, '0').toUpperCase()}`;
  if ((code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029)
    return `\\u${code.toString(16).toUpperCase()}`;
  const c = String.fromCodePoint(code);
  return syntax.test(c) ? `\\${c}` : c;
}

/** The source of one character of the set. JavaScript's `u` has no nested classes, so these become look-aheads. */
function setSource(set: CharacterSet, spelled: boolean): string {
  const flat = flatten(set.items);
  if (set.and.length === 0 && flat !== null) {
    return `[${set.negated ? '^' : ''}${flat.map((item) => itemSource(item, spelled)).join('')}]`;
  }
  const simple: SetItem[] = [];
  const nested: string[] = [];
  for (const item of set.items) {
    const inner = flatten([item]);
    if (inner !== null) simple.push(...inner);
    else if (item.kind === 'set') nested.push(setSource(item.set, spelled));
  }
  const own = simple.map((item) => itemSource(item, spelled)).join('');
  const union = [...(own === '' ? [] : [`[${own}]`]), ...nested];
  const left = union.length === 1 ? union[0] : `(?:${union.join('|')})`;
  const body =
    set.and.map((side) => `(?=${setSource(side, spelled)})`).join('') + (union.length === 0 ? '[\\s\\S]' : left);
  return set.negated ? `(?:(?!${body})[\\s\\S])` : `(?:${body})`;
}

/** The items without inner brackets, or null where an inner set is negated or has `&&`. */
function flatten(items: readonly SetItem[]): SetItem[] | null {
  const flat: SetItem[] = [];
  for (const item of items) {
    if (item.kind !== 'set') flat.push(item);
    else {
      const inner = item.set.negated || item.set.and.length > 0 ? null : flatten(item.set.items);
      if (inner === null && items.length === 1 && item.set.negated) {
        // `\P{L}` on its own: the negation can stay inside the brackets where the source knows one.
        const [only] = item.set.items;
        if (item.set.items.length === 1 && only.kind === 'source' && /^\\p\{[^}]*\}$/u.test(only.source)) {
          flat.push({ kind: 'source', source: `\\P${only.source.slice(2)}` });
          continue;
        }
      }
      if (inner === null) return null;
      flat.push(...inner);
    }
  }
  return flat;
}

function itemSource(item: SetItem, spelled: boolean): string {
  if (item.kind === 'source') return spelled ? item.source + spelledSource(item.source) : item.source;
  if (item.kind !== 'range') return '';
  const range = (from: number, to: number): string =>
    codeSource(from, SET_SYNTAX) + (to === from ? '' : `${to > from + 1 ? '-' : ''}${codeSource(to, SET_SYNTAX)}`);
  let source = range(item.from, item.to);
  if (!spelled) return source;
  for (const [low, high, shift] of [
    [0x61, 0x7a, -32],
    [0x41, 0x5a, 32],
  ]) {
    const from = Math.max(item.from, low);
    const to = Math.min(item.to, high);
    if (from <= to) source += range(from + shift, to + shift);
  }
  return source;
}

const spelledSource = (source: string): string =>
  /^\\p\{(?:Lu|Ll|Uppercase|Lowercase)\}$/u.test(source) ? '\\p{L}' : '';
