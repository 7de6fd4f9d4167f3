import type { Doc, Span } from '../text/index.js';
import type { CaptionInput, ImageInput, Slot } from './contract.js';

/** What an outside plugin is given in place of the engine's own objects, and whether it left them alone. */
export interface Loan {
  readonly args: readonly unknown[];
  /** What the plugin changed, in a word or two, or null. Asked when it has answered. */
  harm(): string | null;
}

/**
 * Lends the input of a record to a plugin. Whatever can be copied cheaply is a copy, so that a change cannot reach the
 * engine; a Doc, which is large and shared, is summed up before and after.
 */
export function lend(slot: Slot, args: readonly unknown[]): Loan {
  switch (slot) {
    case 'assertion':
      return lendConcepts(args);
    case 'demographics':
      return { args, harm: watchDoc(args[0] as Doc) };
    case 'caption-splitter': {
      const input = args[0] as CaptionInput;
      return { args: [Object.freeze({ ...input })], harm: watchDoc(input.doc) };
    }
    case 'patient-segmenter': {
      const before = JSON.stringify(args[0]);
      const lent: unknown = structuredClone(args[0]);
      return { args: [lent], harm: () => (JSON.stringify(lent) === before ? null : 'the article') };
    }
    case 'image-splitter': {
      const input = args[0] as ImageInput;
      const bytes = Uint8Array.from(input.bytes);
      const harm = (): string | null => (Buffer.compare(bytes, input.bytes) === 0 ? null : "the picture's bytes");
      return { args: [Object.freeze({ ...input, bytes })], harm };
    }
    default:
      return { args, harm: () => null };
  }
}

function lendConcepts([doc, concepts, ...rest]: readonly unknown[]): Loan {
  const own = concepts as readonly Span[];
  const lent = own.map(({ start, end }) => ({ start, end }));
  const docHarm = watchDoc(doc as Doc);
  const kept = (): boolean =>
    lent.length === own.length && own.every(({ start, end }, i) => lent[i]?.start === start && lent[i].end === end);
  return { args: [doc, lent, ...rest], harm: () => docHarm() ?? (kept() ? null : 'the concepts') };
}

function watchDoc(doc: Doc): () => string | null {
  const { text, count } = doc;
  const before = sumOf(doc);
  return () => (doc.text === text && doc.count === count && sumOf(doc) === before ? null : 'the text or its tokens');
}

/** A sum over all columns of a Doc in which the place of each number counts. */
function sumOf({ start, end, word, wordClass, kind, gap, count }: Doc): number {
  let sum = count;
  for (const column of [start, end, word, wordClass, kind, gap]) {
    for (let i = 0; i < count; i++) sum = (Math.imul(sum, 31) + column[i]) | 0;
  }
  return sum;
}
