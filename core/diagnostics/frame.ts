import type { Range } from '../source/position.js';

const WIDTH = 100;

/**
 * The line of a range with the line before it, and a line of carets below. Long lines are cut around the place; tabs
 * become one space, so that the carets stand where they should.
 */
export function codeFrame(text: string, range: Range): string {
  const lines = text.split(/\r?\n/);
  const line = lines[range.line - 1];
  if (line === undefined) return '';
  const width = String(range.line).length;
  const shift = Math.max(0, range.col - 1 - WIDTH / 2);
  const end = range.endLine === range.line ? range.endCol - 1 : line.length;
  const from = range.col - 1 - shift;
  const marks = Math.max(1, Math.min(end - shift, WIDTH) - from);
  const row = (number: string, content: string): string => `${number.padStart(width)} | ${content}`.trimEnd();
  const shown: string[] = [];
  const before = lines[range.line - 2];
  if (before?.trim()) shown.push(row(String(range.line - 1), cut(before, shift)));
  shown.push(row(String(range.line), cut(line, shift)), row('', ' '.repeat(from) + '^'.repeat(marks)));
  return shown.join('\n');
}

const cut = (line: string, shift: number): string => line.replaceAll('\t', ' ').slice(shift, shift + WIDTH);
