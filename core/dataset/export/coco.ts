import { exportCard, languagesOf } from './card.js';
import type { ExportJob, ExportResult } from './exportDataset.js';
import type { GrowingFile, OutputFolder } from './outputFolder.js';
import type { ExportSource } from './source.js';
import { WHOLE } from './splits.js';

/**
 * COCO's JSON. `panels_SPLIT.json`: figures with the boxes of their panels, one category `panel`. `labels_SPLIT.json`: the
 * same boxes once for each label, categories the classes of the taxonomy. `captions_SPLIT.json`: panels as pictures with
 * their captions, as COCO Captions has them. Boxes are `[x, y, width, height]` in pixels of the figure as published,
 * origin top left; ids count from 1.
 */
export async function exportCoco(job: ExportJob): Promise<ExportResult> {
  const { source, out, options, description, licenses } = job;
  const splits = source.splits.names.length > 0 ? source.splits.names : [WHOLE];
  const counts: Record<string, number> = {};
  const notes: string[] = [];
  const list = licenses.counts.map(({ license }, i) => ({ id: i + 1, name: license ?? 'not stated', url: '' }));
  const head = {
    info: {
      description: description.title,
      version: description.version,
      year: Number(description.date.slice(0, 4)),
      date_created: description.date,
      url: description.url ?? '',
    },
    licenses: list,
  };
  const licenseId = (license: string | null): number =>
    list.findIndex(({ name }) => name === (license ?? 'not stated')) + 1;
  const { categories, idOf } = await categoriesOf(source);

  const kinds = ['panels', 'labels', 'captions'] as const;
  const files = new Map(
    splits.map((split) => [
      split,
      Object.fromEntries(
        kinds.map((kind) => [kind, new CocoFile(out, `annotations/${kind}_${split}.json`, head)]),
      ) as Record<(typeof kinds)[number], CocoFile>,
    ]),
  );
  const filesOf = (article: string): Record<(typeof kinds)[number], CocoFile> => files.get(source.splits.of(article))!;

  // Figures whose size is known are pictures with boxes; the file is the publisher's, by its name.
  const figures = new Map<string, number>();
  for await (const row of source.columns('figures', [
    'figure_id',
    'article_id',
    'main_image',
    'width',
    'height',
    'license',
    'caption',
  ])) {
    job.progress(1);
    if (row.main_image === null || row.width === null || row.height === null) continue;
    const id = figures.size + 1;
    figures.set(row.figure_id, id);
    const image = {
      id,
      file_name: row.main_image,
      width: row.width,
      height: row.height,
      license: licenseId(row.license),
      figure_id: row.figure_id,
      article_id: row.article_id,
      caption: row.caption,
    };
    for (const kind of ['panels', 'labels'] as const) filesOf(row.article_id)[kind].image(image);
  }
  const numbers = { panels: 0, labels: 0, captions: 0 };
  let [boxless, copied] = [0, 0];
  const columns = [
    'image_id',
    'article_id',
    'figure_id',
    'file',
    'image_component',
    'width',
    'height',
    'box',
    'caption',
    'labels',
    'license',
  ] as const;
  for await (const row of source.columns('images', columns)) {
    job.progress(1);
    const file = filesOf(row.article_id);
    const figure = figures.get(row.figure_id);
    if (row.box && figure !== undefined) {
      const { x, y, width, height } = row.box;
      const shape = {
        image_id: figure,
        bbox: [x, y, width, height],
        area: width * height,
        iscrowd: 0,
        segmentation: [[x, y, x + width, y, x + width, y + height, x, y + height]],
      };
      const about = { panel: row.image_component, panel_id: row.image_id, caption: row.caption };
      file.panels.annotation({ id: ++numbers.panels, category_id: 1, ...shape, ...about, labels: row.labels });
      for (const label of row.labels)
        file.labels.annotation({ id: ++numbers.labels, category_id: idOf(label), ...shape, ...about });
    } else boxless++;
    if (row.file !== null) {
      const id = ++numbers.captions;
      file.captions.image({
        id,
        file_name: row.file,
        width: row.width,
        height: row.height,
        license: licenseId(row.license),
        panel_id: row.image_id,
        figure_id: row.figure_id,
        article_id: row.article_id,
      });
      file.captions.annotation({ id, image_id: id, caption: row.caption });
      if (options.pictures ?? true) {
        await source.copyPicture(row, out);
        copied++;
      }
    }
  }
  for (const own of files.values()) {
    own.panels.close([{ id: 1, name: 'panel', supercategory: 'figure' }]);
    own.labels.close(categories);
    own.captions.close(undefined);
  }
  counts.figures = figures.size;
  counts.boxes = numbers.panels;
  counts['boxes with a label'] = numbers.labels;
  counts.captions = numbers.captions;
  counts.pictures = copied;
  if (boxless > 0)
    notes.push(
      `${boxless} images have no box (no figure file, or one that could not be read) and are in no list of boxes`,
    );
  out.text(
    'README.md',
    exportCard(description, licenses, numbers.captions, {
      counts,
      notes,
      languages: await languagesOf(source),
      columns: false,
      use: [
        '| file | images | annotations |',
        '|---|---|---|',
        '| `annotations/panels_SPLIT.json` | figures as published | a box for each panel, category `panel` |',
        '| `annotations/labels_SPLIT.json` | the same | the box once for each label, categories from the taxonomy |',
        '| `annotations/captions_SPLIT.json` | panels in `images/` | their captions |',
        '',
        'Boxes are `[x, y, width, height]` in pixels of the figure as published. The published figures are not part of the dataset: `file_name` is the name of the file that the publisher gave it, in the folder that was given to `legenda build --images`.',
      ].join('\n'),
    }),
  );
  return { counts, notes };
}

interface Category {
  readonly id: number;
  readonly name: string;
  readonly supercategory: string;
}

/** Classes of the taxonomy, or the labels that occur where there is none; ids in their order. */
async function categoriesOf(
  source: ExportSource,
): Promise<{ categories: readonly Category[]; idOf: (label: string) => number }> {
  const classes = new Map(
    Object.entries(source.taxonomy?.classes ?? {}).map(([id, { parents }]) => [id, parents[0] ?? '']),
  );
  const others = new Set<string>();
  for await (const { labels } of source.columns('images', ['labels']))
    for (const label of labels) if (!classes.has(label)) others.add(label);
  for (const label of [...others].sort()) classes.set(label, '');
  const categories = [...classes].map(([name, supercategory], i) => ({ id: i + 1, name, supercategory }));
  const ids = new Map(categories.map(({ name, id }) => [name, id]));
  return { categories, idOf: (label) => ids.get(label)! };
}

/** A COCO file whose images and annotations grow at once: annotations wait in a file of their own, not in memory. */
class CocoFile {
  private readonly main: GrowingFile;
  private readonly waiting: ReturnType<OutputFolder['scratch']>;
  private readonly counts = { image: 0, annotation: 0 };

  constructor(out: OutputFolder, path: string, head: Readonly<Record<string, unknown>>) {
    this.main = out.file(path);
    this.waiting = out.scratch(path);
    this.main.write(`${JSON.stringify(head).slice(0, -1)},\n"images": [`);
  }

  image(value: object): void {
    this.main.write(`${this.counts.image++ > 0 ? ',' : ''}\n${JSON.stringify(value)}`);
  }

  annotation(value: object): void {
    this.waiting.write(`${this.counts.annotation++ > 0 ? ',' : ''}\n${JSON.stringify(value)}`);
  }

  close(categories: readonly Category[] | undefined): void {
    this.main.write('\n],\n"annotations": [');
    this.waiting.drain((piece) => this.main.write(piece));
    this.main.write(`\n]${categories ? `,\n"categories": ${JSON.stringify(categories)}` : ''}}\n`);
    this.main.close();
  }
}
