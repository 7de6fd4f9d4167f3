import { MAX_CAPTION } from '../engine.js';
import { ASSERTIONS } from '../plugin/contract.js';
import type { GoldEntity, GoldRecord, Polarity, PredictedEntity, Prediction } from './types.js';

/** A line that cannot be scored; the message is for whoever wrote it. */
export class EvalLineError extends Error {}

type Row = Readonly<Record<string, unknown>>;

const POLARITIES: readonly Polarity[] = ['present', 'absent', 'possible'];

/**
 * A caption with its truth out of a JSON record: `labels`, `entities`, and the shorter forms `findings` (kind `finding`),
 * `sites` (kind `anatomy`) and `laterality` (values without spans). What is left out was not annotated.
 *
 * @param line number of the line, which stands in for an `id` that is not there
 * @throws EvalLineError saying what is wrong with it
 */
export function goldOf(row: Row, line: number): GoldRecord {
  const { caption } = row;
  if (typeof caption !== 'string') throw new EvalLineError(`the field 'caption' is ${kindOf(caption)}, not a string`);
  if (caption.length > MAX_CAPTION) {
    throw new EvalLineError(`the caption has ${caption.length} characters; the limit is ${MAX_CAPTION}`);
  }
  const length = [...caption].length;
  const characters = length === caption.length ? undefined : [...caption];
  const slice = (start: number, end: number): string =>
    characters === undefined ? caption.slice(start, end) : characters.slice(start, end).join('');
  const labels = has(row, 'labels') ? stringsIn(row, 'labels') : undefined;
  const read = (field: string, kind?: string): GoldEntity[] =>
    listIn(row, field).map((one, i) => goldEntity(one, `${field}[${i}]`, length, slice, kind));
  const entities = [...read('entities'), ...read('findings', 'finding'), ...read('sites', 'anatomy')];
  const values: GoldRecord['values'] = has(row, 'laterality') ? { laterality: stringsIn(row, 'laterality') } : {};
  const short = [...(has(row, 'findings') ? ['finding'] : []), ...(has(row, 'sites') ? ['anatomy'] : [])];
  const kinds = has(row, 'entities') ? 'all' : short;
  if (labels === undefined && kinds !== 'all' && kinds.length === 0 && !has(row, 'laterality')) {
    throw new EvalLineError("the record has neither 'labels' nor 'entities'");
  }
  return { id: idOf(row, line), line, caption, labels, entities, kinds, values };
}

/** A prediction out of a record as `legenda label` writes it. @throws EvalLineError */
export function predictionOf(row: Row): Prediction & { readonly id: string } {
  if (row.id === undefined) throw new EvalLineError("the record has no 'id'");
  const entities = listIn(row, 'entities').map((one, i): PredictedEntity => {
    const at = `entities[${i}]`;
    if (!isRow(one)) throw new EvalLineError(`${at} is ${kindOf(one)}, not an object`);
    const { start, end, entity } = one;
    if (!isOffset(start) || !isOffset(end) || start >= end) throw new EvalLineError(`${at}: ${badSpan(start, end)}`);
    if (typeof entity !== 'string') throw new EvalLineError(`${at} has no 'entity'`);
    // The other fields are read, if at all, for people; what is of the wrong type is left out by their readers.
    return one as unknown as PredictedEntity;
  });
  return { id: idOf(row, 0), labels: stringsIn(row, 'labels'), entities };
}

function goldEntity(
  one: unknown,
  at: string,
  length: number,
  slice: (start: number, end: number) => string,
  kind: string | undefined,
): GoldEntity {
  if (!isRow(one)) throw new EvalLineError(`${at} is ${kindOf(one)}, not an object`);
  const { start, end, text, value, assertion, polarity } = one;
  const entity = kind ?? one.entity;
  if (typeof entity !== 'string' || entity === '') throw new EvalLineError(`${at} has no 'entity'`);
  if (!isOffset(start) || !isOffset(end) || start >= end) throw new EvalLineError(`${at}: ${badSpan(start, end)}`);
  if (end > length) throw new EvalLineError(`${at} ends at ${end}; the caption has ${length} characters`);
  if (typeof text === 'string' && text !== slice(start, end)) {
    throw new EvalLineError(`${at} says '${text}', but the caption has '${slice(start, end)}' at ${start}-${end}`);
  }
  return {
    start,
    end,
    entity,
    ...(typeof value === 'string' ? { value } : {}),
    ...(isSet(assertion) ? { assertion: oneOf(assertion, ASSERTIONS, `${at}: assertion`) } : {}),
    ...(isSet(polarity) ? { polarity: oneOf(polarity, POLARITIES, `${at}: polarity`) } : {}),
  };
}

function oneOf<T extends string>(value: unknown, known: readonly T[], what: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new EvalLineError(`${what} is ${JSON.stringify(value)}; it is one of ${known.join(', ')}`);
  return found;
}

/** A list, or the JSON text of one as a table has it; nothing is an empty list. */
function listIn(row: Row, field: string): readonly unknown[] {
  let value = row[field];
  if (!isSet(value) || value === '') return [];
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      throw new EvalLineError(`the field '${field}' is neither a list nor the JSON text of one`);
    }
  }
  if (!Array.isArray(value)) throw new EvalLineError(`the field '${field}' is ${kindOf(value)}, not a list`);
  return value;
}

function stringsIn(row: Row, field: string): readonly string[] {
  const list = listIn(row, field);
  const bad = list.find((one) => typeof one !== 'string');
  if (bad !== undefined) throw new EvalLineError(`the field '${field}' holds ${kindOf(bad)}; it is a list of strings`);
  return list as readonly string[];
}

const idOf = ({ id }: Row, line: number): string =>
  typeof id === 'string' ? id : typeof id === 'number' ? String(id) : `line ${line}`;
/** An empty cell of a table says nothing. */
const has = (row: Row, field: string): boolean => isSet(row[field]) && row[field] !== '';
const isSet = (value: unknown): boolean => value !== undefined && value !== null;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isOffset = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const badSpan = (start: unknown, end: unknown): string =>
  `start ${JSON.stringify(start)} and end ${JSON.stringify(end)} are no span of code points`;
const kindOf = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};
