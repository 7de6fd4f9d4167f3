import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Article, Figure } from '../../article/types.js';
import type { KindReader } from '../../dataset/build/kinds.js';
import { imageFolder, safeName } from '../../dataset/layout.js';
import type { Box, CaseRow, FigureRow, ImageRow } from '../../dataset/rows.js';
import type { Engine } from '../../engine.js';
import { decode } from '../../image/decode.js';
import type { Raster } from '../../image/raster.js';
import type { ImageSplit } from '../../plugin/contract.js';
import { PluginError } from '../../plugin/pluginError.js';
import { pair, type PairedImage, type PlaceOf } from '../pair.js';
import { allOrNone } from './allOrNone.js';
import type { BuildReject, BuildStage, UsedFile } from './journalEntry.js';
import type { FigureFile } from './figureFiles.js';
import { componentsOf, figureRow, imageRow, type Component } from './figureRows.js';
import type { MentionsOf } from './panelMentions.js';
import { readCaption, unreadCaption, type CaptionReading } from './readCaption.js';
import type { SpecialtiesOf } from './specialties.js';
import type { Stopwatch } from './stopwatch.js';
import { DiskError, writeImage, type WrittenImage } from './writeImage.js';

/** What articles and their figures are worked on with: made once for each engine. */
export interface BuildTools {
  readonly engine: Engine;
  readonly placeOf: PlaceOf;
  readonly mentionsOf: MentionsOf;
  readonly specialtiesOf: SpecialtiesOf;
  readonly kinds: KindReader;
  readonly watch: Stopwatch;
  /** The dataset's folder. */
  readonly output: string;
  /** Pictures are encoded together, and while the next figure is looked at: where more than one core may be used. */
  readonly together: boolean;
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

/** What was found in a figure and its caption, before anything is written. */
export interface SeenFigure {
  readonly job: FigureJob;
  readonly reading: CaptionReading;
  readonly split: ImageSplit | null;
  /** Null where there is no picture, or none that can be decoded. */
  readonly raster: Raster | null;
  readonly used: UsedFile | null;
  readonly rejects: readonly BuildReject[];
}

/**
 * Looks at a figure: caption first; its panels tell the image splitter how many to expect, and where the caption is unsure the
 * picture's own count goes back to it, once. Whatever fails is a reject, and the figure goes on without it.
 */
export async function seeFigure({ engine, watch, beat }: BuildTools, job: FigureJob): Promise<SeenFigure> {
  const rejects: BuildReject[] = [];
  const reject = (stage: BuildStage, file: string, error: unknown): void => {
    rejects.push(rejectOf(job, stage, file, error));
  };
  const path = job.file?.path ?? '';
  const picture =
    job.file && (await watch.time('read', () => load(path, (error) => reject('figure-file', path, error))));
  let reading = watch.time('label', () =>
    readOrReject(engine, job, (error) =>
      reject(error instanceof PluginError ? error.slot : 'label', job.article.file, error),
    ),
  );
  let split: ImageSplit | null = null;
  let raster: Raster | null = null;
  if (picture) {
    try {
      const splitter = engine.processor('image-splitter');
      const look = (expectedPanels?: number): Promise<ImageSplit> =>
        watch.time('split', () => splitter.split({ file: basename(path), bytes: picture.bytes, expectedPanels }));
      if (reading.split.confidence === 'low' && rejects.length === 0) {
        split = await look();
        const count = split.panels.length;
        reading = watch.time('label', () => readCaption(engine, job.figure.caption, count));
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
  beat();
  return { job, reading, split, raster, used: picture && picture.used, rejects };
}

/**
 * Pairs panels with subcaptions, writes the picture files, and makes the rows.
 * @throws DiskError where a picture cannot be written
 */
export async function finishFigure(tools: BuildTools, seen: SeenFigure): Promise<BuiltFigure> {
  const { job, reading, split, raster, used } = seen;
  const pairing = pair(split, reading.split, tools.placeOf);
  const components = componentsOf(pairing);
  const boxes = pairing.images.map((paired) => (raster && split ? boxOf(paired, split, raster) : null));
  const crops = await cropAll(tools, seen, boxes, components);
  const found = used !== null;
  const images = pairing.images.map((paired, i) => {
    const own = { paired, box: boxes[i], image: crops[i].image, component: components[i] };
    return imageRow(tools, job, { reading, split, pairing, found, ...own });
  });
  return {
    row: figureRow(job, reading, split, raster, pairing, found),
    images,
    written: crops.flatMap(({ image }) => image ?? []),
    used,
    rejects: [...seen.rejects, ...crops.flatMap(({ reject }) => reject ?? [])],
  };
}

/** What became of one picture of a figure. */
interface Crop {
  readonly image: WrittenImage | null;
  readonly reject: BuildReject | null;
}

async function cropAll(
  tools: BuildTools,
  seen: SeenFigure,
  boxes: readonly (Box | null)[],
  components: readonly Component[],
): Promise<Crop[]> {
  const one = (box: Box | null, i: number): Promise<Crop> => {
    const part = `${components[i].file}_${i + 1}_${boxes.length}`;
    return crop(tools, seen, box, part);
  };
  if (tools.together) return allOrNone(boxes.map(one));
  const crops: Crop[] = [];
  for (const [i, box] of boxes.entries()) crops.push(await one(box, i));
  return crops;
}

/** @throws DiskError */
async function crop(
  { watch, output, beat }: BuildTools,
  { job, raster }: SeenFigure,
  box: Box | null,
  part: string,
): Promise<Crop> {
  if (!box || !raster) return { image: null, reject: null };
  const name = `${imageFolder(job.article.article_id)}/${safeName(job.figureId)}_${part}`;
  try {
    return { image: await watch.time('write', () => writeImage(raster, box, output, name)), reject: null };
  } catch (error) {
    if (error instanceof DiskError) throw error;
    return { image: null, reject: rejectOf(job, 'crop', job.file?.path ?? '', error) };
  } finally {
    beat();
  }
}

const rejectOf = (job: FigureJob, stage: BuildStage, file: string, error: unknown): BuildReject => ({
  file,
  stage,
  error: `${job.figureId}: ${sentence(error)}`,
});

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

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
