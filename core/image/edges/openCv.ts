import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { EdgeMapOptions, EdgeMapper } from './edgeMap.js';
import { WORKER_SOURCE } from './openCvWorker.js';

interface Answer {
  readonly id: number;
  readonly edges?: Uint8Array;
  readonly error?: string;
}
interface Waiting {
  readonly resolve: (edges: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** A worker is replaced after so many pictures: the WASM heap grows and never shrinks. */
const RECYCLE_AFTER = 5000;

/**
 * OpenCV's Canny in a worker thread of its own, started at the first picture. In a worker, because the package makes itself
 * the process's crash handler; and it is never awaited, because it has a `then` that answers with itself for ever.
 */
export class OpenCvEdges implements EdgeMapper {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private served = 0;

  async edgeMap(grey: Uint8Array, width: number, height: number, options: EdgeMapOptions): Promise<Uint8Array> {
    if (this.served >= RECYCLE_AFTER && this.waiting.size === 0) await this.close();
    const worker = (this.worker ??= this.start());
    const id = this.next++;
    this.served++;
    const copy = grey.slice();
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, grey: copy, width, height, ...options }, [copy.buffer]);
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    this.served = 0;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(WORKER_SOURCE, { eval: true, workerData: { module: locate() } });
    worker.on('message', ({ id, edges, error }: Answer) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      // An idle worker must not keep the process alive.
      if (this.waiting.size === 0) worker.unref();
      if (edges) waiting?.resolve(edges);
      else waiting?.reject(new Error(`OpenCV: ${error}`));
    });
    const fail = (error: Error) => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`OpenCV's worker ended with code ${code}.`)));
    return worker;
  }
}

function locate(): string {
  try {
    return createRequire(import.meta.url).resolve('opencv-wasm');
  } catch {
    throw new Error('The Canny detector needs the package opencv-wasm. Install it with `npm install opencv-wasm`.');
  }
}
