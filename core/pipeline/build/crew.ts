import { Worker } from 'node:worker_threads';
import type { Answer, Crew, Desk, FileOutcome, FileTask, Question } from './desk.js';
import type { ArticleHead } from './journalEntry.js';
import { DiskError } from './writeImage.js';

/** What a worker says. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'take'; readonly head: ArticleHead; readonly rows: string }
  | { readonly kind: 'done'; readonly outcome: FileOutcome }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly disk?: { readonly code: string; readonly path: string };
    };
/** What it is told. */
export type ToWorker =
  | { readonly kind: 'task'; readonly task: FileTask }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** An article has been taken: the worker may go on. */
  | { readonly kind: 'taken' };

/**
 * Works in `count` worker threads, each with an engine of its own.
 * @param script the worker's entry
 * @param data what it builds its engine from
 */
export async function workerCrew(script: URL, data: unknown, count: number): Promise<Crew> {
  const seats = await Promise.all(Array.from({ length: count }, () => Seat.open(script, data)));
  const free = [...seats];
  const waiting: ((seat: Seat) => void)[] = [];
  return {
    width: count,
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
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** One worker and the task that it is at. */
class Seat {
  private heard: ((said: FromWorker) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;
  private dead: Error | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (said: FromWorker) => this.heard?.(said));
    worker.on('error', (error: Error) => this.die(error));
    worker.on('exit', (code) => this.die(new Error(`a worker ended with code ${code}`)));
  }

  static async open(script: URL, data: unknown): Promise<Seat> {
    const seat = new Seat(new Worker(script, { workerData: data }));
    await seat.until((said, resolve) => {
      if (said.kind === 'ready') resolve(undefined);
    });
    return seat;
  }

  async run(task: FileTask, desk: Desk): Promise<FileOutcome> {
    const tell = (message: ToWorker): void => this.worker.postMessage(message);
    const outcome = this.until<FileOutcome>((said, resolve, reject) => {
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

  async close(): Promise<void> {
    this.failed = undefined;
    this.worker.removeAllListeners('exit');
    await this.worker.terminate();
  }

  /** Listens until `hear` resolves, the worker says that it failed, or ends. */
  private until<T>(
    hear: (said: FromWorker, resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.dead) return reject(this.dead);
      this.failed = reject;
      this.heard = (said) => {
        if (said.kind !== 'failed') return hear(said, resolve, reject);
        reject(said.disk ? new DiskError(said.disk.code, said.disk.path, undefined) : new Error(said.message));
      };
    });
  }

  private die(error: Error): void {
    this.dead ??= error;
    this.failed?.(error);
  }
}
