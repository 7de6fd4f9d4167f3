import { Args, Flags } from '@oclif/core';
import type { ImportedPack, SparkNlpOptions } from '../../core/import/index.js';
import { LegendaCommand } from '../base.js';
import { EXIT_HELP } from '../failure.js';

const ANNOTATOR = { helpGroup: 'ANNOTATOR (spark-nlp: the options that the rule was used with)' };
const yes = (description: string) => Flags.boolean({ default: false, description, ...ANNOTATOR });

/** Options of the annotator, by the names that they have there. */
const annotatorFlags = {
  'case-sensitive': yes('caseSensitive: words of the dictionary in the case that they are written in'),
  'prefix-and-suffix-match': yes('prefixAndSuffixMatch: a cue on both sides is needed'),
  'optional-context-rules': yes('optionalContextRules: hits stand without a cue'),
  'complete-context-match': yes('completeContextMatch: cues do not count inside longer words'),
  'shortest-context-match': yes('shortestContextMatch: without effect, the nearest cue always counts'),
  'do-exception-handling': yes('doExceptionHandling: without effect in a pack'),
  orientation: Flags.string({
    options: ['horizontal', 'vertical'],
    description:
      'dictionaryOrientation: a label a row, or a label a column (default: horizontal, unless no row has a word)',
    ...ANNOTATOR,
  }),
  delimiter: Flags.string({
    description: 'dictionaryDelimiter: between the cells (default: tab, or a comma where there is no tab)',
    helpValue: 'TEXT',
    ...ANNOTATOR,
  }),
  'input-cols': Flags.string({
    description: "inputCols, with commas; where the first says 'document', the rule is run on whole captions",
    helpValue: 'NAMES',
    ...ANNOTATOR,
  }),
  'tokenizer-pattern': Flags.string({
    description: 'pattern of a RegexTokenizer: cannot be carried over, and is said so',
    helpValue: 'REGEX',
    ...ANNOTATOR,
  }),
};

export default class Import extends LegendaCommand {
  static override summary = 'Make a pack of rules written for another system, and say what could not be carried over.';
  static override description = EXIT_HELP;
  static override examples = [
    '<%= config.bin %> import spark-nlp rule.json dictionary.tsv -o my-pack',
    '<%= config.bin %> import spark-nlp rule.json --prefix-and-suffix-match --complete-context-match',
    '<%= config.bin %> import annotated-ngrams annotated_ngrams.csv -o ngrams',
  ];
  static override args = {
    format: Args.string({
      required: true,
      options: ['spark-nlp', 'annotated-ngrams'],
      description: 'what the file is',
    }),
    file: Args.string({ required: true, description: 'the rule (JSON) or the n-grams (CSV)' }),
    dictionary: Args.string({ description: 'dictionary of a Spark NLP rule (TSV or CSV)' }),
  };
  static override flags = {
    output: Flags.string({ char: 'o', description: 'folder of the pack (default: its id)', helpValue: 'DIR' }),
    id: Flags.string({
      description: 'id of the pack (default: the entity of the rule, or annotated-ngrams)',
      helpValue: 'ID',
    }),
    force: Flags.boolean({ default: false, description: 'write into a folder that is there already' }),
    ...annotatorFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Import);
    const { readFileSync, existsSync, mkdirSync, writeFileSync } = await import('node:fs');
    const { dirname, join } = await import('node:path');
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const { assertReadable } = await import('../../core/pipeline/assertReadable.js');
    if (flags.id !== undefined && !/^[a-z0-9][a-z0-9-]*$/u.test(flags.id)) {
      throw new UsageError(`'${flags.id}' cannot be the id of a pack: small letters, digits and hyphens`);
    }
    assertReadable([args.file, ...(args.dictionary ? [args.dictionary] : [])]);
    const text = readFileSync(args.file, 'utf8');
    const dictionary = args.dictionary === undefined ? undefined : readFileSync(args.dictionary, 'utf8');
    const { ImportError } = await import('../../core/import/index.js');
    let pack: ImportedPack;
    try {
      pack =
        args.format === 'spark-nlp'
          ? await this.sparkNlp(text, dictionary, flags)
          : await this.ngrams(text, dictionary, flags);
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

  private async sparkNlp(text: string, dictionary: string | undefined, flags: AnnotatorFlags): Promise<ImportedPack> {
    const { importSparkNlp } = await import('../../core/import/index.js');
    const { readsDocument } = await import('../../core/match/contextual/options.js');
    const options: SparkNlpOptions = {
      id: flags.id,
      caseSensitive: flags['case-sensitive'],
      prefixAndSuffixMatch: flags['prefix-and-suffix-match'],
      optionalContextRules: flags['optional-context-rules'],
      completeContextMatch: flags['complete-context-match'],
      shortestContextMatch: flags['shortest-context-match'],
      doExceptionHandling: flags['do-exception-handling'],
      orientation: flags.orientation as SparkNlpOptions['orientation'],
      // A shell gives `\t` as two characters.
      delimiter: flags.delimiter?.replaceAll('\\t', '\t'),
      wholeDocument: readsDocument(flags['input-cols']?.split(',')),
      tokenizerPattern: flags['tokenizer-pattern'],
    };
    return importSparkNlp(text, dictionary, options);
  }

  private async ngrams(text: string, dictionary: string | undefined, flags: AnnotatorFlags): Promise<ImportedPack> {
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const { importAnnotatedNgrams } = await import('../../core/import/index.js');
    const foreign = Object.keys(annotatorFlags).find((name) => flags[name as keyof AnnotatorFlags]);
    if (foreign !== undefined) throw new UsageError(`--${foreign} is for spark-nlp only`);
    if (dictionary !== undefined) throw new UsageError('annotated-ngrams takes one file');
    const { loadPacks } = await import('../../core/pack/index.js');
    return importAnnotatedNgrams(text, { id: flags.id, classes: loadPacks([]).effective.taxonomy.classes.keys() });
  }
}

interface AnnotatorFlags {
  readonly id?: string;
  readonly 'case-sensitive': boolean;
  readonly 'prefix-and-suffix-match': boolean;
  readonly 'optional-context-rules': boolean;
  readonly 'complete-context-match': boolean;
  readonly 'shortest-context-match': boolean;
  readonly 'do-exception-handling': boolean;
  readonly orientation?: string;
  readonly delimiter?: string;
  readonly 'input-cols'?: string;
  readonly 'tokenizer-pattern'?: string;
}
