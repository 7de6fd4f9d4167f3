import { GAP_HYPHEN, GAP_NONE } from '../../core/plugin/index.js';
import { alphabetOf, ascending, isDash, labelAt, listAt, valueAt } from './labels.js';
import { bracketed } from './brackets.js';
import { beforeOf, COLONS, PUNCTUATION_FRAME, type Candidate } from './markers.js';
import type { Reading } from './reading.js';
import { ROLE } from './roles.js';

/** The candidate that begins at token `i`, or null. */
export function candidateAt(r: Reading, i: number): Candidate | null {
  if (r.is(i, ROLE.panel)) {
    const word = wordFrame(r, i);
    if (word !== null) return word;
  }
  if (r.isOpen(i)) return bracketed(r, i);
  if (!r.isText(i)) return null;
  return r.positionEnd[i] >= 0 ? positionFrame(r, i) : plain(r, i);
}

/** `Panel A:`, `Panels A and B`, `Fig. 1A`, `In image A`, `Left panel`. */
function wordFrame(r: Reading, i: number): Candidate | null {
  let at = i + 1;
  const figure = r.is(i, ROLE.figure);
  if (r.mark1(at) === '.' && figure) at++;
  const direct = r.isText(at) && r.doc.gap[at] !== GAP_HYPHEN;
  if (!direct) return null;
  let list = listAt(r, at, figure, false);
  if (list === null && figure && r.isNumber(at) && r.isText(at + 1)) list = listAt(r, at + 1, false, false);
  if (list === null || !ascending(list.labels)) return null;
  const alphabet = alphabetOf(list);
  if (alphabet === 'position') return null;
  // "figure 2", "part 1", "image a": a number may count the figure, a small letter may be a word.
  if (alphabet === 'digit' && figure) return null;
  if (alphabet === 'lower' && !figure && !endsLabel(r, list.last + 1)) return null;
  let first = i;
  let last = list.last;
  let mention = false;
  if (r.is(first - 1, ROLE.determiner)) first--;
  if (r.is(first - 1, ROLE.refer) && !r.is(first - 1, ROLE.joiner)) {
    first--;
    mention = true;
  }
  // "sites shown in Fig. 3a-f": another figure's panels.
  if (mention && figure && beforeOf(r, first) === 'text') return null;
  if (r.depth[i] === 0 && [...COLONS, ')', ',', '.'].includes(r.mark1(last + 1)) && beforeOf(r, first) !== 'text') {
    if (r.mark1(last + 1) !== '.' || r.isText(last + 2)) last++;
  } else if (r.depth[i] > 0 && r.isOpen(first - 1) && r.isClose(last + 1)) {
    first--;
    last++;
    mention = false;
  }
  const before = beforeOf(r, first);
  const aside = before === 'text' && !mention && r.depth[i] === 0;
  return {
    first,
    last,
    labels: list.labels,
    alphabet,
    frame: 'word',
    before,
    mention: mention || aside,
    aside,
    noun: true,
    ranged: list.ranged,
  };
}

function endsLabel(r: Reading, i: number): boolean {
  return i >= r.count || !r.isText(i) || r.is(i, ROLE.verb | ROLE.list);
}

/** `A.`, `A)`, `A:`, `A, `, `A = `, `A - `, `a Text`, `in A`. */
function plain(r: Reading, i: number): Candidate | null {
  const { doc } = r;
  if (doc.gap[i] === GAP_HYPHEN || (r.glued(i) && r.isText(i - 1))) return null;
  // `Figs. 1-5` are figures.
  if (r.isNumber(i) && (r.is(i - 1, ROLE.figure) || (r.mark1(i - 1) === '.' && r.is(i - 2, ROLE.figure)))) return null;
  const list = listAt(r, i, false, false);
  if (list === null || !ascending(list.labels)) return null;
  const alphabet = alphabetOf(list);
  const before = beforeOf(r, i);
  const next = list.last + 1;
  const c = r.mark1(next);
  const base = { first: i, labels: list.labels, alphabet, aside: false, noun: false, ranged: list.ranged };
  const clause = before === 'start' || before === 'strong';
  // `(white arrow in A)`, `the lesion in A and C`.
  if (before === 'text' && r.is(i - 1, ROLE.refer) && !r.is(i - 1, ROLE.joiner) && alphabet === 'upper' && c !== ')') {
    const species = c === '.' && r.isWord(next + 1) && !r.capital(next + 1);
    const joined = c !== '' && r.glued(next) && !'.,;:)]'.includes(c);
    if (endsLabel(r, next) && !species && !joined)
      return { ...base, first: i - 1, last: list.last, frame: 'tail', before: beforeOf(r, i - 1), mention: true };
    return null;
  }
  if (c === '=' && valueAt(r, next + 1)) return null;
  if (r.depth[i] > 0) {
    if (
      (c === ':' || c === '=') &&
      (before === 'strong' || before === 'comma' || before === 'joiner') &&
      alphabet !== 'digit'
    )
      return { ...base, last: next, frame: PUNCTUATION_FRAME[c], before, mention: false };
    if (c !== ')' || alphabet === 'digit' || (alphabet === 'lower' && !r.is(i - 1, ROLE.refer))) return null;
    // `(black arrow, B)`, but not the stain `(H, E)`.
    if (!r.is(i - 1, ROLE.refer) && (r.mark1(i - 1) !== ',' || r.isOpen(i - 3))) return null;
    const first = r.is(i - 1, ROLE.refer) ? i - 1 : i;
    return { ...base, first, last: list.last, frame: 'tail', before: beforeOf(r, first), mention: true };
  }
  if (r.is(i - 1, ROLE.before_letter | ROLE.category) && before === 'text') return null;
  const spaced = next >= r.count || !r.glued(next);
  if (c === ')' && !spaced) return { ...base, last: next, frame: 'half', before, mention: false };
  if (c === ':' || c === '=') {
    if (c === ':' && alphabet === 'digit' && !(clause && !r.isNumber(next + 1))) return null;
    if (before === 'text' && c === '=') return null;
    return clause || before !== 'text' || c === ':'
      ? { ...base, last: next, frame: PUNCTUATION_FRAME[c], before, mention: false }
      : null;
  }
  if (c === '.') {
    if (next + 1 >= r.count || (r.glued(next + 1) && !r.isWord(next + 1))) return null;
    // A number with a full stop ends a sentence as a rule.
    if (alphabet === 'digit' && (!clause || !r.isWord(next + 1))) return null;
    if (before === 'text' && (alphabet === 'digit' || !r.capital(next + 1) || isInitial(r, i))) return null;
    // `D, E. coli`: the letter after the marker is the initial of a species.
    if (
      before === 'comma' &&
      r.words(i - 2, i - 2) === 1 &&
      doc.end[i - 2] - doc.start[i - 2] === 1 &&
      !r.capital(next + 1)
    )
      return null;
    return { ...base, last: next, frame: 'dot', before, mention: false };
  }
  if (c === ',') {
    if (alphabet === 'digit' || !(clause || (before === 'comma' && list.labels.length === 1))) return null;
    return { ...base, last: next, frame: 'comma', before, mention: false };
  }
  if (isDash(c) && r.doc.gap[next] !== GAP_NONE && (clause || before === 'comma')) {
    return alphabet === 'digit' ? null : { ...base, last: next, frame: 'dash', before, mention: false };
  }
  if (c === '' && r.isText(next) && alphabet !== 'digit' && alphabet !== 'roman' && alphabet !== 'sub') {
    const opens = clause || before === 'joiner' || before === 'comma' || (alphabet === 'lower' && r.capital(next));
    if (opens) return { ...base, last: list.last, frame: 'bare', before, mention: false };
  }
  return null;
}

/** `J. Smith`, `E. coli`: an initial stands after a comma, a name or another initial. */
function isInitial(r: Reading, i: number): boolean {
  return r.capital(i) && (r.capital(i - 1) || r.mark1(i - 1) === '.');
}

/** `Left:`, `Left, CT`, `Left panel shows`, `Upper row: ...`. Brackets are read elsewhere. */
function positionFrame(r: Reading, i: number): Candidate | null {
  const label = labelAt(r, i, false);
  if (label === null || label.alphabet !== 'position' || r.depth[i] > 0) return null;
  let first = i;
  let last = label.last;
  const noun = r.is(last + 1, ROLE.panel) || r.is(i, ROLE.line);
  if (r.is(last + 1, ROLE.panel)) last++;
  if (r.is(first - 1, ROLE.determiner)) first--;
  if (r.is(first - 1, ROLE.refer) && noun) first--;
  const before = beforeOf(r, first);
  const base = { first, labels: [label], alphabet: 'position' as const, before, aside: false, ranged: false, noun };
  const c = r.mark1(last + 1);
  // `... are displayed in the left panel.`
  const picture = r.is(last, ROLE.panel) && (!r.is(last, ROLE.line) || r.is(label.first, ROLE.panel));
  if (before === 'text' && first < i && r.is(first, ROLE.refer) && picture && (c === '.' || c === ','))
    return { ...base, last, frame: 'word', mention: false };
  if (before === 'text' || (before === 'joiner' && !noun)) return null;
  if (c === ':') return { ...base, last: last + 1, frame: 'colon', mention: false };
  if (c === ',' && (before === 'start' || before === 'strong'))
    return { ...base, last: last + 1, frame: 'comma', mention: false };
  if (c === '.' && before !== 'comma' && noun) return { ...base, last: last + 1, frame: 'dot', mention: false };
  if (noun && (before === 'start' || before === 'strong')) return { ...base, last, frame: 'word', mention: false };
  return null;
}
