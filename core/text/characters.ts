/** Classes of characters that the tokenizer tells apart. */
export const OTHER = 0;
export const SPACE = 1;
export const LETTER = 2;
export const DIGIT = 3;
/** Combining marks and zero-width characters: part of the word they follow, ignored when words are compared. */
export const MARK = 4;
export const HYPHEN = 5;
export const APOSTROPHE = 6;
export const NEWLINE = 7;

const UNKNOWN = 255;
const classes = new Uint8Array(0x10000).fill(UNKNOWN);
const folds = new Uint16Array(0x10000);

function classify(c: number): number {
  const s = String.fromCharCode(c);
  if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) return NEWLINE;
  if (/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u00AD]/.test(s) || /\p{M}/u.test(s)) return MARK;
  if (/\s/.test(s) || c < 0x20) return SPACE;
  if (/[-\u2010-\u2013\u2212\uFE63\uFF0D]/.test(s)) return HYPHEN;
  if (/['\u2019\u02BC\u2018\u00B4`]/.test(s)) return APOSTROPHE;
  if (/\p{Nd}/u.test(s)) return DIGIT;
  if (/\p{L}|\p{N}/u.test(s)) return LETTER;
  return OTHER;
}

/** The base letter in lower case: É → e, Å → a, µ → μ. Only where one code unit stands for one code unit. */
function fold(c: number): number {
  const s = String.fromCharCode(c);
  const base = s.normalize('NFKD').charCodeAt(0);
  const lower = (/\p{L}|\p{N}/u.test(String.fromCharCode(base)) ? String.fromCharCode(base) : s).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : c;
}

/** The class of a UTF-16 code unit. Classified on first sight, then one array read. */
export function classOf(c: number): number {
  const known = classes[c];
  if (known !== UNKNOWN) return known;
  folds[c] = fold(c);
  return (classes[c] = classify(c));
}

/** The code unit that stands for `c` when words are compared: lower case, without diacritics. */
export function foldOf(c: number): number {
  if (classes[c] === UNKNOWN) classOf(c);
  return folds[c];
}

for (let c = 0; c < 0x180; c++) classOf(c);
for (let c = 0x2010; c < 0x2020; c++) classOf(c);

/** `word` as it is compared: lower case, without diacritics and marks. */
export function foldWord(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if (classOf(c) !== MARK) out += String.fromCharCode(folds[c]);
  }
  return out;
}

/** The raw tables, for the tokenizer's inner loop only: one array read a character instead of a call. */
export const tables = { classes, folds, unknown: UNKNOWN } as const;
