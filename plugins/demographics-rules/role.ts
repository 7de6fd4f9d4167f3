import { GAP_APOSTROPHE, PUNCTUATION } from '../../core/plugin/index.js';
import type { Candidate } from './candidate.js';
import { sentenceOf, type Tag, type Tags } from './tags.js';

/** Whose age it is. `relative` and `past` are kept for texts that state no other. */
export type Role = 'patient' | 'relative' | 'past' | 'refused';

export interface Judgement {
  readonly role: Role;
  /** The noun that the age qualifies, where there is one. */
  readonly head: Tag | null;
  /** For the report: the word or rule that decided. */
  readonly why: string;
}

const refused = (why: string, head: Tag | null = null): Judgement => ({ role: 'refused', head, why });

/** Tells whether an age is that of the patient, of somebody else, of a thing, or of the patient's past. */
export function judge(tags: Tags, c: Candidate): Judgement {
  if (c.value > 130 || (c.unit === 'year' && c.value <= 0)) return refused('impossible');
  if (isBlocked(tags, c)) return refused('not an age of a person');
  if (c.form === 'newborn') return judgeNewborn(tags, c);
  const head = headOf(tags, c);
  if (head?.kind === 'object') return refused('age of a thing', head);
  if (head?.kind === 'other') return refused('somebody else', head);
  const before = whoIsBefore(tags, c);
  if (before.kind === 'offspring' || before.kind === 'other') return refused('somebody else', head);
  const subject = isSubjectOfText(tags, c);
  if (before.kind === 'relative')
    return { role: before.possessed && !subject ? 'refused' : 'relative', head, why: 'relative before' };
  if (head?.kind === 'relative' && !introducesItself(tags, c, head)) {
    return { role: isPossessed(tags, c) && !subject ? 'refused' : 'relative', head, why: 'relative' };
  }
  if (isPast(tags, c)) return { role: 'past', head, why: 'past' };
  return { role: 'patient', head, why: c.form };
}

/** `Later his wife, a 44-year-old woman, presented`: a text that opens with it is about the relative. */
const isSubjectOfText = (tags: Tags, c: Candidate): boolean =>
  sentenceOf(tags.doc, c.first) === 0 &&
  tags.any(c.last + 1, c.last + 16, 'seen') &&
  !tags.any(0, c.first - 4, 'person', 'title');

/** `gestational age of 32 weeks`, `bone age`, `37 weeks old fetus`, `a 28-week preterm infant`. */
function isBlocked(tags: Tags, c: Candidate): boolean {
  for (let i = c.first - 4; i <= c.first + 1; i++) {
    const tag = i < 0 ? null : tags.at(i, 'not_an_age');
    if (tag && tag.last >= c.first - 2) return true;
  }
  if (c.form === 'label' || c.form === 'aged' || c.form === 'beside') {
    if (tags.any(c.last + 1, c.last + 3, 'gestation') && c.unit !== 'year') return true;
  }
  return false;
}

/** The first person, relative or thing after the age, within its noun phrase. */
export function headOf(tags: Tags, c: Candidate): Tag | null {
  if (c.beside && c.beside.first > c.last) return leaf(tags, c.beside);
  if (c.form === 'decade' || c.form === 'life' || c.beside) return null;
  let apposed = false;
  for (let i = c.last + 1; i < Math.min(c.last + 12, tags.doc.count); i++) {
    const mark = tags.mark(i);
    if (mark && !/^[,()/-]$/.test(mark)) return null;
    // `A 62-year-old, obese woman`; but not `aged 45, mother of two`.
    if (mark === ',' && c.form !== 'old') return null;
    if (mark === ',') apposed = true;
    const tag = apposed ? tags.at(i, 'person') : tags.at(i, 'person', 'relative', 'other', 'object');
    if (tag) return leaf(tags, tag);
    if (apposed && tags.at(i, 'relative', 'other')) return null;
    if (tags.at(i, 'stop', 'presented', 'pronoun', 'past')) return null;
  }
  return null;
}

/** Of `female donor`, `boy's mother`, `male patient`: the last noun, but the gender of the first. */
function leaf(tags: Tags, tag: Tag): Tag {
  const next = tags.at(tag.last + 1, 'relative', 'other', 'person');
  if (next === null) return tag;
  if (next.kind === 'person') return next.gender || tag.kind === 'object' ? next : tag;
  const linked = tags.doc.gap[tag.last + 1] !== GAP_APOSTROPHE || next.kind === 'relative';
  return linked ? next : tag;
}

interface Before {
  readonly kind: 'offspring' | 'relative' | 'other' | 'nobody';
  readonly possessed: boolean;
}
const NOBODY: Before = { kind: 'nobody', possessed: false };

/** Who is named before the age in its clause, where the age is said of them: `His father died at 60 years old`. */
function whoIsBefore(tags: Tags, c: Candidate): Before {
  const { doc } = tags;
  const hasPerson = headOf(tags, c)?.kind === 'person';
  let between = 0;
  for (let i = c.first - 1; i >= 0 && i > c.first - 24; i--) {
    if (/^[.;?!]$/.test(tags.mark(i)) && tags.breaksBefore(i + 1) && !isShort(tags, i - 1)) return NOBODY;
    const source = tags.ending(i, 'offspring_of');
    if (source && between <= 6 && !isOwnAge(tags, source, c)) return { kind: 'offspring', possessed: true };
    const tag = tags.ending(i, 'relative', 'other', 'person', 'title', 'parent_of');
    if (tag && !tags.ending(i, 'offspring_of')) {
      if (tag.kind === 'person' || tag.kind === 'title') {
        // A person of his own stands nearer, unless the age is his mother's child.
        if (tag.kind === 'person' && tags.ending(tag.first - 1, 'relative')) continue;
        return NOBODY;
      }
      // A text that opens with the relative is about the relative; one that opens with the index case, about that one.
      if (tag.value === 'index_case' && opens(tags, tag)) return NOBODY;
      const possessed =
        tags.ending(tag.first - 1, 'pronoun') !== null ||
        tags.doc.gap[tag.first] === GAP_APOSTROPHE ||
        isGenitive(tags, tag);
      if (tag.kind === 'parent_of') return between <= 2 ? { kind: 'offspring', possessed: true } : NOBODY;
      // `The mother brought a 3-year-old boy`: another noun of its own, so only a close link counts.
      if (hasPerson && !isApposition(tags, tag.last + 1, c.first)) return NOBODY;
      // `Her mother had asthma, and she was 12 years old`.
      if (pronounBetween(tags, tag.last + 1, c.first)) return NOBODY;
      const opening = tag.first < 4 && !isGenitive(tags, tag);
      return { kind: tag.kind === 'other' ? 'other' : 'relative', possessed: possessed && !opening };
    }
    if (doc.kind[i] !== PUNCTUATION) between++;
  }
  return NOBODY;
}

const opens = (tags: Tags, tag: Tag): boolean => tags.breaksBefore(tag.first) || tags.breaksBefore(tag.first - 1);

/** `fille de 7 ans`, `recién nacido de 5 días`: the words that also say whose child, and here only the age. */
function isOwnAge(tags: Tags, source: Tag, c: Candidate): boolean {
  if (source.last + 1 !== c.first) return false;
  for (let i = source.first - 2; i <= source.last; i++) {
    const person = i < 0 ? null : tags.at(i, 'person');
    if (person && person.last >= source.first) return true;
  }
  return false;
}

/** `the patient's mother`: the person owns the relative. */
const isGenitive = (tags: Tags, tag: Tag): boolean =>
  tags.doc.tokenText(tag.first - 1 < 0 ? 0 : tag.first - 1) === 's' && tag.first > 0;

const isShort = (tags: Tags, i: number): boolean =>
  i >= 0 && tags.doc.end[i] - tags.doc.start[i] <= 2 && tags.mark(i) === '';

function pronounBetween(tags: Tags, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (tags.at(i, 'pronoun') && tags.doc.tokenText(i).length > 1) return true;
  }
  return false;
}

/** Only commas, articles, `was`, `of` and adjectives from one noun to the age. */
function isApposition(tags: Tags, from: number, to: number): boolean {
  let words = 0;
  for (let i = from; i < to; i++) {
    if (tags.mark(i)) {
      if (!/^[,(:-]$/.test(tags.mark(i))) return false;
    } else if (tags.at(i, 'article_number', 'person_link', 'approximately', 'adjective', 'aged')) continue;
    else if (tags.at(i, 'presented', 'stop')) return false;
    else words++;
  }
  return words <= 1 && to - from <= 7;
}

/** `A 34-year-old mother of two presented`: a relative noun that is the patient. */
function introducesItself(tags: Tags, c: Candidate, head: Tag): boolean {
  if (tags.at(head.first, 'parent_of')) return !tags.ending(c.first - 1, 'offspring_of') && !ownerBefore(tags, c);
  const article = tags.ending(c.first - 1, 'article_number');
  if (!article || !tags.breaksBefore(article.first)) return false;
  return tags.any(head.last + 1, head.last + 8, 'presented');
}

/** `of a 32-year-old mother`, `by his 30-year-old father`. */
const ownerBefore = (tags: Tags, c: Candidate): boolean => tags.ending(c.first - 1, 'pronoun') !== null;

const isPossessed = (tags: Tags, c: Candidate): boolean => {
  const article = tags.ending(c.first - 1, 'article_number');
  const at = article ? article.first - 1 : c.first - 1;
  return tags.ending(at, 'pronoun', 'stop', 'person_link', 'offspring_of') !== null;
};

/** `at the age of 16 months`, `since age 5`, `when she was 13 years old`. */
function isPast(tags: Tags, c: Candidate): boolean {
  // The words `the age of` may belong to the cue and to the expression at once.
  for (let i = c.first - 3; i <= c.first; i++) {
    const cue = i < 0 ? null : tags.at(i, 'past');
    if (cue && cue.last >= c.first - 1) return true;
  }
  for (let i = c.first - 1; i >= 0 && i >= c.first - 4; i--) {
    const approximate = tags.ending(i, 'approximately', 'article_number', 'between');
    if (approximate) continue;
    return tags.ending(i, 'past') !== null && c.form !== 'decade';
  }
  return false;
}

/** A newborn is the patient where he is the subject: not `delivered a healthy newborn`, not `newborn screening`. */
function judgeNewborn(tags: Tags, c: Candidate): Judgement {
  if (tags.any(c.last + 1, c.last + 2, 'newborn_block')) return refused('compound');
  for (let i = c.first - 1; i >= 0 && i > c.first - 7; i--) {
    if (tags.ending(i, 'birth')) return refused('born of the patient');
    if (tags.breaksBefore(i)) break;
  }
  return { role: 'patient', head: tags.at(c.first, 'person'), why: 'newborn' };
}
