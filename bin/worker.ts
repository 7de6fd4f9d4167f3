import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import { readyReply } from '../core/pipeline/fingerprint.js';
import type { BatchResult } from '../core/pipeline/batch.js';
import type { BatchRequest } from '../core/pipeline/runners.js';
import type { WorkerBeacon, WorkerReply } from '../core/pipeline/seat.js';
import { batchProcessor, type Task } from '../core/pipeline/tasks.js';
import type { EffectivePack } from '../core/pack/model.js';
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
const reply = (message: WorkerReply<BatchResult>, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);
const fail = (error: unknown): void => reply({ kind: 'failed', ...failure(error) });

try {
  const [pack] = (await once(port, 'message')) as [EffectivePack];
  const engine = await buildEngine(config, slots, beacon, pack);
  const process = batchProcessor(engine, task);
  const answer = async ({ batch, refused }: BatchRequest): Promise<void> => {
    try {
      const answer = await process(batch, { beacon, refused });
      reply({ kind: 'answer', answer }, [answer.bytes.buffer as ArrayBuffer]);
    } catch (error) {
      fail(error);
    }
  };
  // One batch after the other, whatever each has to wait for: answers have no number but their order.
  let turn = Promise.resolve();
  port.on('message', (request: BatchRequest) => (turn = turn.then(() => answer(request))));
  reply(readyReply(engine, config, slots));
} catch (error) {
  fail(error);
}
