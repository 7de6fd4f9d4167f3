import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import type { Batch } from '../core/pipeline/batch.js';
import type { WorkerReply } from '../core/pipeline/runners.js';
import { batchProcessor, type Task } from '../core/pipeline/tasks.js';
import type { Slot } from '../core/plugin/contract.js';

/** What a worker of a pass is started with. */
export interface PassWorkerData {
  readonly config: Config;
  readonly slots: readonly Slot[];
  readonly task: Task;
}

const port = parentPort!;
const { config, slots, task } = workerData as PassWorkerData;
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

try {
  const process = batchProcessor(await buildEngine(config, slots), task);
  port.on('message', async (batch: Batch) => {
    try {
      const result = await process(batch);
      reply({ kind: 'result', result }, [result.bytes.buffer as ArrayBuffer]);
    } catch (error) {
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
