import { GAP_NONE, PUNCTUATION, UNKNOWN_WORD, foldWord, type Doc, type Span, type Vocabulary } from '../text/index.js';
import { beginsWith, isOptional, type Pattern, type PatternItem } from './pattern.js';
import { TermCutter, type WordForms } from './termCutter.js';

/** One term of a lexicon as the compiler hands it over: the words and what they stand for. */
export interface LexiconTerm<E> {
  /** Words as written; `*itis` stands for any longer word with that ending, `#` for a number. */
  readonly text: string;
  readonly entry: E;
  /** Letters must agree in case, as for acronyms that are also words (`US`, `OR`). */
  readonly exactCase?: boolean;
  /** `text` read as a pattern, whose words vary by `inflections`. */
  readonly pattern?: Pattern;
  readonly inflections?: WordForms;
}

/** A hit: the entry and where it stands, in UTF-16 offsets. */
export interface LexiconHit<E> extends Span {
  readonly entry: E;
}

/** An edge of the table: the node it leaves (0 where there is none), the word, the node it leads to. */
const EDGE = 4;
const FROM = 0;
const BY = 1;
const TO = 2;
/** A node of the table: its first term, and which words may go on. Most that do not are told without a look at the edges. */
const NODE = 2;
const TERM = 0;
const KINDS = 1;
const kindOf = (word: number): number => 1 << (Math.imul(word, 0x9e3779b1) >>> 27);

/**
 * All terms of a dictionary as one automaton over word ids. A walk from each token finds every term that starts
 * there; what a token does not start costs one array read. Between the words of a term the text may have white space
 * or a hyphen; punctuation only where the term has it.
 */
export class Lexicon<E> {
  private root = new Int32Array(0);
  /** A hash table of edges, each in one line of the processor's cache. */
  private edges = new Int32Array(1024 * EDGE);
  private mask = 1023;
  private edgeCount = 0;
  private nodes = 1;
  /** Per node: the index + 1 of its first term, 0 for none; and a bit for each of 32 kinds of word that go on from it. */
  private node = new Int32Array(1024 * NODE);
  private readonly nextTerm: number[] = [];
  private readonly entries: E[] = [];
  /** The letters and digits of a term that must agree in case, or undefined. */
  private readonly exact: (string | undefined)[] = [];

  constructor(
    private readonly vocabulary: Vocabulary,
    terms: Iterable<LexiconTerm<E>>,
  ) {
    const rootEdges = new Map<number, number>();
    const cutter = new TermCutter(vocabulary);
    for (const term of terms) this.insert(term, rootEdges, cutter);
    this.root = new Int32Array(vocabulary.size);
    for (const [word, node] of rootEdges) this.root[word] = node;
  }

  /** Number of terms. */
  get size(): number {
    return this.entries.length;
  }

  /**
   * Calls `visit` for every term that stands in `doc`, in order of its first token, shorter before longer.
   * `first` and `last` are token indices, both inclusive.
   */
  scan(doc: Doc, visit: (entry: E, first: number, last: number) => void, from = 0, to = doc.count): void {
    const { word, wordClass } = doc;
    const { root } = this;
    for (let i = from; i < to; i++) {
      const id = word[i];
      if (id !== UNKNOWN_WORD && id < root.length && root[id] !== 0) this.walk(doc, root[id], i, i, to, visit);
      for (let c = wordClass[i]; c !== 0; c = this.vocabulary.parentOf(c)) {
        if (c < root.length && root[c] !== 0) this.walk(doc, root[c], i, i, to, visit);
      }
    }
  }

  /** The hits of a text, longest first at each place, none inside or across another: what most plugins want. */
  find(doc: Doc, from = 0, to = doc.count): LexiconHit<E>[] {
    const all: { entry: E; first: number; last: number }[] = [];
    this.scan(doc, (entry, first, last) => all.push({ entry, first, last }), from, to);
    const hits: LexiconHit<E>[] = [];
    let free = 0;
    for (let i = 0; i < all.length;) {
      let best = all[i];
      const first = best.first;
      for (; i < all.length && all[i].first === first; i++) if (all[i].last > best.last) best = all[i];
      if (best.first < free) continue;
      hits.push({ entry: best.entry, start: doc.start[best.first], end: doc.end[best.last] });
      free = best.last + 1;
    }
    return hits;
  }

  private walk(
    doc: Doc,
    node: number,
    first: number,
    at: number,
    to: number,
    visit: (entry: E, first: number, last: number) => void,
  ): void {
    for (let term = this.node[node * NODE + TERM]; term !== 0; term = this.nextTerm[term - 1]) {
      const exact = this.exact[term - 1];
      if (exact === undefined || sameCase(doc, first, at, exact)) visit(this.entries[term - 1], first, at);
    }
    const next = at + 1;
    const kinds = this.node[node * NODE + KINDS];
    if (kinds === 0 || next >= to) return;
    const id = doc.word[next];
    if (id !== UNKNOWN_WORD && (kinds & kindOf(id)) !== 0) {
      const child = this.step(node, id);
      if (child !== 0) this.walk(doc, child, first, next, to, visit);
    }
    for (let c = doc.wordClass[next]; c !== 0; c = this.vocabulary.parentOf(c)) {
      if ((kinds & kindOf(c)) === 0) continue;
      const child = this.step(node, c);
      if (child !== 0) this.walk(doc, child, first, next, to, visit);
    }
  }

  private step(node: number, word: number): number {
    const { edges } = this;
    for (let at = mix(node, word) & this.mask; ; at = (at + 1) & this.mask) {
      const edge = at * EDGE;
      const from = edges[edge + FROM];
      if (from === 0) return 0;
      if (from === node && edges[edge + BY] === word) return edges[edge + TO];
    }
  }

  private insert(term: LexiconTerm<E>, rootEdges: Map<number, number>, cutter: TermCutter): void {
    const { pattern, inflections } = term;
    if (pattern === undefined || inflections === undefined) {
      this.end(this.follow(0, cutter.cut(term.text), rootEdges), term);
      return;
    }
    for (const node of this.grow([0], pattern, true, undefined, inflections, rootEdges, cutter)) this.end(node, term);
  }

  /** The nodes that a pattern leads to from those of `from`. `after` is the item behind the pattern. */
  private grow(
    from: readonly number[],
    pattern: Pattern,
    isLast: boolean,
    after: PatternItem | undefined,
    inflections: WordForms,
    rootEdges: Map<number, number>,
    cutter: TermCutter,
  ): readonly number[] {
    let frontier = from;
    for (let i = 0; i < pattern.length; i++) {
      const item = pattern[i];
      const next = pattern[i + 1] ?? after;
      const last = isLast && restIsOptional(pattern, i + 1);
      if (item.kind === 'group') {
        const to = new Set<number>();
        for (const option of item.options) {
          for (const node of this.grow(frontier, option, last, next, inflections, rootEdges, cutter)) to.add(node);
        }
        frontier = [...to];
        continue;
      }
      // The last word varies, and so does the one before `of`.
      const plural = last || beginsWith(next, inflections.isHead);
      const forms = cutter.forms(item.text, plural, inflections);
      if (forms.length === 1 && frontier.length === 1) frontier = [this.follow(frontier[0], forms[0], rootEdges)];
      else {
        const to = new Set<number>();
        for (const ids of forms) for (const node of frontier) to.add(this.follow(node, ids, rootEdges));
        frontier = [...to];
      }
    }
    return frontier;
  }

  /** The node that `words` lead to, made where it is not there yet. */
  private follow(from: number, words: readonly number[], rootEdges: Map<number, number>): number {
    let node = from;
    for (const word of words) {
      let next = node === 0 ? (rootEdges.get(word) ?? 0) : this.step(node, word);
      if (next === 0) {
        next = this.nodes++;
        if (next * NODE === this.node.length) this.node = widened(this.node);
        if (node === 0) rootEdges.set(word, next);
        else {
          this.node[node * NODE + KINDS] |= kindOf(word);
          this.addEdge(node, word, next);
        }
      }
      node = next;
    }
    return node;
  }

  private end(node: number, term: LexiconTerm<E>): void {
    const exact = term.exactCase ? lettersOf(term.text) : undefined;
    if (node === 0 || this.stands(node, term.entry, exact)) return;
    this.entries.push(term.entry);
    this.exact.push(exact);
    this.nextTerm.push(this.node[node * NODE + TERM]);
    this.node[node * NODE + TERM] = this.entries.length;
  }

  /** Whether a node has the entry already: variants of one term often fold to the same words. */
  private stands(node: number, entry: E, exact: string | undefined): boolean {
    for (let term = this.node[node * NODE + TERM]; term !== 0; term = this.nextTerm[term - 1]) {
      if (this.entries[term - 1] === entry && this.exact[term - 1] === exact) return true;
    }
    return false;
  }

  private addEdge(node: number, word: number, next: number): void {
    if (++this.edgeCount * 2 > this.mask) this.rehash();
    this.place(node, word, next);
  }

  private place(node: number, word: number, next: number): void {
    const { edges } = this;
    let at = mix(node, word) & this.mask;
    while (edges[at * EDGE + FROM] !== 0) at = (at + 1) & this.mask;
    edges[at * EDGE + FROM] = node;
    edges[at * EDGE + BY] = word;
    edges[at * EDGE + TO] = next;
  }

  private rehash(): void {
    const { edges } = this;
    this.mask = this.mask * 2 + 1;
    this.edges = new Int32Array(edges.length * 2);
    for (let e = 0; e < edges.length; e += EDGE) {
      if (edges[e + FROM] !== 0) this.place(edges[e + FROM], edges[e + BY], edges[e + TO]);
    }
  }
}

function restIsOptional(pattern: Pattern, from: number): boolean {
  for (let i = from; i < pattern.length; i++) if (!isOptional(pattern[i])) return false;
  return true;
}

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(column.length * 2);
  wider.set(column);
  return wider;
}

const mix = (node: number, word: number): number => {
  const h = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b);
  return h ^ (h >>> 15);
};

const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
const lettersOf = (text: string): string => text.replace(NOT_ALPHANUMERIC, '');

function sameCase(doc: Doc, first: number, last: number, exact: string): boolean {
  let text = '';
  for (let i = first; i <= last; i++) {
    if (doc.kind[i] !== PUNCTUATION || doc.gap[i] === GAP_NONE) text += doc.tokenText(i);
  }
  return lettersOf(text) === exact;
}

/** How a term is compared: folded, its separators as one space. Two terms with one key match the same texts. */
export const termKey = (text: string): string =>
  foldWord(text)
    .replace(/[-\s'’]+/g, ' ')
    .trim();
