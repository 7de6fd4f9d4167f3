import type { InlineReference, MarkupRun } from './types.js';

/** What an id stands for: a figure, a table, or a group of figures. */
export interface FloatTarget {
  readonly kind: InlineReference['kind'];
  readonly ids: readonly string[];
}
export type FloatTargets = ReadonlyMap<string, FloatTarget>;

const NEEDS_COLLAPSE = /[\t\r\n\f]| {2}/;

/**
 * Builds a text piece by piece, with white space made single, and keeps where its markup and references stand. Only
 * XML white space is collapsed: a no-break space is a character of the text. Offsets are UTF-16.
 */
export class InlineText {
  /** @param targets the floats of the article by id, for references that do not say what they point to */
  constructor(private readonly targets: FloatTargets = new Map()) {}

  private text = '';
  private lastCharacter = '';
  private joined = false;
  private readonly runs: { start: number; end: number; style: MarkupRun['style'] }[] = [];
  private readonly references: InlineReference[] = [];

  get length(): number {
    return this.text.length;
  }

  /** The last character, or an empty string. */
  get last(): string {
    return this.lastCharacter;
  }

  append(raw: string): void {
    let piece = NEEDS_COLLAPSE.test(raw) ? raw.replace(/[ \t\r\n\f]+/g, ' ') : raw;
    if (piece.startsWith(' ') && (this.text === '' || this.last === ' ' || this.last === '\n')) piece = piece.slice(1);
    if (piece === '') return;
    this.joined = false;
    this.text += piece;
    this.lastCharacter = piece[piece.length - 1];
  }

  /** Sets what follows on the same line, even where it begins one: the text of an item behind its number. */
  join(): void {
    this.append(' ');
    this.joined = true;
  }

  /** Ends a line, unless one has just ended or nothing stands before it. */
  newline(): void {
    if (this.joined) return;
    if (this.last === ' ') this.text = this.text.slice(0, -1);
    if (this.text === '' || this.text.endsWith('\n')) return;
    this.text += '\n';
    this.lastCharacter = '\n';
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

  /** Notes that the text from `from` on points to an id. A group of figures stands for each of them. */
  refer(id: string, from: number, kind?: FloatTarget['kind']): void {
    const known = this.targets.get(id);
    const target = known ?? (kind && { kind, ids: [id] });
    let start = from;
    while (start < this.text.length && this.text[start] === ' ') start++;
    if (!target || start === this.text.length) return;
    for (const held of target.ids)
      this.references.push({ start, end: this.text.length, kind: target.kind, target: held });
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
