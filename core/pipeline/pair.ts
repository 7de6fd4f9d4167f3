import type { CaptionSplit, ImageSplit } from '../plugin/contract.js';
import { atPlaces, type Place } from './pairPlaces.js';

/** How a figure's panels and its subcaptions were brought together. */
export type PairStatus =
  'matched' | 'matched-by-order' | 'count-mismatch' | 'low-confidence' | 'single' | 'undecodable';

/** Why a pairing is not plain. The whole list. */
export type PairReason =
  /** The picture could not be read. */
  | 'undecodable'
  /** The caption describes the figure as a whole, though the picture falls into panels. */
  | 'caption-not-compound'
  | 'fewer-panels'
  | 'more-panels'
  /** Printed letters and the names in the caption are not the same, or contradict the order. */
  | 'letters-disagree'
  | 'image-unsure'
  | 'caption-unsure'
  | 'paired-by-place';

/** One image of the dataset: a panel, or the whole figure (`panel` null), with its subcaption, or all of the caption (null). */
export interface PairedImage {
  /** Index into the panels. */
  readonly panel: number | null;
  /** Index into the subcaptions. */
  readonly subcaption: number | null;
  /** The panel's name as the caption has it. */
  readonly name: string | null;
}
export interface Pairing {
  readonly status: PairStatus;
  readonly reasons: readonly PairReason[];
  /** Never empty: where the two do not fit, the whole figure with the whole caption. */
  readonly images: readonly PairedImage[];
  /** Boxes of panels that were seen but not used, `[x, y, width, height]`: nothing that was found is lost. */
  readonly proposed: readonly (readonly [number, number, number, number])[];
}

/** Where a panel named by a position word stands, or null for any other name. */
export type PlaceOf = (name: string) => Place | null;

/**
 * Pairs a figure's panels with its subcaptions: by printed letters where they were read, by position words, else in reading
 * order. Pure. A figure is never dropped: where the numbers differ, or both sides are unsure, it stays whole.
 * @param image null where the picture could not be decoded
 */
export function pair(image: ImageSplit | null, caption: CaptionSplit, placeOf: PlaceOf = () => null): Pairing {
  const names = caption.subcaptions.map((s) => s.panel);
  const compound = names.length > 1 || names[0] !== null;
  if (!image || image.status === 'undecodable') return whole('undecodable', ['undecodable'], image);
  if (!compound) {
    if (image.panels.length === 1)
      return { status: 'single', reasons: [], images: [{ panel: 0, subcaption: 0, name: null }], proposed: [] };
    return whole('single', ['caption-not-compound'], image);
  }
  const named = names as readonly string[];
  const byLetter = pairByLetter(image, named);
  if (byLetter) return byLetter;
  if (image.panels.length !== named.length)
    return whole('count-mismatch', [image.panels.length < named.length ? 'fewer-panels' : 'more-panels'], image);
  const byPlace = pairByPlace(image, named, placeOf);
  if (byPlace) return byPlace;
  return pairByOrder(image, caption, named);
}

/** Every panel has a letter, and the letters are the caption's names. */
function pairByLetter(image: ImageSplit, names: readonly string[]): Pairing | null {
  const labels = image.panels.map((p) => p.label);
  if (labels.some((l) => l === null) || new Set(labels).size !== labels.length) return null;
  const order = names.map((name) => labels.findIndex((l) => sameName(l!, name)));
  if (order.includes(-1) || order.length !== labels.length) return null;
  return {
    status: 'matched',
    reasons: [],
    images: order.map((panel, subcaption) => ({ panel, subcaption, name: names[subcaption] })),
    proposed: [],
  };
}

const sameName = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

function pairByPlace(image: ImageSplit, names: readonly string[], placeOf: PlaceOf): Pairing | null {
  const places = names.map(placeOf);
  if (places.some((p) => p === null)) return null;
  const order = atPlaces(image, places as Place[]);
  if (!order) return null;
  return {
    status: 'matched',
    reasons: ['paired-by-place'],
    images: order.map((panel, subcaption) => ({ panel, subcaption, name: names[subcaption] })),
    proposed: [],
  };
}

/** Panels in reading order take the names in their order; letters that were read must not contradict it. */
function pairByOrder(image: ImageSplit, caption: CaptionSplit, names: readonly string[]): Pairing {
  const labels = image.panels.map((p) => p.label);
  const reasons: PairReason[] = [];
  const order = fillByLetters(labels, names);
  if (order === null) return whole('low-confidence', ['letters-disagree'], image);
  if (order.some((panel, i) => panel !== i)) reasons.push('letters-disagree');
  if (image.confidence === 'low') reasons.push('image-unsure');
  if (caption.confidence === 'low') reasons.push('caption-unsure');
  if (reasons.includes('image-unsure') || reasons.includes('caption-unsure'))
    return whole('low-confidence', reasons, image);
  return {
    status: 'matched-by-order',
    reasons,
    images: order.map((panel, subcaption) => ({ panel, subcaption, name: names[subcaption] })),
    proposed: [],
  };
}

/** The panel of each name: its own letter's, the rest in order. Null where a letter is none of the names. */
function fillByLetters(labels: readonly (string | null)[], names: readonly string[]): number[] | null {
  const lettered = names.every((n) => /^\p{L}$/u.test(n));
  if (!lettered) return names.map((_, i) => i);
  const order = names.map((n) => labels.findIndex((l) => l !== null && sameName(l, n)));
  if (labels.some((l, i) => l !== null && !order.includes(i))) return null;
  const free = labels.map((_, i) => i).filter((i) => !order.includes(i));
  return order.map((panel) => (panel >= 0 ? panel : free.shift()!));
}

/** The whole figure with the whole caption; the panels become proposals. */
function whole(status: PairStatus, reasons: readonly PairReason[], image: ImageSplit | null): Pairing {
  const panels = image?.panels ?? [];
  return {
    status,
    reasons,
    images: [{ panel: null, subcaption: null, name: null }],
    proposed: panels.length > 1 ? panels.map(({ x, y, width, height }) => [x, y, width, height] as const) : [],
  };
}
