import type { Hit } from './hits.js';

interface Spoken {
  readonly language: string | undefined;
}

/**
 * The languages that a text may be in: those with the most votes of its function words. Cues of several languages are
 * spelled alike and mean different things (`no` denies in English and Spanish and is `in the` in Portuguese; `pas` is
 * French and a stain; `sin` is Spanish and a deed), so only those of the text's own language may count.
 *
 * @returns the winners of the vote, more than one on a tie; all of `languages` where no word votes
 */
export function languagesOf(hits: readonly Hit<Spoken>[], languages: readonly string[]): ReadonlySet<string> {
  const votes = new Map(languages.map((language) => [language, 0]));
  for (const { term } of hits) {
    const { language } = term;
    if (language !== undefined && votes.has(language)) votes.set(language, votes.get(language)! + 1);
  }
  const most = Math.max(...votes.values());
  return new Set(languages.filter((language) => votes.get(language) === most));
}

/** The hits of these languages, and those that belong to none. */
export function spokenIn<T extends Spoken>(hits: readonly Hit<T>[], languages: ReadonlySet<string>): Hit<T>[] {
  return hits.filter(({ term }) => term.language === undefined || languages.has(term.language));
}
