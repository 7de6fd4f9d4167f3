import { Worker } from 'node:worker_threads';
import type { EffectivePack } from '../pack/model.js';
import { Beacon } from '../plugin/beacon.js';
import type { Batch, BatchResult } from './batch.js';
import type { BatchRunner } from './pass.js';
import type { BatchRequest } from './runners.js';
import type { WorkerReply } from './seat.js';
import { WorkerFailure } from './workerFailure.js';

export interface HelperOptions {
  /** The worker's entry, as in `SeatOptions`. */
  readonly script: URL;
  readonly data: object;
  /** The packs, read once for all. */
  readonly pack: Promise<EffectivePack>;
}

/** Batches that wait at each thread, so that it never has to wait for another one to look. */
const QUEUED = 3;

/**
 * Threads that work beside this one, with batches waiting at each. Nobody watches them, as nobody watches this thread: for
 * plugins that may hang there is `workerRunner`.
 */
export class Helpers implements BatchRunner {
  readonly width: number;

  private constructor(private readonly threads: readonly Helper[]) {
    this.width = threads.length * QUEUED;
  }

  /** @throws what a thread reports when it cannot start */
  static async start(options: HelperOptions, count: number): Promise<Helpers> {
    const threads = Array.from({ length: count }, () => new Helper(options));
    try {
      const pack = await options.pack;
      await Promise.all(threads.map((thread) => thread.start(pack)));
      return new Helpers(threads);
    } catch (error) {
      await Promise.all(threads.map((thread) => thread.close()));
      throw error;
    }
  }

  /** Whether one of them has room for a batch. */
  get hasRoom(): boolean {
    return this.threads.some((thread) => thread.waiting < QUEUED);
  }

  run(batch: Batch): Promise<BatchResult> {
    return this.threads.reduce((a, b) => (b.waiting < a.waiting ? b : a)).run(batch);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}

type Waiting = { readonly resolve: (reply: WorkerReply<BatchResult>) => void; readonly reject: (error: Error) => void };

/** One thread; it answers in the order in which it is asked. */
class Helper {
  private readonly worker: Worker;
  private readonly asked: Waiting[] = [];
  private end: Error | undefined;

  constructor({ script, data }: HelperOptions) {
    this.worker = new Worker(script, { workerData: { ...data, cells: new Beacon().cells }, stdout: true });
    this.worker.stdout.on('data', (chunk: Uint8Array) => process.stderr.write(chunk));
    this.worker.on('message', (reply: WorkerReply<BatchResult>) => this.asked.shift()?.resolve(reply));
    this.worker.on('error', (error: Error) => this.fail(error));
    this.worker.on('exit', (code) => this.fail(new Error(`a worker ended with code ${code}`)));
  }

  /** Batches that it has not answered. */
  get waiting(): number {
    return this.asked.length;
  }

  async start(pack: EffectivePack): Promise<void> {
    const reply = await this.ask(pack);
    if (reply.kind === 'failed') throw new WorkerFailure(reply.code, reply.message);
  }

  async run(batch: Batch): Promise<BatchResult> {
    const reply = await this.ask({ batch, refused: new Map() } satisfies BatchRequest);
    if (reply.kind === 'answer') return reply.answer;
    throw reply.kind === 'failed' ? new WorkerFailure(reply.code, reply.message) : new Error('a worker started twice');
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private ask(message: object): Promise<WorkerReply<BatchResult>> {
    return new Promise((resolve, reject) => {
      if (this.end) return reject(this.end);
      this.asked.push({ resolve, reject });
      this.worker.postMessage(message);
    });
  }

  private fail(error: Error): void {
    this.end ??= error;
    for (const { reject } of this.asked.splice(0)) reject(this.end);
  }
}
