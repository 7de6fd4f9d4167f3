import type { Slot } from './contract.js';

/** A plugin that a thread runs. */
export interface RunningPlugin {
  readonly name: string;
  readonly slot: Slot;
}

const STEPS = 0;
const LINE = 1;
const PLUGIN = 2;
const CELLS = 3;

/**
 * Says from inside a thread where it is: which line of its batch, which plugin. The cells are shared memory, so that a
 * watchdog outside reads them while the thread is stuck in an endless loop, and after it has died.
 */
export class Beacon {
  constructor(readonly cells: Int32Array = new Int32Array(new SharedArrayBuffer(CELLS * 4))) {}

  /** A record begins. `line` is its number in the input; 0 says that none is under way. */
  line(line: number): void {
    Atomics.store(this.cells, LINE, line);
    Atomics.add(this.cells, STEPS, 1);
  }

  /** A plugin is entered (its index, from 0) or left (-1). */
  plugin(index: number): void {
    Atomics.store(this.cells, PLUGIN, index + 1);
  }

  /** Something was finished beside lines: an article of a file. */
  step(): void {
    Atomics.add(this.cells, STEPS, 1);
  }

  /** For the watchdog. */
  read(): { readonly steps: number; readonly line: number; readonly plugin: number } {
    const { cells } = this;
    return {
      steps: Atomics.load(cells, STEPS),
      line: Atomics.load(cells, LINE),
      plugin: Atomics.load(cells, PLUGIN) - 1,
    };
  }
}

/** All plugins of a config have an index each, the same in every thread: slot by slot, in the order of the config. */
export interface Watched {
  readonly beacon: Beacon;
  readonly index: number;
}
