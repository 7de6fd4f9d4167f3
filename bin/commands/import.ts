import { Args, Flags } from '@oclif/core';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

export default class Import extends LegendaCommand {
  static override summary = 'Make a pack of rules written for another system, and say what could not be carried over.';
  static override description = EXIT_HELP;
  static override examples = [
    '<%= config.bin %> import spark-nlp rule.json dictionary.tsv -o my-pack',
    '<%= config.bin %> import annotated-ngrams annotated_ngrams.csv -o ngrams',
  ];
  static override args = {
    format: Args.string({ required: true, options: ['spark-nlp', 'annotated-ngrams'], description: 'what the file is' }),
    file: Args.string({ required: true, description: 'the rule (JSON) or the n-grams (CSV)' }),
    dictionary: Args.string({ description: 'dictionary of a Spark NLP rule (TSV or CSV)' }),
  };
  static override flags = {
    output: Flags.string({ char: 'o', description: 'folder of the pack (default: its id)', helpValue: 'DIR' }),
    force: Flags.boolean({ default: false, description: 'write into a folder that is there already' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Import);
    const { readFileSync, existsSync, mkdirSync, writeFileSync } = await import('node:fs');
    const { dirname, join } = await import('node:path');
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const { assertReadable } = await import('../../core/pipeline/assertReadable.js');
    assertReadable([args.file, ...(args.dictionary ? [args.dictionary] : [])]);
    const { importAnnotatedNgrams, importSparkNlp, ImportError } = await import('../../core/import/index.js');
    const text = readFileSync(args.file, 'utf8');
    let pack;
    try {
      pack =
        args.format === 'spark-nlp'
          ? importSparkNlp(text, args.dictionary === undefined ? undefined : readFileSync(args.dictionary, 'utf8'))
          : importAnnotatedNgrams(text, { classes: await this.builtinClasses() });
    } catch (error) {
      if (error instanceof ImportError) throw new UsageError(`${args.file}: ${error.message}`);
      throw error;
    }
    const folder = flags.output ?? pack.id;
    if (existsSync(folder) && !flags.force) throw new UsageError(`${folder} is there already; --force writes into it`);
    for (const { path, content } of pack.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    this.log(`${pack.files.length} files of the pack '${pack.id}' written to ${folder}`);
    for (const { kind, what, why } of pack.notes) this.log(`${kind}: ${what}: ${why}`);
  }

  private async builtinClasses(): Promise<Iterable<string>> {
    const { loadPacks } = await import('../../core/pack/index.js');
    return loadPacks([]).effective.taxonomy.classes.keys();
  }
}
