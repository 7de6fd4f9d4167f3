import { ASSERTIONS, type Assertion } from '../plugin/contract.js';

/** The kinds of entity that every pack may use: they are offered whether or not they occur. */
export const KINDS: readonly string[] = [
  'modality',
  'technique',
  'view',
  'anatomy',
  'laterality',
  'finding',
  'measurement',
];

/** A thing that is marked in a text. Offsets are Unicode code points, `end` exclusive. */
export interface MarkedEntity {
  readonly start: number;
  readonly end: number;
  readonly entity: string;
  readonly value?: string;
  readonly assertion?: Assertion;
}

/** A text with what is marked in it: what goes out to be corrected and what comes back. */
export interface AnnotatedText {
  readonly id: string;
  readonly caption: string;
  /** Labels of the whole text; undefined where nobody looked for any. */
  readonly labels?: readonly string[];
  readonly entities: readonly MarkedEntity[];
  /** Paths of its pictures. */
  readonly pictures?: readonly string[];
}

/** An annotation that cannot be understood; the message says why. */
export class AnnotationError extends Error {}

export const isAssertion = (value: unknown): value is Assertion => (ASSERTIONS as readonly unknown[]).includes(value);

/** By place, then by kind: the order in which gold is written. */
export const byPlace = (a: MarkedEntity, b: MarkedEntity): number =>
  a.start - b.start ||
  a.end - b.end ||
  compare(a.entity, b.entity) ||
  compare(a.value ?? '', b.value ?? '') ||
  compare(a.assertion ?? '', b.assertion ?? '');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Gives parts of a text by code points. */
export function slicer(text: string): { readonly length: number; slice(start: number, end: number): string } {
  const points = [...text];
  if (points.length === text.length) return { length: text.length, slice: (start, end) => text.slice(start, end) };
  return { length: points.length, slice: (start, end) => points.slice(start, end).join('') };
}

/** A line of gold as `legenda eval` reads it. */
export function goldLine({ id, caption, labels, entities }: AnnotatedText): string {
  const { slice } = slicer(caption);
  const marked = [...entities].sort(byPlace).map(({ start, end, entity, value, assertion }) => ({
    start,
    end,
    text: slice(start, end),
    entity,
    ...(value !== undefined && { value }),
    ...(assertion !== undefined && { assertion }),
  }));
  return `${JSON.stringify({ id, caption, ...(labels !== undefined && { labels }), entities: marked })}\n`;
}
