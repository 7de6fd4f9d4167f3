import { GAP_APOSTROPHE, type Gender, type Span } from '../../core/plugin/index.js';
import type { Judged } from './age.js';
import { sentenceOf, type Tag, type Tags } from './tags.js';

export interface GenderFound {
  readonly gender: Gender;
  readonly evidence: Span | null;
  readonly confidence: number;
}

const UNKNOWN: GenderFound = { gender: 'Unknown', evidence: null, confidence: 0 };

/** The gender of the patient: stated, by the noun that introduces him or her, by pronouns, by what only one sex has. */
export function readGender(tags: Tags, age: Judged | null): GenderFound {
  return (
    transgender(tags, age) ?? byIntroduction(tags, age) ?? byLabel(tags) ?? byNoun(tags) ?? byVotes(tags) ?? UNKNOWN
  );
}

const found = (tags: Tags, tag: Tag, gender: Gender, confidence: number): GenderFound => ({
  gender,
  evidence: { start: tags.doc.start[tag.first], end: tags.doc.end[tag.last] },
  confidence,
});

/** Only where it is said of the patient: not of a donor, a ratio, a transplant. */
function transgender(tags: Tags, age: Judged | null): GenderFound | null {
  const from = age ? sentenceOf(tags.doc, age.candidate.first) : 0;
  for (let i = 0; i < tags.doc.count; i++) {
    const tag = tags.at(i, 'transgender');
    if (tag === null) continue;
    if (tags.any(tag.last + 1, tag.last + 4, 'not_transgender') || tags.any(i - 5, i, 'not_transgender', 'other'))
      continue;
    if (sentenceOf(tags.doc, i) > from + 3) return null;
    return found(tags, tag, 'Transgender', 0.95);
  }
  return null;
}

/** The noun phrase that holds the age: `35-year-old female patient`, `A male, 63 years old`, `45/F`. */
function byIntroduction(tags: Tags, age: Judged | null): GenderFound | null {
  if (age === null || age.role === 'past') return null;
  const { candidate: c, head } = age;
  if (c.beside?.gender) return found(tags, c.beside, c.beside.gender, 0.97);
  const stated = labelNear(tags, c.first, c.last);
  if (stated) return stated;
  if (head?.gender) return found(tags, head, head.gender, 0.98);
  // Adjectives and apposed nouns of the phrase: `patient of the female sex`, `patient, a woman`.
  const after = nounAfter(tags, c.last + 1);
  if (after) return after;
  const slash = tags.mark(c.last + 1) === '/';
  const letter = tags.at(slash ? c.last + 2 : c.last + 1, 'sex_letter');
  if (letter?.gender && slash) return found(tags, letter, letter.gender, 0.95);
  if (letter?.gender && tags.any(letter.last + 1, letter.last + 2, 'stop', 'presented', 'person')) {
    return found(tags, letter, letter.gender, 0.9);
  }
  const agreement = tags.at(c.first, 'aged') ?? tags.ending(c.first - 1, 'aged');
  const before = nounBefore(tags, c.first);
  if (before) return before;
  if (agreement?.gender) return found(tags, agreement, agreement.gender, 0.9);
  return agreeing(tags, c.last + 1);
}

function labelNear(tags: Tags, first: number, last: number): GenderFound | null {
  for (let i = Math.max(0, first - 10); i < Math.min(last + 12, tags.doc.count); i++) {
    const label = tags.at(i, 'gender_label');
    if (label?.gender) return found(tags, label, label.gender, 0.98);
  }
  return null;
}

function nounAfter(tags: Tags, from: number): GenderFound | null {
  for (let i = from; i < Math.min(from + 10, tags.doc.count); i++) {
    if (/^[.;]$/.test(tags.mark(i))) return null;
    const tag = tags.at(i, 'person', 'adjective', 'agreement_noun');
    if (tag?.gender) return found(tags, tag, tag.gender, 0.95);
    // `a 14-month-old infant, the son of a farmer`
    const child = tags.at(i, 'relative');
    if (child?.gender && i > from && (tags.mark(i - 1) === ',' || tags.mark(i - 2) === ','))
      return found(tags, child, child.gender, 0.9);
    if (tags.at(i, 'stop', 'presented', 'relative', 'other', 'pronoun')) return null;
  }
  return null;
}

function nounBefore(tags: Tags, first: number): GenderFound | null {
  for (let i = first - 1; i >= 0 && i > first - 14; i--) {
    if (
      tags.mark(i) === '.' &&
      tags.breaksBefore(i + 1) &&
      tags.ending(i - 2, 'title') === null &&
      tags.ending(i, 'title') === null
    )
      return null;
    if (tags.ending(i, 'relative', 'other')) return null;
    const tag = tags.ending(i, 'person', 'title');
    if (!tag?.gender || followedByOther(tags, tag)) continue;
    // `mother of a 3-year-old boy, aged 34`
    for (let k = tag.first - 1; k >= 0 && k > tag.first - 9; k--) {
      const parent = tags.at(k, 'parent_of');
      if (parent?.gender) return found(tags, parent, parent.gender, 0.85);
    }
    return found(tags, tag, tag.gender, 0.93);
  }
  return null;
}

/** Romance languages: a participle or adjective right after the age tells (`años, ingresada por`). */
function agreeing(tags: Tags, from: number): GenderFound | null {
  for (let i = from; i < Math.min(from + 4, tags.doc.count); i++) {
    if (/^[.;]$/.test(tags.mark(i)) || tags.at(i, 'stop')) return null;
    const tag = tags.at(i, 'agreement');
    if (tag?.gender) return found(tags, tag, tag.gender, 0.85);
  }
  return null;
}

function byLabel(tags: Tags): GenderFound | null {
  for (let i = 0; i < tags.doc.count; i++) {
    const label = tags.at(i, 'gender_label');
    if (label?.gender) return found(tags, label, label.gender, 0.9);
  }
  return null;
}

/** How many sentences an introduction may take. */
const OPENING = 3;

/** The first person noun or title with a gender in the opening, who is not a relative, donor or other person. */
function byNoun(tags: Tags): GenderFound | null {
  const { doc } = tags;
  for (let i = 0; i < doc.count; i++) {
    const tag = tags.at(i, 'person', 'title');
    if (!tag?.gender || tag.kind === 'adjective') continue;
    if (sentenceOf(doc, i) >= OPENING) return null;
    if (followedByOther(tags, tag) || precededByOther(tags, tag)) continue;
    return found(tags, tag, tag.gender, 0.85);
  }
  return null;
}

const followedByOther = (tags: Tags, tag: Tag): boolean => tags.at(tag.last + 1, 'relative', 'other') !== null;

/** `donor was a woman`, `born to a woman`, `delivered by a lady`. */
function precededByOther(tags: Tags, tag: Tag): boolean {
  for (let i = tag.first - 1; i >= 0 && i > tag.first - 7; i--) {
    if (tags.breaksBefore(i + 1)) return false;
    if (tags.ending(i, 'relative', 'other', 'offspring_of', 'birth')) return true;
  }
  return false;
}

const WEIGHT = { possessive: 2, pronoun: 1, sex_bound: 2, agreement_noun: 2 } as const;

/**
 * Pronouns and words that only fit one sex, over the whole text. A pronoun after a relative or another person in its
 * sentence is theirs; the one that owns the relative (`his mother`) is the patient's.
 */
function byVotes(tags: Tags): GenderFound | null {
  const { doc } = tags;
  const votes: Record<'Female' | 'Male', number> = { Female: 0, Male: 0 };
  const first: Partial<Record<'Female' | 'Male', Tag>> = {};
  // The last sentence that names somebody else, and the last whose subject that is.
  let other = -1;
  let opening = -2;
  for (let i = 0; i < doc.count; i++) {
    if (tags.at(i, 'relative', 'other')) {
      other = sentenceOf(doc, i);
      if (doc.start[i] - doc.sentences[other].start <= SUBJECT) opening = other;
    }
    const tag = tags.at(i, 'pronoun', 'sex_bound', 'agreement_noun');
    if (!tag || (tag.gender !== 'Female' && tag.gender !== 'Male')) continue;
    const owner = tags.at(tag.last + 1, 'relative') !== null;
    const about = other === sentenceOf(doc, i) || (opening === sentenceOf(doc, i) - 1 && opensSentence(tags, i));
    if (tag.kind === 'pronoun' && about && !owner) continue;
    if (tag.kind === 'pronoun' && doc.gap[i] === GAP_APOSTROPHE) continue;
    if (tag.kind === 'sex_bound' && other === sentenceOf(doc, i)) continue;
    votes[tag.gender] +=
      tag.kind === 'pronoun' ? (owner ? WEIGHT.possessive : WEIGHT.pronoun) : WEIGHT[tag.kind as 'sex_bound'];
    first[tag.gender] ??= tag;
  }
  const { Female, Male } = votes;
  if (Female === Male) return null;
  const gender = Female > Male ? 'Female' : 'Male';
  const share = Math.max(Female, Male) / (Female + Male);
  return found(tags, first[gender]!, gender, Math.round(Math.min(0.95, share - 0.05) * 100) / 100);
}

/** How many characters may stand before the subject of a sentence (`The maternal`). */
const SUBJECT = 14;

const opensSentence = (tags: Tags, i: number): boolean => i > 0 && tags.mark(i - 1) === '.';
