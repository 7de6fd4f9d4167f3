import { ASSERTIONS, type Assertion } from '../plugin/contract.js';

/** A span that a case expects, in UTF-16 offsets of the caption. */
export interface ExpectedSpan {
  readonly start: number;
  readonly end: number;
  readonly entity: string;
  /** Any value where undefined. */
  readonly value?: string;
  readonly assertion: Assertion;
}

/** A caption of a case with the marks taken out. */
export interface MarkedText {
  readonly caption: string;
  readonly spans: readonly ExpectedSpan[];
}

const KNOWN: ReadonlySet<string> = new Set(ASSERTIONS);
const MARK = /^\{([^{}]*)\}/;
const ONE = /^([\p{L}\p{N}_-]+)(?:=([^!=]+))?(?:!([a-z_]+))?$/u;

/**
 * Reads `Axial [CT]{modality=ct} of the [[left]{laterality=left} lung]{anatomy=lung}.` Marks nest; one span may have
 * several, parted by commas. A bracket that no mark follows is literal, and so is any after a backslash.
 * Gives a sentence where a mark cannot be read.
 */
export function readMarked(text: string): MarkedText | { readonly problem: string } {
  const closing = marksOf(text);
  const spans: ExpectedSpan[] = [];
  const open: number[] = [];
  let caption = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\' && '[]{}\\'.includes(text[i + 1] ?? ' ')) caption += text[++i];
    else if (c === '[' && closing.opens.has(i)) open.push(caption.length);
    else if (c === ']' && closing.closes.has(i)) {
      const start = open.pop()!;
      const mark = MARK.exec(text.slice(i + 1))!;
      for (const part of mark[1].split(',')) {
        const read = ONE.exec(part.trim());
        if (!read) return { problem: `\`{${mark[1]}}\` is no mark` };
        const [, entity, value, assertion = 'present'] = read;
        if (!KNOWN.has(assertion)) return { problem: `\`${assertion}\` is no assertion` };
        if (start === caption.length) return { problem: `\`{${mark[1]}}\` marks no text` };
        spans.push({
          start,
          end: caption.length,
          entity,
          assertion: assertion as Assertion,
          ...(value === undefined ? {} : { value: value.trim() }),
        });
      }
      i += mark[0].length;
    } else caption += c;
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  return { caption, spans };
}

/** Pairs of brackets that a mark follows. */
function marksOf(text: string): { readonly opens: ReadonlySet<number>; readonly closes: ReadonlySet<number> } {
  const opens = new Set<number>();
  const closes = new Set<number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '[') open.push(i);
    else if (text[i] === ']') {
      const start = open.pop();
      if (start !== undefined && MARK.test(text.slice(i + 1))) {
        opens.add(start);
        closes.add(i);
      }
    }
  }
  return { opens, closes };
}
