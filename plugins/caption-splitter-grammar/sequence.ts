import { romanOrder, type Alphabet, type Label } from './labels.js';
import type { Candidate, Frame } from './markers.js';
import { ofCategory, weigh } from './evidence.js';
import type { Reading } from './reading.js';

/** Markers that make one sequence of panels. */
export interface Sequence {
  readonly alphabet: Alphabet;
  /** Names in their order. */
  readonly panels: readonly string[];
  readonly taken: readonly Candidate[];
  readonly reasons: readonly string[];
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

const MIN_PANELS = 2;
/** Letters that do not begin at A must at least be so many. */
const MIN_LATE = 3;

type Class = 'bracket' | 'punctuation' | 'bare';
const CLASS: Readonly<Record<Frame, Class>> = {
  bracket: 'bracket',
  open: 'bracket',
  tail: 'bracket',
  word: 'bracket',
  half: 'punctuation',
  dot: 'punctuation',
  colon: 'punctuation',
  comma: 'punctuation',
  equals: 'punctuation',
  dash: 'punctuation',
  bare: 'bare',
};
const CLASSES: readonly Class[] = ['bracket', 'punctuation', 'bare'];

/** Decides which candidates are panels. A sequence starts at its first name and runs on; one style leads. */
export function decide(r: Reading, candidates: readonly Candidate[]): Decision {
  const why = new Map<number, string>();
  const families = byAlphabet(withoutLists(r, candidates));
  const letters = [families.upper, families.lower]
    .map((family) => letterSequence(family))
    .filter((s): s is Draft => s !== null);
  const drafts: Draft[] = [];
  letters.sort((a, b) => b.orders.length - a.orders.length || a.taken[0].first - b.taken[0].first);
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

interface Draft {
  readonly alphabet: Alphabet;
  readonly names: readonly string[];
  readonly orders: readonly number[];
  readonly taken: readonly Candidate[];
  readonly reasons: readonly string[];
}

const finish = (r: Reading, draft: Draft): Sequence => ({
  alphabet: draft.alphabet,
  panels: draft.names,
  taken: draft.taken,
  reasons: draft.reasons,
  weight: weigh(r, draft.taken, draft.alphabet),
});

function refusal(c: Candidate, best: Sequence | null): string {
  if (best === null) return c.labels[0].order > 0 ? 'no sequence starts at the first name' : 'no second panel';
  if (c.alphabet !== best.alphabet) return `another style leads (${best.alphabet})`;
  return c.labels.some((l) => !best.panels.includes(l.name)) ? 'out of sequence' : 'another style leads';
}

/** Without lists of groups ("four subgroups: A, women; B, men") where brackets name the panels. */
function withoutLists(r: Reading, candidates: readonly Candidate[]): readonly Candidate[] {
  const brackets = candidates.filter((c) => c.frame === 'bracket');
  if (run(ordersOf(brackets)).reached.length < MIN_PANELS) return candidates;
  const kept: Candidate[] = [];
  let listed = false;
  for (const c of candidates) {
    if (c.before === 'start') listed = false;
    else if (CLASS[c.frame] === 'punctuation' && ofCategory(r, c.first)) listed = true;
    if (!listed) kept.push(c);
  }
  return kept;
}

/** Candidates by alphabet; lone `i`, `v`, `x` go to the numerals where these are in use and letters do not lead up to them. */
function byAlphabet(candidates: readonly Candidate[]): Readonly<Record<Alphabet, Candidate[]>> {
  const families: Record<Alphabet, Candidate[]> = { upper: [], lower: [], digit: [], roman: [], sub: [], position: [] };
  const numerals = candidates.some((c) => c.alphabet === 'roman');
  const letters = candidates.some((c) => c.alphabet === 'lower' && c.labels[0].order === 0);
  for (const c of candidates) {
    if (numerals && !letters && c.alphabet === 'lower' && c.labels.every((l) => romanOrder(l.name.toLowerCase()) >= 0)) {
      const labels = c.labels.map((l) => toRoman(l));
      families.roman.push({ ...c, alphabet: 'roman', labels });
    } else if (c.alphabet === 'roman') families.roman.push({ ...c, labels: c.labels.map((l) => toRoman(l)) });
    else families[c.alphabet].push(c);
  }
  return families;
}

const toRoman = (l: Label): Label => {
  const name = l.name.toLowerCase();
  return { ...l, alphabet: 'roman', name, order: romanOrder(name) };
};

/** The orders from 0 on that are there. A single missing one is bridged once two are found. */
function run(orders: ReadonlySet<number>): { readonly reached: number[]; readonly gaps: number } {
  const reached: number[] = [];
  let gaps = 0;
  for (let n = 0; ; n++) {
    if (orders.has(n)) reached.push(n);
    else if (reached.length >= MIN_PANELS && orders.has(n + 1)) gaps++;
    else return { reached, gaps };
  }
}

/** Whether a candidate can make a panel by itself. */
const makes = (c: Candidate): boolean => c.frame !== 'tail';

function ordersOf(candidates: readonly Candidate[]): Set<number> {
  const orders = new Set<number>();
  for (const c of candidates) for (const l of c.labels) orders.add(l.order);
  return orders;
}

function letterSequence(family: readonly Candidate[]): Draft | null {
  if (family.length === 0) return null;
  const groups = new Map<Class, Candidate[]>(CLASSES.map((name) => [name, []]));
  for (const c of family) groups.get(CLASS[c.frame])?.push(c);
  let lead: Class | null = null;
  let reached: number[] = [];
  let gaps = 0;
  for (const name of CLASSES) {
    const members = (groups.get(name) ?? []).filter(makes);
    if (name === 'bare' && !plausibleBare(members)) groups.set('bare', []);
    else {
      const found = run(ordersOf(members));
      if (found.reached.length >= MIN_PANELS && found.reached.length > reached.length) {
        lead = name;
        ({ reached, gaps } = found);
      }
    }
  }
  const reasons: string[] = [];
  if (lead === null) {
    const late = lateRun(groups.get('bracket') ?? []);
    if (late !== null) return late;
    // No style by itself: all together, `A. CT (B) MRI`, or only mentions, `arrow in A`.
    const all = CLASSES.flatMap((name) => groups.get(name) ?? []);
    ({ reached, gaps } = run(ordersOf(all)));
    if (reached.length < MIN_PANELS) return null;
    reasons.push('mixed-styles');
  }
  const set = new Set(reached);
  const taken: Candidate[] = [];
  for (const name of CLASSES) {
    const members = groups.get(name) ?? [];
    if (lead === null || name === lead || (name === 'bracket' && lead !== null)) {
      for (const c of members) if (c.labels.every((l) => set.has(l.order))) taken.push(c);
      continue;
    }
    // Another style may repeat the whole sequence (a list of headings, then the texts) or fill and lengthen it.
    const own = run(ordersOf(members));
    if (own.reached.length === reached.length) {
      for (const c of members) if (c.labels.every((l) => set.has(l.order)) && c.before !== 'text') taken.push(c);
      continue;
    }
    for (const c of members) {
      if (c.labels.length !== 1 || c.before === 'text' || c.frame === 'comma') continue;
      const { order } = c.labels[0];
      const missing = order < reached[reached.length - 1] && !set.has(order);
      if (!missing && order !== reached[reached.length - 1] + 1) continue;
      set.add(order);
      reached.push(order);
      reached.sort((a, b) => a - b);
      if (missing) gaps--;
      taken.push(c);
      if (!reasons.includes('mixed-styles')) reasons.push('mixed-styles');
    }
  }
  taken.sort((a, b) => a.first - b.first);
  if (gaps > 0) reasons.push('sequence-gap');
  const names = new Map<number, string>();
  for (const c of taken) for (const l of c.labels) names.set(l.order, l.name);
  const orders = [...names.keys()].sort((a, b) => a - b);
  if (orders.length < MIN_PANELS) return null;
  return { alphabet: family[0].alphabet, orders, names: orders.map((o) => names.get(o) ?? ''), taken, reasons };
}

/** Letters of a plate that goes on from another figure: `(J) FISH, (K) EEG, (L) ECG`. Only where each leads its text. */
function lateRun(members: readonly Candidate[]): Draft | null {
  const leading = members.filter((c) => !c.mention);
  if (leading.length < MIN_LATE || leading.some((c) => c.before === 'text')) return null;
  const labels = leading.flatMap((c) => c.labels);
  for (let k = 1; k < labels.length; k++) if (labels[k].order !== labels[k - 1].order + 1) return null;
  const orders = labels.map((l) => l.order);
  return { alphabet: labels[0].alphabet, orders, names: labels.map((l) => l.name), taken: members.filter((c) => c.labels.every((l) => orders.includes(l.order))), reasons: ['sequence-start'] };
}

/** `A CT scan`, `a lesion`: bare letters are panels only where the first two both stand at the head of something. */
function plausibleBare(members: readonly Candidate[]): boolean {
  return [0, 1].every((n) => members.some((c) => c.labels[0].order === n && (c.before === 'start' || c.before === 'strong' || n > 0)));
}

function numberSequence(family: readonly Candidate[], alphabet: 'roman' | 'digit'): Draft | null {
  const members = family.filter((c) => c.frame !== 'tail' && c.frame !== 'bare' && c.frame !== 'open');
  for (const name of CLASSES) {
    const group = members.filter((c) => CLASS[c.frame] === name);
    const { reached, gaps } = run(ordersOf(group));
    if (reached.length < MIN_PANELS || gaps > 0) continue;
    const set = new Set(reached);
    const taken = group.filter((c) => c.labels.every((l) => set.has(l.order)));
    const names = new Map(taken.flatMap((c) => c.labels.map((l) => [l.order, l.name] as const)));
    return { alphabet, orders: reached, names: reached.map((o) => names.get(o) ?? ''), taken, reasons: [] };
  }
  return null;
}

function positionSequence(family: readonly Candidate[]): Draft | null {
  const names: string[] = [];
  for (const c of family) for (const l of c.labels) if (!names.includes(l.name)) names.push(l.name);
  if (names.length < MIN_PANELS) return null;
  return { alphabet: 'position', orders: names.map((_, i) => i), names, taken: family, reasons: [] };
}

/** `A1`, `A2`, `B1`: a letter of its own (`(A)`) then stands for all its parts. */
function subSequence(family: readonly Candidate[], letters: Draft | null, all: readonly Candidate[]): Draft | null {
  const members = family.filter((c) => makes(c) && c.labels.every((l) => /\d$/.test(l.name)));
  const parts = new Map<string, Set<number>>();
  for (const c of members) {
    for (const l of c.labels) {
      const base = l.base ?? '';
      parts.set(base, (parts.get(base) ?? new Set()).add(l.order));
    }
  }
  const bases = [...parts.keys()].sort();
  if (bases.length === 0 || bases[0] !== 'A') return null;
  const runs = bases.map((base) => run(parts.get(base) ?? new Set()).reached.length);
  if (!runs.some((n) => n >= MIN_PANELS) || runs.includes(0)) return null;
  const names: string[] = [];
  const taken: Candidate[] = [...members];
  const whole = new Map<string, string[]>();
  bases.forEach((base, i) => {
    const own = Array.from({ length: runs[i] }, (_, n) => `${base}${n + 1}`);
    whole.set(base, own);
    names.push(...own);
  });
  for (const name of letters?.names ?? []) {
    if (whole.has(name)) continue;
    whole.set(name, [name]);
    names.push(name);
  }
  const letterMarkers = letters?.taken ?? all.filter((c) => (c.alphabet === 'upper' || c.alphabet === 'lower') && c.frame === 'bracket');
  for (const c of letterMarkers) {
    if (!c.labels.every((l) => whole.has(l.name))) continue;
    const labels = c.labels.flatMap((l) => (whole.get(l.name) ?? []).map((name) => ({ ...l, name })));
    taken.push({ ...c, labels });
  }
  taken.sort((a, b) => a.first - b.first);
  names.sort(byName);
  return { alphabet: 'sub', orders: names.map((_, i) => i), names, taken: taken.filter((c) => c.labels.every((l) => names.includes(l.name))), reasons: [] };
}

/** `A`, `A1`, `A2`, `A10`, `B`. */
function byName(a: string, b: string): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : Number(a.slice(1) || 0) - Number(b.slice(1) || 0);
}
