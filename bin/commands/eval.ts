import { Args, Flags } from '@oclif/core';
import type { EvalFormat, EvalReport, GoldRecord, Prediction, Threshold } from '../../core/eval/index.js';
import { LegendaCommand, packFlags } from '../base.js';
import { EXIT, EXIT_HELP } from '../failure.js';

export default class Eval extends LegendaCommand {
  static override summary = 'Score labels and entities against captions that were annotated by hand.';
  static override description = `GOLD has a record a line: {"id", "caption", "labels": […], "entities": [{"start", "end", "entity", "value", "assertion"}]}.
What a record leaves out was not annotated and is not scored. Without --predictions the captions are labelled with the packs.

${EXIT_HELP}`;
  static override examples = [
    '<%= config.bin %> eval gold.jsonl',
    '<%= config.bin %> eval gold.jsonl --pack ./my-specialty --errors errors.jsonl',
    '<%= config.bin %> eval gold.jsonl --predictions other.jsonl --format markdown',
    '<%= config.bin %> eval gold.jsonl --min-f1 0.9 --min-f1 finding=0.8',
  ];
  static override args = {
    gold: Args.string({ required: true, description: 'a .jsonl, .csv or .parquet file, or a folder of these' }),
  };
  static override flags = {
    ...packFlags,
    predictions: Flags.string({
      description: 'records as `label` writes them, instead of labelling',
      helpValue: 'FILE',
    }),
    format: Flags.string({
      options: ['pretty', 'json', 'markdown'],
      default: 'pretty',
      description: 'form of the report',
    }),
    entity: Flags.string({
      multiple: true,
      description: 'score this kind of entity only (may be given several times)',
      helpValue: 'KIND',
    }),
    ancestors: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'compare labels with their ancestors (--no-ancestors: as they are printed)',
    }),
    samples: Flags.integer({ default: 1000, min: 0, max: 100_000, description: 'draws for the intervals; 0 for none' }),
    seed: Flags.integer({
      default: 1,
      min: 0,
      description: 'seed of the draws; the same one gives the same intervals',
    }),
    'min-support': Flags.integer({
      default: 3,
      min: 1,
      description: 'captions that a label needs to count in the macro mean',
    }),
    'min-f1': Flags.string({
      multiple: true,
      description: 'exit with 1 below this F1: 0.9 (labels), macro=0.8, finding=0.85',
      helpValue: '[WHAT=]F1',
    }),
    errors: Flags.string({
      description: 'write each disagreement, with the rule and line that made it, as JSON Lines',
      helpValue: 'FILE',
    }),
    'allow-rejects': Flags.boolean({ default: false, description: 'exit with 0 even if some lines could not be read' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Eval);
    const { disagreements, evaluate, readGold, readPredictions, renderEval, thresholdOf } =
      await import('../../core/eval/index.js');
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    const thresholds = (flags['min-f1'] ?? []).map((text) => {
      const threshold = thresholdOf(text);
      if (threshold === undefined)
        throw new UsageError(`--min-f1 ${text}: a number from 0 to 1 is needed, or NAME=NUMBER`);
      return threshold;
    });
    const gold = await readGold(args.gold);
    const given = flags.predictions === undefined ? undefined : await readPredictions(flags.predictions);
    const bad = [...gold.bad, ...(given?.bad ?? [])];
    for (const { file, line, error } of bad) this.logToStderr(`${file}:${line}: ${error}`);
    if (gold.records.length === 0) throw new UsageError(`${args.gold} holds no record that can be scored`);
    const engine = await this.engineOf(await this.configOf(flags), ['caption-splitter', 'assertion']);
    const { taxonomy } = engine.labeller.pack;
    const predictions: ReadonlyMap<string, Prediction> =
      given?.predictions ?? new Map(gold.records.map(({ id, caption }: GoldRecord) => [id, engine.label(caption)]));
    const ancestorsOf = (label: string): readonly string[] => (flags.ancestors ? taxonomy.ancestorsOf(label) : []);
    const report = evaluate(gold.records, predictions, {
      ancestorsOf,
      knows: (label) => taxonomy.indexOf(label) !== undefined,
      samples: flags.samples,
      seed: flags.seed,
      minSupport: flags['min-support'],
      kinds: flags.entity,
    });
    this.log(renderEval(report, flags.format as EvalFormat));
    if (flags.errors !== undefined) {
      const { fileOutput } = await import('../../core/pipeline/output.js');
      const all = disagreements(gold.records, predictions, { ancestorsOf, kinds: flags.entity });
      const output = fileOutput(flags.errors);
      void output.write(new TextEncoder().encode(all.map((one) => `${JSON.stringify(one)}\n`).join('')));
      void output.commit();
    }
    const failed = await this.belowThreshold(report, thresholds);
    if (bad.length > 0) this.logToStderr(`${bad.length} lines were left out`);
    process.exitCode = failed || (bad.length > 0 && !flags['allow-rejects']) ? EXIT.findings : EXIT.fine;
  }

  private async belowThreshold(report: EvalReport, thresholds: readonly Threshold[]): Promise<boolean> {
    const { f1Named } = await import('../../core/eval/index.js');
    const { UsageError } = await import('../../core/pipeline/usageError.js');
    let failed = false;
    for (const { of, f1 } of thresholds) {
      const reached = f1Named(report, of);
      if (reached === undefined) throw new UsageError(`--min-f1 ${of}: the truth has nothing of that name`);
      if (reached >= f1) continue;
      failed = true;
      this.logToStderr(`F1 of ${of} is ${reached.toFixed(4)}, below ${f1}`);
    }
    return failed;
  }
}
