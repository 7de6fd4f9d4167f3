import { SourceError } from '../plugin/sourceError.js';

/** After so many requests in a row that were given up, the host is taken to be down. */
const PATIENCE = 5;
/** While it is down, one request in this time is let through to see whether it is back. */
const PROBE_MS = 30_000;

/** Keeps a pass from waiting out every repetition of every article at a host that does not answer at all. */
export class Breaker {
  private givenUp = 0;
  private probed = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws SourceError where the host is down */
  admit(shown: string): void {
    if (this.givenUp < PATIENCE) return;
    if (this.now() - this.probed >= PROBE_MS) {
      this.probed = this.now();
      return;
    }
    throw new SourceError(
      'connection',
      `${shown} was not asked for: its host has not answered ${PATIENCE} requests in a row`,
    );
  }

  answered(): void {
    this.givenUp = 0;
  }

  gaveUp(): void {
    this.givenUp++;
    if (this.givenUp === PATIENCE) this.probed = this.now();
  }
}
