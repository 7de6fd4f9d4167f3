import type { Region } from '../../core/image/raster.js';
import { lettersIn } from './letterEvidence.js';
import type { Letters } from './letters/read.js';

/** The letter of each panel, upper case, or null: a panel has one only where exactly one stands in its cell. */
export function labelPanels(cells: readonly Region[], letters: Letters | null): (string | null)[] {
  if (!letters) return cells.map(() => null);
  return cells.map((cell) => {
    const own = lettersIn(letters.letters, cell);
    return own.length === 1 ? own[0].letter.toUpperCase() : null;
  });
}

/** How the letters that were given agree with the order in which panels are read. */
export function lettersAgree(labels: readonly (string | null)[]): boolean {
  const given = labels.filter((l) => l !== null);
  return given.every((l, i) => i === 0 || l > given[i - 1]);
}
