import { foldWord } from '../text/index.js';
import type { Morphology } from './model.js';

/** More than this many variants of one term are a mistake of its author. */
export const MOST_VARIANTS = 10_000;
const MOST_INFLECTED = 64;

/**
 * The phrases that a term with alternatives stands for, in the order in which they are written: `(left|right) (lobe|)`
 * gives four. Alternatives nest. Brackets without a bar are literal, and so is everything where brackets do not match
 * (`termProblem` says so). White space is squeezed. Stops at `MOST_VARIANTS`.
 */
export function expandTerm(text: string): string[] {
  if (!text.includes('|')) return [squeezed(text)];
  const variants = sequence(text, 0);
  if (variants === undefined || variants.at < text.length) return [squeezed(text)];
  return [...new Set(variants.phrases.map(squeezed))].filter((phrase) => phrase !== '');
}

/** What is wrong with a term, or undefined: brackets that do not match, a bar outside of them, an ending of no letters. */
export function termProblem(text: string): string | undefined {
  if (squeezed(text) === '') return 'is empty';
  if (text.includes('|')) {
    const read = sequence(text, 0);
    if (read === undefined) return 'has a bracket that is not closed';
    if (text[read.at] === '|') return 'has a bar outside of round brackets';
    if (read.at < text.length) return 'has a bracket that is not opened';
    if (read.phrases.length >= MOST_VARIANTS) return `stands for more than ${MOST_VARIANTS} phrases`;
    if (read.phrases.some((phrase) => squeezed(phrase) === '')) return 'can be empty';
  }
  for (const word of expandTerm(text).flatMap((phrase) => phrase.split(' '))) {
    if (word.startsWith('*') && word.length > 1 && !/^\*[a-z]+$/.test(foldWord(word))) {
      return `has the ending \`${word}\`, which may have letters from a to z only`;
    }
  }
  return undefined;
}

interface Phrases {
  readonly phrases: string[];
  /** Where reading stopped. */
  readonly at: number;
}

/** Reads up to the end or, inside brackets, up to `|` or `)`. */
function sequence(text: string, from: number): Phrases | undefined {
  let phrases = [''];
  let at = from;
  while (at < text.length) {
    const c = text[at];
    if (c === '|' || c === ')') break;
    let options: readonly string[];
    if (c === '(') {
      const group = alternatives(text, at + 1);
      if (group === undefined) return undefined;
      options = group.phrases;
      at = group.at;
    } else {
      let end = at + 1;
      while (end < text.length && !'(|)'.includes(text[end])) end++;
      options = [text.slice(at, end)];
      at = end;
    }
    if (options.length === 1) phrases = phrases.map((phrase) => phrase + options[0]);
    else phrases = phrases.flatMap((phrase) => options.map((option) => phrase + option));
    if (phrases.length > MOST_VARIANTS) phrases.length = MOST_VARIANTS;
  }
  return { phrases, at };
}

function alternatives(text: string, from: number): Phrases | undefined {
  const options: string[] = [];
  let bars = 0;
  for (let at = from; ;) {
    const option = sequence(text, at);
    if (option === undefined || option.at >= text.length) return undefined;
    options.push(...option.phrases);
    at = option.at + 1;
    if (text[option.at] === ')') return { phrases: bars > 0 ? options : options.map((o) => `(${o})`), at };
    bars++;
  }
}

const squeezed = (text: string): string => (/^\s|\s$|\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text);

/**
 * A phrase and its variants by a morphology: plurals of its last word and of the word before `of`, `in` and the like,
 * other spellings, and hyphenated words as one. The phrase itself comes first; at most 64 variants are given.
 */
export function inflect(term: string, morphology: Morphology): string[] {
  const found = new Set([term]);
  spell(found, morphology);
  if (morphology.joined) join(found);
  for (const phrase of [...found]) for (const variant of plurals(phrase, morphology)) add(found, variant);
  return [...found];
}

function add(found: Set<string>, variant: string): void {
  if (found.size < MOST_INFLECTED) found.add(variant);
}

interface Speller {
  /** Finds whether any spelling stands in a phrase: most have none. */
  readonly any: RegExp;
  /** The longer first: `edema` stands in `oedema` too, and must not grow there. */
  readonly pairs: readonly (readonly [long: string, short: string])[];
}

const spellers = new WeakMap<Morphology['spelling'], Speller>();

function spellerOf({ spelling }: Morphology): Speller {
  let speller = spellers.get(spelling);
  if (!speller) {
    const pairs = spelling.map(([a, b]) => (a.length >= b.length ? ([a, b] as const) : ([b, a] as const)));
    const words = [...new Set(pairs.flat())].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    speller = { any: words.length > 0 ? new RegExp(words.join('|'), 'i') : /$^/, pairs };
    spellers.set(spelling, speller);
  }
  return speller;
}

function spell(found: Set<string>, morphology: Morphology): void {
  const { any, pairs } = spellerOf(morphology);
  for (const phrase of found) if (!any.test(phrase)) return;
  for (const [long, short] of pairs) {
    for (const phrase of found) {
      const lower = phrase.toLowerCase();
      if (lower.includes(long)) add(found, replaceAll(phrase, lower, long, short));
      else if (lower.includes(short)) add(found, replaceAll(phrase, lower, short, long));
    }
  }
}

/** Replaces without regard to case; a capital at the front stays one. */
function replaceAll(phrase: string, lower: string, from: string, to: string): string {
  let out = '';
  let at = 0;
  for (let hit = lower.indexOf(from); hit >= 0; hit = lower.indexOf(from, at)) {
    const first = phrase[hit];
    const capital = first !== lower[hit];
    out += phrase.slice(at, hit) + (capital ? to[0].toUpperCase() + to.slice(1) : to);
    at = hit + from.length;
  }
  return out + phrase.slice(at);
}

const HYPHEN = /(\p{L})-(?=\p{L})/gu;

function join(found: Set<string>): void {
  for (const phrase of [...found]) if (phrase.includes('-')) add(found, phrase.replace(HYPHEN, '$1'));
}

function plurals(phrase: string, { plural, heads }: Morphology): string[] {
  if (plural.length === 0) return [];
  const blank = phrase.lastIndexOf(' ') + 1;
  const before = phrase.slice(0, blank);
  const lasts = [phrase.slice(blank), ...pluralsOf(phrase.slice(blank), plural)];
  const firsts = blank === 0 ? [''] : [before, ...headPlurals(before, plural, heads)];
  return firsts.flatMap((first) => lasts.map((last) => first + last));
}

/** The words before the last one with the head of the phrase in the plural; `before` ends in a blank. */
function headPlurals(before: string, plural: Morphology['plural'], heads: readonly string[]): string[] {
  if (!heads.some((head) => before.includes(` ${head} `))) return [];
  const words = before.split(' ');
  const head = words.findIndex((word, i) => i > 0 && heads.includes(word)) - 1;
  return pluralsOf(words[head], plural).map((variant) => words.with(head, variant).join(' '));
}

/** The last words of terms repeat: each is inflected once. */
const known = new WeakMap<Morphology['plural'], Map<string, readonly string[]>>();

function pluralsOf(word: string, plural: Morphology['plural']): readonly string[] {
  let words = known.get(plural);
  if (!words) known.set(plural, (words = new Map()));
  let found = words.get(word);
  if (!found) words.set(word, (found = inflectWord(word, plural)));
  return found;
}

const WORD = /(?:^|[*\p{L}\p{N}'’-])(\p{L}+)$/u;
const ACRONYM = /^\P{Ll}{2,}$/u;

/** The plurals of a word of letters. An acronym takes only what every word takes: `CTs`, not `PSES` of `PSIS`. */
function inflectWord(word: string, plural: Morphology['plural']): readonly string[] {
  if (!WORD.test(word)) return [];
  const lower = word.toLowerCase();
  const acronym = ACRONYM.test(word);
  for (const [ending, replacements] of plural) {
    if (ending === '' ? true : !acronym && lower.endsWith(ending) && lower.length > ending.length) {
      const stem = word.slice(0, word.length - ending.length);
      return replacements.map((replacement) => stem + replacement);
    }
  }
  return [];
}
