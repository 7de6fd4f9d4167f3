import type { IdLog } from './idLog.js';
import { IdTable } from './idTable.js';

/** How many ids are remembered for certain. */
export const ID_WINDOW = 1_000_000;

/**
 * Finds ids that recur, in constant memory: two generations of 53-bit hashes, so that a duplicate within the last
 * million records is always found. Two different ids among a million clash with a probability below one in 10,000.
 */
export class SeenIds {
  private current = new IdTable();
  private previous = new IdTable();

  /** @param log keeps what is remembered for a resumed pass, and gives what an interrupted one remembered */
  constructor(
    private readonly log?: IdLog,
    private readonly window = ID_WINDOW,
  ) {
    if (log === undefined) return;
    const whole = Math.max(0, Math.ceil(log.count / window) - 1) * window;
    log.read(whole - window, whole, (hash, line) => this.previous.set(hash, line));
    log.read(whole, log.count, (hash, line) => this.current.set(hash, line));
  }

  /** The line where the id stood first, or 0; remembers it from now on. */
  meet(hash: number, line: number): number {
    if (hash === 0) return 0;
    const before = this.current.get(hash) ?? this.previous.get(hash);
    if (before !== undefined) return before;
    if (this.current.size >= this.window) {
      this.previous = this.current;
      this.current = new IdTable();
    }
    this.current.set(hash, line);
    this.log?.add(hash, line);
    return 0;
  }
}
