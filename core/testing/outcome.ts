import type { Entity, LabelRecord } from '../label/record.js';
import type { ExpectedSpan } from '../pack/caseText.js';
import { foldWord, overlaps, utf16Map, type Span } from '../text/index.js';
import type { TestCase } from './cases.js';

/** How a found span stands to an expected one, by name. */
export type OutcomeName =
  | 'exact'
  /** Found, but more words than expected. */
  | 'longer'
  | 'shorter'
  | 'wrong value'
  | 'wrong assertion'
  | 'missing'
  /** Found where nothing is expected. */
  | 'noisy'
  | 'wrong labels'
  /** Another rule or value fired than the one that the case is about. */
  | 'wrong rule'
  /** A todo case that passes: the gap is closed. */
  | 'stale todo'
  | 'wrong snapshot'
  | 'no snapshot';

/** One finding of a case. Texts are for people. */
export interface Outcome {
  readonly name: OutcomeName;
  /** The words that it is about. */
  readonly text: string;
  readonly expected?: string;
  readonly found?: string;
  /** The rule or value that fired. */
  readonly by?: string;
}

interface FoundSpan extends Span {
  readonly entity: Entity;
}

/** Compares a record with a case: one outcome for each expected span, one for each that is too much, and for labels. */
export function compare(test: TestCase, record: LabelRecord): Outcome[] {
  const at = utf16Map(record.caption);
  const found = record.entities
    .filter((one) => test.entities === undefined || test.entities.includes(one.entity))
    .map((entity): FoundSpan => ({ entity, start: at(entity.start), end: at(entity.end) }));
  const left = new Set(found);
  const outcomes: Outcome[] = [];
  // Exact ones first, so that none of them is taken for a worse match of another span.
  const waiting = test.spans.filter((span) => {
    const match = found.find(
      (one) =>
        left.has(one) && same(one, span) && valueFits(one.entity, span) && one.entity.assertion === span.assertion,
    );
    if (!match) return true;
    left.delete(match);
    outcomes.push({ name: 'exact', text: textOf(test, span), by: match.entity.origin.rule });
    return false;
  });
  for (const span of waiting) outcomes.push(nearMiss(test, span, left));
  for (const one of left) {
    outcomes.push({ name: 'noisy', text: one.entity.text, found: spoken(one.entity), by: one.entity.origin.rule });
  }
  return [...outcomes, ...labelOutcomes(test, record), ...ruleOutcomes(test, record)];
}

function nearMiss(test: TestCase, span: ExpectedSpan, left: Set<FoundSpan>): Outcome {
  const text = textOf(test, span);
  const candidates = [...left].filter((one) => one.entity.entity === span.entity && overlaps(one, span));
  const match = candidates.find((one) => same(one, span)) ?? candidates[0];
  if (!match) return { name: 'missing', text, expected: expectation(span) };
  left.delete(match);
  const { entity } = match;
  const name: OutcomeName = !same(match, span)
    ? match.end - match.start > span.end - span.start
      ? 'longer'
      : 'shorter'
    : valueFits(entity, span)
      ? 'wrong assertion'
      : 'wrong value';
  return {
    name,
    text,
    expected: expectation(span),
    found: `${JSON.stringify(entity.text)} as ${spoken(entity)}`,
    by: entity.origin.rule,
  };
}

const same = (one: FoundSpan, span: ExpectedSpan): boolean =>
  one.entity.entity === span.entity && one.start === span.start && one.end === span.end;

/** A value is meant as it is printed or as its dictionary has it, so that a case does not hang on the normalisation. */
const valueFits = (entity: Entity, { value }: ExpectedSpan): boolean =>
  value === undefined || foldWord(entity.value) === foldWord(value) || entity.origin.rule.endsWith(`/${value}`);

const textOf = (test: TestCase, span: Span): string => test.caption.slice(span.start, span.end);
const expectation = ({ entity, value, assertion }: ExpectedSpan): string => mark(entity, value, assertion);
const spoken = ({ entity, value, assertion }: Entity): string => mark(entity, value, assertion);
const mark = (entity: string, value: string | undefined, assertion: string): string =>
  `{${entity}${value === undefined ? '' : `=${value}`}${assertion === 'present' ? '' : `!${assertion}`}}`;

function labelOutcomes({ labels }: TestCase, record: LabelRecord): Outcome[] {
  if (!labels) return [];
  const missing = labels.filter((label) => !record.labels.includes(label)).map((label) => `-${label}`);
  const extra = record.labels.filter((label) => !labels.includes(label)).map((label) => `+${label}`);
  if (missing.length + extra.length === 0) return [];
  return [
    {
      name: 'wrong labels',
      text: [...missing, ...extra].join(' '),
      expected: labels.join(', '),
      found: record.labels.join(', '),
    },
  ];
}

function ruleOutcomes({ rules, kind }: TestCase, record: LabelRecord): Outcome[] {
  if (kind === 'none') return [];
  const fired = new Set(record.entities.map((one) => one.origin.rule));
  return rules
    .filter((rule) => !fired.has(rule))
    .map((rule) => ({ name: 'wrong rule', text: rule, expected: rule, found: [...fired].join(', ') || 'nothing' }));
}

/** A record as a marked text, nested where spans nest: what snapshots hold. */
export function markedText({ caption, entities }: LabelRecord): string {
  const at = utf16Map(caption);
  const marks = entities.map((one) => ({ start: at(one.start), end: at(one.end), text: spoken(one) }));
  const inserts = new Map<number, { closes: string; opens: string }>();
  const insertAt = (offset: number) => {
    const known = inserts.get(offset) ?? { closes: '', opens: '' };
    inserts.set(offset, known);
    return known;
  };
  // Outer spans open first and close last; those that cross are cut by the order of their starts.
  for (const one of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    insertAt(one.start).opens += '[';
    const place = insertAt(one.end);
    place.closes = `]${one.text}${place.closes}`;
  }
  let out = '';
  for (let i = 0; i <= caption.length; i++) {
    const insert = inserts.get(i);
    if (insert) out += insert.closes + insert.opens;
    if (i < caption.length) out += '[]\\'.includes(caption[i]) ? `\\${caption[i]}` : caption[i];
  }
  return out;
}
