import type { TermFilter, TextFilter, Wanted } from './types.js';

/** Whether a filter asks for anything. */
export const asks = (wanted: Wanted<unknown> | undefined): boolean =>
  wanted !== undefined && [wanted.any, wanted.all, wanted.none].some((list) => list !== undefined && list.length > 0);

/** Turns wanted things into one test, given the test of one. */
export function wantedTest<T, V>(wanted: Wanted<T>, testOf: (one: T) => (value: V) => boolean): (value: V) => boolean {
  const [any, all, none] = [wanted.any, wanted.all, wanted.none].map((list) => (list ?? []).map(testOf));
  return (value) =>
    (any.length === 0 || any.some((test) => test(value))) &&
    all.every((test) => test(value)) &&
    !none.some((test) => test(value));
}

/** Test of a list of terms, such as the keywords of an article. Case does not count. */
export function termTest(filter: TermFilter): (terms: readonly string[]) => boolean {
  const partial = filter.match === 'partial';
  return wantedTest<string, readonly string[]>(filter, (one) => {
    const wanted = one.trim().toLowerCase();
    return partial
      ? (terms) => terms.some((term) => term.toLowerCase().includes(wanted))
      : (terms) => terms.some((term) => term.trim().toLowerCase() === wanted);
  });
}

/** Test of a running text. Regular expressions are taken as they are: whoever read them has judged them. */
export function textTest(filter: TextFilter): (text: string) => boolean {
  const exact = filter.case === true;
  if (filter.match === 'regex') {
    return wantedTest<string, string>(filter, (one) => {
      const regex = new RegExp(one, exact ? 'u' : 'iu');
      return (text) => regex.test(text);
    });
  }
  const inWords = filter.match === 'word';
  const test = wantedTest<string, string>(filter, (one) => {
    const term = exact ? one : one.toLowerCase();
    if (!inWords) return (text) => text.includes(term);
    return (text) => hasWord(text, term);
  });
  return exact ? test : (text) => test(text.toLowerCase());
}

const LETTER = /[\p{L}\p{N}]/u;

/** Whether `term` stands in `text` with no letter or digit directly before or after it. */
function hasWord(text: string, term: string): boolean {
  if (term === '') return true;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!LETTER.test(before(text, at)) && !LETTER.test(after(text, at + term.length))) return true;
  }
  return false;
}

const before = (text: string, at: number): string => {
  if (at === 0) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text[at - 1];
};
const after = (text: string, at: number): string => {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
};
