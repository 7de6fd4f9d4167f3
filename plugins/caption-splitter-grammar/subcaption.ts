import type { Doc, Span, Subcaption } from '../../core/plugin/index.js';
import type { Segment } from './attachment.js';
import type { Reading } from './reading.js';

interface Piece extends Span {
  /** Panels of the segment it comes from; a change of panels at the end of a sentence ends a range. */
  readonly sharedBy: number;
}

/** The ranges of a panel and its text. `segments` are in the order of the text, none over another. */
export function subcaptionOf(r: Reading, panel: string, index: number, segments: readonly Segment[]): Subcaption {
  const ranges: { start: number; end: number; sharedBy: number; last: number }[] = [];
  for (const s of segments) {
    if (!s.panels.includes(index)) continue;
    const start = r.doc.start[s.first];
    const end = r.doc.end[s.last];
    const sharedBy = s.panels.length;
    const previous = ranges[ranges.length - 1];
    if (previous !== undefined && s.first <= previous.last) {
      previous.end = Math.max(previous.end, end);
      previous.last = Math.max(previous.last, s.last);
    } else if (previous !== undefined && previous.last + 1 === s.first && (sharedBy === previous.sharedBy || !ends(r, previous.last))) {
      previous.end = end;
      previous.last = s.last;
      previous.sharedBy = sharedBy;
    } else ranges.push({ start, end, sharedBy, last: s.last });
  }
  return { panel, ranges: ranges.map(({ start, end }) => ({ start, end })), text: textOf(r.doc, ranges) };
}

const ends = (r: Reading, token: number): boolean => ['.', '!', '?'].includes(r.mark1(token));

const EDGE = /^[\s,;:=)\]}.]+|[\s,;:=([{]+$/gu;
const EMPTY = /[([{]\s*[,;:]?\s*[)\]}]/gu;
const BEFORE_MARK = /\s+([,.;:)\]])/gu;
const DOUBLE = /([,;:])\s*[,;:]+|\s*[,;:]+\s*(\.)/gu;

/** The stretches as one text: dangling punctuation and brackets left empty by markers go, the letters stay as they are. */
export function textOf(doc: Doc, ranges: readonly Span[]): string {
  let text = '';
  for (const { start, end } of ranges) {
    let part = doc.text.slice(start, end).replace(EMPTY, '');
    part = part.replace(EDGE, (m) => (m.includes(')') && part.indexOf('(') >= 0 && part.indexOf('(') < part.indexOf(')') ? m : ''));
    if (part === '') continue;
    text += text === '' ? part : ` ${part}`;
  }
  return balanced(text.replace(DOUBLE, '$1$2').replace(BEFORE_MARK, '$1').replace(/\s+/gu, ' ').trim());
}

/** Without the brackets that have lost their partner. */
function balanced(text: string): string {
  if (!/[([{}\])]/u.test(text)) return text;
  const drop = new Set<number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[' || c === '{') open.push(i);
    else if (c === ')' || c === ']' || c === '}') {
      if (open.length > 0) open.pop();
      else drop.add(i);
    }
  }
  for (const i of open) drop.add(i);
  if (drop.size === 0) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) if (!drop.has(i)) out += text[i];
  return out.replace(/\s+/gu, ' ').trim();
}

export type { Piece };
