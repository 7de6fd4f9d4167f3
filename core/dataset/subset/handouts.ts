import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseRow, ImageRow } from '../rows.js';
import { folderName, type Pictures } from './pictures.js';
import { replaceMentions, type TokenImage } from './mentions.js';
import type { Prepared } from './prepare.js';
import { csvSheet, jsonlSheet, type Sheet } from './sheets.js';
import type { Split } from './split.js';

/** What a type adds to the tables. Images come first, then cases. */
export interface Handout {
  /** @returns where the picture is in the subset, null where there is none */
  image(row: ImageRow): string | null;
  /** After `image`, with the row as it is in the subset. */
  imageDone?(row: ImageRow): void;
  case?(row: CaseRow): void;
  close(): void;
}

interface Scene {
  readonly folder: string;
  readonly prepared: Prepared;
  readonly pictures: Pictures;
  readonly split: Split | undefined;
}

export async function handoutOf(scene: Scene): Promise<Handout> {
  switch (scene.prepared.type) {
    case 'text':
      return textHandout(scene);
    case 'image':
      return imageHandout(scene);
    case 'multimodal':
      return multimodalHandout(scene);
    case 'case-series':
      return caseSeriesHandout(scene);
    case 'classification':
      return classificationHandout(scene);
  }
}

const splitColumn = (split: Split | undefined): readonly string[] => (split ? ['split'] : []);
const partOf = (split: Split | undefined, article: string): { split?: string } =>
  split ? { split: split.partOf(article) } : {};

const CASE_COLUMNS = ['case_id', 'article_id', 'gender', 'age', 'case_text', 'license'];

async function textHandout({ folder, split }: Scene): Promise<Handout> {
  const sheet = await csvSheet(join(folder, 'cases.csv'), [...CASE_COLUMNS, ...splitColumn(split)]);
  return {
    image: () => null, // a text subset holds no pictures
    case: (row) => sheet.write({ ...row, ...partOf(split, row.article_id) }),
    close: () => sheet.close(),
  };
}

/** What is told of an image beside its picture: all but the nested provenance, which the tables have. */
const metadataOf = (row: ImageRow, split: Split | undefined): Record<string, unknown> => {
  const plain = Object.entries(row).filter(([name]) => !NESTED.includes(name));
  return { ...Object.fromEntries(plain), ...partOf(split, row.article_id) };
};
const NESTED: readonly string[] = ['entities', 'caption_ranges'] satisfies (keyof ImageRow)[];

function imageHandout({ folder, pictures, split }: Scene): Handout {
  const sheet = jsonlSheet(join(folder, 'image_metadata.jsonl'));
  return {
    image: (row) => (row.file === null ? null : pictures.place(row.file)),
    imageDone: (row) => sheet.write(metadataOf(row, split)),
    close: () => sheet.close(),
  };
}

async function multimodalHandout(scene: Scene): Promise<Handout> {
  const { folder, prepared, split } = scene;
  const images = imageHandout(scene);
  const sheet = await csvSheet(join(folder, 'cases.csv'), [...CASE_COLUMNS, 'images', ...splitColumn(split)]);
  const lines = jsonlSheet(join(folder, 'cases.jsonl'));
  const ofCase = new Map<string, TokenImage[]>();
  return {
    image: images.image,
    imageDone(row) {
      images.imageDone?.(row);
      const { image_id, figure_id, image_component, file } = row;
      if (file === null) return;
      for (const id of row.case_ids)
        ofCase.set(id, [...(ofCase.get(id) ?? []), { image_id, figure_id, image_component, file }]);
    },
    case(row) {
      const own = ofCase.get(row.case_id) ?? [];
      const { text, images: shown } = replaceMentions(row.case_text, row.figures, own, prepared.plan.image_token);
      const { case_id, article_id, gender, age, license } = row;
      const files = shown.map((image) => image.file);
      const part = partOf(split, article_id);
      sheet.write({ case_id, article_id, gender, age, case_text: text, license, images: files, ...part });
      const unmentioned = own.filter((image) => !shown.includes(image)).map((image) => image.file);
      lines.write({
        case_id,
        article_id,
        gender,
        age,
        text,
        images: files,
        unmentioned_images: unmentioned,
        license,
        ...part,
      });
    },
    close() {
      images.close();
      sheet.close();
      lines.close();
    },
  };
}

async function caseSeriesHandout({ folder, prepared, pictures, split }: Scene): Promise<Handout> {
  const sheet = await csvSheet(join(folder, 'cases.csv'), [
    ...CASE_COLUMNS,
    'link',
    'amount_of_images',
    'image_folder',
    ...splitColumn(split),
  ]);
  const metadata = jsonlSheet(join(folder, 'image_metadata.jsonl'));
  const { caseIds } = prepared.selection;
  const amounts = new Map<string, number>();
  const folderOf = (caseId: string): string => `patients/${folderName(caseId)}`;
  return {
    image(row) {
      if (row.file === null) return null;
      // A picture of two patients is in the folders of both; the tables name the first.
      const places = row.case_ids
        .filter((id) => caseIds.has(id))
        .map((id) => {
          const place = pictures.place(row.file!, folderOf(id));
          if (place !== null) amounts.set(id, (amounts.get(id) ?? 0) + 1);
          return place;
        });
      return places.length > 0 ? places[0] : pictures.place(row.file);
    },
    imageDone: (row) => metadata.write(metadataOf(row, split)),
    case(row) {
      const own = folderOf(row.case_id);
      mkdirSync(join(folder, ...own.split('/')), { recursive: true });
      writeFileSync(join(folder, ...own.split('/'), 'case.txt'), `${row.case_text}\n`);
      const link = /^PMC\d+$/.test(row.article_id) ? `https://pmc.ncbi.nlm.nih.gov/articles/${row.article_id}/` : '';
      sheet.write({
        ...row,
        link,
        amount_of_images: amounts.get(row.case_id) ?? 0,
        image_folder: own,
        ...partOf(split, row.article_id),
      });
    },
    close() {
      sheet.close();
      metadata.close();
    },
  };
}

async function classificationHandout({ folder, prepared, pictures, split }: Scene): Promise<Handout> {
  const sheet: Sheet = await csvSheet(join(folder, 'classification.csv'), [
    'file_id',
    'file',
    'file_path',
    'class',
    'case_id',
    'caption',
    'license',
    ...splitColumn(split),
  ]);
  const classOf = (row: ImageRow): string => prepared.classes!.get(row.image_id)!;
  return {
    image(row) {
      const part = split ? `${folderName(split.partOf(row.article_id))}/` : '';
      return row.file === null ? null : pictures.place(row.file, `images/${part}${folderName(classOf(row))}`);
    },
    imageDone(row) {
      if (row.file === null) return;
      const { image_id, file, case_id, caption, license } = row;
      sheet.write({
        file_id: image_id,
        file: file.replace(/^.*\//, ''),
        file_path: file,
        class: classOf(row),
        case_id,
        caption,
        license,
        ...partOf(split, row.article_id),
      });
    },
    close: () => sheet.close(),
  };
}
