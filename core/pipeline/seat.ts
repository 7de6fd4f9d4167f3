import { Worker, type ResourceLimits } from 'node:worker_threads';
import { Beacon, type RunningPlugin } from '../plugin/beacon.js';
import { PluginError } from '../plugin/pluginError.js';
import type { Batch, BatchResult } from './batch.js';
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
export type WorkerReply =
  | WorkerReady
  | { readonly kind: 'result'; readonly result: BatchResult }
  | { readonly kind: 'failed'; readonly code: number; readonly message: string };
/** What a worker is asked. */
export interface WorkerRequest {
  readonly batch: Batch;
  readonly refused: ReadonlyMap<number, string>;
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
  /** Seconds that a record, or the set-up of a plugin, may take. */
  readonly timeout: number;
  /** The plugins by the names of the config, for what happens before a worker is ready. */
  readonly plugins: readonly RunningPlugin[];
  readonly limits?: ResourceLimits;
}

/** How often a record may be under way when a worker ends before it is held responsible: the first time may be chance. */
const DEATHS = 2;
/** How often workers may be lost between two records of one batch before the pass is given up. */
const LOSSES = 3;
/** The exit code of a plugin that failed; see `bin/failure.ts`. */
const PLUGIN_FAILED = 5;
/** Looks for each timeout. */
const LOOKS = 10;

/**
 * The place of one worker. A worker that does not answer for a record in time, or that ends, is replaced, and its batch is
 * given to the new one without the record that was under way: that one goes to the rejects. The worker itself says, in
 * shared memory, which record and which plugin is under way, so that nothing has to be tried out.
 */
export class Seat {
  private worker: Worker | undefined;
  /** Why the worker is no more. */
  private gone: string | undefined;
  private beacon = new Beacon();
  private plugins: readonly RunningPlugin[];

  constructor(private readonly options: SeatOptions) {
    this.plugins = options.plugins;
  }

  /** Starts a worker. @throws WorkerFailure, or PluginError where a plugin does not finish its set-up */
  async start(): Promise<WorkerReady> {
    this.beacon = new Beacon();
    const data = { ...this.options.data, cells: this.beacon.cells } satisfies WorkerBeacon;
    this.open(data);
    const reply = await this.reply(() => undefined, () => this.beacon.read().plugin >= 0);
    if (reply.kind === 'ready') {
      this.plugins = reply.plugins;
      return reply;
    }
    if (reply.kind === 'failed') throw new WorkerFailure(reply.code, reply.message);
    await this.close();
    const { plugin, why } = reply as Lost;
    if (plugin === undefined) throw new Error(`a worker could not start: ${why}`);
    throw new PluginError(why === TIMED_OUT ? 'timed-out' : 'crashed', plugin.name, plugin.slot, `setup failed: ${this.told(why)}`);
  }

  /** Runs a batch to its end, whatever becomes of the workers. @throws WorkerFailure on an internal error */
  async run(batch: Batch): Promise<BatchResult> {
    const refused = new Map<number, string>();
    const deaths = new Map<number, number>();
    for (;;) {
      const reply = await this.reply(() => this.worker!.postMessage({ batch, refused } satisfies WorkerRequest));
      if (reply.kind === 'result') return reply.result;
      if (reply.kind === 'failed') throw new WorkerFailure(reply.code, reply.message);
      const { line, plugin, why } = reply as Lost;
      const died = (deaths.get(line) ?? 0) + 1;
      deaths.set(line, died);
      if (line === 0) {
        // Something that a plugin left behind: no record can be named.
        if (died >= LOSSES) throw new WorkerFailure(PLUGIN_FAILED, `legenda: workers were lost ${died} times between two records: ${this.told(why)}`);
      } else if (why === TIMED_OUT || died >= DEATHS) refused.set(line, refusal(plugin, this.told(why)));
      await this.close();
      await this.start();
    }
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private open(data: object): void {
    const worker = new Worker(this.options.script, { workerData: data, resourceLimits: this.options.limits, stdout: true });
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

  private told(why: string): string {
    return why === TIMED_OUT ? `no answer within ${this.options.timeout} seconds` : why;
  }

  /** Sends a request and waits for the reply, or for the worker to be lost: ended, or without a sign for too long. */
  private reply(send: () => void, counts: () => boolean = () => true): Promise<WorkerReply | Lost> {
    const worker = this.worker!;
    const { beacon } = this;
    return new Promise((resolve) => {
      let quiet = 0;
      let steps = beacon.read().steps;
      // Looks are counted, not time: while this thread or the whole machine sleeps, nobody is late.
      const watch = setInterval(() => {
        const now = beacon.read().steps;
        quiet = now === steps && counts() ? quiet + 1 : 0;
        steps = now;
        if (quiet > LOOKS) settle(this.lost(TIMED_OUT));
      }, (this.options.timeout * 1000) / LOOKS);
      const onMessage = (reply: WorkerReply): void => settle(reply);
      const onExit = (): void => settle(this.lost(this.gone ?? 'the worker ended'));
      const settle = (reply: WorkerReply | Lost): void => {
        clearInterval(watch);
        worker.off('message', onMessage).off('exit', onExit);
        resolve(reply);
      };
      worker.on('message', onMessage).on('exit', onExit);
      if (this.gone !== undefined) settle(this.lost(this.gone));
      else send();
    });
  }

  private lost(why: string): Lost {
    const { line, plugin } = this.beacon.read();
    return { kind: 'lost', line, plugin: this.plugins[plugin], why };
  }
}

/** A worker that is no more, with what it was doing. */
interface Lost {
  readonly kind: 'lost';
  /** 0 where no record was under way. */
  readonly line: number;
  readonly plugin: RunningPlugin | undefined;
  readonly why: string;
}
const TIMED_OUT = 'timed out';

function endedBy(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the worker ran out of memory' : `the worker ended: ${error.message}`;
}

function refusal(plugin: RunningPlugin | undefined, what: string): string {
  return plugin === undefined ? `the record could not be processed: ${what}` : `plugin '${plugin.name}' (${plugin.slot}): ${what}`;
}
