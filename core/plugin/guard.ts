import type { Slot, Slots } from './contract.js';
import { PluginError } from './pluginError.js';
import { checkResult } from './checkResult.js';

/**
 * Wraps a processor so that a throw becomes a `PluginError` and what it returns is checked at the border: spans inside
 * the text, as many answers as questions, known names. A result that is wrong is refused, not repaired.
 */
export function guard<S extends Slot>(name: string, slot: S, processor: Slots[S]): Slots[S] {
  const methods = processor as unknown as Record<string, unknown>;
  const guarded: Record<string, unknown> = {};
  for (const key of Object.keys(METHODS[slot])) {
    const method = methods[key];
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
      return verify(name, slot, key, args, result);
    };
  }
  return guarded as unknown as Slots[S];
}

/** The methods of each slot's processor. */
const METHODS: { readonly [S in Slot]: Readonly<Record<keyof Slots[S], true>> } = {
  'article-reader': { accepts: true, read: true },
  'patient-segmenter': { segment: true },
  demographics: { read: true },
  'caption-splitter': { split: true },
  'image-splitter': { split: true },
  assertion: { classify: true },
};

function verify(name: string, slot: Slot, method: string, args: readonly unknown[], result: unknown): unknown {
  const fault = checkResult(slot, method, args, result);
  if (fault !== null) throw new PluginError('bad-result', name, slot, fault);
  return result;
}

function threw(name: string, slot: Slot, error: unknown): Error {
  if (error instanceof PluginError) return error;
  // A reader that refuses a file says so in a plain sentence of its own: that is not a failure of the plugin.
  if (error instanceof Error && (slot === 'image-splitter' || slot === 'article-reader')) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PluginError('threw', name, slot, message, { cause: error });
}
