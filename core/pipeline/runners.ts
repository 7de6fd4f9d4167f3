import { setImmediate } from 'node:timers/promises';
import type { Batch, BatchResult } from './batch.js';
import { Blame } from './blame.js';
import type { Helpers } from './helpers.js';
import { keepToOwnCores } from './keepToOwnCores.js';
import type { BatchRunner } from './pass.js';
import { Seat, type SeatOptions, type WorkerReady } from './seat.js';

/** Runs batches in this thread. Nothing watches it: what hangs here, hangs. */
export const inlineRunner = (run: (batch: Batch) => Promise<BatchResult> | BatchResult): BatchRunner => ({
  width: 1,
  run: (batch) => run(batch),
  close: () => Promise.resolve(),
});

/** Batches under way for each thread: none is idle while results are written or a checkpoint is made. */
const BATCHES_PER_WORKER = 4;

/**
 * Runs batches in this thread and in others: with as many threads as cores, a thread that only reads and writes would
 * take time from those that work. This one begins at once, the others join when they are ready.
 *
 * @param run works on a batch here
 * @param others the other threads that are being started, or what starts them when a second batch has come. Where they
 *   cannot start, the pass ends
 * @param count how many others there are
 */
export function sharedRunner(
  run: (batch: Batch) => Promise<BatchResult> | BatchResult,
  others: Promise<Helpers> | (() => Promise<Helpers>),
  count: number,
): BatchRunner {
  keepToOwnCores(count + 1);
  let helpers: Helpers | undefined;
  let broken: { readonly error: unknown } | undefined;
  let starting: Promise<unknown> | undefined;
  const join = (promise: Promise<Helpers>): void => {
    starting = promise.then(
      (started) => (helpers = started),
      (error: unknown) => (broken = { error }),
    );
  };
  if (typeof others !== 'function') join(others);
  const begin = (batch: Batch): { readonly here: boolean; readonly result: Promise<BatchResult> | BatchResult } => {
    if (broken) throw broken.error as Error;
    if (!helpers?.hasRoom) return { here: true, result: run(batch) };
    const result = helpers.run(batch);
    result.catch(() => undefined);
    return { here: false, result };
  };
  let batches = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    width: (count + 1) * BATCHES_PER_WORKER,
    run(batch) {
      if (++batches === 2 && typeof others === 'function') join(others());
      // One after the other, and each after a look at what the others have answered.
      const begun = turn.then(() => setImmediate()).then(() => begin(batch));
      turn = begun.then(({ here, result }) => (here ? result : undefined)).catch(() => undefined);
      return begun.then(({ result }) => result);
    },
    async close() {
      await starting;
      await helpers?.close();
    },
  };
}

/** A runner over worker threads, and what its workers said of the engine that each of them built. */
export interface WorkerRunner extends BatchRunner {
  readonly ready: WorkerReady;
}

/** What a worker is asked: a batch, and the lines of it that are not to be tried again. */
export interface BatchRequest {
  readonly batch: Batch;
  readonly refused: ReadonlyMap<number, string>;
}
type BatchSeat = Seat<BatchRequest, BatchResult>;

/** Runs a batch to its end, whatever becomes of the workers: the records that they are lost over go to the rejects. */
async function runBatch(seat: BatchSeat, batch: Batch): Promise<BatchResult> {
  const blame = new Blame();
  for (;;) {
    const reply = await seat.ask({ batch, refused: blame.refused });
    if (reply.kind === 'answer') return reply.answer;
    blame.lost(reply);
  }
}

/**
 * Runs batches in `count` worker threads, each with an engine of its own, under a watchdog: see `Seat`. It can be used
 * as soon as the first worker is ready; the others join.
 *
 * @param atOnce how many are started now; more follow when batches have to wait
 * @throws what a worker reports when it cannot start
 */
export async function workerRunner(options: SeatOptions, count: number, atOnce = count): Promise<WorkerRunner> {
  keepToOwnCores(count);
  const seats: BatchSeat[] = [];
  const free: BatchSeat[] = [];
  let waiting: { readonly resolve: (seat: BatchSeat) => void; readonly reject: (error: unknown) => void }[] = [];
  let broken: { readonly error: unknown } | undefined;
  const give = (seat: BatchSeat): void => {
    const next = waiting.shift();
    if (next) next.resolve(seat);
    else free.push(seat);
  };
  // A worker that cannot start ends the pass: all of them are alike.
  const fail = (error: unknown): void => {
    broken ??= { error };
    for (const { reject } of waiting) reject(error);
    waiting = [];
  };
  const begin = (): Promise<WorkerReady> => {
    const seat: BatchSeat = new Seat(options);
    seats.push(seat);
    const started = seat.start().then((ready) => {
      give(seat);
      return ready;
    });
    started.catch(fail);
    return started;
  };
  const take = (): Promise<BatchSeat> =>
    new Promise((resolve, reject) => {
      const seat = free.pop();
      if (broken) return reject(broken.error as Error);
      if (seat) return resolve(seat);
      waiting.push({ resolve, reject });
      if (seats.length < count) void begin();
    });
  const close = async (): Promise<void> => {
    await Promise.all(seats.map((seat) => seat.close()));
  };
  const starts = Array.from({ length: atOnce }, begin);
  try {
    const ready = await Promise.race(starts);
    return {
      ready,
      width: count * BATCHES_PER_WORKER,
      async run(batch) {
        const seat = await take();
        try {
          return await runBatch(seat, batch);
        } finally {
          give(seat);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
