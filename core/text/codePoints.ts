/** Turns a UTF-16 offset into a code point offset of the same text. */
export type ToCodePoint = (offset: number) => number;

const identity: ToCodePoint = (offset) => offset;
const ASTRAL = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;

/**
 * The map from UTF-16 offsets of `text` to code point offsets. Most captions have no astral character, and for these
 * it is the identity. An offset inside a surrogate pair maps to the code point that holds it.
 */
export function codePointMap(text: string): ToCodePoint {
  if (!ASTRAL.test(text)) return identity;
  const map = new Int32Array(text.length + 1);
  let point = 0;
  for (let i = 0; i < text.length;) {
    const units = text.codePointAt(i)! > 0xffff ? 2 : 1;
    map[i] = point;
    if (units === 2) map[i + 1] = point;
    i += units;
    point++;
  }
  map[text.length] = point;
  return (offset) => map[offset];
}

/** The inverse of `codePointMap`: code point offsets of `text` to UTF-16 offsets. */
export function utf16Map(text: string): ToCodePoint {
  if (!ASTRAL.test(text)) return identity;
  const starts: number[] = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) starts.push(i);
  starts.push(text.length);
  return (offset) => starts[Math.min(offset, starts.length - 1)];
}
