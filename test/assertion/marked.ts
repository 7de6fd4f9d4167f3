import { readFileSync } from 'node:fs';
import type { Assertion, Span } from '../../core/plugin/index.js';

/** A text whose concepts were marked `[concept]{assertion}`. */
export interface Marked {
  readonly text: string;
  readonly concepts: readonly (Span & { readonly assertion: Assertion })[];
}

/** The marked texts of a fixture file, one a line; empty lines and those that begin with `#` are left out. */
export function markedTexts(file: string): Marked[] {
  return readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parse);
}

function parse(line: string): Marked {
  const concepts: Marked['concepts'][number][] = [];
  let text = '';
  let read = 0;
  for (const mark of line.matchAll(/\[([^\]]+)\]\{(\w+)\}/g)) {
    text += line.slice(read, mark.index);
    concepts.push({ start: text.length, end: text.length + mark[1].length, assertion: mark[2] as Assertion });
    text += mark[1];
    read = mark.index + mark[0].length;
  }
  return { text: text + line.slice(read), concepts };
}
