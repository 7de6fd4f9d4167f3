import type { Doc, Span, Subcaption } from '../../core/plugin/index.js';
import type { Segment } from './placement.js';
import type { Reading } from './reading.js';

interface Range extends Span {
  start: number;
  end: number;
  /** Token index. */
  last: number;
  sharedBy: number;
}

/**
 * The subcaptions of all panels.
 *
 * @param panels names, in their order
 * @param segments in the order of the text; what two panels share stands once
 */
export function subcaptionsOf(r: Reading, panels: readonly string[], segments: readonly Segment[]): Subcaption[] {
  // Shared stretches are cleaned once.
  const cleaned = new Map<number, string>();
  return panels.map((panel, index) => {
    const ranges = rangesOf(r, index, segments);
    const text = textOf(r.doc, ranges, cleaned);
    return { panel, ranges: ranges.map(({ start, end }) => ({ start, end })), text };
  });
}

/** A change between shared and own text at the end of a sentence ends a range. */
function rangesOf(r: Reading, index: number, segments: readonly Segment[]): Range[] {
  const ranges: Range[] = [];
  for (const { first, last, panels } of segments) {
    if (!panels.includes(index)) continue;
    const start = r.doc.start[first];
    const end = r.doc.end[last];
    const sharedBy = panels.length;
    const previous = ranges[ranges.length - 1];
    if (previous !== undefined && first <= previous.last) {
      previous.end = Math.max(previous.end, end);
      previous.last = Math.max(previous.last, last);
    } else if (
      previous !== undefined &&
      previous.last + 1 === first &&
      (sharedBy === previous.sharedBy || !ends(r, previous.last))
    ) {
      previous.end = end;
      previous.last = last;
      previous.sharedBy = sharedBy;
    } else ranges.push({ start, end, sharedBy, last });
  }
  return ranges;
}

const ends = (r: Reading, token: number): boolean => ['.', '!', '?'].includes(r.mark1(token));

const START = /^[\s,;:=/]+/;
const END = /[\s,;=([{/]+$/;
const EMPTY = /[([{]\s*[,;:]?\s*[)\]}]/g;
const BEFORE_MARK = /\s+([,.;:)\]])/g;
const DOUBLE = /([,;:])\s*[,;:]+/g;
const UNTIDY = /[,;:]\s*[,;:]|\s[,.;:)\]\s]|[^\S ]/;
const STOP = /[.!?:;,]$/;
const BRACKET = /[([{}\])]/;
/** Offsets of one caption as one number. */
const FACTOR = 2 ** 24;

/** The stretches as one text: dangling punctuation and brackets left empty by markers go, the letters stay as they are. */
function textOf(doc: Doc, ranges: readonly Span[], cleaned: Map<number, string>): string {
  let text = '';
  let last = 0;
  for (const { start, end } of ranges) {
    const key = start * FACTOR + end;
    let part = cleaned.get(key);
    if (part === undefined) cleaned.set(key, (part = cleanStretch(doc.text.slice(start, end))));
    if (part !== '') text += text === '' ? part : `${between(doc, last, start, text)}${part}`;
    last = end;
  }
  if (UNTIDY.test(text)) text = text.replace(DOUBLE, '$1').replace(BEFORE_MARK, '$1').replace(/\s+/g, ' ');
  return text.replace(/[\s:]+$/, '').trimStart();
}

function cleanStretch(stretch: string): string {
  if (!BRACKET.test(stretch)) return stretch.replace(START, '').replace(END, '');
  return balanced(stretch.replace(EMPTY, '').replace(START, '').replace(END, ''));
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
