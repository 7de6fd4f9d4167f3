import type { Hit } from './hits.js';

interface Spoken {
  readonly language: string | undefined;
}

/**
 * The languages that a text may be in: those with the most votes of its cues and function words. Cues of several
 * languages are spelled alike and mean different things (`no` denies in English and Spanish and is `in the` in
 * Portuguese; `sin` is Spanish and a deed), so only those of the text's own language may count. A word has one vote,
 * which the languages that know it share.
 *
 * @returns the winners of the vote, more than one on a tie; all of `languages` where no word votes
 */
export function languagesOf(hits: readonly Hit<Spoken>[], languages: readonly string[]): ReadonlySet<string> {
  const words = new Map<number, Set<string>>();
  for (const { term, first, last } of hits) {
    const { language } = term;
    if (language === undefined || !languages.includes(language)) continue;
    const word = first * 64 + (last - first);
    words.set(word, (words.get(word) ?? new Set()).add(language));
  }
  const votes = new Map(languages.map((language) => [language, 0]));
  for (const known of words.values()) for (const one of known) votes.set(one, votes.get(one)! + 1 / known.size);
  const most = Math.max(...votes.values());
  return new Set(languages.filter((language) => votes.get(language)! > most - 1e-9));
}

/** The hits of these languages, and those that belong to none. */
export function spokenIn<T extends Spoken>(hits: readonly Hit<T>[], languages: ReadonlySet<string>): Hit<T>[] {
  return hits.filter(({ term }) => term.language === undefined || languages.has(term.language));
}
