import type { Engine } from '../engine.js';
import { traceOf } from '../explain/explain.js';
import { JsonBytes } from '../label/jsonBytes.js';
import { codePointMap, utf16Map } from '../text/index.js';
import type { AsyncLineProcessor, Batch, BatchResult, LineProcessor } from './batch.js';
import { imageLine, type ImageTask } from './imageTask.js';
import { processBatch, processBatchAsync, type BatchWatch } from './processBatch.js';

/** What is done to each record of a pass. Plain data, so that it can be sent to a worker. */
export type Task =
  | { readonly kind: 'label'; readonly ancestors: boolean; readonly explain: boolean }
  | { readonly kind: 'caption-splitter' }
  | { readonly kind: 'assertion' }
  | { readonly kind: 'demographics' }
  | ImageTask;

type Input = Readonly<Record<string, unknown>>;

/** Runs one task over batches. */
export type BatchProcessor = (batch: Batch, watch?: BatchWatch) => BatchResult | Promise<BatchResult>;

export function batchProcessor(engine: Engine, task: Task): BatchProcessor {
  if (task.kind === 'image-splitter') {
    const process: AsyncLineProcessor = imageLine(engine, task);
    return (batch, watch) => processBatchAsync(batch, process, watch, task.atOnce);
  }
  const process = lineProcessor(engine, task);
  return (batch, watch) => processBatch(batch, process, watch);
}

/** The processor of one task. It throws an `Error` with one clear sentence on a record that lacks what it needs. */
export function lineProcessor(engine: Engine, task: Exclude<Task, ImageTask>): LineProcessor {
  switch (task.kind) {
    case 'label':
      return labelLine(engine, task);
    case 'caption-splitter':
      return splitLine(engine);
    case 'assertion':
      return assertLine(engine);
    case 'demographics':
      return demographicsLine(engine);
  }
}

function labelLine(
  engine: Engine,
  { ancestors, explain }: { readonly ancestors: boolean; readonly explain: boolean },
): LineProcessor {
  const printer = engine.printer({ ancestors });
  const out = new JsonBytes();
  const { taxonomy } = engine.labeller.pack;
  return (record) => {
    const labelling = engine.read(stringField(record, 'caption'), undefined, explain);
    out.clear();
    out.raw('{"id":');
    out.raw(idJson(record));
    out.raw(',');
    printer.write(labelling, out);
    if (explain) out.raw(`,"trace":${JSON.stringify(traceOf(labelling, taxonomy))}`);
    out.raw(passedOn(record, explain ? EXPLAIN_FIELDS : LABEL_FIELDS));
    out.raw('}');
    return out.view;
  };
}
const LABEL_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'caption',
  'labels',
  'compounds',
  'entities',
  'subcaptions',
  'conflicts',
]);
const EXPLAIN_FIELDS: ReadonlySet<string> = new Set([...LABEL_FIELDS, 'trace']);

function splitLine(engine: Engine): LineProcessor {
  const splitter = engine.processor('caption-splitter');
  return (record) => {
    const caption = captionOf(record);
    const expected = record.expected_panels;
    const expectedPanels = typeof expected === 'number' ? expected : undefined;
    const at = codePointMap(caption);
    const split = splitter.split({ doc: engine.doc(caption), expectedPanels });
    const subcaptions = split.subcaptions.map(({ panel, text, ranges }) => ({
      panel,
      text,
      ranges: ranges.map((r) => [at(r.start), at(r.end)]),
    }));
    const own = { subcaptions, confidence: split.confidence, reasons: split.reasons };
    return printed(record, own);
  };
}

function assertLine(engine: Engine): LineProcessor {
  const classifier = engine.processor('assertion');
  return (record) => {
    const text = stringField(record, 'text');
    const units = utf16Map(text);
    const points = codePointMap(text);
    const start = offsetField(record, 'start');
    const end = offsetField(record, 'end');
    if (start >= end || end > points(text.length)) {
      throw new Error(
        `start ${start} and end ${end} are no stretch of the text, which has ${points(text.length)} characters`,
      );
    }
    const [{ assertion, cue }] = classifier.classify(engine.doc(text), [{ start: units(start), end: units(end) }]);
    const found = cue && { text: text.slice(cue.start, cue.end), start: points(cue.start), end: points(cue.end) };
    return printed(record, { assertion, cue: found });
  };
}

function demographicsLine(engine: Engine): LineProcessor {
  const reader = engine.processor('demographics');
  return (record) => {
    const text = stringField(record, 'text');
    const at = codePointMap(text);
    const { age, gender, genderEvidence, genderConfidence } = reader.read(engine.doc(text));
    const evidence = genderEvidence && {
      text: text.slice(genderEvidence.start, genderEvidence.end),
      start: at(genderEvidence.start),
      end: at(genderEvidence.end),
      confidence: genderConfidence,
    };
    const found = age && {
      value: age.value,
      unit: age.unit,
      years: age.years,
      ...(age.range && { range: age.range }),
      text: text.slice(age.start, age.end),
      start: at(age.start),
      end: at(age.end),
      confidence: age.confidence,
    };
    return printed(record, { age: found, gender, gender_evidence: evidence });
  };
}

/** The id first, then the output's own fields, then what was passed through. */
function printed(record: Input, own: Readonly<Record<string, unknown>>): string {
  return `{"id":${idJson(record)},${JSON.stringify(own).slice(1, -1)}${passedOn(record, new Set(['id', ...Object.keys(own)]))}}`;
}

/** Fields of the input that the output does not have itself. */
function passedOn(record: Input, own: ReadonlySet<string>): string {
  let out = '';
  for (const key in record) if (!own.has(key)) out += `,${JSON.stringify(key)}:${JSON.stringify(record[key])}`;
  return out;
}

function idJson(record: Input): string {
  const { id } = record;
  if (typeof id === 'string' || typeof id === 'number') return JSON.stringify(id);
  throw new Error(id === undefined ? "the field 'id' is missing" : "the field 'id' is neither a string nor a number");
}

function stringField(record: Input, name: string): string {
  const value = record[name];
  if (typeof value === 'string') return value;
  throw new Error(
    value === undefined ? `the field '${name}' is missing` : `the field '${name}' is not a string but ${kindOf(value)}`,
  );
}

/** Captions longer than the engine's limit are refused by it. */
const captionOf = (record: Input): string => stringField(record, 'caption');

function offsetField(record: Input, name: string): number {
  const value = Number(record[name]);
  if (record[name] !== undefined && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`the field '${name}' is not an offset`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
