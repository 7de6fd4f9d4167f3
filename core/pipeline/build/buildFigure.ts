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
import type { BuildReject, BuildStage, UsedFile } from './journalEntry.js';
import type { FigureFile } from './figureFiles.js';
import { componentsOf, figureRow, imageRow } from './figureRows.js';
import type { MentionsOf } from './panelMentions.js';
import { readCaption, unreadCaption, type CaptionReading } from './readCaption.js';
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

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
