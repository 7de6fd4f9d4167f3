import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import {
  SCHEMA,
  TABLE_NAMES,
  TableWriter,
  type ArticleRow,
  type CaseRow,
  type Column,
  type EntityCell,
  type FigureRow,
  type ImageRow,
  type Rows,
} from '../../core/dataset/index.js';
import { imageFolder } from '../../core/dataset/layout.js';
import { article, figure, image, patient } from '../dataset/rows.js';

export interface MadeDataset {
  /** `column`: as a column of every table; `file`: in splits.jsonl. */
  readonly split?: 'column' | 'file';
  readonly format?: 'parquet' | 'jsonl';
  readonly licenses?: readonly (string | null)[];
  /** Row groups, to meet more than one. */
  readonly groupRows?: number;
}

const SPLIT: Column = { name: 'split', type: 'string', about: 'Part.' };
/** Articles by the id; one is no PMCID, with all that ids may hold. */
export const IDS = ['PMC99000001', 'PMC99000002', 'PMC99000003', 'PMC99000004', 'PMC99000010', '10.5555/odd.id (a)'];
export const LICENSES = ['CC BY', 'CC BY-NC', 'CC0', 'CC BY-NC-ND', 'CC BY', null];
export const splitOf = (i: number): string => (i < 3 ? 'train' : i < 5 ? 'validation' : 'test');

/**
 * Writes a dataset of six articles: each with a case and a figure of two panels, drawn; the last panel of the fourth is PNG,
 * and the figure of the fifth has no picture. Captions hold characters beyond the basic plane.
 */
export async function makeDataset(
  folder: string,
  { split, format = 'parquet', licenses = LICENSES, groupRows = 4 }: MadeDataset = {},
): Promise<void> {
  const rows: { [T in keyof Rows]: Rows[T][] } = { articles: [], cases: [], figures: [], images: [] };
  for (const [i, article_id] of IDS.entries()) {
    const license = licenses[i] ?? null;
    const isPmc = article_id.startsWith('PMC');
    const one: ArticleRow = {
      ...article,
      article_id,
      license,
      doi: `10.5555/legenda.${i}`,
      pmcid: isPmc ? article_id : null,
      year: 2015 + i,
      published: `${2015 + i}-03-0${i + 1}`,
      language: i % 2 ? 'es' : 'en',
      image_amount: 2,
      title: `A "quoted", long\ntitle ${i}`,
    };
    const own: CaseRow = {
      ...patient,
      case_id: `${article_id}_01`,
      article_id,
      license,
      age: i === 0 ? 0.5 : 50 + i,
      figures: [{ figure_id: `${article_id}_f1`, mentions: ['Figure 1'], text_references: ['See Figure 1.'] }],
    };
    const caption = `𝔐RI (A) 🦵 shows a cyst, "${i}"; (B) CT\nwithout mass.`;
    const drawn = i !== 4;
    const shown: FigureRow = {
      ...figure,
      figure_id: `${article_id}_f1`,
      article_id,
      case_ids: [own.case_id],
      caption,
      license,
      entities: entities(caption),
      labels: ['mri', 'ct', 'mass'],
      main_image: 'f1.png',
      width: drawn ? 640 : null,
      height: drawn ? 320 : null,
      status: drawn ? 'matched' : 'missing',
      subcaption_amount: 2,
      panel_amount: drawn ? 2 : null,
    };
    rows.articles.push(one);
    rows.cases.push(own);
    rows.figures.push(shown);
    for (const [p, component] of (drawn ? ['a', 'b'] : ['undivided']).entries()) {
      const png = i === 3 && p === 1;
      const file = drawn ? `${imageFolder(article_id)}/fig${i}_${component}_${p + 1}_2.${png ? 'png' : 'webp'}` : null;
      let size: number | null = null;
      if (file !== null) {
        const path = join(folder, file);
        mkdirSync(dirname(path), { recursive: true });
        const picture = sharp({
          create: { width: 32 + i, height: 24 + p, channels: 3, background: { r: 40 * i, g: 120 * p, b: 90 } },
        });
        const bytes = await (png ? picture.png() : picture.webp({ quality: 80 })).toBuffer();
        writeFileSync(path, bytes);
        size = bytes.length;
      }
      const row: ImageRow = {
        ...image,
        image_id: `${article_id}_f1_${component}`,
        file,
        image_component: component,
        figure_id: shown.figure_id,
        article_id,
        case_id: own.case_id,
        case_ids: [own.case_id],
        license,
        file_size: size,
        width: drawn ? 32 + i : null,
        height: drawn ? 24 + p : null,
        box: drawn ? { x: p * 320, y: 0, width: 320, height: 320 } : null,
        caption: drawn ? (p === 0 ? '𝔐RI 🦵 shows a cyst' : 'CT\nwithout mass.') : caption,
        status: shown.status,
        labels: p === 0 ? ['mri', 'lower_limb'] : ['ct'],
        image_subtype: p === 0 ? ['mri'] : ['ct'],
        entities: p === 0 ? entities(caption).slice(0, 1) : [],
      };
      rows.images.push(row);
    }
  }
  mkdirSync(folder, { recursive: true });
  for (const table of TABLE_NAMES) {
    const withSplit = rows[table].map((row) =>
      split === 'column' ? { ...row, split: splitOf(IDS.indexOf(row.article_id)) } : row,
    );
    if (format === 'jsonl')
      writeFileSync(join(folder, `${table}.jsonl`), withSplit.map((row) => `${JSON.stringify(row)}\n`).join(''));
    else {
      const columns: readonly Column[] = split === 'column' ? [...SCHEMA[table], SPLIT] : SCHEMA[table];
      const writer = await TableWriter.open<object>(join(folder, `${table}.parquet`), columns, { groupRows });
      for (const row of withSplit) await writer.write(row);
      await writer.close();
    }
  }
  if (split === 'file')
    writeFileSync(
      join(folder, 'splits.jsonl'),
      IDS.map((article_id, i) => `${JSON.stringify({ article_id, split: splitOf(i) })}\n`).join(''),
    );
  const classes = {
    radiology: { name: 'Radiology', parents: [] },
    ct: { name: 'CT', parents: ['radiology'] },
    mri: { name: 'MRI', parents: ['radiology'] },
    mass: { name: 'Mass', parents: [] },
  };
  writeFileSync(join(folder, 'taxonomy.json'), JSON.stringify({ classes }));
}

/** Offsets in code points: the first letter of the caption is one, though two in UTF-16. */
function entities(caption: string): EntityCell[] {
  const points = [...caption];
  const cell = (
    start: number,
    end: number,
    entity: string,
    value: string,
    assertion: EntityCell['assertion'],
  ): EntityCell => ({
    start,
    end,
    text: points.slice(start, end).join(''),
    entity,
    value,
    labels: [value],
    assertion,
    codes: [],
    confidence: 0.5,
    sentence: 0,
    pack: 'radiology@1.0.0',
    rule: `${entity}/${value}`,
    at: 'x.yaml:1',
    cue: null,
  });
  const mass = points.join('').length - caption.length + [...caption.slice(0, caption.indexOf('mass'))].length;
  return [cell(0, 3, 'modality', 'mri', 'present'), cell(mass, mass + 4, 'finding', 'mass', 'absent')];
}
