import { NUMBER, WORD, type Doc, type PluginLexicon } from '../../core/plugin/index.js';
import { Words } from './words.js';

/** A place where a text names one figure: `Figs. 1 and 2` is two of them. */
export interface FigureMention {
  /** `1`, `S2`. */
  readonly number: string;
  /** Panel letters, upper case: `Fig. 2A, B` has A and B; none for the whole figure. */
  readonly panels: readonly string[];
  readonly start: number;
  readonly end: number;
}

const ROMAN: Readonly<Record<string, number>> = {
  I: 1,
  II: 2,
  III: 3,
  IV: 4,
  V: 5,
  VI: 6,
  VII: 7,
  VIII: 8,
  IX: 9,
  X: 10,
  XI: 11,
  XII: 12,
};
/** A higher number is none of a figure: a year, a percentage. */
const MOST = 60;

/**
 * Reads `Fig. 1`, `Figs. 1 and 2`, `Fig. 2A, B and 3C`, `Figure 1a-c`, `Figures 1-3`, `(Image 1)`, `Plate II`.
 *
 * @param labels lexicon of the words for figures and tables
 * @param types lexicon with what stands between the numbers of a list
 * @returns mentions left to right; offsets are those of the number with its letters, the first with the word before it
 */
export function figureMentions(doc: Doc, labels: PluginLexicon, types: PluginLexicon): FigureMention[] {
  const found: FigureMention[] = [];
  const words = new Words(doc, types);
  for (const { entry, start, end } of labels.find(doc)) {
    if (entry.attributes.kind !== 'figure') continue;
    let at = doc.tokenAt(end);
    while (at < doc.count && /^[.:#°]$/.test(doc.tokenText(at))) at++;
    readList(words, at, start, /s\.?$/i.test(doc.text.slice(start, end)), found);
  }
  return found;
}

interface Item {
  readonly numbers: readonly string[];
  readonly panels: readonly string[];
  readonly next: number;
}

interface Letters {
  readonly panels: readonly string[];
  readonly next: number;
}

/** A list of numbers and letters; it ends where the next token is neither, or a unit follows. */
function readList(words: Words, first: number, start: number, plural: boolean, found: FigureMention[]): void {
  const { doc } = words;
  let at = first;
  let from = start;
  let last = null as FigureMention | null;
  for (;;) {
    const item = itemAt(words, at);
    // `in Figure 2, 3 nodules`: a bare number after a comma counts what follows.
    if (
      item &&
      last &&
      !plural &&
      item.panels.length === 0 &&
      doc.tokenText(at - 1) === ',' &&
      isNoun(words, item.next)
    )
      return;
    if (item) {
      for (const number of item.numbers) {
        last = { number, panels: item.panels, start: from, end: doc.end[item.next - 1] };
        found.push(last);
      }
      at = item.next;
    } else {
      const letters: Letters | null = last ? lettersAt(words, at) : null;
      if (!letters || !last) return;
      // `2A, B`: more panels of the figure before.
      found.pop();
      const { number, panels, start } = last;
      last = { number, panels: [...panels, ...letters.panels], start, end: doc.end[letters.next - 1] };
      found.push(last);
      at = letters.next;
    }
    const separator = separatorAt(words, at);
    if (separator === at) return;
    at = separator;
    if (at >= doc.count) return;
    from = doc.start[at];
  }
}

/** A word that is not `and`. */
const isNoun = (words: Words, i: number): boolean =>
  i < words.doc.count && words.doc.kind[i] === WORD && words.at(i, 'list_joiner') === null;

/** Commas, `and`, `&`, semicolons between the items of a list. */
function separatorAt(words: Words, i: number): number {
  let at = i;
  for (let joiner = words.at(at, 'list_joiner'); joiner; joiner = words.at(at, 'list_joiner')) at = joiner.last + 1;
  return at;
}

/** `1`, `1A`, `1A-C`, `1-3`, `S2`, `III`. */
function itemAt(words: Words, i: number): Item | null {
  const { doc } = words;
  if (i >= doc.count) return null;
  const text = doc.tokenText(i);
  let number: number;
  let prefix = '';
  let at = i + 1;
  if (doc.kind[i] === NUMBER) {
    // `1.A`; `2.5 cm` is a measure.
    if (!/^\d{1,2}$/.test(text)) return null;
    number = Number(text);
  } else if (/^S\d{1,2}$/i.test(text)) {
    prefix = 'S';
    number = Number(text.slice(1));
  } else if (ROMAN[text]) number = ROMAN[text];
  else return null;
  if (number < 1 || number > MOST) return null;
  const range = rangeEnd(words, at, number);
  if (range) {
    const numbers = Array.from({ length: range.to - number + 1 }, (_, k) => `${prefix}${number + k}`);
    return { numbers, panels: [], next: range.next };
  }
  const letters = lettersAt(words, at);
  if (letters) at = letters.next;
  return { numbers: [`${prefix}${number}`], panels: letters?.panels ?? [], next: at };
}

function rangeEnd(words: Words, i: number, from: number): { to: number; next: number } | null {
  const { doc } = words;
  let at = i;
  if (words.at(at, 'list_range')) at++;
  else if (!(at < doc.count && doc.gap[at] === 2)) return null;
  if (at >= doc.count || doc.kind[at] !== NUMBER || !/^\d{1,2}$/.test(doc.tokenText(at))) return null;
  const to = Number(doc.tokenText(at));
  return to > from && to - from < 20 ? { to, next: at + 1 } : null;
}

/** `A`, `a-c`, `A–C`, `(A)`; letters of one or two characters up to `p`. */
function lettersAt(words: Words, i: number): Letters | null {
  const { doc } = words;
  let at = i;
  const bracket = at < doc.count && doc.tokenText(at) === '(' && doc.gap[at] !== 4;
  if (bracket) at++;
  if (at >= doc.count || doc.kind[at] !== WORD || !isPanel(doc.tokenText(at))) return null;
  // `Figure 1 a mass`: a small article after a blank is no panel.
  if (
    !bracket &&
    doc.gap[at] === 1 &&
    /^a$/.test(doc.tokenText(at)) &&
    doc.kind[at + 1] === WORD &&
    doc.gap[at + 1] === 1
  )
    return null;
  const panels = [...doc.tokenText(at).toUpperCase()];
  at++;
  const dashed = at < doc.count && (words.at(at, 'list_range') !== null || doc.gap[at] === 2);
  if (dashed) {
    const end = doc.gap[at] === 2 ? at : at + 1;
    if (end < doc.count && /^[A-Pa-p]$/.test(doc.tokenText(end))) {
      const to = doc.tokenText(end).toUpperCase().charCodeAt(0);
      for (let c = panels[panels.length - 1].charCodeAt(0) + 1; c <= to; c++) panels.push(String.fromCharCode(c));
      at = end + 1;
    }
  }
  if (bracket) {
    if (doc.tokenText(Math.min(at, doc.count - 1)) !== ')') return null;
    at++;
  }
  return { panels, next: at };
}

const isPanel = (text: string): boolean =>
  /^[A-Pa-p]$/.test(text) ||
  (/^[a-h]{2,3}$/.test(text) && text === [...text].sort().join('') && !/^(?:be|ad)$/.test(text));
