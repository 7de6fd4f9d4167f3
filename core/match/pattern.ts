/** A term with alternatives, read: words and groups in order. */
export type PatternItem =
  { readonly kind: 'word'; readonly text: string } | { readonly kind: 'group'; readonly options: readonly Pattern[] };
export type Pattern = readonly PatternItem[];

/**
 * Reads `(chest|thoracic) (radiograph|film|)`. Null where a group touches a word (`tum(o|ou)r`) or brackets are
 * literal: such terms are written out instead.
 */
export function readPattern(text: string): Pattern | null {
  if (!/[()|]/.test(text))
    return text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => ({ kind: 'word', text: word }));
  const tokens = text.match(/[()|]|[^\s()|]+|\s+/gu) ?? [];
  let at = 0;
  const sequence = (inside: boolean): PatternItem[] | null => {
    const items: PatternItem[] = [];
    for (; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === '|' || token === ')') return inside ? items : null;
      if (/^\s/.test(token)) continue;
      if (token !== '(') {
        items.push({ kind: 'word', text: token });
        continue;
      }
      if (at > 0 && !/^[\s(|]/.test(tokens[at - 1])) return null;
      const options: Pattern[] = [];
      do {
        at++;
        const option = sequence(true);
        if (option === null) return null;
        options.push(option);
      } while (tokens[at] === '|');
      if (tokens[at] !== ')' || options.length < 2) return null;
      if (at + 1 < tokens.length && !/^[\s)|]/.test(tokens[at + 1])) return null;
      items.push({ kind: 'group', options });
    }
    return inside ? null : items;
  };
  return sequence(false);
}

/** Whether an item can stand for nothing. */
export const isOptional = (item: PatternItem): boolean =>
  item.kind === 'group' && item.options.some((option) => option.every(isOptional));

/** Whether an item can begin with a word that `test` accepts. */
export const beginsWith = (item: PatternItem | undefined, test: (word: string) => boolean): boolean =>
  item !== undefined &&
  (item.kind === 'word' ? test(item.text) : item.options.some((option) => beginsWith(option[0], test)));
