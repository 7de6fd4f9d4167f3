import type { PluginContext } from '../plugin/contract.js';

export interface FloatLabel {
  readonly kind: 'figure' | 'table';
  /** As printed, without the mark that ends it: `Figure 1`, `Fig. S2`, `Tabla 3`. */
  readonly label: string;
  /** Offset of what follows the label. */
  readonly end: number;
  /** A mark ends the label (`Figure 1.`); without one it may be the subject of a sentence (`Figure 1 shows`). */
  readonly marked: boolean;
}

const NUMBER = /^\s*((?:[A-Z]\.?)?\d+(?:\.\d+)?|[IVX]+\b)\s*(?:[.:|–—-]|(?=\s)|$)\s*/;

/**
 * Reads the label that a caption begins with (`Figure 1. Chest CT`), by the dictionary `float_labels`, whose values
 * have an attribute `kind`. Null where the text does not begin with such a word and a number.
 */
export function floatLabelReader(context: PluginContext): (text: string) => FloatLabel | null {
  const lexicon = context.lexicon('float_labels');
  return (text) => {
    const head = text.slice(0, 60);
    const hit = lexicon.find(context.doc(head))[0];
    if (!hit || hit.start !== 0) return null;
    const dot = head[hit.end] === '.' ? hit.end + 1 : hit.end;
    const number = NUMBER.exec(head.slice(dot));
    if (!number) return null;
    return {
      kind: hit.entry.attributes.kind === 'table' ? 'table' : 'figure',
      label: head.slice(0, dot + number[0].indexOf(number[1]) + number[1].length),
      end: dot + number[0].length,
      marked: /[.:|–—-]\s*$/.test(number[0]),
    };
  };
}
