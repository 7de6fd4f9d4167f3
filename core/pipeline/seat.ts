import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { EffectivePack } from '../pack/model.js';
import { Beacon, type RunningPlugin } from '../plugin/beacon.js';
import { PluginError } from '../plugin/pluginError.js';
import { WorkerFailure } from './workerFailure.js';

/** What a worker says of the engine that it built. */
export interface WorkerReady {
  readonly kind: 'ready';
  /** What results depend on beside input and task. */
  readonly fingerprint: string;
  /** The plugins in the order of their indices on the beacon, by the names that they give themselves. */
  readonly plugins: readonly RunningPlugin[];
}
/** What a worker answers. `code` is the exit code that its error has. */
export type WorkerReply<Answer> =
  WorkerReady | WorkerAnswer<Answer> | { readonly kind: 'failed'; readonly code: number; readonly message: string };
export interface WorkerAnswer<Answer> {
  readonly kind: 'answer';
  readonly answer: Answer;
}
/** A worker that is no more, with what it was doing. */
export interface Lost {
  readonly kind: 'lost';
  /** What the beacon said: 0 where no record was under way. */
  readonly line: number;
  readonly plugin: RunningPlugin | undefined;
  /** It was alive, but gave no sign for too long. */
  readonly hung: boolean;
  /** In a few words. */
  readonly why: string;
}
/** What a worker's data holds beside `SeatOptions.data`. */
export interface WorkerBeacon {
  readonly cells: Int32Array;
}

export interface SeatOptions {
  /** The worker's entry, which answers `ready`, then one reply for each request. */
  readonly script: URL;
  /** What the worker builds its engine from. */
  readonly data: object;
  /** The packs, read once for all workers: the first message that each of them gets. */
  readonly pack: Promise<EffectivePack>;
  /** Seconds that a record, or the set-up of a plugin, may take. */
  readonly timeout: number;
  /** The plugins by the names of the config, for what happens before a worker is ready. */
  readonly plugins: readonly RunningPlugin[];
  readonly limits?: ResourceLimits;
}

/** Looks for each timeout. */
const LOOKS = 10;

/**
 * The place of one worker, and a watchdog over it. The worker itself says, in shared memory, which record and which
 * plugin is under way: when it hangs or ends, nothing has to be tried out to know which record it was.
 */
export class Seat<Request extends object, Answer> {
  private worker: Worker | undefined;
  private closed = false;
  /** Why the worker is no more. */
  private gone: string | undefined;
  private beacon = new Beacon();
  private plugins: readonly RunningPlugin[];

  constructor(private readonly options: SeatOptions) {
    this.plugins = options.plugins;
  }

  /** Starts a worker. @throws WorkerFailure, or PluginError where a plugin does not finish its set-up */
  async start(): Promise<WorkerReady> {
    this.open();
    const { worker } = this;
    const answer = this.reply(
      () => undefined,
      () => this.beacon.read().plugin >= 0,
    );
    let reply: WorkerReply<Answer> | Lost;
    try {
      // The worker loads its modules while the packs are read.
      worker?.postMessage(await this.options.pack);
      reply = await answer;
    } catch (error) {
      await this.drop();
      throw error;
    }
    if (reply.kind === 'ready') {
      this.plugins = reply.plugins;
      return reply;
    }
    if (reply.kind === 'failed') throw new WorkerFailure(reply.code, reply.message);
    await this.drop();
    const { plugin, why, hung } = reply as Lost;
    if (plugin === undefined) throw new Error(`a worker could not start: ${why}`);
    throw new PluginError(hung ? 'timed-out' : 'crashed', plugin.name, plugin.slot, `setup failed: ${why}`);
  }

  /**
   * Asks the worker. Where it is lost, a new one has been started when this returns.
   * @throws WorkerFailure on an internal error of the worker
   */
  async ask(request: Request): Promise<WorkerAnswer<Answer> | Lost> {
    if (this.closed) throw new Error('the worker was stopped');
    const reply = await this.reply(() => this.worker!.postMessage(request));
    if (reply.kind === 'failed') throw new WorkerFailure(reply.code, reply.message);
    if (this.closed) throw new Error('the worker was stopped');
    if (reply.kind === 'lost') {
      await this.drop();
      await this.start();
    }
    return reply as WorkerAnswer<Answer> | Lost;
  }

  /** Ends the worker for good; who waits for an answer of it gets an error. */
  async close(): Promise<void> {
    this.closed = true;
    await this.drop();
  }

  private async drop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private open(): void {
    this.beacon = new Beacon();
    const workerData = { ...this.options.data, cells: this.beacon.cells } satisfies WorkerBeacon;
    const worker = new Worker(this.options.script, { workerData, resourceLimits: this.options.limits, stdout: true });
    this.worker = worker;
    this.gone = undefined;
    let trouble: string | undefined;
    worker.on('error', (error: Error) => (trouble = endedBy(error)));
    worker.on('exit', (code) => {
      if (this.worker === worker) this.gone = trouble ?? `the worker ended (exit ${code})`;
    });
    // What a plugin prints must not get between the records.
    worker.stdout.on('data', (chunk: Uint8Array) => process.stderr.write(chunk));
  }

  /** Sends a request and waits for the reply, or for the worker to be lost: ended, or without a sign for too long. */
  private reply(send: () => void, counts: () => boolean = () => true): Promise<WorkerReply<Answer> | Lost> {
    const worker = this.worker!;
    const { beacon } = this;
    const { timeout } = this.options;
    return new Promise((resolve) => {
      let quiet = 0;
      let steps = beacon.read().steps;
      // Looks are counted, not time: while this thread or the whole machine sleeps, nobody is late.
      const watch = setInterval(
        () => {
          const now = beacon.read().steps;
          quiet = now === steps && counts() ? quiet + 1 : 0;
          steps = now;
          if (quiet > LOOKS) settle(this.lost(`no answer within ${timeout} seconds`, true));
        },
        (timeout * 1000) / LOOKS,
      );
      const onMessage = (reply: WorkerReply<Answer>): void => settle(reply);
      const onExit = (): void => settle(this.lost(this.gone ?? 'the worker ended', false));
      const settle = (reply: WorkerReply<Answer> | Lost): void => {
        clearInterval(watch);
        worker.off('message', onMessage).off('exit', onExit);
        resolve(reply);
      };
      worker.on('message', onMessage).on('exit', onExit);
      if (this.gone !== undefined) onExit();
      else send();
    });
  }

  private lost(why: string, hung: boolean): Lost {
    const { line, plugin } = this.beacon.read();
    return { kind: 'lost', line, plugin: this.plugins[plugin], why, hung };
  }
}

function endedBy(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the worker ran out of memory' : `the worker ended: ${error.message}`;
}
