const PICTURE = /\.(?:jpe?g|png|gif|tiff?|webp|bmp|svg|avif)$/i;
/** Formats in the order in which they are taken where a figure is there in several. */
const PREFERRED = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'tif', 'tiff', 'bmp', 'svg', 'avif'];
const LONGEST = 200;

export const isPictureName = (name: string): boolean => PICTURE.test(name);

/**
 * A name under which a file of a service can be written: without folders, without what a file system or a shell takes
 * for something else. Null where nothing is left of it.
 */
export function safeName(name: string): string | null {
  const base = name.replace(/^.*[\\/]/, '').normalize('NFC');

  const clean = base.replace(/[\u0000-\u001F\u007F<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  return clean === '' || clean.length > LONGEST ? null : clean;
}

/** How a figure's name in an article and a file's name are compared: no folder, no extension of a picture, no case. */
export const figureStem = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(PICTURE, '')
    .toLowerCase();

/**
 * For each figure file that an article names, the file among `names` that is it: the very name, else the same stem
 * (`gr1` is `gr1.jpg`), else the stem of its large version (`gr1_lrg.jpg`).
 *
 * @returns the name in `names` for each of `wanted` that is there
 */
export function figureFiles(wanted: readonly string[], names: readonly string[]): ReadonlyMap<string, string> {
  const byStem = new Map<string, string[]>();
  for (const name of names) {
    if (!isPictureName(name)) continue;
    const stem = figureStem(name);
    byStem.set(stem, [...(byStem.get(stem) ?? []), name]);
  }
  const chosen = new Map<string, string>();
  for (const want of wanted) {
    const stem = figureStem(want);
    const candidates = byStem.get(stem) ?? byStem.get(`${stem}_lrg`);
    if (!candidates) continue;
    const base = want.replace(/^.*[\\/]/, '').toLowerCase();
    const same = candidates.find((name) => name.replace(/^.*[\\/]/, '').toLowerCase() === base);
    chosen.set(want, same ?? [...candidates].sort((a, b) => rank(a) - rank(b))[0]);
  }
  return chosen;
}

const rank = (name: string): number => PREFERRED.indexOf(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
