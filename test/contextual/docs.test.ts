import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as library from '../../core/match/contextual/index.js';

const page = readFileSync(new URL('../../docs/contextual-parser.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```(js|json)\n([\s\S]*?)```/gu)].map(([, language, code]) => ({ language, code }));
const examples = blocks.flatMap(({ language, code }, i) =>
  language === 'js' ? [{ code, output: blocks[i + 1] }] : [],
);

/** What a block prints: `console.log` of values, imports taken from the library. */
function printed(code: string): unknown[] {
  const lines: unknown[] = [];
  const names = Object.keys(library);
  const run = new Function('console', ...names, code.replace(/^import .*$/gmu, ''));
  run({ log: (value: unknown) => lines.push(value) }, ...Object.values(library));
  return lines;
}

describe('docs/contextual-parser.md', () => {
  it('has examples of all three functions', () => {
    const imported = [...page.matchAll(/^import \{ (\w+) \} from 'legenda\/contextual-parser';$/gmu)].map(
      ([, name]) => name,
    );
    expect(new Set(imported)).toEqual(new Set(['contextualParser', 'mergeChunks', 'contextualAssertion']));
    expect(imported.every((name) => name in library)).toBe(true);
  });

  it.each(examples)('example $# prints what it says', ({ code, output }) => {
    expect(output.language).toBe('json');
    const expected = output.code
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(printed(code)).toEqual(expected);
  });
});
