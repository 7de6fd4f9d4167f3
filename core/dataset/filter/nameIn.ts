/** The name of a fixed list that is meant: case, and what parts its words, do not count (`cc-by`, `CC BY`). */
export const nameIn = (names: readonly string[], written: string): string | undefined =>
  names.find((name) => folded(name) === folded(written));

const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
