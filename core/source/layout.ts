import { EVENT_ID, getScalarValue, type Event } from 'js-yaml';

/** Offsets of the items of a sequence, or of the keys and values of a mapping, in four or two columns a child. */
export interface Layout {
  /** Keys of a mapping in their order in the file; undefined for a sequence. */
  readonly keys: readonly string[] | undefined;
  /** Mapping: key start, key end, value start, value end. Sequence: start, end. */
  readonly offsets: number[];
  readonly start: number;
  readonly end: number;
}

/**
 * Walks the events of one YAML document beside the value that was made of them and notes where every key and value
 * stands. One compact record for each map and list, keyed by the object itself: 100,000 terms cost two numbers each.
 * An alias has its own place in its parent; what is inside stands where the anchor is.
 */
export function layoutOf(events: readonly Event[], text: string, value: unknown): Map<object, Layout> {
  const layouts = new Map<object, Layout>();
  let at = 1;
  let lastEnd = 0;

  const scalar = (event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): void => {
    // An empty value has no place of its own: it stands where the key before it ends.
    if (event.valueStart >= 0) lastEnd = event.valueEnd + (quoted(text, event.valueStart) < event.valueStart ? 1 : 0);
  };

  function visit(node: unknown): number {
    const event = events[at++];
    switch (event.type) {
      case EVENT_ID.SCALAR:
        scalar(event);
        return event.valueStart < 0 ? lastEnd : quoted(text, event.valueStart);
      case EVENT_ID.ALIAS:
        lastEnd = event.anchorEnd;
        return event.anchorStart - 1;
      case EVENT_ID.SEQUENCE: {
        const offsets: number[] = [];
        for (let i = 0; events[at].type !== EVENT_ID.POP; i++) {
          const start = visit(Array.isArray(node) ? node[i] : undefined);
          offsets.push(start, lastEnd);
        }
        at++;
        return close(node, undefined, offsets, event.start);
      }
      case EVENT_ID.MAPPING: {
        const keys: string[] = [];
        const offsets: number[] = [];
        while (events[at].type !== EVENT_ID.POP) {
          const keyEvent = events[at];
          const key = keyEvent.type === EVENT_ID.SCALAR ? getScalarValue(text, keyEvent) : '';
          const keyStart = visit(undefined);
          const keyEnd = lastEnd;
          const child = isObject(node) ? (node as Record<string, unknown>)[ownKey(node, key)] : undefined;
          keys.push(isObject(node) ? ownKey(node, key) : key);
          const start = visit(child);
          offsets.push(keyStart, keyEnd, start, lastEnd);
        }
        at++;
        return close(node, keys, offsets, event.start);
      }
      default:
        return lastEnd;
    }
  }

  function close(node: unknown, keys: string[] | undefined, offsets: number[], start: number): number {
    if (offsets.length === 0) lastEnd = Math.max(lastEnd, start + 2);
    if (isObject(node)) layouts.set(node, { keys, offsets, start, end: lastEnd });
    return start;
  }

  if (events.length > 1) visit(value);
  return layouts;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A key as the value has it: `0x10` in the file is `16` there. */
const ownKey = (node: object, key: string): string =>
  Object.hasOwn(node, key) || Number.isNaN(Number(key)) ? key : String(Number(key));

/** A quoted scalar begins at its quote. */
const quoted = (text: string, start: number): number => {
  const before = text[start - 1];
  return before === '"' || before === "'" ? start - 1 : start;
};
