import type { Watched } from './beacon.js';
import { checkResult } from './checkResult.js';
import { checkServices } from './checkSource.js';
import type { Slot, Slots, Source } from './contract.js';
import { lend } from './lend.js';
import { PluginError } from './pluginError.js';
import { SourceError } from './sourceError.js';

/** How a processor is wrapped. */
export interface GuardOptions {
  /** The plugin is not one of the built-in ones: it gets copies, and what it does to its input is looked at. */
  readonly foreign?: boolean;
  /** Where the thread says that the plugin is at work, for a watchdog. */
  readonly watched?: Watched;
}

/**
 * Wraps a processor so that a throw becomes a `PluginError` and what it returns is checked at the border: spans inside
 * the text, as many answers as questions, known names. A result that is wrong is refused, not repaired.
 */
export function guard<S extends Slot>(
  name: string,
  slot: S,
  processor: Slots[S],
  options: GuardOptions = {},
): Slots[S] {
  if (!isObject(processor)) throw new PluginError('setup-failed', name, slot, 'setup returned no processor');
  const { foreign = false, watched } = options;
  const methods = processor as unknown as Record<string, unknown>;
  const guarded: Record<string, unknown> = {};
  const enter = (): void => watched?.beacon.plugin(watched.index);
  const leave = (): void => watched?.beacon.plugin(-1);
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
      const loan = foreign ? lend(slot, args) : undefined;
      const finish = (value: unknown): unknown => {
        leave();
        const harm = loan?.harm() ?? null;
        if (harm !== null) throw new PluginError('changed-input', name, slot, `it changed its input: ${harm}`);
        return verify(name, slot, key, args, value);
      };
      let result: unknown;
      enter();
      try {
        result = (method as (...a: readonly unknown[]) => unknown).apply(processor, (loan?.args ?? args) as unknown[]);
      } catch (error) {
        leave();
        throw threw(name, slot, error);
      }
      if (result instanceof Promise) {
        if (SYNCHRONOUS.has(slot) || key === 'accepts') {
          leave();
          result.catch(() => undefined);
          throw new PluginError('bad-result', name, slot, `${key} must answer at once, not with a promise`);
        }
        return result.then(finish, (error: unknown) => {
          leave();
          throw threw(name, slot, error);
        });
      }
      if (isAsyncIterable(result) && ITERATED[slot] === key) return items(name, slot, key, result, enter, leave);
      return finish(result);
    };
  }
  if (slot === 'source') {
    const fault = checkServices(processor as Source);
    if (fault !== null) throw new PluginError('setup-failed', name, slot, fault);
  }
  return guarded as unknown as Slots[S];
}

/** Slots whose processors may not wait. */
const SYNCHRONOUS: ReadonlySet<Slot> = new Set(['assertion', 'caption-splitter', 'demographics', 'patient-segmenter']);
/** Methods that give their results one by one. */
const ITERATED: Readonly<Partial<Record<Slot, string>>> = { source: 'search', 'article-reader': 'read' };

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

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  isObject(value) && Symbol.asyncIterator in value;

/** A search page by page, a file article by article: what it throws and yields is looked at like that of a method. */
async function* items(
  name: string,
  slot: Slot,
  method: string,
  found: AsyncIterable<unknown>,
  enter: () => void,
  leave: () => void,
): AsyncGenerator<unknown> {
  const iterator = found[Symbol.asyncIterator]();
  try {
    for (;;) {
      enter();
      const next = await iterator.next().catch((error: unknown) => {
        throw threw(name, slot, error);
      });
      leave();
      if (next.done) return;
      yield verify(name, slot, method, [], next.value);
    }
  } finally {
    leave();
    await iterator.return?.();
  }
}

function verify(name: string, slot: Slot, method: string, args: readonly unknown[], result: unknown): unknown {
  let fault: string | null;
  try {
    fault = checkResult(slot, method, args, result);
  } catch (error) {
    // A shape that nobody thought of.
    fault = `${method} returned something of the wrong shape (${error instanceof Error ? error.message : String(error)})`;
  }
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
