import { Worker } from 'node:worker_threads';
import { Beacon, type RunningPlugin } from '../../plugin/beacon.js';
import { PluginError } from '../../plugin/pluginError.js';
import { Blame } from '../blame.js';
import type { Lost, WorkerBeacon } from '../seat.js';
import { WorkerFailure } from '../workerFailure.js';
import {
  NO_SECONDS,
  type Answer,
  type Crew,
  type Desk,
  type FileOutcome,
  type FileTask,
  type Question,
  type Refusal,
} from './desk.js';
import type { ArticleHead } from './journalEntry.js';
import { DiskError } from './writeImage.js';

/** What a worker says. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly plugins: readonly RunningPlugin[] }
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'take'; readonly head: ArticleHead; readonly rows: string }
  | { readonly kind: 'done'; readonly outcome: FileOutcome }
  /** `code` is the exit code of the error. */
  | {
      readonly kind: 'failed';
      readonly code: number;
      readonly message: string;
      readonly disk?: { readonly code: string; readonly path: string };
    };
/** What it is told. */
export type ToWorker =
  | { readonly kind: 'task'; readonly task: FileTask }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** An article has been taken: the worker may go on. */
  | { readonly kind: 'taken' };

export interface CrewOptions {
  /** The worker's entry. */
  readonly script: URL;
  /** What a worker builds its engine from. */
  readonly data: object;
  readonly count: number;
  /** Seconds without a sign of life after which a worker is given up. */
  readonly timeout: number;
  /** The plugins by the names of the config, for what happens before a worker is ready. */
  readonly plugins: readonly RunningPlugin[];
}

/**
 * Works in threads, each with an engine of its own. An article over which a thread hangs or dies is refused, and the rest of its
 * file goes on in a new thread.
 */
export async function workerCrew(options: CrewOptions): Promise<Crew> {
  const seats = Array.from({ length: options.count }, () => new Seat(options));
  const free = [...seats];
  const waiting: ((seat: Seat) => void)[] = [];
  const close = async (): Promise<void> => void (await Promise.all(seats.map((seat) => seat.close())));
  try {
    await Promise.all(seats.map((seat) => seat.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    width: options.count,
    async run(task, desk) {
      const seat = free.pop() ?? (await new Promise<Seat>((resolve) => waiting.push(resolve)));
      try {
        return await seat.run(task, desk);
      } finally {
        const next = waiting.shift();
        if (next) next(seat);
        else free.push(seat);
      }
    },
    close,
  };
}

/** Looks for a sign of life in each timeout. */
const LOOKS = 10;

/** The place of one worker, with a watchdog over it. */
class Seat {
  private worker: Worker | undefined;
  private beacon = new Beacon();
  private plugins: readonly RunningPlugin[];
  private gone: string | undefined;

  constructor(private readonly options: CrewOptions) {
    this.plugins = options.plugins;
  }

  /** @throws WorkerFailure, or PluginError where a plugin does not finish its set-up */
  async start(): Promise<void> {
    this.open();
    const end = await this.listen<readonly RunningPlugin[]>((said, resolve) => {
      if (said.kind === 'ready') resolve(said.plugins);
    });
    if (!('kind' in end)) {
      this.plugins = end;
      return;
    }
    await this.close();
    const { plugin, why, hung } = end;
    if (plugin === undefined) throw new Error(`a worker could not start: ${why}`);
    throw new PluginError(hung ? 'timed-out' : 'crashed', plugin.name, plugin.slot, `setup failed: ${why}`);
  }

  async run(task: FileTask, desk: Desk): Promise<FileOutcome> {
    const blame = new Blame();
    const refused = new Map<number, Refusal>();
    for (;;) {
      const end = await this.attempt({ ...task, refused }, desk);
      if (!('kind' in end)) return end;
      await this.close();
      await this.start();
      if (!blame.lost(end)) continue;
      const stage = end.plugin?.slot ?? 'article-reader';
      const error = blame.refused.get(end.line)!;
      // The reader cannot get past this place: what comes after it in the file is lost with it.
      if (stage === 'article-reader') {
        return {
          articles: end.line - 1,
          rejects: task.share === 0 ? [{ file: task.path, stage, error }] : [],
          seconds: NO_SECONDS,
        };
      }
      refused.set(end.line - 1, { stage, error });
    }
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private attempt(task: FileTask, desk: Desk): Promise<FileOutcome | Lost> {
    const tell = (message: ToWorker): void => this.worker?.postMessage(message);
    const outcome = this.listen<FileOutcome>((said, resolve, reject) => {
      const serve = async (): Promise<void> => {
        if (said.kind === 'ask') tell({ kind: 'answer', answer: await desk.ask(said.question) });
        else if (said.kind === 'take') {
          await desk.take(said.head, said.rows);
          tell({ kind: 'taken' });
        } else if (said.kind === 'done') resolve(said.outcome);
      };
      serve().catch(reject);
    });
    tell({ kind: 'task', task });
    return outcome;
  }

  private open(): void {
    this.beacon = new Beacon();
    const workerData = { ...this.options.data, cells: this.beacon.cells } satisfies WorkerBeacon;
    const worker = new Worker(this.options.script, { workerData, stdout: true });
    this.worker = worker;
    this.gone = undefined;
    let trouble: string | undefined;
    worker.on('error', (error: NodeJS.ErrnoException) => {
      trouble =
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'the worker ran out of memory'
          : `the worker ended: ${error.message}`;
    });
    worker.on('exit', (code) => {
      if (this.worker === worker) this.gone = trouble ?? `the worker ended (exit ${code})`;
    });
    // What a plugin prints must not get into the summary.
    worker.stdout.on('data', (chunk: Uint8Array) => process.stderr.write(chunk));
  }

  /** Listens until `hear` resolves, the worker says that it failed, ends, or gives no sign for too long. */
  private listen<T extends object>(
    hear: (said: FromWorker, resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ): Promise<T | Lost> {
    const worker = this.worker!;
    const { beacon } = this;
    const { timeout } = this.options;
    return new Promise((resolve, reject) => {
      let quiet = 0;
      let steps = beacon.read().steps;
      // Looks are counted, not time: while this thread or the whole machine sleeps, nobody is late.
      const watch = setInterval(
        () => {
          const now = beacon.read();
          quiet = now.steps === steps && now.plugin >= 0 ? quiet + 1 : 0;
          steps = now.steps;
          if (quiet > LOOKS) end(() => resolve(this.lost(`no answer within ${timeout} seconds`, true)));
        },
        (timeout * 1000) / LOOKS,
      );
      const onMessage = (said: FromWorker): void => {
        if (said.kind !== 'failed') {
          hear(
            said,
            (value) => end(() => resolve(value)),
            (error) => end(() => reject(error as Error)),
          );
        } else if (said.disk) end(() => reject(new DiskError(said.disk!.code, said.disk!.path, undefined)));
        else end(() => reject(new WorkerFailure(said.code, said.message)));
      };
      const onExit = (): void => end(() => resolve(this.lost(this.gone ?? 'the worker ended', false)));
      const end = (settle: () => void): void => {
        clearInterval(watch);
        worker.off('message', onMessage).off('exit', onExit);
        settle();
      };
      worker.on('message', onMessage).on('exit', onExit);
      if (this.gone !== undefined) onExit();
    });
  }

  private lost(why: string, hung: boolean): Lost {
    const { line, plugin } = this.beacon.read();
    return { kind: 'lost', line, plugin: this.plugins[plugin], why, hung };
  }
}
