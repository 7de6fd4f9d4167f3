import type { Lost } from './seat.js';
import { WorkerFailure } from './workerFailure.js';

/** How often a record may be under way when a worker ends before it is held responsible: the first time may be chance. */
const DEATHS = 2;
/** How often workers may be lost between two records before the pass is given up. */
const LOSSES = 3;
/** The exit code of a plugin that failed; see `bin/failure.ts`. */
const PLUGIN_FAILED = 5;

/** Decides which records are not tried again after workers were lost over a piece of work. */
export class Blame {
  private readonly deaths = new Map<number, number>();
  private readonly reasons = new Map<number, string>();

  /** The records that are refused, by what the beacon said of them, with the reason. */
  get refused(): ReadonlyMap<number, string> {
    return this.reasons;
  }

  /**
   * Takes note of a loss. A record that hung is refused at once, one that was under way when a worker ended the second time.
   * @returns whether the record is refused now
   * @throws WorkerFailure where workers are lost again and again with no record under way
   */
  lost({ line, plugin, hung, why }: Lost): boolean {
    const died = (this.deaths.get(line) ?? 0) + 1;
    this.deaths.set(line, died);
    if (line === 0) {
      // Something that a plugin left behind: no record can be named.
      if (died < LOSSES) return false;
      throw new WorkerFailure(PLUGIN_FAILED, `legenda: workers were lost ${died} times between two records: ${why}`);
    }
    if (!hung && died < DEATHS) return false;
    const who = plugin === undefined ? 'the record could not be processed' : `plugin '${plugin.name}' (${plugin.slot})`;
    this.reasons.set(line, `${who}: ${why}`);
    return true;
  }
}
