import { MARK, classOf, foldOf, foldWord } from './characters.js';

/** Id of a word that no lexicon knows. */
export const UNKNOWN_WORD = 0;
/** Class id of every number token: the `#` of a term such as `grade #`. */
export const NUMBER_CLASS = 1;

/**
 * Two hashes of a folded word, a code unit at a time, so that the tokenizer can go along while it scans: the first (FNV-1a)
 * says where a word would be, the second (a polynomial) that it is the word. Together they are 64 bits, and comparing them
 * costs no look at the word's letters, which lie elsewhere in memory.
 */
export const HASH_SEED = 0x811c9dc5 | 0;
export const hashStep = (hash: number, folded: number): number => Math.imul(hash ^ folded, 0x01000193);
export const checkStep = (check: number, folded: number): number => (Math.imul(check, 0x1f3d5b79) + folded + 1) | 0;

/** A slot of the table: id, both hashes, class; one line of the processor's cache holds four. */
const SLOT = 4;
const ID = 0;
const HASH = 1;
const CHECK = 2;
const CLASS = 3;
/** No word. */
export const NO_SLOT = -1;

/**
 * All the words that any lexicon of an engine knows, as small integers, shared by all of them: a caption is cut into
 * word ids once and every lexicon walks over the same ids. A word may also belong to a suffix class (`-itis`), through
 * which productive patterns cost no more than a literal.
 */
export class Vocabulary {
  private words: string[] = ['', '#'];
  private slots = new Int32Array(1024 * SLOT);
  private mask = 1023;
  /** Suffix trie over a to z, read from the end of a word: `edges[node * 32 + letter]` is the next node. */
  private suffixEdges = new Int32Array(32);
  private suffixClass: number[] = [0];
  /** Suffixes came in after words were classified. */
  private stale = false;
  private classParents = new Int32Array(0);

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
    let check = 0;
    for (let i = 0; i < folded.length; i++) {
      const c = folded.charCodeAt(i);
      hash = hashStep(hash, c);
      check = checkStep(check, c);
    }
    const known = this.find(hash, check);
    if (known !== NO_SLOT) return this.slots[known + ID];
    const id = this.add(folded);
    if (id * 2 > this.mask) this.grow();
    this.place(id, hash, check, this.classBySuffix(folded, 0, folded.length));
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
    return classId < this.classParents.length ? this.classParents[classId] : 0;
  }

  /** The slot of the word with these hashes, or `NO_SLOT` where no lexicon knows it. */
  find(hash: number, check: number): number {
    const { slots } = this;
    for (let at = hash & this.mask; ; at = (at + 1) & this.mask) {
      const slot = at * SLOT;
      if (slots[slot + ID] === 0) return NO_SLOT;
      if (slots[slot + HASH] === hash && slots[slot + CHECK] === check) return slot;
    }
  }

  /** The id of the word in a slot. */
  idAt(slot: number): number {
    return this.slots[slot + ID];
  }

  /** The narrowest suffix class of the word in a slot, 0 where it has none. */
  classAt(slot: number): number {
    if (this.stale) this.reclassify();
    return this.slots[slot + CLASS];
  }

  /** The narrowest suffix class of a word that no lexicon knows, by its letters. */
  classOf(text: string, start: number, end: number): number {
    if (this.stale) this.reclassify();
    return this.classBySuffix(text, start, end);
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
    this.classParents = new Int32Array(this.words.length);
    for (let id = 2; id < this.words.length; id++) {
      const word = this.words[id];
      if (word[0] !== '*') continue;
      const parent = this.classBySuffix(word, 1, word.length);
      if (parent !== id) this.classParents[id] = parent;
    }
    const { slots } = this;
    for (let slot = 0; slot < slots.length; slot += SLOT) {
      const word = this.words[slots[slot + ID]];
      slots[slot + CLASS] = this.classBySuffix(word, 0, word.length);
    }
  }

  private add(word: string): number {
    return this.words.push(word) - 1;
  }

  private place(id: number, hash: number, check: number, wordClass: number): void {
    const { slots } = this;
    let at = hash & this.mask;
    while (slots[at * SLOT + ID] !== 0) at = (at + 1) & this.mask;
    slots[at * SLOT + ID] = id;
    slots[at * SLOT + HASH] = hash;
    slots[at * SLOT + CHECK] = check;
    slots[at * SLOT + CLASS] = wordClass;
  }

  private grow(): void {
    const { slots } = this;
    this.mask = this.mask * 2 + 1;
    this.slots = new Int32Array(slots.length * 2);
    for (let s = 0; s < slots.length; s += SLOT) {
      if (slots[s + ID] !== 0) this.place(slots[s + ID], slots[s + HASH], slots[s + CHECK], slots[s + CLASS]);
    }
  }
}

/** 0 to 25 for a to z, else negative. */
const letterOf = (folded: number): number => (folded >= 97 && folded <= 122 ? folded - 97 : -1);

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(column.length * 2);
  wider.set(column);
  return wider;
}
