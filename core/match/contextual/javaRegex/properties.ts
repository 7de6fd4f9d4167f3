import type { CharacterSet } from './syntax.js';

/** Classes that Java names and JavaScript does not, as the inside of square brackets. */
const NAMED: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
  L1: '\\x00-\\xFF',
  all: '\\s\\S',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaLetter: '\\p{L}',
  javaDigit: '\\p{Nd}',
  javaLetterOrDigit: '\\p{L}\\p{Nd}',
  javaWhitespace: '\\s',
  javaSpaceChar: '\\p{Z}',
  IsLetter: '\\p{L}',
  IsTitlecase: '\\p{Lt}',
  IsPunctuation: '\\p{P}',
  IsControl: '\\p{Cc}',
  IsDigit: '\\p{Nd}',
  IsWord: '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}',
  IsAlnum: '\\p{Alphabetic}\\p{Nd}',
};

/** Unicode blocks, which JavaScript has no names for; written as Java compares them: without blanks, `-` and `_`. */
const BLOCKS: Readonly<Record<string, string>> = {
  basiclatin: '\\u0000-\\u007F',
  latin1supplement: '\\u0080-\\u00FF',
  latinextendeda: '\\u0100-\\u017F',
  latinextendedb: '\\u0180-\\u024F',
  ipaextensions: '\\u0250-\\u02AF',
  combiningdiacriticalmarks: '\\u0300-\\u036F',
  greek: '\\u0370-\\u03FF',
  greekandcoptic: '\\u0370-\\u03FF',
  cyrillic: '\\u0400-\\u04FF',
  hebrew: '\\u0590-\\u05FF',
  arabic: '\\u0600-\\u06FF',
  devanagari: '\\u0900-\\u097F',
  thai: '\\u0E00-\\u0E7F',
  generalpunctuation: '\\u2000-\\u206F',
  superscriptsandsubscripts: '\\u2070-\\u209F',
  currencysymbols: '\\u20A0-\\u20CF',
  letterlikesymbols: '\\u2100-\\u214F',
  numberforms: '\\u2150-\\u218F',
  arrows: '\\u2190-\\u21FF',
  mathematicaloperators: '\\u2200-\\u22FF',
  geometricshapes: '\\u25A0-\\u25FF',
  hiragana: '\\u3040-\\u309F',
  katakana: '\\u30A0-\\u30FF',
  cjkunifiedideographs: '\\u4E00-\\u9FFF',
  hangulsyllables: '\\uAC00-\\uD7AF',
};

/** The escapes of one letter that stand for a class and differ from JavaScript's. */
export const LETTER_CLASSES: Readonly<Record<string, string>> = {
  h: ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000',
  v: '\\n\\x0B\\f\\r\\x85\\u2028\\u2029',
};

const known = (source: string): boolean => {
  try {
    return new RegExp(`[${source}]`, 'u') !== null;
  } catch {
    return false;
  }
};

/** The class of `\p{name}` (`negated` for `\P`), or null where neither language knows it. */
export function propertySet(name: string, negated: boolean): CharacterSet | null {
  const source = propertySource(name);
  return source === null ? null : { negated, items: [{ kind: 'source', source }], and: [] };
}

function propertySource(name: string): string | null {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const pair = /^(\w+)=(.+)$/u.exec(name);
  if (pair) {
    const [, key, value] = pair;
    if (/^(?:blk|block)$/iu.test(key)) return blockSource(value);
    if (/^(?:gc|general_category)$/iu.test(key)) return firstKnown([`\\p{${value}}`]);
    if (/^(?:sc|script)$/iu.test(key)) return firstKnown([`\\p{Script=${titled(value)}}`]);
    return null;
  }
  if (/^In./u.test(name)) return blockSource(name.slice(2));
  const bare = name.replace(/^Is/u, '');
  return firstKnown([`\\p{${bare}}`, `\\p{${titled(bare)}}`, `\\p{Script=${titled(bare)}}`]);
}

const firstKnown = (sources: readonly string[]): string | null => sources.find(known) ?? null;

function blockSource(name: string): string | null {
  const key = name.toLowerCase().replace(/[\s_-]/gu, '');
  return Object.hasOwn(BLOCKS, key) ? BLOCKS[key] : null;
}

/** `old_italic` → `Old_Italic`, as JavaScript wants it. */
const titled = (name: string): string =>
  name.toLowerCase().replace(/(?:^|_)\p{L}/gu, (initial) => initial.toUpperCase());
