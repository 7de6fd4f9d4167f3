import { fileURLToPath } from 'node:url';
import type { ImageRow } from '../../core/dataset/rows.js';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

/** Captions of the sample that show most. */
const SHOWN = ['sample-01', 'sample-14'];
/** The example of a subset, in the README and here. */
const MEN_WITH_BRAIN_TUMOURS = [
  ['--min-age', '18'],
  ['--gender', 'Male'],
  ['--case-text-any', 'tumor,cancer,carcinoma'],
  ['--caption-any', 'metastasis,tumor,mass'],
  ['--label', 'mri,head'],
] as const;
const FOLDER = 'legenda-sample';

export default class Demo extends LegendaCommand {
  static override summary = 'Label captions, build a dataset and cut a subset from the sample that ships with Legenda.';
  static override description = EXIT_HELP;

  async run(): Promise<void> {
    await this.parse(Demo);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(FOLDER, { recursive: true });
    const [labels, dataset, subset] = ['labels.jsonl', 'dataset', 'male-brain-tumours'].map(
      (name) => `${FOLDER}/${name}`,
    );
    await this.labelCaptions(labels);
    await this.buildDataset(dataset);
    await this.cutSubset(dataset, subset);
    const look: [string, string][] = [
      [`${dataset}/README.md`, 'what the dataset holds, column by column'],
      [`${dataset}/images/`, 'the panels, cut from their figures'],
      [`${FOLDER}/report.html`, 'the same numbers with plots'],
      [`${subset}/`, 'a subset, with its citations and licences'],
      [labels, 'each caption with its entities'],
    ];
    this.log(`
Look at
${look.map(([path, what]) => `  ${path.padEnd(36)} ${what}`).join('\n')}

Try next
  node bin/run.js explain "CT of the chest shows no mass."        why a caption gets its labels
  node bin/run.js label your-captions.jsonl -o labels.parquet     your own: {"id", "caption"} a line
  node bin/run.js fetch --query "brain tumor" --license cc-by --dry-run
  node bin/run.js export ${dataset} --to huggingface -o to-upload
  node bin/run.js --help                                          all commands

docs/authors/first-pack.md shows how to bring a specialty of your own.`);
  }

  private async labelCaptions(output: string): Promise<void> {
    const { readFileSync } = await import('node:fs');
    await this.config.runCommand('label', [sample('captions.jsonl'), '-o', output, '--quiet']);
    const { demoTable } = await import('../../core/explain/demoTable.js');
    const records = readFileSync(output, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    this.log(
      `1. Captions: ${records.length} of the sample are labelled. Two of them, with the line of the dictionary behind each entity:\n`,
    );
    this.log(demoTable(records as unknown as Parameters<typeof demoTable>[0], SHOWN));
  }

  private async buildDataset(dataset: string): Promise<void> {
    const { DatasetTables } = await import('../../core/dataset/filter/tableSource.js');
    const { readLabels } = await import('../../core/dataset/filter/readLabels.js');
    const { statisticsOf } = await import('../../core/dataset/stats/statisticsOf.js');
    const { bars, totals } = await import('../../core/dataset/stats/table.js');
    const { savePlots } = await import('../../core/dataset/stats/savePlots.js');
    const figures = ['--images', sample('figures'), '--metadata', sample('pubmed.xml')];
    // One file of the sample is cut off, to show that it costs nothing but itself.
    await this.config.runCommand('build', [
      sample('articles'),
      ...figures,
      '-o',
      dataset,
      '--allow-rejects',
      '--quiet',
    ]);
    const tables = DatasetTables.at(dataset);
    const statistics = await statisticsOf(tables, readLabels(dataset)).finally(() => tables.close());
    await savePlots(statistics, { name: 'The sample of Legenda', html: `${FOLDER}/report.html`, format: 'svg' });
    this.log(`2. A dataset of articles and figures (one broken file is in ${dataset}/rejects.jsonl):\n`);
    this.log(
      [
        ...totals(statistics),
        '',
        ...bars('Image type', statistics.image_types, 8),
        ...bars('Label', statistics.labels, 8),
      ].join('\n'),
    );
  }

  private async cutSubset(dataset: string, subset: string): Promise<void> {
    const { TableReader } = await import('../../core/dataset/tableReader.js');
    const { tableFile } = await import('../../core/dataset/schema.js');
    const { panelTable } = await import('../../core/dataset/panelTable.js');
    await this.config.runCommand('subset', [
      dataset,
      '-o',
      subset,
      ...MEN_WITH_BRAIN_TUMOURS.flat(),
      '--force',
      '--quiet',
    ]);
    const reader = await TableReader.open<ImageRow>(`${subset}/${tableFile('images')}`);
    const images = new Map<string, ImageRow>();
    for await (const image of reader.rows()) if (!images.has(image.figure_id)) images.set(image.figure_id, image);
    const flags = MEN_WITH_BRAIN_TUMOURS.map((flag) => flag.join(' ')).join(' ');
    this.log(`3. A subset, ${flags}:\n   ${reader.rowCount} images. Two of them:\n`);
    this.log(panelTable([...images.values()].slice(0, 2)));
  }
}

/** The path of something that ships under `examples/`. */
const sample = (name: string): string => fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
