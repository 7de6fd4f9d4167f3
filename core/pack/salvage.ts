import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { pointerSteps, type Source } from '../source/index.js';
import { fits } from './quickCheck.js';
import { schemaFaults } from './schemaCheck.js';
import type { FileKind } from './schemas/index.js';
import { TOPICS } from './topics.js';

const ROUNDS = 4;

/**
 * Checks a file and takes out of its value what its schema does not allow, so that the rest can be checked on: all
 * faults come out at once and none of them hides another. Not usable where the fault is the whole.
 */
export function salvage(kind: FileKind, source: Source): { readonly usable: boolean; readonly faults: Diagnostic[] } {
  if (fits(kind, source.value)) return { usable: true, faults: [] };
  let usable = typeof source.value === 'object' && source.value !== null;
  const found = schemaFaults(kind, source);
  let faults = found;
  for (let round = 0; usable && round < ROUNDS && !fits(kind, source.value); round++) {
    if (faults.some((fault) => fault.drop === '')) usable = false;
    // From the back, so that the indices of list items before it stay.
    for (const pointer of [...new Set(faults.map((fault) => fault.drop))].sort(backToFront)) source.remove(pointer);
    faults = schemaFaults(kind, source);
  }
  usable &&= fits(kind, source.value);
  return {
    usable,
    faults: found.map(({ fault, drop }) => {
      const lost = !usable || (fault.code !== 'unknown-key' && pointerSteps(drop).length <= 2);
      return lost ? { ...fault, breaks: TOPICS[kind] } : fault;
    }),
  };
}

const backToFront = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });
