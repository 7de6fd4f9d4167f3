/** Pieces that texts from anywhere have: beyond the first plane, combining, from right to left, invisible, broken. */
const PIECES = [
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u0007',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u2028',
  '\ufeff',
  '\ufffe',
  'a',
  'CT',
  'T2',
  '5cm',
  '(A)',
  '(B, C)',
  '(a–c)',
  '12',
  '3.5',
  '1,000',
  'no',
  'not',
  ':',
  ';',
  '.',
  '…',
  '-',
  '–',
  '—',
  "'",
  '’',
  '"',
  '(',
  ')',
  '[',
  ']',
  '\\',
  'é',
  'e\u0301',
  '\u0301',
  'z\u0351\u036b\u0343',
  'ß',
  'ﬁ',
  'İ',
  'ı',
  'Ǆ',
  'Å',
  '½',
  '²',
  '٣',
  '५',
  '漢字',
  'かな',
  '한국어',
  'مرحبا',
  'שלום',
  '\u202e',
  '\u202c',
  '\u2066',
  '𝄞',
  '🔬',
  '👩🏽‍⚕️',
  '🇩🇪',
  '𝐂𝐓',
  '𐍈',
  '\ud83d',
  '\udd2c',
  '\udc00\ud800',
] as const;

/** Numbers from 0 to below 1 that follow from a seed (mulberry32). */
export function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Texts that no caption should be and that some are. The same ones for the same seed. */
export function hostileTexts(count = 60, seed = 1): string[] {
  const next = random(seed);
  const pick = (): string => PIECES[Math.floor(next() * PIECES.length)];
  const mixed = Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(next() * 24) }, pick).join(next() < 0.5 ? '' : ' '),
  );
  const long = Array.from({ length: 4000 }, pick).join(' ');
  return [...PIECES, ...mixed, long, '('.repeat(2000), 'A, '.repeat(2000), '\u0301'.repeat(2000), 'no '.repeat(2000)];
}
