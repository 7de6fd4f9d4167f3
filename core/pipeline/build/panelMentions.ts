import type { PluginContext } from '../../plugin/contract.js';

/** Which of a figure's mentions in a text speak of a panel. */
export type MentionsOf = (mentions: readonly string[], panel: string | null) => readonly string[];

/**
 * Picks the mentions of a figure (`Fig. 1A-C`, `Figure 1`) that speak of one of its panels: those that name its letter, and
 * those that name no letter. What stands between the letters of a range is in the dictionary `caption`.
 */
export function mentionReader(context: Pick<PluginContext, 'lexicon' | 'doc'>): MentionsOf {
  const lexicon = context.lexicon('caption');
  const isRange = (between: string): boolean => {
    if (/^\s*[-‐-―−]\s*$/u.test(between)) return true;
    let range = false;
    lexicon.scan(context.doc(between), ({ attributes }) => {
      range ||= [attributes.role].flat().includes('range');
    });
    return range;
  };
  return (mentions, panel) => {
    const letter = /^(\p{L})\d*$/u.exec(panel ?? '')?.[1].toUpperCase();
    if (letter === undefined) return mentions;
    return mentions.filter((mention) => {
      const letters = lettersOf(mention, isRange);
      return letters.size === 0 || letters.has(letter);
    });
  };
}

/** The panel letters of a mention, upper case, ranges filled in. */
function lettersOf(mention: string, isRange: (between: string) => boolean): ReadonlySet<string> {
  const letters = new Set<string>();
  // Behind the number of the figure: `Fig. 1A`, `Figure S2 a-c`, `Plate III (B)`.
  const tail = /(?:\d|\b[IVX]+(?!\p{L}))(?!.*\d)(.*)$/u.exec(mention)?.[1] ?? '';
  let last: { readonly letter: number; readonly end: number } | undefined;
  for (const { 0: text, index } of tail.matchAll(/^[a-p]{2,4}(?!\p{L})|(?<!\p{L})[A-Pa-p](?!\p{L})/gu)) {
    const between = last && tail.slice(last.end, index);
    const range = between !== undefined && isRange(between);
    // `1ab` names two panels.
    const codes = [...text.toUpperCase()].map((c) => c.charCodeAt(0));
    const end = index + text.length;
    if (range && last) for (let c = last.letter + 1; c < codes[0]; c++) letters.add(String.fromCharCode(c));
    for (const code of codes) letters.add(String.fromCharCode(code));
    last = { letter: codes[codes.length - 1], end };
  }
  return letters;
}
