import { ASSERTIONS } from '../plugin/contract.js';
import { AnnotationError, isAssertion, slicer, type AnnotatedText, type MarkedEntity } from './annotatedText.js';

/**
 * brat's standoff form: a text file and beside it its annotations, offsets in code points. A thing is a text-bound
 * annotation `T1`, its assertion the attribute `Assertion`, its value the note `value=…`. A span over a line break is in
 * fragments, since brat shows a line at a time.
 */
export function bratAnnotations({ caption, entities }: AnnotatedText): string {
  const { slice } = slicer(caption);
  const lines: string[] = [];
  let attributes = 0;
  let notes = 0;
  entities.forEach(({ start, end, entity, value, assertion }, i) => {
    const id = `T${i + 1}`;
    const parts = fragments(start, slice(start, end));
    lines.push(
      `${id}\t${bratName(entity)} ${parts.map(([from, to]) => `${from} ${to}`).join(';')}\t${parts.map(([from, to]) => oneLine(slice(from, to))).join(' ')}`,
    );
    if (assertion !== undefined) lines.push(`A${++attributes}\tAssertion ${id} ${assertion}`);
    if (value !== undefined) lines.push(`#${++notes}\tAnnotatorNotes ${id}\tvalue=${noteText(value)}`);
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** `annotation.conf`: the kinds of entity and the assertions. */
export function bratConfig(kinds: readonly string[]): string {
  return [
    '[entities]',
    ...kinds.map(bratName),
    '',
    '[relations]',
    '<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>',
    '',
    '[events]',
    '',
    '[attributes]',
    `Assertion\tArg:<ENTITY>, Value:${ASSERTIONS.join('|')}`,
    '',
  ].join('\n');
}

export interface BratEntities {
  readonly entities: readonly MarkedEntity[];
  /** What was left out or changed, by what it is. */
  readonly notes: Readonly<Partial<Record<'relations and events' | 'discontinuous spans', number>>>;
}

const TEXT_BOUND = /^(T\S*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$/su;
const ATTRIBUTE = /^[AM]\S*\t(\S+) (\S+)(?: (.*))?$/su;
const NOTE = /^#\S*\tAnnotatorNotes (\S+)\t(.*)$/su;
const REFERENCE = /^N\S*\tReference (\S+) [^\s:]+:(\S+)\t/su;

/**
 * Reads an annotation file. Of a span in fragments the whole stretch is taken.
 *
 * @throws AnnotationError for a line that is none, or offsets that do not fit the text
 */
export function readBrat(caption: string, annotations: string): BratEntities {
  const { length, slice } = slicer(caption);
  const found = new Map<string, { start: number; end: number; entity: string }>();
  const assertions = new Map<string, string>();
  const values = new Map<string, string>();
  let [others, torn] = [0, 0];
  annotations.split('\n').forEach((raw, i) => {
    const line = raw.replace(/\r$/, '');
    if (line.trim() === '') return;
    const bound = TEXT_BOUND.exec(line);
    const attribute = ATTRIBUTE.exec(line);
    const note = NOTE.exec(line);
    const reference = REFERENCE.exec(line);
    if (bound) {
      const parts = bound[3].split(';').map((part) => part.split(' ').map(Number) as [number, number]);
      const [start, end] = [Math.min(...parts.map(([from]) => from)), Math.max(...parts.map(([, to]) => to))];
      if (start >= end || end > length)
        throw new AnnotationError(`line ${i + 1}: ${start}-${end} is no span of a text of ${length} characters`);
      if (bare(parts.map(([from, to]) => slice(from, to)).join('')) !== bare(bound[4])) {
        throw new AnnotationError(
          `line ${i + 1} says '${bound[4]}', but the text has '${slice(start, end)}' at ${start}-${end}`,
        );
      }
      if (parts.some(([from], p) => p > 0 && slice(parts[p - 1][1], from).trim() !== '')) torn++;
      found.set(bound[1], { start, end, entity: kindOf(bound[2]) });
    } else if (attribute) {
      if (attribute[1] !== 'Assertion') return;
      if (!isAssertion(attribute[3]))
        throw new AnnotationError(`line ${i + 1}: '${attribute[3] ?? ''}' is no assertion`);
      assertions.set(attribute[2], attribute[3]);
    } else if (note) {
      if (note[2].startsWith('value=')) values.set(note[1], fromNote(note[2].slice('value='.length)));
    } else if (reference) {
      if (!values.has(reference[1])) values.set(reference[1], reference[2]);
    } else if (/^[RE*]/.test(line)) others++;
    else if (!/^[#N]/.test(line)) throw new AnnotationError(`line ${i + 1} is no annotation of brat: '${line}'`);
  });
  const entities = [...found].map(([id, span]): MarkedEntity => {
    const value = values.get(id);
    const assertion = assertions.get(id);
    return { ...span, ...(value !== undefined && { value }), ...(isAssertion(assertion) && { assertion }) };
  });
  return {
    entities,
    notes: { ...(others > 0 && { 'relations and events': others }), ...(torn > 0 && { 'discontinuous spans': torn }) },
  };
}

/** The pieces of a span between its line breaks. A span that begins or ends with one is left whole, so that none gets lost. */
function fragments(start: number, text: string): [number, number][] {
  const points = [...text];
  const end = start + points.length;
  if (!points.includes('\n') || points[0] === '\n' || points.at(-1) === '\n') return [[start, end]];
  const parts: [number, number][] = [];
  let from: number | undefined;
  points.forEach((point, i) => {
    if (point !== '\n') from ??= start + i;
    else if (from !== undefined) {
      parts.push([from, start + i]);
      from = undefined;
    }
  });
  if (from !== undefined) parts.push([from, end]);
  return parts;
}

/** What Python takes for the end of a line would end the annotation. */
const BREAKS = /[\t\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/gu;
const oneLine = (text: string): string => text.replace(BREAKS, ' ');
const bare = (text: string): string => text.replace(BREAKS, ' ').replace(/\s/gu, '');

/** Notes are free text to the end of the line; what would not survive there is written as JSON. */
const noteText = (value: string): string =>
  value.search(BREAKS) >= 0 || value.startsWith('"') || value !== value.trim()
    ? JSON.stringify(value).replace(BREAKS, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : value;
function fromNote(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Types of brat are letters, digits, `-` and `_`; whatever else a kind has is written by its code point, `_u20_`. */
export const bratName = (kind: string): string =>
  kind.replace(/[^A-Za-z0-9_-]|_(?=u[0-9a-f]+_)/gu, (c) => `_u${c.codePointAt(0)!.toString(16)}_`);
const kindOf = (name: string): string =>
  name.replace(/_u([0-9a-f]+)_/gu, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
