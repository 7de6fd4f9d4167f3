import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Article, Figure } from '../../article/types.js';
import type { KindReader } from '../../dataset/build/kinds.js';
import { imageFolder, safeName } from '../../dataset/layout.js';
import type { Box, CaseFigure, CaseRow, FigureRow, ImageRow } from '../../dataset/rows.js';
import type { Engine } from '../../engine.js';
import { decode } from '../../image/decode.js';
import type { Raster } from '../../image/raster.js';
import type { ImageSplit } from '../../plugin/contract.js';
import { PluginError } from '../../plugin/pluginError.js';
import { pair, type PairedImage, type Pairing, type PlaceOf } from '../pair.js';
import type { BuildReject, BuildStage, UsedFile } from './journalEntry.js';
import type { FigureFile } from './figureFiles.js';
import type { MentionsOf } from './panelMentions.js';
import { readCaption, unreadCaption, type CaptionPart, type CaptionReading } from './readCaption.js';
import type { Stopwatch } from './stopwatch.js';
import { DiskError, writeImage, type WrittenImage } from './writeImage.js';

/** What figures are worked on with: made once for each engine. */
export interface FigureTools {
  readonly engine: Engine;
  readonly placeOf: PlaceOf;
  readonly mentionsOf: MentionsOf;
  readonly kinds: KindReader;
  readonly watch: Stopwatch;
  /** The dataset's folder. */
  readonly output: string;
  /** Says that something was finished, for a watchdog. */
  readonly beat: () => void;
}
/** A figure with what the build knows of it. */
export interface FigureJob {
  readonly article: Article;
  readonly figure: Figure;
  /** As rows have it. */
  readonly figureId: string;
  readonly cases: readonly CaseRow[];
  readonly file: FigureFile | null;
}
export interface BuiltFigure {
  readonly row: FigureRow;
  readonly images: readonly ImageRow[];
  readonly written: readonly WrittenImage[];
  readonly used: UsedFile | null;
  readonly rejects: readonly BuildReject[];
}

const RANK = { high: 2, medium: 1, low: 0 } as const;
type Confidence = keyof typeof RANK;

/**
 * Makes the rows and picture files of a figure: caption first; its panels tell the image splitter how many to expect, and
 * where the caption is unsure the picture's own count goes back to it, once. Whatever fails leaves a row with its status.
 *
 * @throws DiskError where a picture cannot be written
 */
export async function buildFigure(tools: FigureTools, job: FigureJob): Promise<BuiltFigure> {
  const { watch } = tools;
  const rejects: BuildReject[] = [];
  const reject = (stage: BuildStage, file: string, error: unknown): void => {
    rejects.push({ file, stage, error: `${job.figureId}: ${sentence(error)}` });
  };
  const picture =
    job.file &&
    (await watch.time('read', () => load(job.file!.path, (error) => reject('figure-file', job.file!.path, error))));
  const path = job.file?.path ?? '';
  let reading = watch.time('label', () =>
    readOrReject(tools.engine, job, (error) =>
      reject(error instanceof PluginError ? error.slot : 'label', job.article.file, error),
    ),
  );
  let split: ImageSplit | null = null;
  let raster: Raster | null = null;
  if (picture) {
    try {
      const splitter = tools.engine.processor('image-splitter');
      const look = (expectedPanels?: number): Promise<ImageSplit> =>
        watch.time('split', () => splitter.split({ file: basename(path), bytes: picture.bytes, expectedPanels }));
      if (reading.split.confidence === 'low' && rejects.length === 0) {
        split = await look();
        const count = split.panels.length;
        reading = watch.time('label', () => readCaption(tools.engine, job.figure.caption, count));
        const named = panelsOf(reading);
        if (named !== undefined && split.status !== 'undecodable') split = await look(named);
      } else split = await look(panelsOf(reading));
      if (split.status !== 'undecodable') {
        raster = await watch.time('split', async () => (await decode(basename(path), picture.bytes)).raster);
      } else reject('image-splitter', path, 'the picture cannot be decoded');
    } catch (error) {
      reject('image-splitter', path, error);
      split = null;
    }
  }
  tools.beat();
  const pairing = pair(split, reading.split, tools.placeOf);
  const written: WrittenImage[] = [];
  const images: ImageRow[] = [];
  const components = componentsOf(pairing);
  for (const [i, paired] of pairing.images.entries()) {
    const box = raster && split ? boxOf(paired, split, raster) : null;
    let image: WrittenImage | null = null;
    if (box && raster) {
      const name = `${imageFolder(job.article.article_id)}/${safeName(job.figureId)}_${components[i].file}_${i + 1}_${pairing.images.length}`;
      const pixels = raster;
      image = await watch
        .time('write', () => writeImage(pixels, box, tools.output, name))
        .catch((error: unknown) => {
          if (error instanceof DiskError) throw error;
          reject('crop', path, error);
          return null;
        });
      if (image) written.push(image);
      tools.beat();
    }
    images.push(
      imageRow(tools, job, {
        reading,
        split,
        pairing,
        paired,
        box,
        image,
        component: components[i],
        found: picture !== null,
      }),
    );
  }
  return {
    row: figureRow(job, reading, split, raster, pairing, picture !== null),
    images,
    written,
    used: picture && picture.used,
    rejects,
  };
}

interface LoadedFile {
  readonly bytes: Uint8Array;
  readonly used: UsedFile;
}

/** Reads a figure's file; null where it is gone or may not be read. */
async function load(path: string, refuse: (error: unknown) => void): Promise<LoadedFile | null> {
  try {
    const before = await stat(path);
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bytes, used: { path, size: bytes.length, mtime: before.mtimeMs, sha256 } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    refuse(
      code === 'ENOENT'
        ? new Error('the figure file disappeared while the build ran')
        : new Error(`the figure file cannot be read (${code ?? 'unknown reason'})`),
    );
    return null;
  }
}

function readOrReject(engine: Engine, { figure }: FigureJob, refuse: (error: unknown) => void): CaptionReading {
  try {
    return readCaption(engine, figure.caption);
  } catch (error) {
    refuse(error);
    return unreadCaption(figure.caption);
  }
}

/** How many panels the caption names, or undefined where it is not compound. */
function panelsOf({ parts }: CaptionReading): number | undefined {
  return parts.length > 1 || parts[0].panel !== null ? parts.length : undefined;
}

/** What is cut out for an image: the panel's content, border off. */
function boxOf({ panel }: PairedImage, split: ImageSplit, raster: Raster): Box {
  if (panel === null) return { x: 0, y: 0, width: raster.width, height: raster.height };
  const { x, y, width, height, cell } = split.panels[panel];
  // Of a drawing on white the border is hard to tell from its outermost words: nothing is taken off.
  if (split.reasons.includes('sparse-figure')) return { x: cell[0], y: cell[1], width: cell[2], height: cell[3] };
  return { x, y, width, height };
}

interface Component {
  /** As the column has it. */
  readonly name: string;
  /** As part of a file's name, and of the image's id. */
  readonly file: string;
}

/** The names of a figure's images; two that would be one file are told apart by a number. */
function componentsOf({ images }: Pairing): Component[] {
  const seen = new Map<string, number>();
  return images.map(({ name }) => {
    const own = name?.toLowerCase() ?? 'undivided';
    const safe = own.replace(/[^\p{L}\p{N}]+/gu, '-');
    const times = (seen.get(safe) ?? 0) + 1;
    seen.set(safe, times);
    return { name: own, file: times === 1 ? safe : `${safe}-${times}` };
  });
}

function figureRow(
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

interface ImageParts {
  readonly reading: CaptionReading;
  readonly split: ImageSplit | null;
  readonly pairing: Pairing;
  readonly paired: PairedImage;
  readonly box: Box | null;
  readonly image: WrittenImage | null;
  readonly component: Component;
  readonly found: boolean;
}

function imageRow(tools: FigureTools, job: FigureJob, parts: ImageParts): ImageRow {
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

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
