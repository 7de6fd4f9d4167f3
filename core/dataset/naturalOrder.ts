/**
 * Compares names as people number them: `PMC9` before `PMC10`. Runs of digits compare as numbers, everything else by code
 * unit, so that the order is the same on every machine. Names that only differ in leading zeros are told apart at the end.
 */
export function naturalOrder(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (isDigit(a, i) && isDigit(b, j)) {
      const [x, nextX] = digitsAt(a, i);
      const [y, nextY] = digitsAt(b, j);
      const order = x.length - y.length || compare(x, y);
      if (order !== 0) return order;
      i = nextX;
      j = nextY;
    } else {
      if (a[i] !== b[j]) return a[i] < b[j] ? -1 : 1;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || compare(a, b);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isDigit(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return code >= 48 && code <= 57;
}

/** The digits from `start` on, without leading zeros, and where they end. */
function digitsAt(text: string, start: number): [digits: string, end: number] {
  let end = start;
  while (end < text.length && isDigit(text, end)) end++;
  let from = start;
  while (from < end - 1 && text[from] === '0') from++;
  return [text.slice(from, end), end];
}
