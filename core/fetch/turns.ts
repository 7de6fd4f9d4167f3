import { setTimeout as sleep } from 'node:timers/promises';

/** Added to the second in which a limit holds: requests that leave evenly may arrive closer together. */
const SLACK_MS = 60;
/** Up to this limit requests are also spread evenly; above it the gaps would be shorter than a timer can keep. */
const SPREAD_UP_TO = 20;

/**
 * The requests that go to one host. Never more than `perSecond` of them start within any second, whatever repeats
 * them, and never more than `sockets` are open; a host that says "later" is left alone until then.
 */
export class Turns {
  /** Starts of the last `perSecond` requests, as a ring. */
  private readonly starts: number[] = [];
  private at = 0;
  private last = -Infinity;
  private pausedUntil = 0;
  private open = 0;
  private readonly waiting: (() => void)[] = [];
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private perSecond: number,
    private readonly sockets: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Services that share a host share its lowest limit. */
  lower(perSecond: number): void {
    if (perSecond >= this.perSecond) return;
    this.perSecond = perSecond;
    this.starts.length = 0;
    this.at = 0;
  }

  /** Waits for a turn, runs `work`, and gives the socket back. @throws what `work` throws, or the reason of `signal` */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.open >= this.sockets) await new Promise<void>((free) => this.waiting.push(free));
    this.open++;
    try {
      // One after another: each waits for its own moment and only then lets the next one look at the clock.
      const turn = this.queue.then(() => this.moment(signal));
      this.queue = turn.catch(() => undefined);
      await turn;
      return await work();
    } finally {
      this.open--;
      this.waiting.shift()?.();
    }
  }

  /** No request starts before `ms` from now. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + ms);
  }

  private async moment(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = this.earliest() - this.now();
      if (wait <= 0) break;
      await sleep(Math.ceil(wait), undefined, { signal });
    }
    const now = this.now();
    this.last = now;
    this.starts[this.at] = now;
    this.at = (this.at + 1) % Math.max(1, Math.floor(this.perSecond));
  }

  private earliest(): number {
    // Below one a second the window grows instead.
    const window = (1000 + SLACK_MS) * Math.max(1, 1 / this.perSecond);
    const oldest = this.starts[this.at] ?? -Infinity;
    const spread = this.perSecond <= SPREAD_UP_TO ? this.last + (1000 + SLACK_MS) / this.perSecond : -Infinity;
    return Math.max(oldest + window, spread, this.pausedUntil);
  }
}
