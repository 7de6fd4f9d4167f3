import type { InlineReference, MarkupRun } from './types.js';

const NEEDS_COLLAPSE = /[\t\r\n\f]| {2}/;

/**
 * Builds a text piece by piece, with white space made single, and keeps where its markup and references stand. Only
 * XML white space is collapsed: a no-break space is a character of the text. Offsets are UTF-16.
 */
export class InlineText {
  private text = '';
  private readonly runs: { start: number; end: number; style: MarkupRun['style'] }[] = [];
  private readonly references: InlineReference[] = [];

  get length(): number {
    return this.text.length;
  }

  /** The last character, or an empty string. */
  get last(): string {
    return this.text.slice(-1);
  }

  append(raw: string): void {
    let piece = NEEDS_COLLAPSE.test(raw) ? raw.replace(/[ \t\r\n\f]+/g, ' ') : raw;
    if (piece.startsWith(' ') && (this.text === '' || this.last === ' ' || this.last === '\n')) piece = piece.slice(1);
    this.text += piece;
  }

  /** Ends a line, unless one has just ended or nothing stands before it. */
  newline(): void {
    while (this.last === ' ') this.text = this.text.slice(0, -1);
    if (this.text !== '' && this.last !== '\n') this.text += '\n';
  }

  mark(style: MarkupRun['style'], from: number): void {
    let start = from;
    let end = this.text.length;
    while (start < end && /\s/.test(this.text[start])) start++;
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    if (start === end) return;
    const before = this.runs.findLast((run) => run.style === style);
    if (before && before.end >= start) {
      if (before.start <= start) before.end = Math.max(before.end, end);
      else before.start = Math.min(before.start, start);
    } else this.runs.push({ start, end, style });
  }

  refer(kind: InlineReference['kind'], target: string, from: number): void {
    let start = from;
    while (start < this.text.length && this.text[start] === ' ') start++;
    if (start < this.text.length) this.references.push({ start, end: this.text.length, kind, target });
  }

  /** The text without white space at its end, and the spans that are left of it. */
  finish(): { text: string; markup: MarkupRun[]; references: InlineReference[] } {
    const text = this.text.trimEnd();
    const clip = <T extends { start: number; end: number }>(spans: readonly T[]): T[] =>
      spans.map((span) => ({ ...span, end: Math.min(span.end, text.length) })).filter((span) => span.start < span.end);
    return {
      text,
      markup: clip(this.runs).sort((a, b) => a.start - b.start || b.end - a.end),
      references: clip(this.references),
    };
  }
}
