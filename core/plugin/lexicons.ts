import { Lexicon, type LexiconTerm } from '../match/lexicon.js';
import { lexiconTerms } from '../pack/lexiconTerms.js';
import type { EffectivePack } from '../pack/model.js';
import type { Vocabulary } from '../text/index.js';
import type { LexiconEntry } from './contract.js';

/**
 * The dictionaries with `lexicon: NAME` of all packs, compiled when a plugin first asks. Several files may share a
 * name, one a language; each entry's attributes then say its `language`.
 */
export class Lexicons {
  private readonly compiled = new Map<string, Lexicon<LexiconEntry>>();

  constructor(
    private readonly pack: EffectivePack,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** @throws RangeError where no pack has a dictionary of that name */
  get(name: string): Lexicon<LexiconEntry> {
    let lexicon = this.compiled.get(name);
    if (lexicon === undefined) {
      lexicon = new Lexicon(this.vocabulary, this.terms(name));
      this.compiled.set(name, lexicon);
    }
    return lexicon;
  }

  /** The words of a lexicon, as written. */
  words(name: string): string[] {
    return this.pack.dictionaries
      .filter((d) => d.lexicon === name)
      .flatMap((d) => d.values.flatMap((v) => v.terms.map((t) => t.text)));
  }

  private terms(name: string): LexiconTerm<LexiconEntry>[] {
    const dictionaries = this.pack.dictionaries.filter((d) => d.lexicon === name);
    if (dictionaries.length === 0) throw new RangeError(`no pack has a dictionary with 'lexicon: ${name}'`);
    return dictionaries.flatMap(({ values, language }) =>
      values.flatMap((value) => {
        const attributes = language === undefined ? value.attributes : { language, ...value.attributes };
        const entry: LexiconEntry = { value: value.value, attributes };
        return value.terms.flatMap((term) => lexiconTerms(term, entry, this.pack));
      }),
    );
  }
}
