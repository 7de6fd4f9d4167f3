import { Args, Flags } from '@oclif/core';
import { EXPORT_FORMATS, type ExportSummary } from '../../core/dataset/export/types.js';
import { LegendaCommand } from '../base.js';
import { printSummary } from '../exportSummary.js';
import { EXIT, EXIT_HELP } from '../failure.js';
import { progressBar } from '../progress.js';

const ANNOTATION = ['label-studio', 'brat'] as const;

export default class Export extends LegendaCommand {
  static override summary = 'Hand a dataset or a subset out in a form that other programs read.';
  static override description = `Formats:
  huggingface   a folder that datasets.load_dataset loads, pictures decoded
  webdataset    tar shards with picture, row and caption of each image
  coco          boxes of panels, labels and captions as COCO has them
  croissant     Croissant 1.1 metadata beside tables and archives of pictures
  zenodo        a deposition: tables, archives, .zenodo.json, CITATION.cff, datacite.json
  jsonl, csv    tables and pictures
  multicare     the files of MultiCaRe
  label-studio, brat   captions to be corrected: see legenda annotate export

Licences and citations go along with every format.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> export my-dataset --to huggingface -o hub',
    '<%= config.bin %> export my-dataset --to webdataset -o shards --shard-size 1GB',
    "<%= config.bin %> export my-dataset --to zenodo -o deposit --title 'Brain tumours' --creator 'Example, Ada'",
  ];
  static override args = { dataset: Args.string({ required: true, description: 'folder of a dataset or subset' }) };
  static override flags = {
    to: Flags.string({ required: true, options: [...EXPORT_FORMATS, ...ANNOTATION], description: 'the format' }),
    output: Flags.string({ char: 'o', required: true, description: 'folder to write', helpValue: 'OUT' }),
    force: Flags.boolean({ default: false, description: 'replace an export that is there' }),
    pictures: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'take the pictures along (--no-pictures: tables only)',
    }),
    'shard-size': Flags.string({
      description: 'size of a shard, as 500MB (huggingface, webdataset)',
      helpValue: 'SIZE',
    }),
    'shard-rows': Flags.integer({ min: 1, description: 'samples of a shard (webdataset; default 10000)' }),
    'base-url': Flags.string({ description: 'address under which the files will lie (croissant)', helpValue: 'URL' }),
    about: Flags.string({
      description: 'YAML file with title, description, creators, version, date, doi, url, publisher, keywords',
      helpValue: 'FILE',
    }),
    title: Flags.string({ description: 'title (default: the name of the folder)' }),
    creator: Flags.string({
      multiple: true,
      description: "'Family, Given' (may be given several times)",
      helpValue: 'NAME',
    }),
    date: Flags.string({
      description: 'day of publication (default: that of the newest article)',
      helpValue: 'YYYY-MM-DD',
    }),
    url: Flags.string({ description: 'page of the dataset' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
    json: Flags.boolean({ default: false, description: 'print the summary as JSON' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Export);
    const bar = progressBar(`export ${flags.to}`, flags.quiet || !process.stderr.isTTY);
    const onProgress = (rows: number): void => bar.update({ records: rows, rejects: 0, done: undefined });
    let summary: ExportSummary;
    if ((ANNOTATION as readonly string[]).includes(flags.to)) {
      const { exportForAnnotation } = await import('../../core/annotate/index.js');
      const done = await exportForAnnotation({
        input: args.dataset,
        to: flags.to,
        output: flags.output,
        force: flags.force,
        onProgress,
      }).finally(bar.end);
      if (done.rejects > 0) process.exitCode = EXIT.findings;
      summary = done;
    } else {
      const { exportDataset, parseSize } = await import('../../core/dataset/export/index.js');
      summary = await exportDataset({
        dataset: args.dataset,
        to: flags.to,
        output: flags.output,
        force: flags.force,
        pictures: flags.pictures,
        shardBytes: flags['shard-size'] === undefined ? undefined : parseSize(flags['shard-size']),
        shardRows: flags['shard-rows'],
        baseUrl: flags['base-url'],
        description: await this.description(flags),
        onProgress,
      }).finally(bar.end);
    }
    printSummary(this, summary, flags.output, flags);
  }

  /** Flags win over the file. */
  private async description(flags: {
    readonly about?: string;
    readonly title?: string;
    readonly creator?: readonly string[];
    readonly date?: string;
    readonly url?: string;
  }) {
    const { creatorOf, dayOf, readDescription } = await import('../../core/dataset/export/index.js');
    return {
      ...(flags.about === undefined ? {} : readDescription(flags.about)),
      ...(flags.title !== undefined && { title: flags.title }),
      ...(flags.creator !== undefined && { creators: flags.creator.map((name) => creatorOf(name, '--creator')) }),
      ...(flags.date !== undefined && { date: dayOf(flags.date, '--date') }),
      ...(flags.url !== undefined && { url: flags.url }),
    };
  }
}
