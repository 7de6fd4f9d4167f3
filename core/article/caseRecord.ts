import type { Age, Demographics, Gender, Segmentation } from '../plugin/contract.js';
import { codePointMap } from '../text/index.js';
import type { Article } from './types.js';

/** A case as it leaves the program. Offsets of `age` are code points of `text`. */
export interface CaseRecord {
  /** `PMC123_01`: the article's id and the place of the case in it, two digits, from 01. */
  readonly case_id: string;
  readonly text: string;
  readonly age: AgeRecord | null;
  readonly gender: Gender;
  /** Ids of the figures that the case refers to. */
  readonly figures: readonly string[];
}

export type AgeRecord = Omit<Age, 'confidence'> & { readonly text: string };

/** An article cut into its cases, as `legenda run patient-segmenter` prints it. */
export interface CaseListRecord {
  readonly article_id: string;
  readonly file: string;
  readonly cases: readonly CaseRecord[];
  /** Text of no single case, by role. */
  readonly shared_text: Segmentation['shared_text'];
  readonly skipped_reason: string | null;
}

/** Puts the cases of an article and the age and gender of each together. `read` is whatever fills `demographics`. */
export function caseRecord(
  { article_id, file }: Article,
  { cases, shared_text, skipped_reason }: Segmentation,
  read: (text: string) => Demographics,
): CaseListRecord {
  return {
    article_id,
    file,
    cases: cases.map(({ case_id, text, figures }) => {
      const { age, gender } = read(text);
      return { case_id, text, age: age && ageRecord(text, age), gender, figures: figures.map((f) => f.figure_id) };
    }),
    shared_text,
    skipped_reason,
  };
}

function ageRecord(whole: string, { value, unit, years, range, start, end }: Age): AgeRecord {
  const map = codePointMap(whole);
  const bounds = range === undefined ? {} : { range };
  return { value, unit, years, ...bounds, text: whole.slice(start, end), start: map(start), end: map(end) };
}
