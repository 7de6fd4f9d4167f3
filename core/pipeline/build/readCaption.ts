import type { EntityCell, Range } from '../../dataset/rows.js';
import type { Engine } from '../../engine.js';
import { toRecord } from '../../label/print.js';
import type { CaptionSplit } from '../../plugin/contract.js';

/** What a caption says of one panel; offsets are code points of the caption. */
export interface CaptionPart {
  readonly panel: string | null;
  readonly text: string;
  readonly ranges: readonly Range[];
  readonly labels: readonly string[];
  readonly compounds: readonly string[];
  readonly entities: readonly EntityCell[];
}

/** A caption that was labelled, as rows hold it. */
export interface CaptionReading {
  readonly caption: string;
  /** Length in code points. */
  readonly length: number;
  readonly split: CaptionSplit;
  readonly parts: readonly CaptionPart[];
  readonly labels: readonly string[];
  readonly compounds: readonly string[];
  readonly entities: readonly EntityCell[];
}

/**
 * Labels a caption and copies what rows need of it.
 * @param expectedPanels what the picture seems to have, for a caption that is not sure
 */
export function readCaption(engine: Engine, caption: string, expectedPanels?: number): CaptionReading {
  const labelling = engine.read(caption, expectedPanels);
  const { taxonomy } = engine.labeller.pack;
  const record = toRecord(labelling, taxonomy);
  const { sentences } = labelling.doc;
  const entities = record.entities.map((entity, i): EntityCell => {
    const { start } = labelling.found[i].hit;
    const sentence = sentences.findIndex((s) => start < s.end);
    return {
      start: entity.start,
      end: entity.end,
      text: entity.text,
      entity: entity.entity,
      value: entity.value,
      labels: entity.labels,
      assertion: entity.assertion,
      codes: Object.entries(entity.codes)
        .map(([vocabulary, code]) => `${vocabulary}:${code}`)
        .sort(),
      confidence: entity.confidence,
      sentence: sentence < 0 ? Math.max(0, sentences.length - 1) : sentence,
      pack: entity.origin.pack,
      rule: entity.origin.rule,
      at: entity.origin.at,
      cue: entity.origin.cue?.text ?? null,
    };
  });
  const parts = record.subcaptions.map((part, i): CaptionPart => ({
    panel: part.panel,
    text: part.text,
    ranges: part.ranges.map(([start, end]) => ({ start, end })),
    labels: part.labels,
    compounds: taxonomy.idsOf(labelling.parts[i].resolution.compounds),
    entities: part.entities.map((k) => entities[k]),
  }));
  return {
    caption,
    length: [...caption].length,
    split: labelling.split,
    parts,
    labels: record.labels,
    compounds: record.compounds ?? [],
    entities,
  };
}

/** A caption that could not be read, whole and without labels. */
export const unreadCaption = (caption: string): CaptionReading => {
  const length = [...caption].length;
  const part: CaptionPart = {
    panel: null,
    text: caption,
    ranges: [{ start: 0, end: length }],
    labels: [],
    compounds: [],
    entities: [],
  };
  const split: CaptionSplit = {
    subcaptions: [{ panel: null, text: caption, ranges: [{ start: 0, end: caption.length }] }],
    confidence: 'low',
    reasons: [],
    markers: [],
  };
  return { caption, length, split, parts: [part], labels: [], compounds: [], entities: [] };
};
