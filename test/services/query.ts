/** What a search asks, whichever service it is asked of. Unknown fields and words are matched by the caller. */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'word'; readonly text: string; readonly field: string | null }
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly field: string };

/**
 * `"case reports"[pt] AND (brain tumor OR 2020/01/01:2020/02/01[edat])`, as Entrez writes it, and
 * `OPEN_ACCESS:y AND FIRST_PDATE:[2020-01-01 TO 2020-12-31]`, as Europe PMC does. Words beside each other must all
 * be there; a tag behind them is for all of them.
 */
export function parseQuery(text: string): Query {
  const tokens = [
    ...text.matchAll(
      /(?<open>\()|(?<close>\))|(?<op>\b(?:AND|OR|NOT)\b)|(?<field>[A-Za-z_]+):(?:\[(?<low>\S+)\s+TO\s+(?<high>[^\]\s]+)\]|"(?<quoted>[^"]*)"|(?<plain>[^\s()"[\]]+))|"?(?<from>[\d/]+)"?:"?(?<to>[\d/]+)"?\s*\[(?<range>[^\]]+)\]|"(?<phrase>[^"]*)"\s*(?:\[(?<tag>[^\]]+)\])?|(?<words>(?!(?:AND|OR|NOT)\b)[^\s()"[\]:]+(?![^\s()"[\]]*:)(?:\s+(?!(?:AND|OR|NOT)\b)[^\s()"[\]:]+(?![^\s()"[\]]*:))*)(?:\s*\[(?<end>[^\]]+)\])?/g,
    ),
  ].map(({ groups }) => groups as Partial<Record<string, string>>);
  let at = 0;

  const either = (): Query => {
    const parts = [all()];
    while (tokens[at]?.op === 'OR') {
      at++;
      parts.push(all());
    }
    return parts.length === 1 ? parts[0] : { kind: 'or', parts };
  };
  const all = (): Query => {
    const parts: Query[] = [];
    for (;;) {
      const token = tokens[at];
      if (!token || token.close || token.op === 'OR') break;
      if (token.op === 'AND') at++;
      else if (token.op === 'NOT') {
        at++;
        parts.push({ kind: 'not', part: one() });
      } else parts.push(one());
    }
    return parts.length === 1 ? parts[0] : { kind: 'and', parts };
  };
  const one = (): Query => {
    const token = tokens[at++];
    if (!token) return { kind: 'and', parts: [] };
    if (token.open) {
      const inner = either();
      at++;
      return inner;
    }
    if (token.field) {
      const field = token.field.toLowerCase();
      if (token.low && token.high) return { kind: 'range', field, from: token.low, to: token.high };
      return { kind: 'word', field, text: token.quoted ?? token.plain ?? '' };
    }
    if (token.range) return { kind: 'range', field: token.range.toLowerCase(), from: token.from!, to: token.to! };
    return {
      kind: 'word',
      text: token.phrase ?? token.words ?? '',
      field: (token.tag ?? token.end)?.toLowerCase() ?? null,
    };
  };
  return either();
}
