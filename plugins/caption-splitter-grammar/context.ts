import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** A heading is no longer than so many words. */
const MAX_HEADING = 6;

/** "Patient 2.", "Day 7": a short sentence without a verb that opens a group of panels. */
export function isHeading(r: Reading, first: number, last: number): boolean {
  if (r.words(first, last) > MAX_HEADING || !r.is(first, ROLE.header)) return false;
  for (let i = first; i <= last; i++) if (r.is(i, ROLE.verb)) return false;
  return true;
}

/** Which kind of legend a sentence is (`scale`, `arrow`, `stain`, ...), null where it is none that the words tell. */
export function legendKind(r: Reading, first: number, last: number): string | null {
  for (let i = first; i <= Math.min(first + 1, last); i++) {
    const kind = r.legends.get(i)?.attributes['kind'];
    if (typeof kind === 'string') return kind;
    if (r.isText(i)) return null;
  }
  return null;
}

/** A sentence that explains signs, stains, scales, sources or abbreviations, and so is for all panels. */
export function isLegend(r: Reading, first: number, last: number): boolean {
  if (legendKind(r, first, last) !== null) return true;
  const c = r.mark1(first);
  if (c === '*' || c === '†' || c === '‡' || c === '#' || c === '§') return true;
  return isAbbreviation(r, first, last);
}

/** `LV: left ventricle; A: aorta; RA: right atrium`: what stands before or after is an abbreviation in the same manner. */
export function amongAbbreviations(r: Reading, m: { readonly first: number; readonly last: number }): boolean {
  const manner = r.mark1(m.last);
  const key = (i: number): boolean => {
    const word = r.isWord(i) ? r.doc.tokenText(i) : '';
    return word.length > 1 && word === word.toUpperCase() && r.mark1(i + 1) === manner;
  };
  const parts = (i: number): boolean => [';', ',', '.'].includes(r.mark1(i)) && i !== m.last;
  let before = m.first - 2;
  while (before > 0 && !parts(before - 1)) before--;
  let after = m.last + 1;
  while (after < r.count && !parts(after)) after++;
  return (m.first > 1 && parts(m.first - 1) && key(before)) || key(after + 1);
}

/** `CT, computed tomography; ...`, `PIP = ...`, `LV left ventricle, RV ...`. */
export function isAbbreviation(r: Reading, first: number, last: number): boolean {
  const { doc } = r;
  if (!r.isWord(first) || first >= last) return false;
  const word = doc.text.slice(doc.start[first], doc.end[first]);
  if (word.length > 8) return false;
  let capitals = 0;
  for (const c of word) if (c !== c.toLowerCase()) capitals++;
  const short = capitals >= 2 || word.length <= 2 || (capitals >= 1 && /\d/.test(word));
  const next = r.mark1(first + 1);
  if (
    (next === ',' || next === '=' || next === ':' || next === '—' || next === '–' || next === '-') &&
    (short || next === '=')
  )
    return true;
  if (!short || capitals < 2) return false;
  // `ACA anterior cerebral artery`: the letters begin the words.
  for (let k = 0; k < word.length; k++) {
    const i = first + 1 + k;
    if (i > last || !r.isWord(i)) return false;
    if (doc.text[doc.start[i]].toLowerCase() !== word[k].toLowerCase()) return false;
  }
  return true;
}
