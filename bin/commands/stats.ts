import { Args, Flags } from '@oclif/core';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

export default class Stats extends LegendaCommand {
  static override summary = 'Tell what is in a dataset: articles, patients, ages, images, labels, findings.';
  static override description = `Prints a table with bars, or JSON. --html writes one page with plots that opens offline; --plots writes each plot as an SVG or PNG
file. A subset is a dataset too.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> stats my-dataset',
    '<%= config.bin %> stats my-dataset --format json > statistics.json',
    '<%= config.bin %> stats my-dataset --html report.html --plots plots/',
  ];
  static override args = { dataset: Args.string({ required: true, description: 'folder of a dataset or subset' }) };
  static override flags = {
    format: Flags.string({ options: ['table', 'json'], default: 'table', description: 'what is printed' }),
    top: Flags.integer({ min: 1, default: 12, description: 'lines of each list of the table' }),
    html: Flags.string({ description: 'write a page with numbers and plots', helpValue: 'FILE' }),
    plots: Flags.string({ description: 'write the plots into a folder', helpValue: 'DIR' }),
    'plot-format': Flags.string({ options: ['svg', 'png'], default: 'svg', description: 'of the files in --plots' }),
    quiet: Flags.boolean({ char: 'q', default: false, description: 'print nothing where --html or --plots is given' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Stats);
    const { DatasetTables } = await import('../../core/dataset/filter/tableSource.js');
    const { readLabels } = await import('../../core/dataset/filter/readLabels.js');
    const { statisticsOf } = await import('../../core/dataset/stats/statisticsOf.js');
    const tables = DatasetTables.at(args.dataset);
    const statistics = await statisticsOf(tables, readLabels(args.dataset)).finally(() => tables.close());
    if (flags.html !== undefined || flags.plots !== undefined) {
      const { savePlots } = await import('../../core/dataset/stats/savePlots.js');
      await savePlots(statistics, {
        name: args.dataset,
        html: flags.html,
        folder: flags.plots,
        format: flags['plot-format'] as 'svg' | 'png',
      });
      if (flags.quiet) return;
    }
    if (flags.format === 'json') this.log(JSON.stringify(statistics, null, 2));
    else {
      const { statisticsTable } = await import('../../core/dataset/stats/table.js');
      this.log(statisticsTable(statistics, flags.top));
    }
  }
}
