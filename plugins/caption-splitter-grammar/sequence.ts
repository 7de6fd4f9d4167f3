import { romanOrder, toRoman, type Alphabet } from './labels.js';
import {
  MIN_PANELS,
  classOf,
  letterSequence,
  numberSequence,
  ordersOf,
  positionSequence,
  run,
  subSequence,
  type Draft,
} from './drafts.js';
import type { Candidate } from './markers.js';
import { cutClauses, type Clause } from './clauses.js';
import { amongAbbreviations } from './context.js';
import { ofCategory, weigh } from './evidence.js';
import type { Reading } from './reading.js';

/** Markers that make one sequence of panels. */
export interface Sequence {
  readonly alphabet: Alphabet;
  /** Names in their order. */
  readonly panels: readonly string[];
  readonly taken: readonly Candidate[];
  readonly reasons: readonly string[];
  /** The sentences of the caption, as the markers cut it. */
  readonly clauses: readonly Clause[];
  /** How much speaks for panels rather than for keys to one picture; above 0 they are panels. */
  readonly weight: number;
}

/** What became of the candidates of a caption. */
export interface Decision {
  /** The best sequence there is, even where it is refused; null where there is none. */
  readonly sequence: Sequence | null;
  /** Why a candidate is refused, by its first token. */
  readonly why: ReadonlyMap<number, string>;
}

/** Decides which candidates are panels. A sequence starts at its first name and runs on; one style leads. */
export function decide(r: Reading, candidates: readonly Candidate[]): Decision {
  const why = new Map<number, string>();
  const families = byAlphabet(withoutLists(r, candidates));
  const letters = [families.upper, families.lower]
    .map((family) => letterSequence(family))
    .filter((s): s is Draft => s !== null);
  const drafts: Draft[] = [];
  // The letters that open sentences lead; the others name parts of their panels.
  letters.sort(
    (a, b) => openings(b) - openings(a) || b.orders.length - a.orders.length || a.taken[0].first - b.taken[0].first,
  );
  if (letters.length > 0) drafts.push(letters[0]);
  const sub = subSequence(families.sub, letters[0] ?? null, candidates);
  if (sub !== null) drafts.unshift(sub);
  if (drafts.length === 0) {
    const roman = numberSequence(families.roman, 'roman');
    if (roman !== null) drafts.push(roman);
    const digit = numberSequence(families.digit, 'digit');
    if (digit !== null) drafts.push(digit);
  }
  let best: Sequence | null = null;
  for (const draft of drafts) {
    const sequence = finish(r, draft);
    if (best === null || (best.weight <= 0 && sequence.weight > 0)) best = sequence;
  }
  if (best === null || best.weight <= 0) {
    const places = positionSequence(families.position);
    if (places !== null) {
      const sequence = finish(r, places);
      if (best === null || sequence.weight > 0) best = sequence;
    }
  }
  const taken = new Set(best?.taken.map((c) => c.first));
  for (const c of candidates) {
    if (!taken.has(c.first)) why.set(c.first, refusal(c, best));
    else if (best !== null && best.weight <= 0) why.set(c.first, 'names parts of one picture rather than panels');
  }
  return { sequence: best, why };
}

function finish(r: Reading, { alphabet, names, taken, reasons }: Draft): Sequence {
  const clauses = cutClauses(r, taken);
  return { alphabet, panels: names, taken, reasons, clauses, weight: weigh(r, taken, alphabet, clauses) };
}

function refusal(c: Candidate, best: Sequence | null): string {
  if (best === null) return c.labels[0].order > 0 ? 'no sequence starts at the first name' : 'no second panel';
  if (c.alphabet !== best.alphabet) return `another style leads (${best.alphabet})`;
  return c.labels.some((l) => !best.panels.includes(l.name)) ? 'out of sequence' : 'another style leads';
}

/** How many of its panels have a marker that opens a sentence. */
const openings = ({ taken }: Draft): number => ordersOf(taken.filter((c) => !c.mention && c.before === 'start')).size;

const isLetter = (c: Candidate): boolean => c.alphabet === 'lower' || c.alphabet === 'upper';

/**
 * Without lists of groups ("four subgroups: A, women; B, men") where brackets name the panels, and without letters
 * among abbreviations ("LV: left ventricle; A: aorta") that are panels before.
 */
function withoutLists(r: Reading, candidates: readonly Candidate[]): readonly Candidate[] {
  const brackets = candidates.filter((c) => c.frame === 'bracket');
  const bracketed = run(ordersOf(brackets)).reached.length >= MIN_PANELS;
  const kept: Candidate[] = [];
  const seen = new Set<string>();
  let listed = false;
  for (const c of candidates) {
    const { name } = c.labels[0];
    if (seen.has(name) && classOf(c) === 'punctuation' && amongAbbreviations(r, c)) continue;
    seen.add(name);
    if (!bracketed) {
      kept.push(c);
      continue;
    }
    if (c.before === 'start') listed = false;
    else if (classOf(c) === 'punctuation' && ofCategory(r, c.first)) listed = true;
    if (!listed) kept.push(c);
  }
  return kept;
}

/** Candidates by alphabet; lone `i`, `v`, `x` go to the numerals where these are in use and letters do not lead up to them. */
function byAlphabet(candidates: readonly Candidate[]): Readonly<Record<Alphabet, Candidate[]>> {
  const families: Record<Alphabet, Candidate[]> = { upper: [], lower: [], digit: [], roman: [], sub: [], position: [] };
  const numerals = candidates.some((c) => c.alphabet === 'roman');
  const letters = candidates.some((c) => isLetter(c) && c.labels[0].order === 0 && c.frame !== 'bare');
  for (const c of candidates) {
    if (numerals && !letters && isLetter(c) && c.labels.every((l) => romanOrder(l.name) >= 0)) {
      const labels = c.labels.map((l) => toRoman(l));
      families.roman.push({ ...c, alphabet: 'roman', labels });
    } else if (c.alphabet === 'roman') families.roman.push({ ...c, labels: c.labels.map((l) => toRoman(l)) });
    else families[c.alphabet].push(c);
  }
  return families;
}
