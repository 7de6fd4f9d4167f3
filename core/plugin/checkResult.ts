import { checkSource } from './checkSource.js';
import type { Doc, Span } from '../text/index.js';
import type { AssertionResult, CaptionInput, CaptionSplit, Demographics, ImageSplit, Slot } from './contract.js';

const ASSERTIONS: ReadonlySet<unknown> = new Set([
  'present',
  'absent',
  'possible',
  'conditional',
  'hypothetical',
  'historical',
  'someone_else',
]);
const GENDERS: ReadonlySet<unknown> = new Set(['Female', 'Male', 'Transgender', 'Unknown']);

/** What is wrong with a processor's result, in a sentence, or null. Called for every record: it allocates nothing when all is well. */
export function checkResult(slot: Slot, method: string, args: readonly unknown[], result: unknown): string | null {
  if (slot === 'assertion') return checkAssertions(args[0] as Doc, args[1] as readonly Span[], result);
  if (slot === 'caption-splitter') return checkSplit((args[0] as CaptionInput).doc.text, result);
  if (slot === 'demographics') return checkDemographics((args[0] as Doc).text, result);
  if (slot === 'image-splitter') return checkPanels(result);
  if (slot === 'patient-segmenter') return checkCases(result);
  if (slot === 'source') return checkSource(method, args, result);
  if (method === 'accepts') return typeof result === 'boolean' ? null : 'accepts must answer true or false';
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether a span lies inside a text of `length`: whole numbers, not empty, not backwards. */
function inside(span: unknown, length: number): boolean {
  if (!isObject(span)) return false;
  const { start, end } = span as { start: number; end: number };
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length;
}

function checkAssertions(doc: Doc, asked: readonly Span[], result: unknown): string | null {
  if (!Array.isArray(result)) return 'classify must return an array';
  if (result.length !== asked.length) return `asked about ${asked.length} concepts, it answered ${result.length}`;
  for (const answer of result as readonly AssertionResult[]) {
    if (!isObject(answer) || !ASSERTIONS.has(answer.assertion)) {
      return `'${String((answer as AssertionResult | null)?.assertion)}' is no assertion`;
    }
    if (answer.cue !== null && !inside(answer.cue, doc.text.length)) return 'a cue lies outside the text';
  }
  return null;
}

function checkSplit(text: string, result: unknown): string | null {
  if (!isObject(result)) return 'split must return an object';
  const { subcaptions, markers } = result as unknown as CaptionSplit;
  if (!Array.isArray(subcaptions) || subcaptions.length === 0) return 'split must return at least one subcaption';
  if (!Array.isArray(markers)) return 'split must return its markers';
  for (const { panel, ranges } of subcaptions as CaptionSplit['subcaptions']) {
    if (panel === null && subcaptions.length > 1) return 'a subcaption without a panel must stand alone';
    for (const range of ranges) if (!inside(range, text.length) && text.length > 0) return 'a range lies outside the caption';
  }
  return null;
}

function checkDemographics(text: string, result: unknown): string | null {
  if (!isObject(result)) return 'read must return an object';
  const { age, gender } = result as unknown as Demographics;
  if (!GENDERS.has(gender)) return `'${String(gender)}' is no gender`;
  if (age !== null && !inside(age, text.length)) return 'the age lies outside the text';
  return null;
}

function checkPanels(result: unknown): string | null {
  if (!isObject(result)) return 'split must return an object';
  const { width, height, panels } = result as unknown as ImageSplit;
  if (!Array.isArray(panels)) return 'split must return its panels';
  for (const p of panels as ImageSplit['panels']) {
    const fits = p.x >= 0 && p.y >= 0 && p.width > 0 && p.height > 0 && p.x + p.width <= width && p.y + p.height <= height;
    if (!fits) return 'a panel lies outside the picture';
  }
  return null;
}

function checkCases(result: unknown): string | null {
  if (!isObject(result) || !Array.isArray(result.cases)) return 'segment must return its cases';
  return null;
}
