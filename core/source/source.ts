import { CORE_SCHEMA, YAMLException, constructFromEvents, parseEvents, type Event } from 'js-yaml';
import { layoutOf, type Layout } from './layout.js';
import { LineIndex, type Range } from './position.js';

const MAX_DEPTH = 50;
const MAX_ALIASES = 100;

/** Why a text is no YAML document, and where. */
export interface YamlProblem {
  readonly reason: string;
  readonly range: Range;
}

/** A YAML file: its value, and where every key and value of it is written. */
export class Source {
  private lineIndex: LineIndex | undefined;
  private layouts: Map<object, Layout> | undefined;

  constructor(
    /** As it is printed in diagnostics. */
    readonly file: string,
    readonly text: string,
    readonly value: unknown,
    private events: readonly Event[] | undefined,
  ) {}

  get lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }

  /** Offset of the value under `key` of a map or list of this file; that of the whole where it is not found. */
  startOf(container: object, key: string | number): number {
    const layout = this.layoutOf(container);
    if (!layout) return 0;
    if (!layout.keys) return layout.offsets[Number(key) * 2] ?? layout.start;
    const i = layout.keys.indexOf(String(key));
    return i < 0 ? layout.start : layout.offsets[i * 4 + 2];
  }

  /** Offset of a key of a map; keys of a large map are better read by `layoutOf`. */
  keyStartOf(container: object, key: string): number {
    const layout = this.layoutOf(container);
    const i = layout?.keys?.indexOf(key) ?? -1;
    return i < 0 ? (layout?.start ?? 0) : layout!.offsets[i * 4];
  }

  /** The record of a map or list of this file's value, undefined for any other object. */
  layoutOf(container: object): Layout | undefined {
    if (!this.layouts) {
      this.layouts = this.events ? layoutOf(this.events, this.text, this.value) : new Map();
      this.events = undefined;
    }
    return this.layouts.get(container);
  }

  /** Where the value at a JSON pointer stands, or the key that leads to it. The nearest parent that is there stands in. */
  rangeOf(pointer: string, part: 'key' | 'value' = 'value'): Range {
    let node: unknown = this.value;
    let range: readonly [number, number] = this.wholeRange();
    for (const step of pointerSteps(pointer)) {
      if (typeof node !== 'object' || node === null) break;
      const layout = this.layoutOf(node);
      const index = layout?.keys ? layout.keys.indexOf(step) : Number(step);
      if (!layout || !(index >= 0)) break;
      const from = layout.keys ? index * 4 + (part === 'key' ? 0 : 2) : index * 2;
      if (layout.offsets[from] === undefined) break;
      range = [layout.offsets[from], layout.offsets[from + 1]];
      node = (node as Record<string, unknown>)[step];
    }
    return this.lines.range(range[0], range[1]);
  }

  /** Takes a key or list item out of the value; places of the others stay right. List items are removed back to front. */
  remove(pointer: string): void {
    const steps = pointerSteps(pointer);
    const last = steps.pop();
    if (last === undefined) return;
    let node: unknown = this.value;
    for (const step of steps) {
      if (typeof node !== 'object' || node === null) return;
      node = (node as Record<string, unknown>)[step];
    }
    if (typeof node !== 'object' || node === null) return;
    const layout = this.layoutOf(node);
    if (Array.isArray(node)) {
      node.splice(Number(last), 1);
      layout?.offsets.splice(Number(last) * 2, 2);
    } else delete (node as Record<string, unknown>)[last];
  }

  private wholeRange(): readonly [number, number] {
    const layout = typeof this.value === 'object' && this.value !== null ? this.layoutOf(this.value) : undefined;
    return layout ? [layout.start, layout.end] : [0, this.text.length];
  }
}

/**
 * Parses one YAML document. An empty file has the value null. Merge keys are off; aliases are bounded, so that a small
 * file cannot grow into a large one.
 */
export function parseYaml(file: string, text: string): Source | YamlProblem {
  try {
    const events = parseEvents(text, { filename: file, maxDepth: MAX_DEPTH });
    const values = constructFromEvents(events, {
      source: text,
      filename: file,
      schema: CORE_SCHEMA,
      maxAliases: MAX_ALIASES,
    });
    if (values.length > 1) return problem(text, text.search(/^---/m) + 1, 'the file holds more than one document');
    return new Source(file, text, values.length === 0 ? null : values[0], values.length === 0 ? undefined : events);
  } catch (error) {
    if (error instanceof YAMLException) return problem(text, error.mark?.position ?? 0, error.reason);
    // js-yaml may throw other errors on hostile input.
    return problem(text, 0, error instanceof Error ? error.message : String(error));
  }
}

export const isSource = (parsed: Source | YamlProblem): parsed is Source => parsed instanceof Source;

function problem(text: string, offset: number, reason: string): YamlProblem {
  const start = Math.min(offset, text.length);
  const lineEnd = text.indexOf('\n', start);
  return { reason, range: new LineIndex(text).range(start, Math.max(start, lineEnd < 0 ? text.length : lineEnd)) };
}

/** The steps of a JSON pointer (RFC 6901), unescaped. */
export function pointerSteps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer made of steps. */
export const pointerOf = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
