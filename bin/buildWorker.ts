import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import { FileBuilder } from '../core/pipeline/build/buildFile.js';
import type { FromWorker, ToWorker } from '../core/pipeline/build/crew.js';
import type { Answer, Desk, FileTask } from '../core/pipeline/build/desk.js';
import { DiskError } from '../core/pipeline/build/writeImage.js';
import { readyReply } from '../core/pipeline/fingerprint.js';
import type { WorkerBeacon } from '../core/pipeline/seat.js';
import { Beacon } from '../core/plugin/beacon.js';
import type { Slot } from '../core/plugin/contract.js';
import { failure } from './failure.js';

/** What a worker of a build is started with. */
export interface BuildWorkerData {
  readonly config: Config;
  readonly slots: readonly Slot[];
  /** The dataset's folder. */
  readonly output: string;
  /** As in `BuildTools`. */
  readonly together: boolean;
}

const port = parentPort!;
const { config, slots, output, together, cells } = workerData as BuildWorkerData & WorkerBeacon;
const beacon = new Beacon(cells);
const say = (message: FromWorker): void => port.postMessage(message);

let answered: ((answer: Answer) => void) | undefined;
let taken: (() => void) | undefined;
const desk: Desk = {
  ask(question) {
    say({ kind: 'ask', question });
    return new Promise((resolve) => (answered = resolve));
  },
  take(head, rows) {
    say({ kind: 'take', head, rows });
    return new Promise((resolve) => (taken = resolve));
  },
};

function fail(error: unknown): void {
  const disk = error instanceof DiskError ? { code: error.code, path: error.path } : undefined;
  say({ kind: 'failed', ...failure(error), disk });
}

try {
  const engine = await buildEngine(config, slots, beacon);
  const builder = new FileBuilder(engine, output, together, beacon);
  const work = async (task: FileTask): Promise<void> => say({ kind: 'done', outcome: await builder.build(task, desk) });
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'task') work(message.task).catch(fail);
    else if (message.kind === 'answer') answered?.(message.answer);
    else taken?.();
  });
  say({ kind: 'ready', plugins: readyReply(engine, config, slots).plugins });
} catch (error) {
  fail(error);
}
