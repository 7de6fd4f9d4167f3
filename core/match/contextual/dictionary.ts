import type { Span } from '../../text/span.js';
import { WORD_CHARACTER } from './literal.js';

/** One word or phrase of a dictionary and the label that it is normalised to. */
export interface DictionaryEntry {
  readonly label: string;
  readonly phrase: string;
}
export interface DictionaryFormat {
  /** `horizontal` (default): a row is label, word, word, …  `vertical`: the first row holds the labels, words below. */
  readonly orientation?: 'horizontal' | 'vertical';
  /** Between the cells of a text. Default: tab. Cells are not quoted. */
  readonly delimiter?: string;
}

/** The rows of a dictionary file. Lines that are empty are left out; rows may be of any length. */
export function dictionaryRows(text: string, delimiter = '\t'): string[][] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  return lines.filter((line) => line !== '').map((line) => line.split(delimiter));
}

/**
 * The entries of a dictionary. The label itself is matched only where it is repeated among the words. Empty cells are
 * ignored, as are columns without a label cell only where they hold no word.
 */
export function readDictionary(
  rows: readonly (readonly unknown[])[],
  orientation: 'horizontal' | 'vertical' = 'horizontal',
): DictionaryEntry[] {
  const entries: DictionaryEntry[] = [];
  const add = (label: unknown, cell: unknown): void => {
    const phrase = cellText(cell).trim();
    if (phrase !== '') entries.push({ label: cellText(label), phrase });
  };
  if (orientation === 'horizontal') {
    for (const [label, ...words] of rows) for (const word of words) add(label, word);
    return entries;
  }
  const [labels = [], ...below] = rows;
  const width = Math.max(labels.length, ...below.map((row) => row.length));
  for (let column = 0; column < width; column++) for (const row of below) add(labels[column], row[column]);
  return entries;
}

const cellText = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell));

/** A phrase that was found: where it stands and the labels of the entries that say so, in the order of the dictionary. */
export interface PhraseHit extends Span {
  readonly labels: readonly string[];
}

interface Branch {
  readonly next: Map<string, Branch>;
  readonly labels: string[];
}
interface Atom extends Span {
  readonly key: string;
}

const ATOM = new RegExp(`${WORD_CHARACTER}+|\\s+|[^]`, 'gu');

/**
 * All phrases of a dictionary as one tree over words, runs of white space and single other characters. A phrase is
 * found only between its own boundaries: `male` does not stand in `female`. Everything in it is literal.
 */
export class Phrases {
  private readonly root: Branch = { next: new Map(), labels: [] };

  constructor(
    entries: Iterable<DictionaryEntry>,
    private readonly caseSensitive: boolean,
  ) {
    for (const { label, phrase } of entries) {
      let branch = this.root;
      for (const { key } of this.atoms(phrase, { start: 0, end: phrase.length })) {
        let next = branch.next.get(key);
        if (next === undefined) branch.next.set(key, (next = { next: new Map(), labels: [] }));
        branch = next;
      }
      if (!branch.labels.includes(label)) branch.labels.push(label);
    }
  }

  /**
   * The phrases in a stretch of a text. UTF-16 offsets, into the whole text.
   *
   * @param all every phrase, nested and overlapping ones too; otherwise the longest at each place, from left to right
   */
  find(text: string, stretch: Span, all = false): PhraseHit[] {
    const atoms = this.atoms(text, stretch);
    const hits: PhraseHit[] = [];
    for (let i = 0; i < atoms.length;) {
      const here: PhraseHit[] = [];
      let past = i + 1;
      let branch: Branch | undefined = this.root;
      for (let k = i; k < atoms.length && (branch = branch.next.get(atoms[k].key)) !== undefined; k++) {
        if (branch.labels.length === 0) continue;
        here.push({ start: atoms[i].start, end: atoms[k].end, labels: branch.labels });
        past = k + 1;
      }
      if (all) hits.push(...here);
      else if (here.length > 0) hits.push(here[here.length - 1]);
      i = all ? i + 1 : past;
    }
    return hits;
  }

  private atoms(text: string, stretch: Span): Atom[] {
    const atoms: Atom[] = [];
    const part = text.slice(stretch.start, stretch.end);
    for (const match of part.matchAll(ATOM)) {
      const start = stretch.start + match.index;
      const [word] = match;
      const key = /^\s/u.test(word) ? ' ' : this.caseSensitive ? word : word.toLowerCase();
      atoms.push({ key, start, end: start + word.length });
    }
    return atoms;
  }
}
