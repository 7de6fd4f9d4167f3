import { NUMBER, WORD } from '../../core/plugin/index.js';
import type { Words } from './words.js';

/** The number of a case where it is announced; `next` is the token after the announcement. */
export interface CaseNumber {
  readonly number: number;
  readonly next: number;
}

const ROMAN: Readonly<Record<string, number>> = {
  I: 1,
  II: 2,
  III: 3,
  IV: 4,
  V: 5,
  VI: 6,
  VII: 7,
  VIII: 8,
  IX: 9,
  X: 10,
  XI: 11,
  XII: 12,
};
/** A series of more is a study. */
const MOST = 40;

/** `Case 1`, `Patient B`, `Observation n° 2`, `Case report III`, `first case`, `our second patient` at token `i`. */
export function caseNumberAt(words: Words, i: number): CaseNumber | null {
  return afterNoun(words, i) ?? beforeNoun(words, i);
}

function afterNoun(words: Words, i: number): CaseNumber | null {
  const { doc } = words;
  const lead = words.at(i, 'lead_in');
  const noun = words.at(lead ? lead.last + 1 : i, 'case_noun');
  if (noun === null) return null;
  let at = noun.last + 1;
  while (/^[#:.°ºo(-]$/.test(words.text(at)) && at < noun.last + 4) at++;
  if (at >= doc.count) return null;
  const text = words.text(at);
  let number: number | null = null;
  if (doc.kind[at] === NUMBER && /^\d{1,2}$/.test(text)) number = Number(text);
  else if (ROMAN[text]) number = ROMAN[text];
  else if (doc.kind[at] === WORD && /^[A-H]$/.test(text)) number = isLetter(words, at) ? text.charCodeAt(0) - 64 : null;
  else number = Number(words.at(at, 'ordinal')?.entry.attributes.number ?? 0) || null;
  if (number === null || number < 1 || number > MOST) return null;
  // `Patient 37 years`, `Case 1 and 2`, `patient 2 years ago`.
  if (words.at(at + 1, 'unit', 'joiner')) return null;
  return { number, next: at + 1 };
}

/** `Case A` or `Case A.` and not `Case A 40-year-old man`, where the letter is an article. */
function isLetter(words: Words, i: number): boolean {
  const next = words.text(i + 1);
  if (words.text(i) !== 'A') return true;
  return (
    next === '' ||
    /^[.:)(,;-]$/.test(next) ||
    (words.doc.kind[i + 1] === WORD && words.at(i + 1, 'article', 'presented') !== null)
  );
}

function beforeNoun(words: Words, i: number): CaseNumber | null {
  const lead = words.at(i, 'lead_in');
  const at = lead ? lead.last + 1 : i;
  const ordinal = words.at(at, 'ordinal');
  const noun = ordinal && words.at(ordinal.last + 1, 'case_word');
  if (!ordinal || !noun) return null;
  return { number: Number(ordinal.entry.attributes.number), next: noun.last + 1 };
}
