import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

/** Captions of the sample that show most. */
const SHOWN = ['sample-01', 'sample-02', 'sample-14', 'sample-34', 'sample-40'];

export default class Demo extends LegendaCommand {
  static override summary = 'Label the sample of captions that ships with Legenda and show a few of them.';
  static override description = EXIT_HELP;

  async run(): Promise<void> {
    await this.parse(Demo);
    const { readFileSync } = await import('node:fs');
    const { fileURLToPath } = await import('node:url');
    const sample = fileURLToPath(new URL('../../../examples/captions.jsonl', import.meta.url));
    const output = 'labels.jsonl';
    await this.config.runCommand('label', [sample, '-o', output, '--quiet']);
    const { demoTable } = await import('../../core/explain/demoTable.js');
    const records = readFileSync(output, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string });
    this.log(demoTable(records as unknown as Parameters<typeof demoTable>[0], SHOWN));
    this.log(`${records.length} captions of the sample are labelled in ${output}. Try next:

  node bin/run.js explain "CT of the chest shows no mass."     why a caption gets its labels
  node bin/run.js label your-captions.jsonl -o labels.parquet  your own: {"id", "caption"} a line
  node bin/run.js label --help                                 all options

docs/authors/first-pack.md shows how to bring a specialty of your own.`);
  }
}
