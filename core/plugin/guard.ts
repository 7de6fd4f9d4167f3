import { checkResult } from './checkResult.js';
import { checkServices } from './checkSource.js';
import type { Slot, Slots, Source } from './contract.js';
import { PluginError } from './pluginError.js';
import { SourceError } from './sourceError.js';

/**
 * Wraps a processor so that a throw becomes a `PluginError` and what it returns is checked at the border: spans inside
 * the text, as many answers as questions, known names. A result that is wrong is refused, not repaired.
 */
export function guard<S extends Slot>(name: string, slot: S, processor: Slots[S]): Slots[S] {
  const methods = processor as unknown as Record<string, unknown>;
  const guarded: Record<string, unknown> = {};
  for (const [key, kind] of Object.entries<'method' | 'optional' | 'data'>(METHODS[slot])) {
    const method = methods[key];
    if (kind === 'data') {
      guarded[key] = method;
      continue;
    }
    if (kind === 'optional' && method === undefined) continue;
    if (typeof method !== 'function') {
      throw new PluginError('setup-failed', name, slot, `its processor has no method '${key}'`);
    }
    guarded[key] = (...args: unknown[]): unknown => {
      let result: unknown;
      try {
        result = (method as (...a: unknown[]) => unknown).apply(processor, args);
      } catch (error) {
        throw threw(name, slot, error);
      }
      if (result instanceof Promise) {
        return result.then(
          (value: unknown) => verify(name, slot, key, args, value),
          (error: unknown) => {
            throw threw(name, slot, error);
          },
        );
      }
      if (slot === 'source' && isAsyncIterable(result)) return pages(name, result);
      return verify(name, slot, key, args, result);
    };
  }
  if (slot === 'source') {
    const fault = checkServices(processor as Source);
    if (fault !== null) throw new PluginError('setup-failed', name, slot, fault);
  }
  return guarded as unknown as Slots[S];
}

/** The members of each slot's processor. */
const METHODS: { readonly [S in Slot]: Readonly<Record<keyof Slots[S], 'method' | 'optional' | 'data'>> } = {
  'article-reader': { accepts: 'method', read: 'method' },
  'patient-segmenter': { segment: 'method' },
  demographics: { read: 'method' },
  'caption-splitter': { split: 'method' },
  'image-splitter': { split: 'method' },
  assertion: { classify: 'method' },
  source: {
    services: 'data',
    search: 'optional',
    count: 'optional',
    identify: 'optional',
    describe: 'optional',
    describeBatch: 'data',
    text: 'optional',
    files: 'optional',
    pubmed: 'optional',
  },
};

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** A search, page by page: what it throws and what it yields are looked at like those of a method. */
async function* pages(name: string, found: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const iterator = found[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((error: unknown) => {
        throw threw(name, 'source', error);
      });
      if (next.done) return;
      yield verify(name, 'source', 'search', [], next.value);
    }
  } finally {
    await iterator.return?.();
  }
}

function verify(name: string, slot: Slot, method: string, args: readonly unknown[], result: unknown): unknown {
  const fault = checkResult(slot, method, args, result);
  if (fault !== null) throw new PluginError('bad-result', name, slot, fault);
  return result;
}

function threw(name: string, slot: Slot, error: unknown): Error {
  if (error instanceof PluginError) return error;
  // What a source could not get is no failure of the plugin either.
  if (error instanceof SourceError) return error;
  // A reader that refuses a file says so in a plain sentence of its own: that is not a failure of the plugin.
  if (error instanceof Error && (slot === 'image-splitter' || slot === 'article-reader')) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PluginError('threw', name, slot, message, { cause: error });
}
