import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * Has every thread collect its own garbage where there is a thread for each core: no core is left that could help, and the
 * helpers would only be in the way of the others. To be called before the threads are started.
 */
export function keepToOwnCores(threads: number): void {
  if (threads < 2 || threads < availableParallelism()) return;
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--no-concurrent-marking');
}
