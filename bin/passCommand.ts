import { Flags } from '@oclif/core';
import { chosenPlugins, type Config } from '../core/config.js';
import type { EffectivePack } from '../core/pack/model.js';
import type { Output } from '../core/pipeline/output.js';
import type { PassSummary, RecordSource } from '../core/pipeline/pass.js';
import type { Helpers as HelperThreads } from '../core/pipeline/helpers.js';
import type { Task } from '../core/pipeline/tasks.js';
import type { RunningPlugin } from '../core/plugin/beacon.js';
import type { Slot } from '../core/plugin/contract.js';
import { isBuiltin } from '../core/plugin/load.js';
import { LegendaCommand } from './base.js';
import { EXIT } from './failure.js';
import { progressBar } from './progress.js';

/** How long a record may take where nothing else is asked for. */
export const TIMEOUT_SECONDS = 30;

/** Flags of every command that reads records and writes records. */
export const passFlags = {
  output: Flags.string({
    char: 'o',
    default: '-',
    description: 'output file (.jsonl, .csv, .parquet), - for standard output',
    helpValue: 'OUT',
  }),
  workers: Flags.integer({
    min: 1,
    description: 'worker threads (default: one for each core, fewer for a small input)',
  }),
  resume: Flags.boolean({ default: false, description: 'go on where an interrupted pass stopped' }),
  timeout: Flags.integer({
    min: 1,
    description: `seconds that a plugin may take for a record, then it is rejected and the pass goes on (default: ${TIMEOUT_SECONDS})`,
    helpValue: 'SECONDS',
  }),
  'allow-rejects': Flags.boolean({ default: false, description: 'exit 0 although some lines could not be processed' }),
  quiet: Flags.boolean({ char: 'q', default: false, description: 'no progress and no summary' }),
  json: Flags.boolean({ default: false, description: 'print the summary as JSON on standard output (needs -o FILE)' }),
};

export interface PassFlags {
  readonly output: string;
  readonly workers?: number;
  readonly resume: boolean;
  readonly timeout?: number;
  readonly 'allow-rejects': boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** With less than this for each, a further thread costs more to start than it saves. */
const BYTES_PER_WORKER = 12_000_000;
/** The same of a table that is compressed. */
const PACKED_BYTES_PER_WORKER = 2_000_000;

/** A command that runs a pass over records. */
export abstract class PassCommand extends LegendaCommand {
  protected async pass(
    input: string | RecordSource,
    task: Task,
    slots: readonly Slot[],
    config: Config,
    flags: PassFlags,
  ): Promise<PassSummary> {
    const { UsageError } = await import('../core/pipeline/usageError.js');
    const { recordSource, runPass } = await import('../core/pipeline/pass.js');
    if (flags.json && flags.output === '-') throw new UsageError('--json needs an output file: -o FILE');
    const source = typeof input === 'string' ? recordSource(input) : input;
    const { inputBytes } = await import('../core/pipeline/inputBytes.js');
    const bytes = typeof input === 'string' ? inputBytes(source.files) : undefined;
    const workers = flags.workers ?? (await defaultWorkers(source.files, bytes));
    // Of an input whose size is not known one batch may be all: further workers are started when there are more.
    const atOnce = bytes === undefined && flags.workers === undefined ? 1 : workers;
    const { runner, fingerprint } = await this.runner(task, slots, config, { workers, atOnce }, flags.timeout);

    const stop = this.stopOnSignal();
    const bar = progressBar(this.id ?? 'pass', flags.quiet || !process.stderr.isTTY);
    const started = Date.now();
    try {
      const summary = await runPass(
        {
          source,
          output: flags.output,
          resume: flags.resume,
          fingerprint: JSON.stringify([fingerprint, task]),
          onProgress: bar.update,
          totalBytes: bytes,
          signal: stop.signal,
          openOutput: await tableOutput(flags.output),
        },
        runner,
      );
      bar.end();
      // A reader that waits for standard input would keep the process alive.
      if (summary.interrupted && source.files.includes('-')) process.stdin.destroy();
      this.report(summary, (Date.now() - started) / 1000, flags, source.files.includes('-'));
      return summary;
    } finally {
      bar.end();
      stop.off();
      await runner.close();
    }
  }

  private async runner(
    task: Task,
    slots: readonly Slot[],
    config: Config,
    { workers, atOnce }: { workers: number; atOnce: number },
    timeout?: number,
  ) {
    const { inlineRunner, sharedRunner, workerRunner } = await import('../core/pipeline/runners.js');
    const watch = this.watchOf(config, slots, timeout);
    const script = new URL('./worker.js', import.meta.url);
    const always = watch ?? { timeout: TIMEOUT_SECONDS, plugins: watchedPlugins(config, slots) };
    if (watch) {
      const data = { config, slots, task };
      const runner = await workerRunner({ script, data, ...always, pack: this.packOf(config) }, workers, atOnce);
      return { runner, fingerprint: runner.ready.fingerprint };
    }
    const { buildEngine } = await import('../core/container.js');
    const { Helpers } = await import('../core/pipeline/helpers.js');
    const { batchProcessor } = await import('../core/pipeline/tasks.js');
    const { engineFingerprint } = await import('../core/pipeline/fingerprint.js');
    const pack = this.packOf(config);
    // One worker keeps to one core.
    const shared: Task = task.kind === 'image-splitter' && workers > 1 ? { ...task, atOnce: 2 } : task;
    const options = { script, data: { config, slots, task: shared }, ...always };
    const others = (): Promise<HelperThreads> => Helpers.start({ ...options, pack }, workers - 1);
    // They start while this thread's engine is built, where it is known that there is enough for them to do.
    const started = atOnce > 1 ? others() : undefined;
    started?.catch(() => undefined);
    const engine = await buildEngine(config, slots, undefined, await pack);
    const process = batchProcessor(engine, shared);
    return {
      runner: workers > 1 ? sharedRunner(process, started ?? others, workers - 1) : inlineRunner(process),
      fingerprint: engineFingerprint(engine, config, slots),
    };
  }

  /**
   * How long a record may take, where somebody has to look: a plugin that is not built in may hang, and only another
   * thread can see that. Undefined where all plugins are built in and no timeout is asked for.
   */
  protected watchOf(config: Config, slots: readonly Slot[], timeout?: number) {
    const plugins = watchedPlugins(config, slots);
    if (timeout === undefined && plugins.every(({ name, slot }) => isBuiltin(name, slot))) return undefined;
    return { timeout: timeout ?? TIMEOUT_SECONDS, plugins };
  }

  /** The packs of a config, read in this thread for all workers. */
  protected async packOf(config: Config): Promise<EffectivePack> {
    const { loadEffective } = await import('../core/pack/loadEffective.js');
    return loadEffective(config);
  }

  /** A signal that is given on Ctrl-C or a polite kill; the second one ends the process. */
  protected stopOnSignal(): { readonly signal: AbortSignal; readonly off: () => void } {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    return { signal: stop.signal, off: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal) };
  }

  private report(summary: PassSummary, seconds: number, flags: PassFlags, once: boolean): void {
    const { records, rejects, rejectsFile, interrupted, resumed } = summary;
    if (flags.json)
      this.log(
        JSON.stringify({
          records,
          rejects,
          rejectsFile: rejects > 0 ? rejectsFile : null,
          interrupted,
          resumed,
          seconds,
        }),
      );
    if (!flags.quiet && process.stderr.isTTY) {
      const rate = seconds > 0 ? ` (${Math.round(records / seconds).toLocaleString('en')} a second)` : '';
      const refused = rejects > 0 ? `, ${rejects} rejected${rejectsFile ? `: see ${rejectsFile}` : ''}` : '';
      process.stderr.write(`${records.toLocaleString('en')} records in ${seconds.toFixed(1)} s${rate}${refused}\n`);
    }
    if (interrupted) {
      const onward = flags.output !== '-' && !once ? '; the same command with --resume goes on from here' : '';
      if (!flags.quiet) process.stderr.write(`legenda: interrupted${onward}\n`);
      process.exitCode = 130;
    } else if (rejects > 0 && !flags['allow-rejects']) {
      if (!flags.quiet && !process.stderr.isTTY) {
        process.stderr.write(
          `legenda: ${rejects} of ${records + rejects} lines rejected${rejectsFile ? `: see ${rejectsFile}` : ''}\n`,
        );
      }
      process.exitCode = EXIT.findings;
    }
  }
}

const watchedPlugins = (config: Config, slots: readonly Slot[]): RunningPlugin[] =>
  chosenPlugins(config, slots).map(({ plugin, slot }) => ({ name: plugin, slot }));

async function defaultWorkers(files: readonly string[], bytes: number | undefined): Promise<number> {
  const { availableParallelism } = await import('node:os');
  const cores = availableParallelism();
  if (bytes === undefined) return cores;
  const each = files.some((file) => /\.parquet$/i.test(file)) ? PACKED_BYTES_PER_WORKER : BYTES_PER_WORKER;
  return Math.max(1, Math.min(cores, Math.floor(bytes / each)));
}

/** The opener of a table format, or undefined for JSON Lines. */
async function tableOutput(output: string): Promise<((path: string) => Promise<Output>) | undefined> {
  if (/\.parquet$/i.test(output)) return (await import('../core/pipeline/parquetOutput.js')).parquetOutput;
  if (/\.csv$/i.test(output)) return (await import('../core/pipeline/csvOutput.js')).csvOutput;
  return undefined;
}
