import { NUMBER_CLASS, Tokenizer, type Vocabulary } from '../text/index.js';

/** How the words of a pattern vary. */
export interface WordForms {
  forms(word: string, plural: boolean): readonly string[];
  isHead(word: string): boolean;
}

/** The word ids of a word as it is cut: `x-ray` has two. */
type Cut = readonly number[];

/** Cuts terms into word ids. Terms share most of their words, so each word is cut once. */
export class TermCutter {
  private readonly known = new Map<string, readonly number[]>();
  private readonly inflected = new Map<
    WordForms,
    readonly [Map<string, readonly Cut[]>, Map<string, readonly Cut[]>]
  >();
  private readonly tokenizer: Tokenizer;

  constructor(private readonly vocabulary: Vocabulary) {
    this.tokenizer = new Tokenizer(vocabulary);
  }

  /** The word ids of every form of a word; `plural` where its plural counts. */
  forms(word: string, plural: boolean, inflections: WordForms): readonly Cut[] {
    let known = this.inflected.get(inflections);
    if (known === undefined) this.inflected.set(inflections, (known = [new Map(), new Map()]));
    const table = known[plural ? 1 : 0];
    let forms = table.get(word);
    if (forms === undefined) table.set(word, (forms = inflections.forms(word, plural).map((form) => this.cut(form))));
    return forms;
  }

  /** The word ids of a term, interned. `*itis` becomes the class of the ending, `#` the class of numbers. */
  cut(text: string): readonly number[] {
    if (!text.includes(' ')) return this.part(text);
    const ids: number[] = [];
    for (const part of text.split(' ')) for (const id of this.part(part)) ids.push(id);
    return ids;
  }

  private part(part: string): readonly number[] {
    let ids = this.known.get(part);
    if (ids === undefined) {
      ids = this.intern(part);
      this.known.set(part, ids);
    }
    return ids;
  }

  private intern(part: string): readonly number[] {
    if (part === '') return [];
    if (PLAIN.test(part)) return [this.vocabulary.intern(part)];
    if (part === '#') return [NUMBER_CLASS];
    const suffix = SUFFIX.exec(part);
    if (suffix) return [this.vocabulary.internSuffix(suffix[1])];
    const doc = this.tokenizer.read(part);
    const ids: number[] = [];
    for (let i = 0; i < doc.count; i++) ids.push(this.vocabulary.intern(doc.tokenText(i)));
    return ids;
  }
}

const SUFFIX = /^\*(\p{L}+)$/u;
const PLAIN = /^[a-z]+$/i;
