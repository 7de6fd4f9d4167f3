import { parentPort, workerData } from 'node:worker_threads';
import { chosenPlugins, type Config } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import { engineFingerprint } from '../core/pipeline/fingerprint.js';
import type { WorkerBeacon, WorkerReply, WorkerRequest } from '../core/pipeline/seat.js';
import { batchProcessor, type Task } from '../core/pipeline/tasks.js';
import { Beacon } from '../core/plugin/beacon.js';
import type { Slot } from '../core/plugin/contract.js';
import { failure } from './failure.js';

/** What a worker of a pass is started with. */
export interface PassWorkerData {
  readonly config: Config;
  readonly slots: readonly Slot[];
  readonly task: Task;
}

const port = parentPort!;
const { config, slots, task, cells } = workerData as PassWorkerData & WorkerBeacon;
const beacon = new Beacon(cells);
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
const fail = (error: unknown): void => reply({ kind: 'failed', ...failure(error) });

try {
  const engine = await buildEngine(config, slots, beacon);
  const process = batchProcessor(engine, task);
  port.on('message', async ({ batch, refused }: WorkerRequest) => {
    try {
      const result = await process(batch, { beacon, refused });
      reply({ kind: 'result', result }, [result.bytes.buffer as ArrayBuffer]);
    } catch (error) {
      fail(error);
    }
  });
  const plugins = chosenPlugins(config, slots).map(({ slot }, i) => {
    const [, name] = /^(.*)@[^@]*$/.exec(engine.plugins[i])!;
    return { slot, name };
  });
  reply({ kind: 'ready', fingerprint: engineFingerprint(engine, config, slots), plugins });
} catch (error) {
  fail(error);
}
