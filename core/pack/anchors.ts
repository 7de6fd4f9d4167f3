import type { Rule } from './model.js';
import { ANY, DIGITS, LETTERS, OTHERS, kindOfChar, parseRegex, type RegexNode } from './regexTree.js';

const MOST = 64;

/**
 * The literals one of which must be seen before the regex of a rule is run: those that it declares, else those that
 * are derived. Empty where there are none, which `validate` refuses. `*itis` is any longer word with that ending.
 */
export function anchorsOf(rule: Pick<Rule, 'regex' | 'anchors'>): readonly string[] {
  if (rule.anchors.length > 0 || rule.regex === undefined) return rule.anchors;
  return deriveAnchors(rule.regex) ?? [];
}

/**
 * Words of which every match of a pattern holds one as a whole token, so that a lexicon of words finds them; undefined
 * where there is no such set. `\d+\s?(?:mm|cm)` gives mm and cm; `T[1-4]` gives T1 to T4, `CD\d+` nothing. Case does not
 * count. Conservative inside: what is not understood is taken as any text. Only the ends of the pattern are taken as
 * ends of words where it says nothing of them (`cm` without a `\b`), since that is what authors mean.
 */
export function deriveAnchors(pattern: string): readonly string[] | undefined {
  try {
    const tree = parseRegex(pattern);
    return required(tree, ANY, ANY) ?? required(tree, OTHERS, OTHERS);
  } catch {
    return undefined;
  }
}

/** The best set of a node, given the kinds of characters that may stand before and after it. */
function required(node: RegexNode, before: number, after: number): readonly string[] | undefined {
  switch (node.type) {
    case 'choice': {
      const all: string[] = [];
      for (const option of node.options) {
        const found = required(option, before, after);
        if (!found) return undefined;
        all.push(...found);
      }
      return all.length <= MOST ? unique(all) : undefined;
    }
    case 'repeat':
      return node.min === 0 ? undefined : required(node.item, before | last(node.item, 0), after | first(node.item, 0));
    case 'sequence':
      return ofSequence(node.items, before, after);
    default:
      return ofSequence([node], before, after);
  }
}

/** Tries each run of items whose texts can be listed, and each item by itself; the longest words win. */
function ofSequence(items: readonly RegexNode[], before: number, after: number): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  const offer = (found: readonly string[] | undefined): void => {
    if (found && found.length > 0 && (!best || weight(found) > weight(best))) best = found;
  };
  for (let i = 0; i < items.length;) {
    let texts: string[] = [''];
    let end = i;
    for (; end < items.length; end++) {
      const own = textsOf(items[end]);
      if (!own || own.length * texts.length > MOST) break;
      texts = texts.flatMap((text) => own.map((more) => text + more));
    }
    if (end > i) offer(wordsOf(texts, kindsBefore(items, i, before), kindsAfter(items, end, after)));
    if (end < items.length) {
      const item = items[end];
      if (item.type === 'choice' || item.type === 'repeat' || item.type === 'sequence') {
        offer(required(item, kindsBefore(items, end, before), kindsAfter(items, end + 1, after)));
      }
      end++;
    }
    i = end;
  }
  return best;
}

/** Longer words are rarer; where they are equal, fewer are better. */
const weight = (words: readonly string[]): number =>
  Math.min(...words.map((word) => (word.startsWith('*') ? word.length - 1 : word.length))) - words.length / 1000;

/** One whole token of each text, or undefined where one has none. */
function wordsOf(texts: readonly string[], before: number, after: number): readonly string[] | undefined {
  const words: string[] = [];
  for (const text of texts) {
    const found = wordOf(text, before, after);
    if (!found) return undefined;
    words.push(...found);
  }
  return unique(words);
}

const TOKEN = /\p{L}[\p{L}\p{M}]*\p{Nd}*/gu;

function wordOf(text: string, before: number, after: number): readonly string[] | undefined {
  let best: readonly string[] = [];
  for (const { 0: word, index } of text.matchAll(TOKEN)) {
    if (word.length <= (best[0]?.length ?? 0)) continue;
    const end = index + word.length;
    const ends = end < text.length || (after & (/\p{Nd}$/u.test(word) ? DIGITS : LETTERS | DIGITS)) === 0;
    if (!ends) continue;
    if (index > 0 || (before & LETTERS) === 0) best = [word];
    // A word that may begin earlier: itself, or any longer one with this ending.
    else if (/^[a-z]{3,}$/i.test(word)) best = [word, `*${word.toLowerCase()}`];
  }
  return best.length > 0 ? best : undefined;
}

/** All texts that a node matches, where they are few. Edges and looks break a run: they say what stands beside it. */
function textsOf(node: RegexNode): readonly string[] | undefined {
  switch (node.type) {
    case 'char':
      return [node.char];
    case 'class':
      return node.chars.few;
    case 'choice': {
      const all = node.options.map(textsOf);
      return all.every((texts) => texts !== undefined) ? all.flat() : undefined;
    }
    case 'repeat': {
      if (node.max > 2) return undefined;
      const once = textsOf(node.item);
      if (!once) return undefined;
      const twice = node.max === 2 ? once.flatMap((one) => once.map((other) => one + other)) : [];
      return [...(node.min === 0 ? [''] : []), ...(node.min <= 1 && node.max >= 1 ? once : []), ...twice];
    }
    case 'sequence':
      return node.items.reduce<readonly string[] | undefined>(
        (texts, item) => {
          const own = texts && textsOf(item);
          return own && texts.length * own.length <= MOST
            ? texts.flatMap((text) => own.map((more) => text + more))
            : undefined;
        },
        [''],
      );
    default:
      return undefined;
  }
}

function kindsBefore(items: readonly RegexNode[], index: number, before: number): number {
  let kinds = before;
  for (let i = 0; i < index; i++) kinds = last(items[i], kinds);
  return kinds;
}

function kindsAfter(items: readonly RegexNode[], index: number, after: number): number {
  let kinds = after;
  for (let i = items.length - 1; i >= index; i--) kinds = first(items[i], kinds);
  return kinds;
}

/** The kinds of character that may stand right after a node, seen backwards; `outside` where it may match nothing. */
const last = (node: RegexNode, outside: number): number => edgeKinds(node, outside, false);
const first = (node: RegexNode, outside: number): number => edgeKinds(node, outside, true);

function edgeKinds(node: RegexNode, outside: number, ahead: boolean): number {
  switch (node.type) {
    case 'char':
      return kindOfChar(node.char);
    case 'class':
      return node.chars.kinds;
    case 'choice':
      return node.options.reduce((kinds, option) => kinds | edgeKinds(option, outside, ahead), 0);
    case 'repeat':
      return edgeKinds(node.item, outside, ahead) | (node.min === 0 ? outside : 0);
    case 'sequence': {
      const items = ahead ? [...node.items].reverse() : node.items;
      return items.reduce((kinds, item) => edgeKinds(item, kinds, ahead), outside);
    }
    case 'edge':
      // A word boundary beside a literal word: nothing of a word on the other side. `^` and `$`: nothing at all.
      return node.edge === 'B'
        ? ANY
        : node.edge === 'b'
          ? outside & OTHERS
          : ahead === (node.edge === '$')
            ? OTHERS
            : outside;
    case 'look':
      return node.negative && node.ahead === ahead ? outside & ~excluded(node.item) : outside;
    case 'unknown':
      return ANY;
  }
}

/** The kinds that a negative look rules out whole. */
function excluded(node: RegexNode): number {
  if (node.type === 'class') return node.chars.whole;
  if (node.type === 'sequence' && node.items.length === 1) return excluded(node.items[0]);
  if (node.type === 'choice') return node.options.reduce((kinds, option) => kinds | excluded(option), 0);
  return 0;
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
