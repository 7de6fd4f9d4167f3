import { MARK, classOf, foldOf, foldWord, tables } from './characters.js';

/** Id of a word that no lexicon knows. */
export const UNKNOWN_WORD = 0;
/** Class id of every number token: the `#` of a term such as `grade #`. */
export const NUMBER_CLASS = 1;

/** The hash of a folded word, a code unit at a time, so that the tokenizer can go along while it scans. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const hashStep = (hash: number, folded: number): number => Math.imul(hash ^ folded, 0x01000193);

/**
 * All the words that any lexicon of an engine knows, as small integers, shared by all of them: a caption is cut into
 * word ids once and every lexicon walks over the same ids. A word may also belong to a suffix class (`-itis`), through
 * which productive patterns cost no more than a literal.
 */
export class Vocabulary {
  private words: string[] = ['', '#'];
  private hashes = new Int32Array(1024);
  private slots = new Int32Array(1024);
  private mask = 1023;
  private wordClass = new Int32Array(1024);
  /** Suffix trie over a to z, read from the end of a word: `edges[node * 32 + letter]` is the next node. */
  private suffixEdges = new Int32Array(32);
  private suffixClass: number[] = [0];
  /** Suffixes came in after words were classified. */
  private stale = false;
  private readonly classParents = new Map<number, number>();

  /** How many ids are in use; every id is below it. */
  get size(): number {
    return this.words.length;
  }

  /** The word of an id, folded. Suffix classes read `*itis`. */
  wordOf(id: number): string {
    return this.words[id];
  }

  /** The id of `word`, given a new one on first sight. Case and diacritics do not count. */
  intern(word: string): number {
    const folded = foldWord(word);
    let hash = HASH_SEED;
    for (let i = 0; i < folded.length; i++) hash = hashStep(hash, folded.charCodeAt(i));
    for (let at = hash & this.mask; ; at = (at + 1) & this.mask) {
      const id = this.slots[at];
      if (id === 0) break;
      if (this.hashes[at] === hash && this.words[id] === folded) return id;
    }
    const id = this.add(folded);
    this.place(hash, id);
    this.setWordClass(id, this.classBySuffix(folded, 0, folded.length));
    if (id * 2 > this.slots.length) this.grow();
    return id;
  }

  /** The id of the class of all words that end in `suffix` and are longer than it. */
  internSuffix(suffix: string): number {
    const folded = foldWord(suffix);
    let node = 0;
    for (let i = folded.length - 1; i >= 0; i--) {
      const letter = letterOf(folded.charCodeAt(i));
      if (letter < 0) throw new RangeError(`a suffix is made of the letters a to z, not ${suffix}`);
      let next = this.suffixEdges[node * 32 + letter];
      if (next === 0) {
        next = this.suffixClass.push(0) - 1;
        this.suffixEdges[node * 32 + letter] = next;
        if ((next + 1) * 32 > this.suffixEdges.length) this.suffixEdges = widened(this.suffixEdges);
      }
      node = next;
    }
    if (this.suffixClass[node] !== 0) return this.suffixClass[node];
    const id = this.add(`*${folded}`);
    this.suffixClass[node] = id;
    this.stale = true;
    return id;
  }

  /** The next wider class of a class (`*blastoma` → `*oma`), 0 where there is none. */
  parentOf(classId: number): number {
    if (this.stale) this.reclassify();
    return this.classParents.get(classId) ?? 0;
  }

  /** The id of the word in `text[start..end)`, whose hash the caller has made; 0 where no lexicon knows it. */
  find(hash: number, text: string, start: number, end: number): number {
    for (let at = hash & this.mask; ; at = (at + 1) & this.mask) {
      const id = this.slots[at];
      if (id === 0) return UNKNOWN_WORD;
      if (this.hashes[at] === hash && this.same(this.words[id], text, start, end)) return id;
    }
  }

  /** The narrowest suffix class of a word: of a known one by its id, of another one by its letters. */
  classFor(id: number, text: string, start: number, end: number): number {
    if (this.stale) this.reclassify();
    return id !== UNKNOWN_WORD ? this.wordClass[id] : this.classBySuffix(text, start, end);
  }

  private same(word: string, text: string, start: number, end: number): boolean {
    // The tokenizer has classified these characters, so their folds are in the table.
    const { classes, folds } = tables;
    let at = 0;
    for (let i = start; i < end; i++) {
      const c = text.charCodeAt(i);
      if (classes[c] === MARK) continue;
      if (word.charCodeAt(at++) !== folds[c]) return false;
    }
    return at === word.length;
  }

  private classBySuffix(text: string, start: number, end: number): number {
    const edges = this.suffixEdges;
    let node = 0;
    let found = 0;
    // A class holds words longer than its suffix, so the walk stops before the first letter.
    for (let i = end - 1; i > start; i--) {
      const c = text.charCodeAt(i);
      const letter = letterOf(c < 128 ? c | 32 : foldOf(c));
      if (letter < 0) {
        if (classOf(c) === MARK) continue;
        break;
      }
      node = edges[node * 32 + letter];
      if (node === 0) break;
      if (this.suffixClass[node] !== 0) found = this.suffixClass[node];
    }
    return found;
  }

  private reclassify(): void {
    this.stale = false;
    this.classParents.clear();
    for (let id = 2; id < this.words.length; id++) {
      const word = this.words[id];
      if (word[0] === '*') {
        const parent = this.classBySuffix(word, 1, word.length);
        if (parent !== 0 && parent !== id) this.classParents.set(id, parent);
      } else this.setWordClass(id, this.classBySuffix(word, 0, word.length));
    }
  }

  private add(word: string): number {
    return this.words.push(word) - 1;
  }

  private setWordClass(id: number, classId: number): void {
    while (id >= this.wordClass.length) this.wordClass = widened(this.wordClass);
    this.wordClass[id] = classId;
  }

  private place(hash: number, id: number): void {
    let at = hash & this.mask;
    while (this.slots[at] !== 0) at = (at + 1) & this.mask;
    this.slots[at] = id;
    this.hashes[at] = hash;
  }

  private grow(): void {
    const { slots, hashes } = this;
    this.mask = slots.length * 2 - 1;
    this.slots = new Int32Array(slots.length * 2);
    this.hashes = new Int32Array(slots.length * 2);
    for (let i = 0; i < slots.length; i++) if (slots[i] !== 0) this.place(hashes[i], slots[i]);
  }
}

/** 0 to 25 for a to z, else negative. */
const letterOf = (folded: number): number => (folded >= 97 && folded <= 122 ? folded - 97 : -1);

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(column.length * 2);
  wider.set(column);
  return wider;
}
