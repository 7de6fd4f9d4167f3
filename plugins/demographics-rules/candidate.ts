import { GAP_NONE, NUMBER, WORD, type AgeUnit } from '../../core/plugin/index.js';
import { fractionAt, isDash, numberAt, type WrittenNumber } from './number.js';
import type { Tag, Tags } from './tags.js';

/** How an age is written; the stronger forms need less around them. */
export type Form = 'old' | 'aged' | 'label' | 'beside' | 'decade' | 'letter' | 'life' | 'newborn';

/** A place where an age is stated: of whom is another question (`role.ts`). */
export interface Candidate {
  readonly form: Form;
  /** Token indices of the expression, both inclusive. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly unit: AgeUnit;
  readonly high?: number;
  /** The person noun or title an age stands beside, or the letter that tells the sex. */
  readonly beside?: Tag;
}

/** Every age expression of a text, left to right. */
export function candidates(tags: Tags): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < tags.doc.count; i++) {
    const candidate = candidateAt(tags, i);
    if (candidate === null) continue;
    found.push(candidate);
    i = candidate.last;
  }
  return found;
}

function candidateAt(tags: Tags, i: number): Candidate | null {
  return (
    labelled(tags, i) ??
    decade(tags, i) ??
    dayOfLife(tags, i) ??
    measured(tags, i) ??
    lettered(tags, i) ??
    newborn(tags, i)
  );
}

/** `aged 45`, `âgée de 40 ans`, `Age: 45`, `at the age of 16 months`. */
function labelled(tags: Tags, i: number): Candidate | null {
  const label = tags.at(i, 'aged', 'age_label');
  if (label === null) return null;
  let at = label.last + 1;
  if (/^[:=(]$/.test(tags.mark(at))) at++;
  for (let word = tags.at(at, 'approximately', 'between'); word; word = tags.at(at, 'approximately', 'between')) {
    at = word.last + 1;
  }
  const number = numberAt(tags, at);
  if (number === null) return null;
  const form = label.kind === 'aged' ? 'aged' : 'label';
  const amount = amountAt(tags, number);
  if (amount) {
    const old = tags.at(amount.next, 'old');
    return candidate(tags, form, i, old ? old.last : amount.next - 1, tags.doc.start[i], amount);
  }
  const bare = number.value >= 1 && number.value <= 120 && tags.mark(number.next) !== '%';
  return bare ? candidate(tags, form, i, number.next - 1, tags.doc.start[i], { ...number, unit: 'year' }) : null;
}

/** `in her 60s`, `in his mid-forties`, `an octogenarian`. */
function decade(tags: Tags, i: number): Candidate | null {
  const { doc } = tags;
  const person = tags.at(i, 'decade_person');
  if (person) {
    const amount = { value: person.number, high: person.number + 9, unit: 'year' as const };
    return candidate(tags, 'decade', i, person.last, doc.start[i], amount);
  }
  const lead = tags.at(i, 'in_decade');
  if (lead === null) return null;
  const at = lead.last + 1;
  const word = tags.at(at, 'decade');
  if (word) {
    const amount = { value: word.number, high: word.number + 9, unit: 'year' as const };
    return candidate(tags, 'decade', i, word.last, doc.start[i], amount);
  }
  if (at >= doc.count || doc.kind[at] !== NUMBER) return null;
  const value = Number(doc.tokenText(at));
  const tail = tags.at(at + 1, 'decade_noun');
  if (tail === null || value % 10 !== 0 || value < 10 || value > 100) return null;
  return candidate(tags, 'decade', i, tail.last, doc.start[i], { value, high: value + 9, unit: 'year' });
}

/** `day of life 3`, `day 3 of life`. */
function dayOfLife(tags: Tags, i: number): Candidate | null {
  const lead = tags.at(i, 'day_of_life');
  const number = lead ? numberAt(tags, lead.last + 1) : null;
  if (lead && number) return candidate(tags, 'life', i, number.next - 1, tags.doc.start[i], { ...number, unit: 'day' });
  const day = tags.at(i, 'unit');
  if (day?.unit !== 'day' && day?.unit !== 'week') return null;
  const count = numberAt(tags, day.last + 1);
  const life = count && tags.at(count.next, 'of_life');
  return count && life ? candidate(tags, 'life', i, life.last, tags.doc.start[i], { ...count, unit: day.unit }) : null;
}

/** A number and its unit: `45-year-old`, `45 yo`, `2 years and 6 months old`, `a 17 months girl`, `Patient 37 years`. */
function measured(tags: Tags, i: number): Candidate | null {
  const number = numberAt(tags, i) ?? articleNumber(tags, i);
  if (number === null) return null;
  const short = tags.at(number.next, 'unit_old');
  if (short) return candidate(tags, 'old', i, short.last, number.start, { ...number, unit: short.unit as AgeUnit });
  const amount = amountAt(tags, number);
  if (amount === null) return bare(tags, i, number);
  // `three (3) years old` and `80 (eighty)-year-old` keep their gloss inside.
  const old = tags.at(amount.next, 'old');
  if (old) return candidate(tags, 'old', i, old.last, number.start, amount);
  const life = tags.at(amount.next, 'of_life');
  if (life) return candidate(tags, 'life', i, life.last, number.start, amount);
  if (tags.any(amount.next, amount.next + 2, 'duration', 'gestation')) return null;
  const after = personAfter(tags, amount.next);
  if (after && !tags.at(i, 'article_number'))
    return candidate(tags, 'beside', i, amount.next - 1, number.start, amount, after);
  const before = tags.at(amount.next, 'duration', 'object') ? null : personBefore(tags, i);
  if (before && !tags.at(i, 'article_number')) {
    return candidate(tags, 'beside', i, amount.next - 1, number.start, amount, before);
  }
  return null;
}

/** `A woman, 33, was admitted`, `a man of 45,`, `the patient was 45 when`: a number with no unit, right after a person and closed by a comma. */
function bare(tags: Tags, i: number, number: WrittenNumber): Candidate | null {
  if (!isAge(number.value) || number.value < 5 || tags.doc.kind[i] !== NUMBER) return null;
  const was = tags.ending(i - 1, 'person_link');
  const closed = /^[,.);]$/.test(tags.mark(number.next)) || number.next >= tags.doc.count;
  if (!closed && !(was && tags.at(number.next, 'past'))) return null;
  if (tags.mark(i - 1) !== ',' && !was) return null;
  const person = was ? tags.ending(was.first - 1, 'person') : personBefore(tags, i);
  if (person === null) return null;
  return candidate(tags, 'beside', i, number.next - 1, number.start, { ...number, unit: 'year' }, person);
}

/** `a year and a half old`, `a month-old girl`: the article counts as one. */
function articleNumber(tags: Tags, i: number): WrittenNumber | null {
  const article = tags.at(i, 'article_number');
  return article && tags.at(i + 1, 'unit') ? { value: 1, start: tags.doc.start[i], next: i + 1 } : null;
}

interface Amount {
  readonly value: number;
  readonly high?: number;
  readonly unit: AgeUnit;
}

/** A number, its unit, and what belongs to it: a gloss in brackets, a half, smaller units. */
function amountAt(tags: Tags, number: WrittenNumber): (Amount & { readonly next: number }) | null {
  let at = number.next;
  if (tags.mark(at) === '(') {
    const gloss = numberAt(tags, at + 1);
    if (gloss && gloss.value === number.value && tags.mark(gloss.next) === ')') at = gloss.next + 1;
  }
  // `70+ year-old`
  if (tags.mark(at) === '+') at++;
  if (isDash(tags.mark(at))) at++;
  const unit = tags.at(at, 'unit');
  if (unit === null) return null;
  let next = unit.last + 1;
  if (tags.mark(next) === '.' && tags.at(next + 1, 'old', 'person', 'relative')) next++;
  if (tags.mark(next) === '(' && /^s$/i.test(tags.doc.tokenText(next + 1)) && tags.mark(next + 2) === ')') next += 3;
  if (isDash(tags.mark(next)) && tags.at(next + 1, 'old')) next++;
  if (unit.unit === 'hour') return { value: Math.round((number.value / 24) * 100) / 100, unit: 'day', next };
  const whole = unit.unit as AgeUnit;
  const half = fractionAt(tags, next);
  if (half) return { value: number.value + half.value, unit: whole, next: half.next };
  // `2 years and 6 months`: parts of a smaller unit are added as a fraction of the greater one.
  let value = number.value;
  for (let smaller = smallerAt(tags, next, whole); smaller; smaller = smallerAt(tags, next, smaller.unit)) {
    value += (smaller.value * DAYS[smaller.unit]) / DAYS[whole];
    next = smaller.next;
  }
  return { value, high: number.high, unit: whole, next };
}

/** Days in a unit; a year has 365.25, as everywhere in the field. */
export const DAYS: Readonly<Record<AgeUnit, number>> = { year: 365.25, month: 365.25 / 12, week: 7, day: 1 };

function smallerAt(tags: Tags, i: number, than: AgeUnit): { value: number; unit: AgeUnit; next: number } | null {
  let at = tags.mark(i) === ',' ? i + 1 : i;
  const joiner = tags.at(at, 'joiner');
  if (joiner) at = joiner.last + 1;
  const number = numberAt(tags, at);
  const unit = number && tags.at(number.next, 'unit');
  if (!number || !unit || unit.unit === 'hour' || number.high !== undefined) return null;
  const smaller = unit.unit as AgeUnit;
  const ratio = DAYS[than] / DAYS[smaller];
  if (ratio <= 1.01 || number.value >= ratio + 1) return null;
  // `3 years, 2 months ago` is a list of durations.
  if (tags.at(unit.last + 1, 'duration')) return null;
  return { value: number.value, unit: smaller, next: unit.last + 1 };
}

/** The person right after an age without `old`: `17 months girl`, `49 year Caucasian gentleman`. */
function personAfter(tags: Tags, i: number): Tag | null {
  let at = i;
  for (let adjective = tags.at(at, 'adjective'); adjective; adjective = tags.at(at, 'adjective'))
    at = adjective.last + 1;
  return tags.at(at, 'person');
}

/** The person or title right before an age: `Patient 37 years`, `A male, 63 years`, `femme de 40 ans`, `Mme A.A 24 ans`. */
function personBefore(tags: Tags, i: number): Tag | null {
  const { doc } = tags;
  let at = i - 1;
  let link = tags.ending(at, 'person_link', 'approximately');
  while (link) {
    at = link.first - 1;
    link = tags.ending(at, 'person_link', 'approximately');
  }
  if (/^[,(:]$/.test(tags.mark(at))) at--;
  for (let steps = 0; steps < 5 && at >= 0; steps++) {
    const person = tags.ending(at, 'person', 'title');
    if (person) return person;
    if (tags.breaksBefore(at + 1)) break;
    // Between them only a word or two that qualify the person, or initials.
    if (
      doc.kind[at] === WORD &&
      !isInitial(tags, at) &&
      (steps > 2 || tags.ending(at, 'stop', 'presented', 'past', 'duration', 'pronoun'))
    )
      return null;
    if (doc.kind[at] !== WORD && !isInitial(tags, at - 1)) return null;
    at--;
  }
  // The full stop of `Mme H. 29 ans` looks like the end of a clause.
  if (at >= 1 && tags.mark(at) === '.' && isInitial(tags, at - 1)) return tags.ending(at - 2, 'title');
  return null;
}

const isInitial = (tags: Tags, i: number): boolean => i >= 0 && /^\p{Lu}{1,2}$/u.test(tags.doc.tokenText(i));

/** `45M`, `45/F`, `M/45`, `(F, 45)`: only where a patient may be introduced, since `18F` is a tracer and `5F` a catheter. */
function lettered(tags: Tags, i: number): Candidate | null {
  const { doc } = tags;
  const opens = i === 0 || tags.at(i - 1, 'article_number') !== null || /^[(.:]$/.test(tags.mark(i - 1));
  if (!opens) return null;
  const letter = tags.at(i, 'sex_letter');
  if (letter && /^[/,]$/.test(tags.mark(i + 1))) {
    const number = numberAt(tags, i + 2);
    const fits = number && isAge(number.value) && (tags.mark(i + 1) === '/' || tags.mark(number.next) === ')');
    return fits
      ? candidate(tags, 'letter', i, number.next - 1, doc.start[i], { ...number, unit: 'year' }, letter)
      : null;
  }
  if (doc.kind[i] !== NUMBER) return null;
  const value = Number(doc.tokenText(i));
  const slash = tags.mark(i + 1) === '/';
  const after = tags.at(slash ? i + 2 : i + 1, 'sex_letter');
  if (!after || !isAge(value)) return null;
  const tail = after.last + 1;
  const said =
    tail >= doc.count ||
    slash ||
    tags.at(tail, 'stop', 'presented', 'person') !== null ||
    /^[,).]$/.test(tags.mark(tail));
  if (!said || (doc.gap[after.first] !== GAP_NONE && !slash && !tags.at(tail, 'stop', 'presented'))) return null;
  return candidate(tags, 'letter', i, after.last, doc.start[i], { value, unit: 'year' }, after);
}

const isAge = (value: number): boolean => Number.isInteger(value) && value > 0 && value < 115;

/** A newborn whose age is not given in figures is some hours to days old: zero days. */
function newborn(tags: Tags, i: number): Candidate | null {
  const tag = tags.at(i, 'newborn');
  return tag ? candidate(tags, 'newborn', i, tag.last, tags.doc.start[i], { value: 0, unit: 'day' }) : null;
}

function candidate(
  { doc }: Tags,
  form: Form,
  first: number,
  last: number,
  start: number,
  amount: Amount,
  beside?: Tag,
): Candidate {
  const { value, high, unit } = amount;
  return { form, first, last, start, end: doc.end[last], value, unit, high, beside };
}
