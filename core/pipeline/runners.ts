import { Worker } from 'node:worker_threads';
import type { Batch, BatchResult } from './batch.js';
import type { BatchRunner } from './pass.js';

/** Runs batches in this thread. */
export const inlineRunner = (run: BatchRunner['run']): BatchRunner => ({
  width: 1,
  run,
  close: () => Promise.resolve(),
});

/** What a worker answers. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: BatchResult }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Runs batches in `count` worker threads, each with an engine of its own. Bytes are handed over, not copied.
 *
 * @param script the worker's entry, which answers `ready`, then one reply for each batch
 * @param data what the worker builds its engine from
 */
export async function workerRunner(script: URL, data: unknown, count: number): Promise<BatchRunner> {
  const seats = await Promise.all(Array.from({ length: count }, () => Seat.open(script, data)));
  const waiting: ((seat: Seat) => void)[] = [];
  const free = [...seats];
  const take = (): Promise<Seat> => {
    const seat = free.pop();
    return seat ? Promise.resolve(seat) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (seat: Seat): void => {
    const next = waiting.shift();
    if (next) next(seat);
    else free.push(seat);
  };
  return {
    // One batch waits for each that is under way, so that no worker is idle while results are written.
    width: count * 2,
    async run(batch) {
      const seat = await take();
      try {
        return await seat.run(batch);
      } finally {
        giveBack(seat);
      }
    },
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** One worker and the promise of its current batch. */
class Seat {
  private settle: { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (reply: WorkerReply) => this.settle?.resolve(reply));
    worker.on('error', (error: Error) => this.settle?.reject(error));
    worker.on('exit', (code) => this.settle?.reject(new Error(`a worker ended with code ${code}`)));
  }

  static async open(script: URL, data: unknown): Promise<Seat> {
    const seat = new Seat(new Worker(script, { workerData: data }));
    const reply = await seat.reply();
    if (reply.kind === 'failed') throw new Error(reply.message);
    return seat;
  }

  async run(batch: Batch): Promise<BatchResult> {
    const reply = this.reply();
    // The input is wanted here too, to report duplicates: it is copied, the output is handed over.
    this.worker.postMessage(batch);
    const answer = await reply;
    if (answer.kind === 'result') return answer.result;
    throw new Error(answer.kind === 'failed' ? answer.message : 'a worker answered out of turn');
  }

  async close(): Promise<void> {
    this.settle = undefined;
    await this.worker.terminate();
  }

  private reply(): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }
}
