import type { Region } from '../../../core/image/raster.js';
import type { Tables } from '../tables.js';
import { type Component, findComponents } from './components.js';
import { matchGlyphs } from './match.js';

/** A patch that may be a panel's letter. */
export interface Candidate extends Region {
  readonly dark: boolean;
  /** `A` or `a`. */
  readonly letter: string;
  readonly score: number;
  /** Height to a part of a pixel. */
  readonly tall: number;
  /** Height that a capital of this size has. */
  readonly capital: number;
  /** A bracket stands beside it, as in `(a)` or `a)`. */
  readonly bracketed: boolean;
}

/** The letters of a figure's panels: `A`, `B`, `C` … or `a`, `b`, `c` …, all of one size. */
export interface Letters {
  /** None is left out between A and the last. */
  readonly complete: boolean;
  readonly letters: readonly Candidate[];
  /** Mean fit, 0 to 1. */
  readonly score: number;
}

/** Fit of a letter by which others are measured. */
const SEED = 0.8;
/** Fit below which a patch is nothing. */
const LEAST = 0.72;
/** Luminance by which patches are told from what is around them, from the mildest to the strictest. */
const DARK_BELOW: readonly number[] = [150, 100, 50];
const LIGHT_ABOVE: readonly number[] = [150, 215];
const LAST = 16;
/** Fit that is asked of a letter that stands neither in row nor in column with those before it. */
const UNALIGNED = 0.86;
/** Patches of one size for each letter read, from which they are words or a texture. */
const CROWD = 2.5;
/** Small letters without a stem are lower than capitals. */
const LOW = new Set(['a', 'c', 'e', 'm', 'n', 'o']);
const LOW_TO_CAPITAL = 0.74;
/** Characters that look the same in both cases but for their size. */
const SAME = new Set(['c', 'k', 'o', 'p']);

/** Isolated patches that look more like a letter A to P than like anything else. */
export function findCandidates(t: Tables): Candidate[] {
  const long = Math.max(t.width, t.height);
  const size = { minHeight: Math.max(6, 0.007 * long), maxHeight: Math.max(14, 0.075 * long) };
  const found: Candidate[] = [];
  for (const dark of [true, false]) {
    const limits = dark ? DARK_BELOW : LIGHT_ABOVE.map((limit) => limit + 1);
    const seen = new Set<string>();
    for (const patches of findComponents(t.luminance, t.width, t.height, dark, limits, size))
      for (const patch of isolated(patches, t.width)) {
        // The same patch at a stricter limit.
        const key = `${patch.x0 >> 1} ${patch.y0 >> 1} ${patch.x1 >> 1} ${patch.y1 >> 1}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push(...readingsOf(t, patch));
      }
  }
  return found;
}

/** The letters that a patch may be: those that fit it nearly as well as the best character. */
function readingsOf(t: Tables, patch: Component & { readonly bracketed: boolean }): Candidate[] {
  const match = matchGlyphs(t, patch);
  if (!match || match.scores.size === 0) return [];
  const { scores, tall } = match;
  const best = Math.max(...scores.values());
  if (best < LEAST) return [];
  const { x0, y0, x1, y1, dark, bracketed } = patch;
  return [...scores].flatMap(([letter, score]) => {
    const code = letter.toUpperCase().charCodeAt(0) - 65;
    if (code < 0 || code >= LAST || score < LEAST || score < best - 0.06) return [];
    return [
      { x0, y0, x1, y1, dark, letter, score, tall, capital: LOW.has(letter) ? tall / LOW_TO_CAPITAL : tall, bracketed },
    ];
  });
}

/** Drops patches that stand in a word: with a neighbour of their height close by. Brackets and full stops do not count. */
function isolated(patches: readonly Component[], width: number): (Component & { readonly bracketed: boolean })[] {
  const cell = 64;
  const across = Math.ceil(width / cell) + 1;
  const grid = new Map<number, Component[]>();
  const key = (x: number, y: number) => Math.floor(y / cell) * across + Math.floor(x / cell);
  for (const p of patches)
    for (let x = p.x0; x < p.x1 + cell; x += cell) {
      const k = key(Math.min(x, p.x1), p.y0);
      const list = grid.get(k);
      if (!list) grid.set(k, [p]);
      else if (!list.includes(p)) list.push(p);
    }
  return patches.flatMap((p) => {
    const tall = p.y1 - p.y0;
    const gap = 0.55 * tall;
    let bracketed = false;
    for (let y = p.y0 - tall - cell; y <= p.y1 + cell; y += cell)
      for (let x = p.x0 - gap - cell; x <= p.x1 + gap + cell; x += cell)
        for (const q of grid.get(key(Math.max(0, x), Math.max(0, y))) ?? []) {
          if (inWord(p, q, tall, gap)) return [];
          bracketed ||= isBracket(p, q, tall, gap);
        }
    return [{ ...p, bracketed }];
  });
}

/** A thin patch, taller than the letter and reaching below it as no `l` does. */
function isThinAndDeep(p: Component, q: Component, tall: number): boolean {
  const height = q.y1 - q.y0;
  return q.x1 - q.x0 < 0.42 * height && height > 1.05 * tall && q.y1 - p.y1 >= Math.max(1, 0.07 * tall);
}

/** A bracket close by on the right. */
function isBracket(p: Component, q: Component, tall: number, gap: number): boolean {
  const distance = q.x0 - p.x1;
  return (
    p.dark === q.dark &&
    isThinAndDeep(p, q, tall) &&
    q.y1 - q.y0 < 2.2 * tall &&
    distance >= -1 &&
    distance < gap &&
    q.y0 < p.y1 &&
    p.y0 < q.y1
  );
}

function inWord(p: Component, q: Component, tall: number, gap: number): boolean {
  if (p === q || p.dark !== q.dark) return false;
  const height = q.y1 - q.y0;
  if (height < 0.55 * tall || height > 1.6 * tall) return false;
  if (Math.min(p.y1, q.y1) - Math.max(p.y0, q.y0) < 0.5 * Math.min(tall, height)) return false;
  if (isThinAndDeep(p, q, tall)) return false;
  const distance = Math.max(q.x0 - p.x1, p.x0 - q.x1);
  return distance >= -1 && distance < gap;
}

/** The best set of letters of one size and case, most of them from A to its last, or null where there are not even two. */
export function readLetters(t: Tables): Letters | null {
  const candidates = findCandidates(t);
  let best: { letters: Candidate[]; worth: number; last: number } | null = null;
  for (const seed of candidates) {
    if (seed.score < SEED) continue;
    const small = isSmall(seed);
    const alike = candidates.filter(
      (c) =>
        c.bracketed === seed.bracketed &&
        (isSmall(c) === small || SAME.has(c.letter.toLowerCase())) &&
        Math.abs(Math.log(sizeAs(c, small) / seed.capital)) < 0.14,
    );
    const crowd = new Set(alike.map(({ x0, x1, y0, y1 }) => `${(x0 + x1) >> 3} ${(y0 + y1) >> 3}`)).size;
    const letters: Candidate[] = [];
    let worth = 0;
    let missing = 0;
    for (let i = 0; i < LAST; i++) {
      const next = pick(alike, String.fromCharCode(65 + i), letters.length > 0 ? letters : [seed]);
      if (!next) {
        // One letter in three may be unreadable where it stands on a picture.
        if (++missing > 1 + i / 3) break;
        worth -= 0.25;
        continue;
      }
      letters.push(next);
      worth += next.score - 0.7;
      if (crowd > CROWD * letters.length + 2) continue;
      if (letters.length > 1 && letters.length >= 0.65 * (i + 1) && (!best || worth > best.worth))
        best = { letters: [...letters], worth, last: i };
    }
  }
  if (!best) return null;
  const { letters, last } = best;
  return {
    letters,
    complete: letters.length === last + 1,
    score: letters.reduce((a, b) => a + b.score, 0) / letters.length,
  };
}

const isSmall = (c: Candidate): boolean => c.letter === c.letter.toLowerCase();

function sizeAs(c: Candidate, small: boolean): number {
  return small && LOW.has(c.letter.toLowerCase()) ? c.tall / LOW_TO_CAPITAL : isSmall(c) === small ? c.capital : c.tall;
}

/** The candidate for a letter that fits best and, among nearly equals, stands in line with those before it. */
function pick(candidates: readonly Candidate[], letter: string, before: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  let most = -1;
  for (const c of candidates) {
    if (
      c.letter.toUpperCase() !== letter ||
      before.some((b) => b !== c && b.x0 < c.x1 && c.x0 < b.x1 && b.y0 < c.y1 && c.y0 < b.y1)
    )
      continue;
    const near = Math.max(3, 0.4 * c.capital);
    const inRow = before.some((b) => b !== c && Math.abs(b.y1 - c.y1) < near);
    const inColumn = before.some((b) => b !== c && Math.abs(b.x0 - c.x0) < near);
    if (!inRow && !inColumn && c.score < UNALIGNED) continue;
    const worth = c.score + (inRow || inColumn ? 0.1 : 0) + (c.dark === before[0].dark ? 0.02 : 0);
    if (worth > most) {
      most = worth;
      best = c;
    }
  }
  return best;
}
