import { foldWord } from '../../text/index.js';
import type { CaseFigure, ImageRow } from '../rows.js';

/** An image as a text refers to it. */
export type TokenImage = Pick<ImageRow, 'image_id' | 'figure_id' | 'image_component' | 'file'>;

/** A text with tokens in place of mentions of figures. */
export interface TokenText {
  readonly text: string;
  /** One for each token, in the order of the text. */
  readonly images: readonly TokenImage[];
}

/** `{file}` is the name of the picture's file, `{image_id}` its id. */
export const DEFAULT_TOKEN = '<{file}>';

/**
 * Replaces the mentions of figures in a text of a case by tokens of their images. A mention is replaced only where no
 * letter or digit stands directly before or after it, the longest first, so that `Fig. 1` is never cut out of `Fig. 10`
 * or `Fig. 1A`. A mention with panels (`Fig. 1A`, `Fig. 2a-c`, `Fig. 3B, D`) becomes the tokens of these; one without,
 * those of all panels; one of several figures (`Figs. 1-3`), those of all of them. The `2` of `Figs. 1 and 2` is
 * replaced only where it goes on with such a list. Mentions of figures and panels that are not in `images` stay as they are.
 *
 * @param figures of the case, with the words that mention them
 * @param images those of the subset; their order is kept
 */
export function replaceMentions(
  text: string,
  figures: readonly CaseFigure[],
  images: readonly TokenImage[],
  token = DEFAULT_TOKEN,
): TokenText {
  const shows = shownBy(figures, images);
  const places: Place[] = [];
  // A mention that shows nothing still takes its place, so that no shorter one is found inside it.
  const mentions = [...shows.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const wholes = (mention: string): Place[] => wholePlaces(text, mention, shows.get(mention)!);
  const take = (place: Place): unknown => isFree(place, places) && places.push(place);
  mentions
    .filter((mention) => !BARE.test(mention))
    .flatMap(wholes)
    .forEach(take);
  // From left to right, since each goes on from the one before; the longest first where several start.
  const bare = mentions.filter((mention) => BARE.test(mention)).flatMap(wholes);
  for (const place of bare.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (places.some(({ end }) => end < place.start && LIST.test(text.slice(end, place.start)))) take(place);
  }
  places.sort((a, b) => a.start - b.start);
  let replaced = '';
  let done = 0;
  const used: TokenImage[] = [];
  for (const place of places) {
    if (place.images.length === 0) continue;
    replaced += text.slice(done, place.start) + place.images.map((image) => tokenOf(image, token)).join(' ');
    used.push(...place.images);
    done = place.end;
  }
  return { text: replaced + text.slice(done), images: used };
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly images: readonly TokenImage[];
}

/** A mention that goes on with a list: the `2` of `Figs. 1 and 2`. The same number elsewhere is a dose or an hour. */
const BARE = /^(?:S?\d|[IVX]+(?!\p{L}))/u;
/** What stands between the items of a list: commas and the like, one short word (and, et, und). */
const LIST = /^\)?\s*(?:[,;&/+]\s*(?:\p{L}{1,3}(?=[\s(]))?|\p{L}{1,3}(?=[\s(]))\s*\(?$/u;

/** The images that each mention shows. Several figures may have a mention in common: `Figs. 1-3`. */
function shownBy(figures: readonly CaseFigure[], images: readonly TokenImage[]): Map<string, readonly TokenImage[]> {
  const shows = new Map<string, readonly TokenImage[]>();
  for (const { figure_id, mentions } of figures) {
    const own = images.filter((image) => image.figure_id === figure_id);
    for (const mention of new Set(mentions)) {
      if (mention.trim() !== '') shows.set(mention, [...(shows.get(mention) ?? []), ...shown(mention, own)]);
    }
  }
  return shows;
}

function wholePlaces(text: string, mention: string, images: readonly TokenImage[]): Place[] {
  const places: Place[] = [];
  for (let start = text.indexOf(mention); start >= 0; start = text.indexOf(mention, start + 1)) {
    const end = start + mention.length;
    if (isWhole(text, start, end)) places.push({ start, end, images });
  }
  return places;
}

const isFree = ({ start, end }: Place, places: readonly Place[]): boolean =>
  places.every((place) => end <= place.start || place.end <= start);

const tokenOf = ({ file, image_id }: TokenImage, token: string): string =>
  token.replace(/\{(file|image_id)\}/g, (_, name: string) =>
    name === 'file' ? (file ?? image_id).replace(/^.*\//, '') : image_id,
  );

const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** Whether a place is not part of a longer word or number: `Fig. 1` of `Fig. 1.5`, `Fig. 1-3` neither. */
function isWhole(text: string, start: number, end: number): boolean {
  const [first, last] = [text[start], text[end - 1]];
  if (start > 0 && ALPHANUMERIC.test(first) && ALPHANUMERIC.test(text[start - 1])) return false;
  if (end < text.length && ALPHANUMERIC.test(last) && ALPHANUMERIC.test(text[end])) return false;
  return !/^(?:[.,]\d|[-\u2010-\u2015](?:\d|\p{L}(?![\p{L}\p{N}])))/u.test(text.slice(end, end + 4));
}

/** The panels that end a mention: what stands behind its last number. Digits-only names of panels cannot be told from numbers. */
const PANELS = /\d\s*[(,:]?\s*(\p{L}\d?(?:\s*(?:[-\u2010-\u2015,&/;+]|\p{L}{2,})\s*\p{L}\d?)*)\s*\)?$/u;

/** The images that a mention shows: those of its panels, or all where it names none. */
function shown(mention: string, images: readonly TokenImage[]): readonly TokenImage[] {
  const match = PANELS.exec(mention.trim());
  if (!match) return images;
  const named = panelsOf(match[1]);
  const whole = images.filter((image) => image.image_component === 'undivided');
  return whole.length > 0 ? whole : images.filter((image) => named.has(foldWord(image.image_component)));
}

/** `A, C-E` is a, c, d, e. */
function panelsOf(words: string): ReadonlySet<string> {
  const panels = new Set<string>();
  const pieces = words.toLowerCase().match(/(?<!\p{L})\p{L}\d?(?!\p{L})|[-\u2010-\u2015]/gu) ?? [];
  let from: string | undefined;
  let range = false;
  for (const piece of pieces) {
    if (/^\p{L}/u.test(piece)) {
      if (range && from !== undefined) {
        for (let code = from.codePointAt(0)! + 1; code < piece.codePointAt(0)!; code++)
          panels.add(String.fromCodePoint(code));
      }
      panels.add(piece);
      from = piece;
      range = false;
    } else range = true;
  }
  return panels;
}
