import { checkSource } from './checkSource.js';
import type { Doc, Span } from '../text/index.js';
import {
  ASSERTIONS,
  type AssertionResult,
  type CaptionInput,
  type CaptionMarker,
  type CaptionSplit,
  type Demographics,
  type ImageSplit,
  type Panel,
  type Slot,
} from './contract.js';

const ASSERTED: ReadonlySet<unknown> = new Set(ASSERTIONS);
const GENDERS: ReadonlySet<unknown> = new Set(['Female', 'Male', 'Transgender', 'Unknown']);

const UNITS: ReadonlySet<unknown> = new Set(['year', 'month', 'week', 'day']);
const CONFIDENCES: ReadonlySet<unknown> = new Set(['high', 'medium', 'low']);
const STATUSES: ReadonlySet<unknown> = new Set(['single', 'split', 'undecodable']);

/** What is wrong with a processor's result, in a sentence, or null. Called for every record: it allocates nothing when all is well. */
export function checkResult(slot: Slot, method: string, args: readonly unknown[], result: unknown): string | null {
  if (slot === 'assertion') return checkAssertions(args[0] as Doc, args[1] as readonly Span[], result);
  if (slot === 'caption-splitter') return checkSplit((args[0] as CaptionInput).doc.text, result);
  if (slot === 'demographics') return checkDemographics((args[0] as Doc).text, result);
  if (slot === 'image-splitter') return checkPanels(result);
  if (slot === 'patient-segmenter') return checkCases(result);
  if (slot === 'source') return checkSource(method, args, result);
  if (method === 'accepts') return typeof result === 'boolean' ? null : 'accepts must answer true or false';
  return checkArticle(result);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

/** Whether a span lies inside a text: whole numbers, not empty, not backwards, not through the middle of a character. */
function inside(span: unknown, text: string): boolean {
  if (!isObject(span)) return false;
  const { start, end } = span as { start: number; end: number };
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length))
    return false;
  return !cutsCharacter(text, start) && !cutsCharacter(text, end);
}

/** Whether an offset stands between the two halves of a character beyond U+FFFF. */
function cutsCharacter(text: string, at: number): boolean {
  const after = text.charCodeAt(at);
  if (!(after >= 0xdc00 && after < 0xe000)) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before < 0xdc00;
}

function checkAssertions(doc: Doc, asked: readonly Span[], result: unknown): string | null {
  if (!Array.isArray(result)) return 'classify must return an array';
  if (result.length !== asked.length) return `asked about ${asked.length} concepts, it answered ${result.length}`;
  for (const answer of result as readonly AssertionResult[]) {
    if (!isObject(answer) || !ASSERTED.has(answer.assertion)) {
      return `'${String((answer as AssertionResult | null)?.assertion)}' is no assertion`;
    }
    if (answer.cue === undefined) return 'an answer has no cue; it is null where nothing decided';
    if (answer.cue !== null && !inside(answer.cue, doc.text)) return 'a cue lies outside the text';
  }
  return null;
}

function checkSplit(text: string, result: unknown): string | null {
  if (!isObject(result)) return 'split must return an object';
  const { subcaptions, markers, reasons, confidence } = result as unknown as CaptionSplit;
  if (!Array.isArray(subcaptions) || subcaptions.length === 0) return 'split must return at least one subcaption';
  if (!Array.isArray(markers)) return 'split must return its markers';
  if (!Array.isArray(reasons)) return 'split must return its reasons';
  if (!CONFIDENCES.has(confidence)) return `'${String(confidence)}' is no confidence`;
  for (const one of subcaptions as readonly unknown[]) {
    if (!isObject(one) || !Array.isArray(one.ranges) || typeof one.text !== 'string' || !isTextOrNull(one.panel)) {
      return 'a subcaption must have a panel (or null), a text and ranges';
    }
    if (one.panel === null && subcaptions.length > 1) return 'a subcaption without a panel must stand alone';
    for (const range of one.ranges)
      if (text.length > 0 && !inside(range, text)) return 'a range lies outside the caption';
  }
  for (const marker of markers as readonly unknown[]) {
    if (!inside(marker, text)) return 'a marker lies outside the caption';
    if (!Array.isArray((marker as CaptionMarker).panels)) return 'a marker must name its panels';
  }
  return null;
}

function checkDemographics(text: string, result: unknown): string | null {
  if (!isObject(result)) return 'read must return an object';
  const { age, gender, genderEvidence } = result as unknown as Demographics;
  if (!GENDERS.has(gender)) return `'${String(gender)}' is no gender`;
  if (genderEvidence === undefined) return 'read must return genderEvidence; it is null where there is none';
  if (genderEvidence !== null && !inside(genderEvidence, text))
    return 'the evidence for the gender lies outside the text';
  if (age === null) return null;
  if (!inside(age, text)) return 'the age lies outside the text';
  if (!UNITS.has(age.unit)) return `'${String(age.unit)}' is no unit of age`;
  return age.value >= 0 && age.years >= 0 ? null : 'an age must have a value and years';
}

function checkPanels(result: unknown): string | null {
  if (!isObject(result)) return 'split must return an object';
  const { width, height, panels, status, reasons, confidence } = result as unknown as ImageSplit;
  if (!Array.isArray(panels)) return 'split must return its panels';
  if (!Array.isArray(reasons)) return 'split must return its reasons';
  if (!CONFIDENCES.has(confidence)) return `'${String(confidence)}' is no confidence`;
  if (!STATUSES.has(status)) return `'${String(status)}' is no status`;
  for (const one of panels as readonly unknown[]) {
    if (!isObject(one) || !isTextOrNull(one.label)) return 'a panel must have a label, or null';
    const p = one as unknown as Panel;
    if (!fits(p.x, p.y, p.width, p.height, width, height)) return 'a panel lies outside the picture';
    if (!Array.isArray(p.cell) || p.cell.length !== 4) return 'a panel must have its cell';
    const [x, y, w, h] = p.cell as Panel['cell'];
    if (!fits(x, y, w, h, width, height)) return 'a cell lies outside the picture';
  }
  return null;
}

const fits = (x: number, y: number, w: number, h: number, width: number, height: number): boolean =>
  x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= width && y + h <= height;

function checkCases(result: unknown): string | null {
  if (!isObject(result) || !Array.isArray(result.cases)) return 'segment must return its cases';
  if (!Array.isArray(result.shared_text)) return 'segment must return the shared text';
  if (!isTextOrNull(result.skipped_reason)) return 'skipped_reason must be a word or null';
  for (const one of result.cases as readonly unknown[]) {
    if (
      !isObject(one) ||
      typeof one.case_id !== 'string' ||
      typeof one.text !== 'string' ||
      !Array.isArray(one.figures)
    ) {
      return 'a case must have a case_id, a text and figures';
    }
    for (const figure of one.figures as readonly unknown[]) {
      if (!isObject(figure) || typeof figure.figure_id !== 'string') return 'a figure of a case must have a figure_id';
    }
  }
  return null;
}

/** What a reader yields: enough of an article for everything that reads it. */
function checkArticle(result: unknown): string | null {
  if (!isObject(result)) return 'read must yield articles';
  if (typeof result.article_id !== 'string' || result.article_id === '') return 'an article must have an article_id';
  if (typeof result.file !== 'string') return 'an article must name its file';
  for (const name of LISTS) if (!Array.isArray(result[name])) return `an article must have a list of ${name}`;
  return checkSections(result.sections as readonly unknown[]) ?? checkFigures(result.figures as readonly unknown[]);
}
const LISTS = ['authors', 'keywords', 'mesh_terms', 'publication_types', 'sections', 'figures', 'tables'] as const;

function checkSections(sections: readonly unknown[]): string | null {
  for (const one of sections) {
    if (!isObject(one) || !Array.isArray(one.paragraphs) || !Array.isArray(one.sections))
      return 'a section must have paragraphs and sections';
    for (const paragraph of one.paragraphs as readonly unknown[]) {
      if (!isObject(paragraph) || typeof paragraph.text !== 'string' || !Array.isArray(paragraph.references)) {
        return 'a paragraph must have a text and references';
      }
      for (const span of paragraph.references)
        if (!inside(span, paragraph.text)) return 'a reference lies outside its paragraph';
    }
    const fault = checkSections(one.sections as readonly unknown[]);
    if (fault !== null) return fault;
  }
  return null;
}

function checkFigures(figures: readonly unknown[]): string | null {
  for (const one of figures) {
    if (
      !isObject(one) ||
      typeof one.figure_id !== 'string' ||
      typeof one.caption !== 'string' ||
      !Array.isArray(one.markup)
    ) {
      return 'a figure must have a figure_id, a caption and markup';
    }
    for (const run of one.markup) if (!inside(run, one.caption)) return 'a run of markup lies outside its caption';
  }
  return null;
}
