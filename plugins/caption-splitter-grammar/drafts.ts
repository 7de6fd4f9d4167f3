import type { Alphabet } from './labels.js';
import type { Candidate, Frame } from './markers.js';

/** One panel is no sequence. */
export const MIN_PANELS = 2;
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
/** Whether a marker is known by its bracket, by the mark after it, or by nothing. */
export const classOf = (c: Candidate): Class => CLASS[c.frame];
/** Keys to one picture stand within so many tokens of each other. */
const NEAR = 14;
const CLASSES: readonly Class[] = ['bracket', 'punctuation', 'bare'];

/** A sequence before it is weighed. */
export interface Draft {
  readonly alphabet: Alphabet;
  readonly names: readonly string[];
  readonly orders: readonly number[];
  readonly taken: readonly Candidate[];
  readonly reasons: readonly string[];
}

/** The orders from 0 on that are there. A single missing one is bridged once two are found. */
export function run(orders: ReadonlySet<number>): { readonly reached: number[]; readonly gaps: number } {
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

export function ordersOf(candidates: readonly Candidate[]): Set<number> {
  const orders = new Set<number>();
  for (const c of candidates) for (const l of c.labels) orders.add(l.order);
  return orders;
}

export function letterSequence(family: readonly Candidate[]): Draft | null {
  if (family.length === 0) return null;
  const groups = new Map<Class, Candidate[]>(CLASSES.map((name) => [name, []]));
  for (const c of family) groups.get(classOf(c))?.push(c);
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
  if (lead === 'bracket') reached = corrected(groups.get('bracket') ?? [], reached);
  if (reached[reached.length - 1] >= reached.length) gaps = Math.max(gaps, 1);
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

/**
 * Where panels open sentences: without a letter at the end of the sequence that stands among keys ("the circular (C)
 * and the longitudinal layer (L)"), and with one further on that opens a sentence as they do (a slip of the author).
 */
function corrected(members: readonly Candidate[], reached: readonly number[]): number[] {
  const opens = (c: Candidate): boolean => (c.noun ? c.before !== 'text' : !c.mention && c.before === 'start');
  const opened = run(ordersOf(members.filter(opens))).reached;
  if (opened.length < MIN_PANELS) return [...reached];
  const set = new Set(reached);
  const keys = members.filter((c) => c.frame === 'bracket' && !opens(c) && c.labels.some((l) => !set.has(l.order)));
  const kept = [...reached];
  for (let n = kept[kept.length - 1]; !opened.includes(n) && kept.length > opened.length; n = kept[kept.length - 1]) {
    const own = members.filter((c) => c.labels.some((l) => l.order === n));
    const key = (c: Candidate): boolean =>
      c.before === 'text' && !c.noun && !c.mention && keys.some((k) => Math.abs(k.first - c.first) <= NEAR);
    if (!own.every(key)) break;
    kept.pop();
  }
  const last = Math.max(...members.filter((c) => c.labels.some((l) => kept.includes(l.order))).map((c) => c.first));
  for (const c of members) {
    const { order } = c.labels[0];
    const slip = c.frame === 'bracket' && c.before === 'start' && !c.mention && c.labels.length === 1;
    if (slip && c.first > last && order > kept[kept.length - 1]) kept.push(order);
  }
  return kept;
}

/** Letters of a plate that goes on from another figure: `(J) FISH, (K) EEG, (L) ECG`. Only where each leads its text. */
function lateRun(members: readonly Candidate[]): Draft | null {
  const leading = members.filter((c) => !c.mention);
  if (leading.length < MIN_LATE || leading.some((c) => c.before === 'text')) return null;
  const labels = leading.flatMap((c) => c.labels);
  for (let k = 1; k < labels.length; k++) if (labels[k].order !== labels[k - 1].order + 1) return null;
  const orders = labels.map((l) => l.order);
  return {
    alphabet: labels[0].alphabet,
    orders,
    names: labels.map((l) => l.name),
    taken: members.filter((c) => c.labels.every((l) => orders.includes(l.order))),
    reasons: ['sequence-start'],
  };
}

/** `A CT scan`, `a lesion`: bare letters are panels only where the first two both stand at the head of something. */
function plausibleBare(members: readonly Candidate[]): boolean {
  return [0, 1].every((n) =>
    members.some((c) => c.labels[0].order === n && (c.before === 'start' || c.before === 'strong' || n > 0)),
  );
}

export function numberSequence(family: readonly Candidate[], alphabet: 'roman' | 'digit'): Draft | null {
  const members = family.filter((c) => c.frame !== 'tail' && c.frame !== 'bare' && c.frame !== 'open');
  for (const name of CLASSES) {
    const group = members.filter((c) => classOf(c) === name);
    const { reached, gaps } = run(ordersOf(group));
    if (reached.length < MIN_PANELS || gaps > 0) continue;
    const set = new Set(reached);
    const taken = group.filter((c) => c.labels.every((l) => set.has(l.order)));
    const names = new Map(taken.flatMap((c) => c.labels.map((l) => [l.order, l.name] as const)));
    return { alphabet, orders: reached, names: reached.map((o) => names.get(o) ?? ''), taken, reasons: [] };
  }
  return null;
}

export function positionSequence(family: readonly Candidate[]): Draft | null {
  const names: string[] = [];
  for (const c of family) for (const l of c.labels) if (!names.includes(l.name)) names.push(l.name);
  if (names.length < MIN_PANELS) return null;
  return { alphabet: 'position', orders: names.map((_, i) => i), names, taken: family, reasons: [] };
}

/** `A1`, `A2`, `B1`: a letter of its own (`(A)`) then stands for all its parts. */
export function subSequence(
  family: readonly Candidate[],
  letters: Draft | null,
  all: readonly Candidate[],
): Draft | null {
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
  const letterMarkers =
    letters?.taken ?? all.filter((c) => (c.alphabet === 'upper' || c.alphabet === 'lower') && c.frame === 'bracket');
  for (const c of letterMarkers) {
    if (!c.labels.every((l) => whole.has(l.name))) continue;
    const labels = c.labels.flatMap((l) => (whole.get(l.name) ?? []).map((name) => ({ ...l, name })));
    taken.push({ ...c, labels });
  }
  taken.sort((a, b) => a.first - b.first);
  names.sort(byName);
  return {
    alphabet: 'sub',
    orders: names.map((_, i) => i),
    names,
    taken: taken.filter((c) => c.labels.every((l) => names.includes(l.name))),
    reasons: [],
  };
}

/** `A`, `A1`, `A2`, `A10`, `B`. */
function byName(a: string, b: string): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : Number(a.slice(1) || 0) - Number(b.slice(1) || 0);
}
