import type { Alphabet } from './labels.js';
import type { Candidate } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';
import type { Clause } from './clauses.js';

/** Starting weight of each kind of name: numbers and places are seldom panels, letters mostly. */
const BASE: Readonly<Record<Alphabet, number>> = { upper: 1, lower: 0.5, roman: 0, sub: 1, digit: -2, position: -0.5 };
/** No more than so much for the contents of the items. */
const MOST_ITEMS = 3;
/** An item is looked at so many words around its marker. */
const REACH = 5;
/** What is found may stand before its place: "a mass in the left frontal lobe (A)". */
const FINDING_REACH = 10;
/** Tokens that the text of a key seldom exceeds. */
const LONG_KEY = 8;

/**
 * Whether names in a caption are panels or keys to structures of one picture ("the white matter (2)", "A, conjunctiva;
 * B, optic nerve"). Above 0 they are panels; the more, the surer.
 */
export function weigh(r: Reading, markers: readonly Candidate[], alphabet: Alphabet, cut: readonly Clause[]): number {
  let weight = BASE[alphabet];
  const names = new Set<string>();
  let repeated = false;
  let opens = 0;
  let inline = 0;
  for (const m of markers) {
    if (m.noun && !(m.mention && alphabet === 'position')) weight += 1.5;
    if (m.frame === 'equals') weight -= 1 / markers.length;
    if (m.ranged) weight += lone(r, markers) ? -1.5 : 3;
    else if (m.labels.length > 1) weight += 1.5;
    for (const l of m.labels) {
      if (names.has(l.name)) repeated = true;
      names.add(l.name);
    }
    if (m.mention) continue;
    if (m.before === 'start') opens++;
    else if (m.before !== 'text') inline++;
  }
  if (repeated) weight += 1;
  const clauses = cut.filter((c) => c.markers.length > 0);
  if (opens >= 2) weight += alphabet === 'digit' ? 3.5 : 3;
  else if (opens + inline >= 2) weight += 1;
  // A sentence a panel; numbers go through a picture so, too ("the graft (1) is sewn. The clamp (2) is removed").
  if (clauses.length > 1 && (alphabet !== 'digit' || opens > 0)) weight += 1.5;
  if (clauses.length > 1 && clauses.every((c) => c.markers.length === 1) && alphabet !== 'digit') weight += 1;
  if (alphabet === 'position' && names.size > 2) weight += 1;
  weight += coordination(r, clauses);
  weight += pictures(r, markers, clauses);
  weight += items(r, markers);
  if (ofCategory(r, markers[0].first)) weight -= alphabet === 'digit' ? 2 : 1;
  if (alphabet !== 'position' && initials(r, markers)) weight -= 3;
  return weight;
}

/** Panels stand in lists; "graft (a) compressing the artery (b)" is one picture. */
function coordination(r: Reading, clauses: readonly Clause[]): number {
  let listed = 0;
  let run = 0;
  for (const { markers, last } of clauses) {
    for (let k = 1; k < markers.length; k++) {
      const a = markers[k - 1].last + 1;
      const b = markers[k].first - 1;
      if (a > b || separates(r, a) || separates(r, b) || markers[k].before !== 'text' || hasSeparator(r, a, b))
        listed++;
      else run++;
    }
    // A list whose last item has no marker.
    const end = markers[markers.length - 1];
    if (markers.length > 1 && end.before === 'text' && r.is(end.last + 1, ROLE.list) && r.words(end.last + 1, last) > 4)
      listed--;
  }
  if (run > listed) return -2;
  return listed > 0 ? 1 : 0;
}

const separates = (r: Reading, i: number): boolean => [',', ';', '.', '/'].includes(r.mark1(i)) || r.is(i, ROLE.joiner);

function hasSeparator(r: Reading, from: number, to: number): boolean {
  for (let i = from; i <= to; i++)
    if (r.depth[i] === 0 && (r.mark1(i) === ';' || r.is(i, ROLE.joiner | ROLE.contrast))) return true;
  return false;
}

/** "the steps of regeneration: (1) control of infection; (2) ...": a list of something else than panels. */
export function ofCategory(r: Reading, first: number): boolean {
  if (r.mark1(first - 1) !== ':') return false;
  for (let i = first - 2; i >= Math.max(0, first - 2 - 2 * REACH) && r.mark1(i) !== '.'; i--) {
    if (r.is(i, ROLE.category) || r.legends.get(i)?.attributes['list'] === true) return true;
  }
  return false;
}

/** Several pictures, or one, named around the markers. */
function pictures(r: Reading, markers: readonly Candidate[], clauses: readonly Clause[]): number {
  const first = markers[0].first;
  let one = 0;
  for (let i = 0; i < first; i++) {
    if (r.is(i, ROLE.images)) return 2;
    if (r.is(i, ROLE.image) && first - i > REACH)
      one = r.is(i - 1, ROLE.determiner) || r.is(i - 2, ROLE.determiner) ? 1.5 : 1;
    else if (r.is(i, ROLE.image) && i < 3) one = 1;
  }
  for (const { markers: own, last } of clauses) {
    if (own.length < 2) continue;
    for (let i = own[own.length - 1].last + 1; i <= last; i++) {
      if (r.is(i, ROLE.images)) return 2;
      if (r.is(i, ROLE.image) && r.is(i - 2, ROLE.determiner)) one = Math.max(one, 1.5);
    }
  }
  return -one;
}

/** `distance between ...`, `anterior height of ...`. */
function measures(r: Reading, from: number, to: number): boolean {
  for (let i = from; i <= Math.min(to, from + 2); i++) if (r.is(i, ROLE.landmark)) return true;
  return false;
}

/** A single range inside a sentence that goes on: `enzymes (A to D) are underlined`. */
function lone(r: Reading, markers: readonly Candidate[]): boolean {
  const [m] = markers;
  return markers.length === 1 && m.before === 'text' && m.last + 1 < r.count && r.mark1(m.last + 1) !== '.';
}

/** Where the thing before a trailing marker begins, at the earliest at `from`. */
function itemStart(r: Reading, marker: number, from: number): number {
  let i = marker;
  while (i > from && !r.is(i - 1, ROLE.show) && r.mark1(i - 1) !== '.' && r.mark1(i - 1) !== ';') i--;
  return i;
}

/** Where the text of a leading marker ends, at the latest with its sentence. */
function itemEnd(r: Reading, from: number, to: number): number {
  let i = from;
  while (i < to && r.mark1(i) !== '.' && r.mark1(i) !== ';') i++;
  return i;
}

/** What the words beside the markers are: views, times and stains, or parts of the body. */
function items(r: Reading, markers: readonly Candidate[]): number {
  let content = 0;
  let structure = 0;
  markers.forEach((m, k) => {
    const leads = m.before !== 'text';
    const from = leads
      ? m.last + 1
      : itemStart(r, m.first, Math.max(m.first - REACH, k > 0 ? markers[k - 1].last + 1 : 0));
    const to = leads ? Math.min(m.last + REACH, (markers[k + 1]?.first ?? r.count) - 1) : m.first - 1;
    let panel = false;
    let strong = false;
    let part = false;
    let finding = false;
    const look = (first: number, last: number): void => {
      for (let i = first; i <= last; i++) {
        if (r.is(i, ROLE.content)) panel = true;
        if (r.is(i, ROLE.strong)) strong = true;
        if (r.is(i, ROLE.structure)) part = true;
        if (r.is(i, ROLE.finding)) finding = true;
      }
    };
    look(from, to);
    if (!leads) {
      const farther = itemStart(r, m.first, Math.max(m.first - FINDING_REACH, k > 0 ? markers[k - 1].last + 1 : 0));
      for (let i = farther; i < from; i++) if (r.is(i, ROLE.finding)) finding = true;
    }
    if (m.frame === 'open') look(m.last + 1, Math.min(m.last + REACH, r.count - 1));
    // "anterior chamber", "venous varix": such a word beside a part of the body tells nothing.
    // A long text is no key; "point at the alveolar crest ..." is, however long.
    const long = leads && itemEnd(r, from, markers[k + 1]?.first ?? r.count) - from > LONG_KEY;
    if (leads && measures(r, from, to)) structure++;
    else if (finding && !strong) content += 0.5;
    else if (part && !strong && !long) structure++;
    else if (panel) content++;
  });
  return Math.min(content, MOST_ITEMS) - Math.min(structure, MOST_ITEMS);
}

/** `aorta (A), bladder (B)`: an abbreviation begins like its word. */
function initials(r: Reading, markers: readonly Candidate[]): boolean {
  return markers.every((m) => {
    if (m.frame === 'tail') return false;
    const name = m.labels[0].name[0].toLowerCase();
    const leads = m.before !== 'text';
    const from = leads ? m.last + 1 : Math.max(0, m.first - 3);
    const to = leads ? m.last + 1 : m.first - 1;
    for (let i = from; i <= to && i < r.count; i++) {
      if (r.isWord(i) && r.doc.text[r.doc.start[i]].toLowerCase() === name) return true;
    }
    return false;
  });
}
