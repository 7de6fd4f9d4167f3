import { NO_SECONDS, type Stage, type StageSeconds } from './desk.js';

/** Adds up the seconds of each stage. */
export class Stopwatch {
  private readonly sums: Record<Stage, number> = { ...NO_SECONDS };

  /** Runs `work` and counts its time for `stage`. */
  time<T>(stage: Stage, work: () => T): T {
    const start = performance.now();
    const result = work();
    if (result instanceof Promise) {
      return result.finally(() => (this.sums[stage] += (performance.now() - start) / 1000)) as T;
    }
    this.sums[stage] += (performance.now() - start) / 1000;
    return result;
  }

  get seconds(): StageSeconds {
    return { ...this.sums };
  }
}

export const addSeconds = (a: StageSeconds, b: StageSeconds): StageSeconds => ({
  read: a.read + b.read,
  segment: a.segment + b.segment,
  label: a.label + b.label,
  split: a.split + b.split,
  write: a.write + b.write,
});
