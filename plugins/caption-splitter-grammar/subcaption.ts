import type { Doc, Span, Subcaption } from '../../core/plugin/index.js';
import type { Segment } from './placement.js';
import type { Reading } from './reading.js';

/** The ranges of a panel and its text. `segments` are in the order of the text, none over another. */
export function subcaptionOf(r: Reading, panel: string, index: number, segments: readonly Segment[]): Subcaption {
  // A change between shared and own text at the end of a sentence ends a range.
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
    } else if (
      previous !== undefined &&
      previous.last + 1 === s.first &&
      (sharedBy === previous.sharedBy || !ends(r, previous.last))
    ) {
      previous.end = end;
      previous.last = s.last;
      previous.sharedBy = sharedBy;
    } else ranges.push({ start, end, sharedBy, last: s.last });
  }
  return { panel, ranges: ranges.map(({ start, end }) => ({ start, end })), text: textOf(r.doc, ranges) };
}

const ends = (r: Reading, token: number): boolean => ['.', '!', '?'].includes(r.mark1(token));

const START = /^[\s,;:=/]+/u;
const END = /[\s,;=([{/]+$/u;
const EMPTY = /[([{]\s*[,;:]?\s*[)\]}]/gu;
const BEFORE_MARK = /\s+([,.;:)\]])/gu;
const DOUBLE = /([,;:])\s*[,;:]+/gu;
const STOP = /[.!?:;,]$/u;

/** The stretches as one text: dangling punctuation and brackets left empty by markers go, the letters stay as they are. */
export function textOf(doc: Doc, ranges: readonly Span[]): string {
  let text = '';
  let end = 0;
  for (const range of ranges) {
    const part = balanced(
      doc.text.slice(range.start, range.end).replace(EMPTY, '').replace(START, '').replace(END, ''),
    );
    if (part !== '') text += text === '' ? part : `${between(doc, end, range.start, text)}${part}`;
    end = range.end;
  }
  return text
    .replace(DOUBLE, '$1')
    .replace(BEFORE_MARK, '$1')
    .replace(/\s+/gu, ' ')
    .replace(/[\s:]+$/u, '')
    .trim();
}

/** What joins two stretches: a full stop where the first has lost the end of its sentence. */
function between(doc: Doc, end: number, start: number, before: string): string {
  if (STOP.test(before)) return ' ';
  for (let i = doc.tokenAt(end); i < doc.count && doc.start[i] < start; i++) {
    const c = doc.text[doc.start[i]];
    if (c === '.' && doc.end[i] - doc.start[i] === 1) return '. ';
  }
  const next = doc.tokenAt(start);
  const begins = doc.sentences.some((s) => s.start > end && s.start <= start);
  return begins && next < doc.count ? '. ' : ' ';
}

/** Without closing brackets that have lost their partner; open ones are closed. */
function balanced(text: string): string {
  if (!/[([{}\])]/u.test(text)) return text;
  const open: string[] = [];
  let out = '';
  for (const c of text) {
    const at = '([{'.indexOf(c);
    if (at >= 0) open.push(')]}'[at]);
    else if (c === ')' || c === ']' || c === '}') {
      if (open.length === 0) continue;
      open.pop();
    }
    out += c;
  }
  while (open.length > 0) out = out.trimEnd() + open.pop();
  return out;
}
