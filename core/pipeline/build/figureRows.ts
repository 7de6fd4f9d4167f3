import { basename } from 'node:path';
import type { Figure } from '../../article/types.js';
import type { Box, CaseFigure, FigureRow, ImageRow } from '../../dataset/rows.js';
import type { Raster } from '../../image/raster.js';
import type { ImageSplit } from '../../plugin/contract.js';
import type { PairedImage, Pairing } from '../pair.js';
import type { FigureJob, BuildTools } from './buildFigure.js';
import type { FigureFile } from './figureFiles.js';
import type { CaptionPart, CaptionReading } from './readCaption.js';
import type { WrittenImage } from './writeImage.js';

const RANK = { high: 2, medium: 1, low: 0 } as const;
type Confidence = keyof typeof RANK;

/** The name of an image inside its figure. */
export interface Component {
  /** As the column has it. */
  readonly name: string;
  /** As part of a file's name, and of the image's id. */
  readonly file: string;
}

/** The names of a figure's images; two that would be one file are told apart by a number. */
export function componentsOf({ images }: Pairing): Component[] {
  const seen = new Map<string, number>();
  return images.map(({ name }) => {
    const own = name?.toLowerCase() ?? 'undivided';
    const safe = own.replace(/[^\p{L}\p{N}]+/gu, '-');
    const times = (seen.get(safe) ?? 0) + 1;
    seen.set(safe, times);
    return { name: own, file: times === 1 ? safe : `${safe}-${times}` };
  });
}

export function figureRow(
  { article, figure, figureId, cases, file }: FigureJob,
  reading: CaptionReading,
  split: ImageSplit | null,
  raster: Raster | null,
  pairing: Pairing,
  found: boolean,
): FigureRow {
  const boxes = pairing.proposed.map(([x, y, width, height]) => ({ x, y, width, height }));
  const own = found ? [...pairing.reasons, ...(split?.reasons ?? [])] : [whyMissing(figure, file)];
  const reasons = [...own, ...reading.split.reasons, ...(file && file.rivals.length > 0 ? ['several-files'] : [])];
  return {
    figure_id: figureId,
    article_id: article.article_id,
    case_ids: cases.map((c) => c.case_id),
    label: figure.label,
    caption: figure.caption,
    main_image: mainImage(figure, file),
    width: raster?.width ?? null,
    height: raster?.height ?? null,
    status: found ? pairing.status : 'missing',
    reasons: [...new Set(reasons)],
    caption_confidence: reading.split.confidence,
    image_confidence: raster ? (split?.confidence ?? null) : null,
    subcaption_amount: reading.parts.length,
    panel_amount: raster ? (split?.panels.length ?? null) : null,
    proposed_boxes: boxes,
    labels: reading.labels,
    entities: reading.entities,
    license: article.license,
  };
}

/** Why a figure has no picture. */
function whyMissing(figure: Figure, file: FigureFile | null): 'file-lost' | 'no-file-named' | 'file-not-found' {
  if (file !== null) return 'file-lost';
  return figure.file === null ? 'no-file-named' : 'file-not-found';
}

/** The name of the file that was found, else as the article has it. */
const mainImage = (figure: Figure, file: FigureFile | null): string | null =>
  file ? basename(file.path) : figure.file;

export interface ImageParts {
  readonly reading: CaptionReading;
  readonly split: ImageSplit | null;
  readonly pairing: Pairing;
  readonly paired: PairedImage;
  readonly box: Box | null;
  readonly image: WrittenImage | null;
  readonly component: Component;
  readonly found: boolean;
}

export function imageRow(tools: BuildTools, job: FigureJob, parts: ImageParts): ImageRow {
  const { article, figure, figureId, cases, file } = job;
  const { reading, split, pairing, paired, box, image, component, found } = parts;
  const part: CaptionPart = paired.subcaption === null ? wholeOf(reading) : reading.parts[paired.subcaption];
  const evidence = part.entities.filter((e) => e.assertion === 'present').map((e) => e.labels);
  const mentions = cases.flatMap((c) => mentionsIn(c.figures, figureId));
  return {
    image_id: `${figureId}_${component.file}`,
    file: image?.file ?? null,
    main_image: mainImage(figure, file),
    image_component: component.name,
    figure_id: figureId,
    article_id: article.article_id,
    case_id: cases[0]?.case_id ?? null,
    case_ids: cases.map((c) => c.case_id),
    license: article.license,
    file_size: image?.size ?? null,
    width: image ? (box?.width ?? null) : null,
    height: image ? (box?.height ?? null) : null,
    box: image ? box : null,
    caption: part.text,
    caption_ranges: part.ranges,
    case_substring: [...new Set(tools.mentionsOf(mentions, paired.name))],
    status: found ? pairing.status : 'missing',
    confidence: image && split ? lower(reading.split.confidence, split.confidence) : 'low',
    labels: part.labels,
    ...tools.kinds.read(part.labels, evidence, part.compounds),
    entities: part.entities,
  };
}

/** The caption as a whole, for a figure that stays whole. */
function wholeOf({ caption, length, parts, labels, compounds, entities }: CaptionReading): CaptionPart {
  if (parts.length === 1) return parts[0];
  return { panel: null, text: caption, ranges: [{ start: 0, end: length }], labels, compounds, entities };
}

const mentionsIn = (figures: readonly CaseFigure[], figureId: string): readonly string[] =>
  figures.find((f) => f.figure_id === figureId)?.mentions ?? [];

const lower = (a: Confidence, b: Confidence): Confidence => (RANK[a] <= RANK[b] ? a : b);
