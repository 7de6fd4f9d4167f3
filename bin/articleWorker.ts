import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../core/config.js';
import { buildEngine } from '../core/container.js';
import type { ArticleSlot } from '../core/pipeline/articleStream.js';
import { readyReply } from '../core/pipeline/fingerprint.js';
import { readPubmed } from '../core/pipeline/pubmed.js';
import type { WorkerBeacon, WorkerReply } from '../core/pipeline/seat.js';
import { ArticleDesk, type ArticleAnswer, type ArticleRequest } from '../core/pipeline/watchedArticles.js';
import type { EffectivePack } from '../core/pack/model.js';
import { Beacon } from '../core/plugin/beacon.js';
import type { Slot } from '../core/plugin/contract.js';
import { failure } from './failure.js';

/** What a worker that reads articles is started with. */
export interface ArticleWorkerData {
  readonly config: Config;
  readonly slots: readonly Slot[];
  readonly slot: ArticleSlot;
  readonly metadata: readonly string[];
}

const port = parentPort!;
const { config, slots, slot, metadata, cells } = workerData as ArticleWorkerData & WorkerBeacon;
const beacon = new Beacon(cells);
const reply = (message: WorkerReply<ArticleAnswer>): void => port.postMessage(message);
const fail = (error: unknown): void => reply({ kind: 'failed', ...failure(error) });

try {
  const [pack] = (await once(port, 'message')) as [EffectivePack];
  const engine = await buildEngine(config, slots, beacon, pack);
  const pubmed = metadata.length > 0 ? await readPubmed(metadata) : undefined;
  const desk = new ArticleDesk(engine, slot, pubmed, beacon);
  port.on('message', async (request: ArticleRequest) => {
    try {
      reply({ kind: 'answer', answer: await desk.answer(request) });
    } catch (error) {
      fail(error);
    }
  });
  reply(readyReply(engine, config, slots));
} catch (error) {
  fail(error);
}
