import { PUNCTUATION, type InlineReference, type PluginContext, type PluginLexicon } from '../../core/plugin/index.js';
import { caseNumberAt, type CaseNumber } from './caseNumber.js';
import { introductionIn, type Introduction } from './introduction.js';
import type { Block } from './outline.js';
import { Words } from './words.js';

/** A stretch of a paragraph that belongs to one patient, or to none. */
export interface Piece {
  readonly text: string;
  readonly references: readonly InlineReference[];
}

export interface OpenCase {
  /** The number that the article gives the case, or null. */
  readonly number: number | null;
  readonly pieces: Piece[];
  /** Whether an introduction was found, and the age and gender in it. */
  introduced: boolean;
  age: string | null;
  gender: string | null;
}

export interface Assigned {
  readonly cases: readonly OpenCase[];
  /** Text of the region that belongs to no case. */
  readonly lead: readonly Piece[];
}

interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly opensBlock: boolean;
  readonly marker: CaseNumber | null;
  /** The marker stands by itself (`Case 2. A man`), not as the subject (`Case 2 was similar`). */
  readonly labelled: boolean;
  readonly introduction: Introduction | null;
  readonly consent: boolean;
  readonly patient: boolean;
  /** Names a person after the marker. */
  readonly person: boolean;
}

/** A paragraph's words before the introduction go with it where they are this short. */
const LEAD = 200;

/** Gives every sentence of the region to its patient. */
export function assign(context: PluginContext, blocks: readonly Block[], lexicon: PluginLexicon): Assigned {
  const read = blocks.map((block) => sentencesOf(new Words(context.doc(block.text), lexicon)));
  const headed = new Set(blocks.flatMap(({ headings }) => numberOf(headings) ?? []));
  const byHeading = headed.size >= 2;
  const byMarker = !byHeading && isSeries(read.flat());
  const cases: OpenCase[] = [];
  const lead: Piece[] = [];
  let current: OpenCase | null = null;
  let numberAbove: number | null = null;
  let section = -1;

  const open = (number: number | null): OpenCase => {
    const known = number === null ? undefined : cases.find((c) => c.number === number);
    if (known) return known;
    const made: OpenCase = { number, pieces: [], introduced: false, age: null, gender: null };
    cases.push(made);
    return made;
  };

  blocks.forEach((block, i) => {
    const titled = byHeading || headed.size === 1 ? numberOf(block.headings) : null;
    if (block.section !== section) {
      section = block.section;
      if (titled !== null && titled !== numberAbove) current = open(titled);
      else if (titled === null && numberAbove !== null && byHeading) current = null;
      numberAbove = titled;
      const named = byHeading
        ? null
        : introductionOf(context, block.headings[block.headings.length - 1]?.title, lexicon);
      if (named && (current === null || isSomebodyElse(current, named))) note((current = open(null)), named);
    }
    const cuts: { at: number; to: OpenCase | null }[] = [{ at: 0, to: current }];
    const sentences = read[i];
    sentences.forEach((sentence, k) => {
      const next = turn(sentence, sentences[k + 1] ?? null);
      if (next === undefined) return;
      current = next.patient;
      if (cuts[cuts.length - 1].to !== current) cuts.push({ at: next.at, to: current });
    });
    // Words before the first introduction in its own paragraph.
    if (
      cuts.length > 1 &&
      cuts[0].to === null &&
      cuts[1].at <= LEAD &&
      cases.length === 1 &&
      block.role === 'case' &&
      !sentences[0]?.consent
    )
      cuts.shift();
    if (cuts[0].at > 0 && cuts[0].to !== null) cuts[0] = { ...cuts[0], at: 0 };
    cuts.forEach(({ at, to }, k) => {
      const piece = cut(block, at, cuts[k + 1]?.at ?? block.text.length);
      if (piece.text.length > 0) (to?.pieces ?? lead).push(piece);
    });
  });
  if (cases.length === 0) return unintroduced(blocks, read);
  return { cases: cases.filter(({ pieces }) => pieces.length > 0), lead };

  /** Whose a sentence is, where that changes; undefined where it does not. */
  function turn(sentence: Sentence, after: Sentence | null): { patient: OpenCase; at: number } | undefined {
    const { marker, introduction } = sentence;
    if (byMarker && marker) {
      const introduced = sentence.labelled || sentence.person || introduction !== null || after?.introduction != null;
      const highest = Math.max(0, ...cases.map(({ number }) => number ?? 1));
      if (marker.number === highest + 1 && introduced) {
        const made = open(marker.number);
        note(made, introduction ?? after?.introduction ?? null);
        made.introduced = true;
        return { patient: made, at: sentence.start };
      }
      const known = cases.find(({ number }) => number === marker.number);
      if (known && sentence.opensBlock && sentence.labelled) return { patient: known, at: sentence.start };
    }
    if (introduction === null) return undefined;
    if (current === null) {
      if (byHeading && cases.length > 0) return undefined;
      if (byMarker && !sentence.opensBlock) return undefined;
      const made = open(byMarker ? 1 : null);
      note(made, introduction);
      return { patient: made, at: sentence.start };
    }
    if (!current.introduced) {
      note(current, introduction);
      return undefined;
    }
    if (byHeading || byMarker || !isSomebodyElse(current, introduction)) return undefined;
    const made = open(null);
    note(made, introduction);
    return { patient: made, at: sentence.start };
  }
}

function note(patient: OpenCase, introduction: Introduction | null): void {
  if (introduction === null) return;
  patient.introduced = true;
  patient.age ??= introduction.age;
  patient.gender ??= introduction.gender;
}

/** Where nobody is introduced by age or noun, all from the first paragraph on that speaks of the patient is one case. */
function unintroduced(blocks: readonly Block[], read: readonly (readonly Sentence[])[]): Assigned {
  const first = read.findIndex((sentences) => sentences.some(({ patient }) => patient) && !sentences[0].consent);
  const pieces = blocks.map((block) => cut(block, 0, block.text.length));
  if (first < 0) return { cases: [], lead: pieces };
  const patient: OpenCase = { number: null, pieces: pieces.slice(first), introduced: false, age: null, gender: null };
  return { cases: [patient], lead: pieces.slice(0, first) };
}

/** A heading that names the patient: `A 45-year-old man with gout`. */
function introductionOf(
  context: PluginContext,
  title: string | undefined,
  lexicon: PluginLexicon,
): Introduction | null {
  if (!title) return null;
  const words = new Words(context.doc(title), lexicon);
  const found = introductionIn(words, 0, words.doc.count);
  return found?.who === 'patient' && found.age !== null ? found : null;
}

/** A first mention with another age, or with the same age and the other sex, is another patient. */
function isSomebodyElse(current: OpenCase, { who, age, gender, indefinite, another }: Introduction): boolean {
  if (age === null) return false;
  const sameAge = current.age === age;
  const otherSex = current.gender !== null && gender !== null && current.gender !== gender;
  if (who === 'relative') return !sameAge && current.age !== null;
  if (!indefinite) return false;
  if (sameAge) return otherSex || another;
  return current.age !== null || another || otherSex;
}

const numberOf = (headings: Block['headings']): number | null =>
  headings.findLast(({ caseNumber }) => caseNumber !== null)?.caseNumber ?? null;

/** Whether the numbers announced in the text run from one on, or from two where the first has no number. */
function isSeries(sentences: readonly Sentence[]): boolean {
  const numbers = new Set(sentences.flatMap(({ marker }) => (marker ? [marker.number] : [])));
  return numbers.has(2) && (numbers.has(1) || sentences.some(({ introduction, marker }) => introduction && !marker));
}

function sentencesOf(words: Words): Sentence[] {
  const { doc } = words;
  return [...stretches(words)].map(([from, to], i) => {
    const marker = /^[\p{Lu}\d]/u.test(words.text(from)) ? caseNumberAt(words, from) : null;
    const read = marker ? marker.next : from;
    return {
      start: doc.start[from],
      end: doc.end[to - 1],
      opensBlock: i === 0,
      marker,
      labelled: marker !== null && isLabel(words, from, marker, to),
      introduction: introductionIn(words, read, to),
      consent: words.find(from, to, 'consent') !== null,
      patient: words.find(from, to, 'patient_reference') !== null,
      person: marker !== null && words.find(read, to, 'person') !== null,
    };
  });
}

/** The announcement stands by itself: `Case 2. A man`, `Case 2 A man`, and not `Case 2 was similar`. */
function isLabel(words: Words, from: number, { next }: CaseNumber, to: number): boolean {
  const lead = words.at(from, 'lead_in');
  if (!words.at(lead ? lead.last + 1 : from, 'case_noun') && !words.at(from, 'ordinal')) return false;
  const after = words.text(next);
  return next >= to || /^[:.–—-]$/.test(after) || /^[\p{Lu}\d]/u.test(after);
}

/** The sentences, cut once more before a label that no full stop sets off (`twice a day Case 2 A man`). */
function* stretches(words: Words): Generator<readonly [number, number]> {
  for (const [from, to] of words.sentences()) {
    let start = from;
    for (let i = from + 1; i < to; i++) {
      if (!/^\p{Lu}/u.test(words.text(i)) || words.doc.kind[i - 1] === PUNCTUATION) continue;
      const marker = caseNumberAt(words, i);
      if (!marker || words.at(i, 'lead_in') || !isLabel(words, i, marker, to) || marker.next >= to) continue;
      if (words.ending(i - 1, 'lead_in', 'function', 'article', 'definite', 'joiner', 'past', 'presented')) continue;
      yield [start, i];
      start = i;
    }
    yield [start, to];
  }
}

/** A stretch of a block with white space off its ends, and the references in it. */
function cut({ text, references }: Block, from: number, to: number): Piece {
  const raw = text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = Math.max(start, from + raw.trimEnd().length);
  return {
    text: text.slice(start, end),
    references: references
      .filter((r) => r.start >= start && r.end <= end)
      .map((r) => ({ ...r, start: r.start - start, end: r.end - start })),
  };
}
