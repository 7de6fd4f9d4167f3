import type { Age, AgeUnit } from '../../core/plugin/index.js';
import { DAYS, candidates, type Candidate, type Form } from './candidate.js';
import { judge, type Judgement } from './role.js';
import { sentenceOf, type Tags } from './tags.js';

/** An age of the text with its verdict; the first is the one that was taken. */
export interface Judged extends Judgement {
  readonly candidate: Candidate;
  readonly score: number;
}

/** How far a form can be trusted by itself. */
const STRENGTH: Readonly<Record<Form, number>> = {
  old: 30,
  aged: 29,
  label: 29,
  decade: 26,
  beside: 24,
  letter: 24,
  life: 18,
  newborn: 14,
};
/** What a sentence further on costs; the patient is introduced early. */
const PER_SENTENCE = 4;
const LAST_SENTENCE = 5;

/** The last sentence in which an age by itself still tells how old the patient was when seen. */
const FAR = 14;

/** The ages that may be the patient's, best first. */
export function rankAges(tags: Tags): Judged[] {
  const judged: Judged[] = [];
  for (const candidate of candidates(tags)) {
    const verdict = judge(tags, candidate);
    if (verdict.role === 'refused') continue;
    const sentence = sentenceOf(tags.doc, candidate.first);
    // Far from the introduction an age is of some later time, unless a person is introduced by it.
    if (sentence > FAR && verdict.head?.kind !== 'person') continue;
    const { first, last } = candidate;
    const spoken =
      tags.any(last + 1, last + 30, 'presented', 'seen') || tags.any(first - 8, first, 'presented', 'seen');
    let score = STRENGTH[candidate.form] - PER_SENTENCE * Math.min(sentence, LAST_SENTENCE);
    // `presented at the age of 27` is of now, `was diagnosed at 19` perhaps, `had smoked since 15` never.
    if (verdict.role === 'past')
      score -= near(tags, first, last, 'seen') ? 8 : near(tags, first, last, 'presented') ? 26 : 40;
    if (verdict.role === 'relative') score -= spoken && sentence < 2 ? 18 : 40;
    if (candidate.form === 'newborn' && sentence > 1) score -= 20;
    if (score > 0 || verdict.role === 'patient') judged.push({ ...verdict, candidate, score });
  }
  return judged.sort((a, b) => b.score - a.score || a.candidate.first - b.candidate.first);
}

/** A verb close by, in the same sentence. */
const near = (tags: Tags, first: number, last: number, kind: string): boolean =>
  within(tags, Math.max(0, first - 9), first, first, kind) || within(tags, last + 1, last + 8, first, kind);

function within(tags: Tags, from: number, to: number, at: number, kind: string): boolean {
  const sentence = sentenceOf(tags.doc, at);
  for (let i = from; i < Math.min(to, tags.doc.count); i++)
    if (tags.at(i, kind) && sentenceOf(tags.doc, i) === sentence) return true;
  return false;
}

/** Age in years as the contract has it: whole from 2 on, a fraction below. */
export function inYears(value: number, unit: AgeUnit): number {
  const years = unit === 'year' ? value : unit === 'month' ? value / 12 : (value * DAYS[unit]) / DAYS.year;
  return years >= 2 ? Math.floor(years + 1e-9) : Math.round(years * 1e4) / 1e4;
}

export function toAge({ candidate: c, score }: Judged): Age {
  const value = Math.round(c.value * 100) / 100;
  const range = c.high === undefined ? {} : { range: [value, c.high] as const };
  const confidence = Math.max(0.3, Math.min(0.99, Math.round((0.55 + score / 66) * 100) / 100));
  return { value, unit: c.unit, years: inYears(c.value, c.unit), ...range, start: c.start, end: c.end, confidence };
}
