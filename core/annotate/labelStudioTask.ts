import { AnnotationError, isAssertion, slicer, type AnnotatedText, type MarkedEntity } from './annotatedText.js';
import { codePointMap, utf16Map } from '../text/index.js';

/** Names of the controls of the labelling config, to which results refer. */
export const CONTROL = {
  text: 'text',
  entity: 'label',
  assertion: 'assertion',
  value: 'value',
  labels: 'labels',
  pictures: 'pictures',
} as const;

type Json = Readonly<Record<string, unknown>>;

/**
 * A task with what was found as a prediction, to be accepted or corrected. Offsets of Label Studio are code points (its
 * front end converts them: label-studio-frontend#308), so they are ours.
 *
 * @param urlOf address of a picture
 */
export function labelStudioTask(
  { id, caption, labels, entities, pictures }: AnnotatedText,
  model: string,
  urlOf?: (file: string) => string,
): Json {
  const { slice } = slicer(caption);
  const result = entities.flatMap(({ start, end, entity, value, assertion }, i): Json[] => {
    const region = (from_name: string, type: string, own: Json): Json => ({
      id: `e${i}`,
      from_name,
      to_name: CONTROL.text,
      type,
      value: { start, end, ...own },
    });
    return [
      region(CONTROL.entity, 'labels', { text: slice(start, end), labels: [entity] }),
      ...(assertion === undefined ? [] : [region(CONTROL.assertion, 'choices', { choices: [assertion] })]),
      ...(value === undefined ? [] : [region(CONTROL.value, 'textarea', { text: [value] })]),
    ];
  });
  if (labels !== undefined && labels.length > 0)
    result.push({
      id: 'labels',
      from_name: CONTROL.labels,
      to_name: CONTROL.text,
      type: 'choices',
      value: { choices: labels },
    });
  return {
    data: {
      id,
      text: caption,
      ...(labels !== undefined && { labels }),
      ...(urlOf && { pictures: (pictures ?? []).map(urlOf) }),
    },
    predictions: [{ model_version: model, result }],
  };
}

/**
 * What somebody made of a task; undefined where nobody has looked at it. Of several annotations the one that is marked as
 * ground truth counts, else the one that was changed last.
 *
 * @param predictions whether what nobody looked at is taken as it was
 * @throws AnnotationError for a task that is not one, or whose offsets do not fit its text
 */
export function readTask(task: unknown, predictions = false): AnnotatedText | undefined {
  if (!isJson(task)) throw new AnnotationError('it is no task');
  if (!isJson(task.data)) {
    throw new AnnotationError(
      typeof task.annotation_id === 'number' || Array.isArray(task.label)
        ? 'it is JSON-MIN, which does not tell what belongs to which region: export as JSON'
        : "the task has no 'data'",
    );
  }
  const { text: caption, id = task.id } = task.data;
  if (typeof caption !== 'string') throw new AnnotationError("the task has no 'data.text'");
  if (typeof id !== 'string' && typeof id !== 'number')
    throw new AnnotationError("the task has neither 'data.id' nor 'id'");
  const result = chosen(task, predictions);
  if (result === undefined) return undefined;
  return { id: String(id), caption, ...fromResult(result.filter(isJson), caption, Array.isArray(task.data.labels)) };
}

function chosen(task: Json, predictions: boolean): readonly unknown[] | undefined {
  const done = list(task.annotations ?? task.completions)
    .filter(isJson)
    .filter((one) => one.was_cancelled !== true && Array.isArray(one.result));
  const time = (one: Json): string => String(one.updated_at ?? one.created_at ?? '');
  // The last of those with the latest time: what stands further down was added later.
  const latest = done.reduce<Json | undefined>(
    (best, one) => (best === undefined || time(one) >= time(best) ? one : best),
    undefined,
  );
  const annotation =
    done.find((one) => one.ground_truth === true) ??
    latest ??
    (predictions ? list(task.predictions).filter(isJson)[0] : undefined);
  return annotation && list(annotation.result);
}

function fromResult(
  items: readonly Json[],
  caption: string,
  hadLabels: boolean,
): Pick<AnnotatedText, 'labels' | 'entities'> {
  const assertions = new Map<unknown, unknown>();
  const values = new Map<unknown, string>();
  let labels: readonly string[] | undefined = hadLabels ? [] : undefined;
  for (const { id, from_name, value } of items) {
    if (!isJson(value)) continue;
    if (from_name === CONTROL.assertion) assertions.set(id, list(value.choices)[0]);
    else if (from_name === CONTROL.value) values.set(id, texts(value.text).join('\n'));
    else if (from_name === CONTROL.labels) labels = texts(value.choices);
  }
  const spanOf = spans(caption);
  const entities = items.flatMap(({ id, type, value }): MarkedEntity[] => {
    if (type !== 'labels' || !isJson(value)) return [];
    const span = spanOf(value);
    const assertion = assertions.get(id);
    if (assertion !== undefined && !isAssertion(assertion))
      throw new AnnotationError(`'${String(assertion)}' is no assertion`);
    const own = values.get(id);
    return texts(value.labels).map((entity) => ({
      ...span,
      entity,
      ...(own !== undefined && { value: own }),
      ...(assertion !== undefined && { assertion }),
    }));
  });
  return { ...(labels !== undefined && { labels }), entities };
}

/** Reads spans. The words that stand beside the offsets show whether these are code points or, as in old versions, UTF-16. */
function spans(caption: string): (value: Json) => { start: number; end: number } {
  const { length, slice } = slicer(caption);
  const toPoint = codePointMap(caption);
  const toUnit = utf16Map(caption);
  return ({ start, end, text }) => {
    if (!isOffset(start) || !isOffset(end) || start >= end)
      throw new AnnotationError(`start ${JSON.stringify(start)} and end ${JSON.stringify(end)} are no span`);
    const says = (found: string): boolean => typeof text !== 'string' || bare(found) === bare(text);
    if (end <= length && says(slice(start, end))) return { start, end };
    if (
      end <= caption.length &&
      says(caption.slice(start, end)) &&
      toUnit(toPoint(start)) === start &&
      toUnit(toPoint(end)) === end
    ) {
      return { start: toPoint(start), end: toPoint(end) };
    }
    if (end > length) throw new AnnotationError(`a region ends at ${end}; the text has ${length} characters`);
    throw new AnnotationError(
      `a region says '${String(text)}', but the text has '${slice(start, end)}' at ${start}-${end}`,
    );
  };
}

/** White space does not count: the browser folds it, and line breaks come back as \n in two characters. */
const bare = (text: string): string => text.replace(/\\n|\s/gu, '');

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : list(value).filter((one) => typeof one === 'string');
const isOffset = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
