import { NUMBER, PUNCTUATION } from '../../core/plugin/index.js';
import type { Words } from './words.js';

/** A sentence that brings a person in. */
export interface Introduction {
  /** `patient`: `A 45-year-old man`; `relative`: `the boy's 10-year-old sister was brought`. */
  readonly who: 'patient' | 'relative';
  /** Age as digits or words and unit, folded; null where it is not stated. */
  readonly age: string | null;
  readonly gender: string | null;
  /** Begins with an indefinite article, a number, or the person: a first mention, not `the 45-year-old patient`. */
  readonly indefinite: boolean;
  /** Says that it is one more: `another patient`, `also`. */
  readonly another: boolean;
}

/** How far into a sentence the person may come. */
const REACH = 32;

/** The patient whom the sentence in tokens `from` up to `to` introduces, or null. */
export function introductionIn(words: Words, from: number, to: number): Introduction | null {
  for (let i = from; i < Math.min(to, from + REACH); i++) {
    const age = words.at(i, 'age');
    if (age === null) continue;
    const found = byAge(words, from, to, age.first, age.last);
    if (found) return found;
  }
  return byNoun(words, from, to);
}

function byAge(words: Words, from: number, to: number, first: number, last: number): Introduction | null {
  // The lexicon's expression may leave out the number before it: `forty-five year old`.
  let start = first;
  while (start > from && words.doc.gap[start] === 2) start--;
  if (start > from && words.doc.kind[start - 1] === NUMBER) start--;
  if (words.find(last + 1, last + 3, 'object', 'gestation') || words.find(start - 5, start, 'gestation')) return null;
  if (pastBefore(words, start, from)) return null;
  const literature = words.find(from, to, 'literature');
  if (literature) return null;
  for (let i = start - 1; i >= Math.max(from, start - 6); i--) {
    if (words.ending(i, 'offspring_of', 'other')) return null;
  }
  const head = headAfter(words, last, to);
  if (head?.kind === 'object' || head?.kind === 'other' || head?.kind === 'persons') return null;
  const before = personBefore(words, start, from);
  const apposed = relativeBefore(words, Math.max(from, start - 6), start) && before === null;
  const relative =
    head?.kind === 'relative' || apposed || (head === null && before === null && relativeBefore(words, from, start));
  const said = sayAge(words, first, last, start);
  const another = words.find(from, start + 1, 'another') !== null;
  const indefinite = isIndefinite(words, from, start, before !== null);
  const gender = textOf(head?.entry.attributes.gender) ?? textOf(before?.entry.attributes.gender);
  if (relative) {
    const admitted = words.find(last, to, 'admitted') !== null;
    return admitted ? { who: 'relative', age: said, gender, indefinite, another } : null;
  }
  if (head === null && before === null && !indefinite) return null;
  return { who: 'patient', age: said, gender, indefinite, another };
}

/** The age as a key to tell patients apart: its digits or words, and its unit where that is not the year. */
function sayAge(words: Words, first: number, last: number, start: number): string {
  const { doc } = words;
  const from = Math.min(first, start);
  const unit = textOf(words.find(from, last + 1, 'unit')?.entry.attributes.unit) ?? 'year';
  const text = doc.text.slice(doc.start[from], doc.end[last]).toLowerCase();
  const number = /\d+/.exec(text)?.[0] ?? text.replace(/[^\p{L}]+/gu, ' ').trim();
  return unit === 'year' ? number : `${number} ${unit}`;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function pastBefore(words: Words, start: number, from: number): boolean {
  for (let i = start - 1; i >= Math.max(from, start - 3); i--) {
    if (words.ending(i, 'past')) return true;
    if (!words.ending(i, 'article')) return false;
  }
  return false;
}

function headAfter(words: Words, last: number, to: number): ReturnType<Words['at']> {
  // `17 months girl`: the expression itself ends in the person.
  const own = words.ending(last, 'person', 'relative');
  if (own) return own;
  for (let i = last + 1; i < Math.min(to, last + 12); i++) {
    const word = words.at(i, 'person', 'persons', 'relative', 'other', 'object');
    if (word) {
      const next = words.at(word.last + 1, 'relative', 'other', 'person');
      return next ?? word;
    }
    if (words.at(i, 'presented', 'past')) return null;
    if (words.doc.kind[i] === PUNCTUATION && !/^[,()/-]$/.test(words.text(i))) return null;
  }
  return null;
}

function personBefore(words: Words, start: number, from: number): ReturnType<Words['at']> {
  for (let i = start - 1; i >= Math.max(from, start - 7); i--) {
    const word = words.ending(i, 'person');
    if (word) return word;
    if (words.ending(i, 'persons', 'relative', 'other', 'definite')) return null;
  }
  return null;
}

/** A relative is named in tokens `from` up to `to`: `His father died at 60 years`, `his mother, a 70-year-old woman`. */
function relativeBefore(words: Words, from: number, to: number): boolean {
  for (let i = to - 1; i >= from; i--) if (words.ending(i, 'relative')) return true;
  return false;
}

function isIndefinite(words: Words, from: number, start: number, personFirst: boolean): boolean {
  if (start === from) return true;
  for (let i = start - 1; i >= Math.max(from, start - 8); i--) {
    if (words.ending(i, 'article', 'another')) return true;
    if (words.ending(i, 'definite', 'patient_reference')) return false;
  }
  return personFirst && start - from <= 6;
}

/** Without an age: `A male patient born in February 1950 began`, `A female infant was admitted`. */
function byNoun(words: Words, from: number, to: number): Introduction | null {
  for (let i = from; i < Math.min(to, from + 16); i++) {
    const article = words.at(i, 'article');
    if (article === null) continue;
    for (let k = article.last + 1; k < Math.min(to, article.last + 6); k++) {
      const person = words.at(k, 'person');
      if (person) {
        if (words.at(person.last + 1, 'relative', 'other', 'person') && words.at(person.last + 1, 'other', 'relative'))
          return null;
        const verb =
          words.find(person.last + 1, to, 'presented') !== null ||
          words.find(from, article.first + 1, 'we_report') !== null;
        if (!verb || words.find(from, to, 'literature') || words.find(from, article.first, 'other', 'relative'))
          return null;
        const gender =
          textOf(person.entry.attributes.gender) ??
          textOf(words.at(person.last + 1, 'person')?.entry.attributes.gender);
        return {
          who: 'patient',
          age: null,
          gender,
          indefinite: true,
          another: words.find(from, person.first, 'another') !== null,
        };
      }
      if (words.at(k, 'persons', 'relative', 'other', 'presented', 'object')) break;
    }
  }
  return null;
}
