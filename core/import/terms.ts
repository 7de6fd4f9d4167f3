import { Tokenizer, Vocabulary } from '../text/index.js';
import { termKey } from '../match/lexicon.js';

const tokenizer = new Tokenizer(new Vocabulary());

/** What keeps a phrase from being a term of a dictionary as it stands, or undefined. */
export function termFault(phrase: string): string | undefined {
  if (tokenizer.read(phrase).count === 0) return 'it holds nothing that is matched';
  if (phrase.includes('|')) return 'a bar stands for alternatives in a term';
  const words = phrase.trim().split(/\s+/u);
  if (words.includes('#')) return '`#` stands for any number in a term';
  if (words.some((word) => /^\*\p{L}+$/u.test(word)))
    return 'an asterisk before letters stands for an ending in a term';
  return undefined;
}

/** How two phrases are told apart by the matcher: those of one key are one term. */
export const phraseKey = (phrase: string): string => termKey(phrase);
